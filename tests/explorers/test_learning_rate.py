import numpy as np
import pytest

from minidl.data import make_moons, train_dev_test_split
from minidl.explorers.learning_rate.explorer import (
    EPOCHS,
    RATES,
    RateExplorer,
    losses_after_a_step,
)
from minidl.losses import BCELoss
from minidl.models import logistic_regression, two_layer_net
from minidl.optim import BatchGD
from minidl.train import Runner
from tests.widgets.helpers import opened


def moons(seed):
    X, y = make_moons(1000, noise=0.2, rng=seed)
    train, _, _ = train_dev_test_split(X, y.reshape(-1, 1), rng=seed)
    return train


def trained(lr, num_epochs, seed=0, factory=two_layer_net):
    model = factory(2, 5, 1, rng=seed)
    runner = Runner(model, BatchGD(model, lr=lr), BCELoss())
    if num_epochs:
        runner.train(moons(seed), num_epochs=num_epochs)
    return runner


@pytest.fixture
def explorer():
    with opened(RateExplorer) as made:
        yield made


def test_the_curve_is_what_the_runner_records(explorer):
    explorer.set(lr=3.2, seed=4)
    runner = trained(3.2, EPOCHS, seed=4)
    np.testing.assert_allclose(explorer.view.losses[:-1], runner.history.train_loss, rtol=1e-10)
    _, last = runner.evaluate(moons(4))
    assert explorer.view.losses[-1] == pytest.approx(last, rel=1e-10)
    curve = explorer.picture.artists.curve.get_ydata()
    assert np.array_equal(curve, explorer.view.losses)


@pytest.mark.parametrize("lr", [0.2, 20.0])
def test_a_mark_stands_over_each_step_that_raised_the_loss(explorer, lr):
    explorer.set(lr=lr)
    losses = trained(
        lr, EPOCHS + 1
    ).history.train_loss  # those before each step, one after the last
    risen = [step for step in range(1, EPOCHS + 1) if losses[step] > losses[step - 1]]
    assert list(explorer.picture.artists.rises.get_xdata()) == risen
    assert f"having risen in {len(risen)} of them" in explorer.status


@pytest.mark.parametrize("step", [1, 50])
@pytest.mark.parametrize("which", [0, 40, 60])
def test_the_left_picture_is_a_step_of_the_runner_at_another_rate(explorer, step, which):
    explorer.set(lr=0.5, step=step)
    runner = trained(0.5, step - 1)
    runner.optimizer.param_groups[0]["lr"] = RATES[which]
    runner.train(moons(0), num_epochs=1)
    _, loss = runner.evaluate(moons(0))
    assert explorer.picture.artists.after.get_ydata()[which] == pytest.approx(loss, rel=1e-9)


def test_the_two_pictures_agree_about_the_step(explorer):
    explorer.set(lr=RATES[40], step=20)
    assert explorer.view.after[40] == pytest.approx(explorer.view.losses[20], rel=1e-12)


def test_the_last_step_has_a_left_picture_too(explorer):
    explorer.set(lr=1.0, step=EPOCHS)
    assert explorer.error == ""
    assert f"step {EPOCHS} takes" in explorer.status


def test_looking_ahead_leaves_the_model_where_it_is():
    runner = trained(1.0, 1)
    before = runner.model.state_dict()
    X, y = moons(0)
    losses = losses_after_a_step(runner.model, BCELoss(), X, y, [0.1, 100.0])
    assert losses.shape == (2,)
    after = runner.model.state_dict()
    assert all(np.array_equal(before[name], after[name]) for name in before)


def test_a_rate_that_is_too_high_freezes_the_network(explorer):
    explorer.set(lr=1000.0, step=10)
    assert "Rate 1000:" in explorer.status
    assert "no rate would change it" in explorer.status
    assert explorer.view.losses[-1] > 40


def test_the_sentence_counts_the_rises(explorer):
    explorer.set(lr=20.0)
    rises = sum(b > a for a, b in zip(*[explorer.view.losses[i:] for i in (0, 1)], strict=False))
    assert f"risen in {rises} of them" in explorer.status
    assert rises > 10


def test_it_trains_the_readers_own_network():
    def line(input_size, hidden_size, output_size, *, rng):
        return logistic_regression(input_size, rng=rng)

    with opened(lambda: RateExplorer(line, lr=5.0)) as explorer:
        runner = trained(5.0, EPOCHS, factory=line)
        np.testing.assert_allclose(explorer.view.losses[:-1], runner.history.train_loss, rtol=1e-10)


def test_a_wrong_network_is_reported_in_place():
    def wide(input_size, hidden_size, output_size, *, rng):
        return two_layer_net(input_size, hidden_size, 2, rng=rng)

    with opened(lambda: RateExplorer(wide)) as explorer:
        assert "outputs of shape (3, 1), received (3, 2)" in explorer.error
