"""Watch it learn: exact, whichever way an epoch was reached."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from minidl.data import make_moons, train_dev_test_split
from minidl.explorers import watch_it_learn
from minidl.explorers.watch_it_learn import snapshots
from minidl.explorers.watch_it_learn.session import LearningSession
from minidl.losses import BCELoss
from minidl.models import two_layer_net
from minidl.nn import Dropout, Linear, Logistic, Sequential
from minidl.optim import BatchGD
from minidl.train import Runner
from tests.widgets.helpers import opened

SEED = 95


def parameters(runner):
    return [parameter.value.copy() for parameter in runner.model.parameters()]


def assert_same(runner, other):
    """The two have come the same way and to the same place."""
    for ours, theirs in zip(parameters(runner), parameters(other), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert runner.history == other.history


def trained(epochs, *, lr=5.0, batch_size=None, network=None):
    """Return a runner after one call of `train`, as a lesson would write it."""
    X, y = make_moons(1000, noise=0.2, rng=SEED)
    train, dev, _ = train_dev_test_split(X, y.reshape(-1, 1), rng=SEED)
    model = two_layer_net(2, 5, rng=SEED) if network is None else network(2, 5, 1, rng=SEED)
    runner = Runner(model, BatchGD(model, lr=lr), BCELoss(), rng=SEED)
    runner.train(train, dev, num_epochs=epochs, batch_size=batch_size)
    return runner


def with_dropout(input_size, hidden_size, output_size, *, rng):
    rng = np.random.default_rng(rng)
    return Sequential(
        Linear(input_size, hidden_size, rng=rng), Dropout(0.8, rng=rng), Logistic(),
        Linear(hidden_size, output_size, rng=rng), Logistic(),
    )  # fmt: skip


def session(network=None, **options):
    """Return a session of the same training."""
    model = two_layer_net(2, 5, rng=SEED) if network is None else network(2, 5, 1, rng=SEED)
    return LearningSession(model, **{"noise": 0.2, "seed": SEED, "lr": 5.0, **options})


def test_play_steps_and_one_call_of_train_come_to_the_same_epoch_300():
    async def play(watched):
        watched.play()
        while watched.session.epoch < 300:
            await asyncio.sleep(0.01)
            watched.frame.live._handle_custom_msg({"seen": watched.frame.live.sent}, [])
        watched.pause()

    expected = trained(300)
    with opened(watch_it_learn, lr=5, seed=SEED, pace=20) as watched:
        asyncio.run(asyncio.wait_for(play(watched), 60))
        watched.set(epoch=300)  # a frame may have been shorter than others, and gone beyond
        assert_same(watched.session.runner, expected)
        assert watched.status.startswith("Epoch 300: ")
    stepped = session()
    while stepped.epoch < 300:
        stepped.train_step()
    assert_same(stepped.runner, expected)


@pytest.mark.parametrize("network", [None, with_dropout])
@pytest.mark.parametrize("batch_size", [None, 100])
def test_going_back_and_on_again_is_exact(batch_size, network):
    expected = trained(12, batch_size=batch_size, network=network)
    ours = session(network, batch_size=batch_size)
    ours.train_epochs(5)
    for _ in range(3):
        ours.train_step()  # in the middle of an epoch, with mini-batches
    ours.go_to(2)
    assert ours.epoch == 2
    ours.train_epochs(10)
    assert_same(ours.runner, expected)


def test_a_few_steps_of_mini_batches_are_not_yet_an_epoch():
    ours = session(batch_size=160)
    for _ in range(3):
        ours.train_step()
    assert (ours.epoch, ours.runner.step, ours.runner.under_way.samples) == (0, 3, 480)
    ours.train_epochs(1)
    assert (ours.epoch, ours.runner.step) == (1, 4)


def test_snapshots_are_few_and_every_epoch_can_still_be_reached_exactly(monkeypatch):
    monkeypatch.setattr(snapshots, "MOST", 4)
    ours = session()
    ours.train_epochs(10)
    ours.lr = 0.2
    ours.train_epochs(20)
    assert len(ours._snapshots) <= 5
    for epoch in (29, 11, 30, 7):
        ours.go_to(epoch)
        assert ours.epoch == epoch
        assert ours.latest == 30
    assert_same(ours.runner, trained(7))


def test_a_rate_changed_midway_holds_from_there_on():
    ours = session(lr=0.2)
    ours.train_epochs(5)
    ours.lr = 5.0
    ours.train_epochs(1)
    assert ours.runner.history.lr == [0.2] * 5 + [5.0]
    slow, fast = trained(5, lr=0.2), trained(6, lr=0.2)
    moved = [
        np.abs(a - b).max() for a, b in zip(parameters(ours.runner), parameters(slow), strict=True)
    ]
    little = [np.abs(a - b).max() for a, b in zip(parameters(fast), parameters(slow), strict=True)]
    np.testing.assert_allclose(moved, [25 * step for step in little], rtol=1e-6)


def test_the_run_that_was_left_stays_in_the_picture():
    with opened(watch_it_learn, epoch=20, seed=SEED) as watched:
        before = watched.session.history.train_loss
        watched.set(epoch=8)
        assert watched.session.latest == 20
        assert len(watched.picture.artists.losses[0].get_xdata()) == 20
        watched.set(lr=5)
        watched.train_epoch()
        assert (watched.session.epoch, watched.session.latest) == (9, 9)
        np.testing.assert_array_equal(watched.picture.artists.left.get_ydata(), before)
        assert watched.controls["epoch"].value == watched.controls["epoch"].max == 9


def test_picture_and_words_show_the_network_as_it_is():
    with opened(watch_it_learn, lr=5, epoch=30, seed=SEED) as watched:
        expected = trained(30)
        artists = watched.picture.artists
        np.testing.assert_array_equal(artists.losses[1].get_ydata(), expected.history.dev_loss)
        regions = np.asarray(artists.regions.get_array())
        x1 = np.linspace(-2.75, 3.75, regions.shape[1])
        row = expected.predict(np.column_stack([x1, np.full(len(x1), -2.25)]))[:, 0]
        np.testing.assert_allclose(regions[0], row)
        assert watched.status == (
            f"Epoch 30: train loss {expected.history.train_loss[-1]:.3f}, "
            f"dev {expected.history.dev_loss[-1]:.3f}; "
            f"train accuracy {expected.history.train_score[-1]:.3f}, "
            f"dev {expected.history.dev_score[-1]:.3f}. Learning rate 5, all points a step."
        )


def test_playing_costs_no_new_layers_while_the_axes_stay():
    with opened(watch_it_learn, epoch=5) as watched:
        still = watched.frame.live.still
        for _ in range(10):
            watched._frame()
        assert watched.frame.live.still is still


def test_a_network_that_breaks_midway_is_shown_in_place():
    class Fragile(Logistic):
        calls = 0

        def forward(self, x):
            Fragile.calls += 1
            if Fragile.calls > 60:
                raise RuntimeError("planted")
            return super().forward(x)

    def fragile(input_size, hidden_size, output_size, *, rng):
        return Sequential(Linear(input_size, output_size, rng=rng), Fragile())

    with opened(watch_it_learn, network=fragile) as watched:
        assert watched.error == ""
        for _ in range(40):
            watched.train_epoch()
        assert watched.error.startswith("RuntimeError: planted")
        assert not watched.playing


def test_a_network_of_the_wrong_shape_is_refused_in_words():
    with opened(watch_it_learn, network=lambda *sizes, rng: Linear(2, 3, rng=rng)) as watched:
        assert "outputs of shape (3, 1)" in watched.error
        watched.play()
        assert not watched.playing


def test_what_the_lesson_says_of_a_rate_raised_on_the_plateau_and_at_the_start():
    ours = session(lr=0.2)
    ours.train_epochs(300)
    ours.lr = 5.0
    ours.train_epochs(600)
    losses, scores = ours.history.train_loss, ours.history.train_score
    assert np.all(np.diff(losses[300:330]) < 0)  # no stumble there
    assert 450 < np.argmax(losses[330:]) + 330 < 550  # but some 200 epochs on
    assert max(losses[330:]) > 1.15 * losses[300]
    assert scores[299] < 0.88
    assert scores[-1] > 0.96  # the boundary bends
    ours.go_to(0)
    ours.train_epochs(5)
    assert max(ours.history.train_loss) > 1.3 * ours.history.train_loss[0]  # thrown off


def test_the_button_says_play_again_when_the_epoch_is_moved_while_it_plays():
    stage = watch_it_learn()

    async def play_then_go_back():
        stage.play()
        assert stage.buttons["play"].description == "Pause"
        await asyncio.sleep(0.1)
        stage.controls["epoch"].value = 0
        assert not stage.playing
        assert stage.buttons["play"].description == "Play"

    asyncio.run(play_then_go_back())
    stage.close()
