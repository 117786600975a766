"""The moons explorer, its picture compared with trainings of its own."""

from __future__ import annotations

import asyncio
import functools
import gc

import numpy as np
import pytest

from minidl import nn
from minidl.data import make_moons, train_dev_test_split
from minidl.explorers import MoonsExplorer
from minidl.explorers.moons import pace
from minidl.explorers.moons.data import moons_reference, moons_sets
from minidl.explorers.moons.explorer import EPOCHS
from minidl.explorers.moons.pace import (
    epochs_between_evaluations,
    epochs_between_first_evaluations,
)
from minidl.explorers.moons.picture import EXTENT
from minidl.losses import BCELoss
from minidl.metrics import accuracy
from minidl.models import logistic_regression, two_layer_net
from minidl.nn import Linear, Logistic, Sequential, Tanh
from minidl.op import Op
from minidl.optim import BatchGD
from minidl.plots.style import CLASS_MAP
from minidl.train import Runner
from tests.widgets.helpers import opened

STATES = [
    {},
    {"noise": 0.5, "lr": 0.2, "seed": 3},
    {"noise": 0.3, "points": 60, "hidden": 8, "activation": "Tanh", "lr": 1, "epochs": 200},
    {"noise": 0.0, "points": 20, "hidden": 1, "activation": "ReLU", "lr": 0.01, "epochs": 1},
]


def own_sets(noise, points, seed):
    X, y = make_moons(points + 360, noise=noise, rng=seed)
    split = train_dev_test_split(X, y.reshape(-1, 1), sizes=(points, 160, 200), rng=seed)
    return split[:2]


def own_model(state):
    activation = getattr(nn, state.activation)
    return two_layer_net(2, state.hidden, 1, activation=activation, rng=state.seed)


def untrained_loss(state, data):
    X, y = data
    return BCELoss()(own_model(state)(X), y)


def own_training(state):
    """Train in one go what the explorer trains in pieces."""
    train, dev = own_sets(state.noise, state.points, state.seed)
    model = own_model(state)
    runner = Runner(model, BatchGD(model, lr=state.lr), BCELoss())
    runner.train(train, dev, num_epochs=state.epochs)  # dev every epoch
    return runner, train, dev


@pytest.fixture
def explorer():
    with opened(MoonsExplorer) as made:
        yield made


@pytest.mark.parametrize("start", STATES)
def test_the_picture_holds_what_a_separate_training_finds(start):
    with opened(MoonsExplorer, **start) as explorer:
        assert explorer.error == ""
        runner, train, dev = own_training(explorer.state)
        artists, epochs = explorer.picture.artists, explorer.state.epochs

        assert list(artists.train_curve.get_xdata()) == list(range(epochs + 1))
        losses = [*runner.history.train_loss, runner.evaluate(train)[1]]
        np.testing.assert_array_equal(artists.train_curve.get_ydata(), losses)
        at = np.array(artists.dev_curve.get_xdata())
        assert (at[0], at[-1]) == (0, epochs)
        losses = np.array([untrained_loss(explorer.state, dev), *runner.history.dev_loss])[at]
        np.testing.assert_array_equal(artists.dev_curve.get_ydata(), losses)

        expected = [runner.evaluate(train)[0], runner.evaluate(dev)[0]]
        assert [bar.get_width() for bar in artists.bars[:2]] == expected

        shades = np.asarray(artists.regions.get_array())
        rows, columns, _ = shades.shape
        x1, x2 = np.linspace(*EXTENT[:2], columns), np.linspace(*EXTENT[2:], rows)
        points = np.array([(a, b) for b in x2 for a in x1])
        p = runner.predict(points).reshape(rows, columns)
        assert np.array_equal(shades, CLASS_MAP(p, bytes=True))


@pytest.mark.parametrize("start", STATES)
def test_the_points_are_the_sets_that_it_trains_on(start):
    with opened(MoonsExplorer, **start) as explorer:
        state = explorer.state
        for name, (X, y) in zip(
            ("train", "dev"), own_sets(state.noise, state.points, state.seed), strict=True
        ):
            for label, line in enumerate(getattr(explorer.picture.artists, f"{name}_points")):
                np.testing.assert_array_equal(line.get_xydata(), X[y[:, 0] == label])


def test_640_points_are_those_of_the_lessons():
    X, y = make_moons(1000, noise=0.5, rng=7)
    train, dev, _ = train_dev_test_split(X, y.reshape(-1, 1), rng=7)
    for ours, theirs in zip(moons_sets(0.5, 640, 7), (train, dev), strict=True):
        np.testing.assert_array_equal(ours[0], theirs[0])
        np.testing.assert_array_equal(ours[1], theirs[1])


def test_the_sentence_states_what_the_picture_shows(explorer):
    runner, train, dev = own_training(explorer.state)
    (a, b), (c, d) = runner.evaluate(train), runner.evaluate(dev)
    reference = explorer.picture.artists.bars[3].get_width()
    assert explorer.status == (
        f"After 1,000 epochs: train accuracy {a:.2f}, dev {c:.2f}; train loss {b:.2f}, "
        f"dev {d:.2f}; logistic regression dev accuracy {reference:.2f}."
    )
    explorer.set(epochs=1)
    assert explorer.status.startswith("After 1 epoch: ")


@pytest.mark.parametrize("epochs", [1, 2, 50, 1000])
@pytest.mark.parametrize("lr", [5, 20])
def test_the_losses_in_the_sentence_are_where_the_curves_end(epochs, lr):
    with opened(MoonsExplorer, epochs=epochs, lr=lr, points=100) as explorer:
        curves = [getattr(explorer.picture.artists, f"{split}_curve") for split in ("train", "dev")]
        train, dev = (curve.get_xydata()[-1] for curve in curves)
        assert (train[0], dev[0]) == (epochs, epochs)
        assert f"train loss {train[1]:.2f}, dev {dev[1]:.2f}; " in explorer.status


def test_the_fall_at_the_start_of_a_long_training_is_on_both_curves():
    with opened(MoonsExplorer, epochs=3000) as explorer:
        for split in ("train", "dev"):
            curve = getattr(explorer.picture.artists, f"{split}_curve")
            x, y = np.array(curve.get_xdata()), np.array(curve.get_ydata())
            assert x[0] == 0
            assert np.count_nonzero(x <= 75) > 8
            assert y[0] > 1.2 > 2 * y[x == 75].item()


def best_line(X, y):
    """Fit logistic regression by Newton's method, which leaves no question of learning rates."""
    A, w = np.column_stack([X, np.ones(len(X))]), np.zeros((3, 1))
    for _ in range(30):
        p = 1 / (1 + np.exp(-A @ w))
        w -= np.linalg.solve((A * p * (1 - p)).T @ A + 1e-9 * np.eye(3), A.T @ (p - y))
    return w


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize(("noise", "points"), [(0.0, 640), (0.2, 640), (0.5, 640), (0.3, 60)])
def test_logistic_regression_is_trained_as_well_as_can_be(noise, points, seed):
    (X, y), (X_dev, y_dev) = own_sets(noise, points, seed)
    w = best_line(X, y)
    reference = moons_reference(noise, points, seed)
    one_point = 1 / 160
    for score, (P, labels) in zip(reference.scores, ((X, y), (X_dev, y_dev)), strict=True):
        best = np.mean((P @ w[:2] + w[2] >= 0) == labels)
        assert abs(score - best) <= max(one_point, 1 / len(P)) + 1e-12


def test_the_dashed_line_and_the_lower_bars_are_logistic_regression(explorer):
    train, dev = own_sets(0.2, 640, 0)
    model = logistic_regression(2, rng=5)
    Runner(model, BatchGD(model, lr=5.0), BCELoss()).train(train, num_epochs=2000)
    artists = explorer.picture.artists
    (line,) = artists.reference.get_segments()
    W, b = model.layers[0].params["W"][:, 0], model.layers[0].params["b"].item()
    np.testing.assert_allclose((line @ W + b) / np.hypot(*W), 0, atol=0.02)
    scores = [accuracy(model(X), y) for X, y in (train, dev)]
    shown = [bar.get_width() for bar in artists.bars[2:]]
    np.testing.assert_allclose(shown, scores, atol=1 / 160)


def test_training_controls_leave_data_and_logistic_regression_alone(explorer):
    before = explorer.view.reference_regions, explorer.view.train[0]
    explorer.set(lr=0.5, epochs=100, hidden=3, activation="Tanh")
    assert explorer.view.reference_regions is before[0]
    assert explorer.view.train[0] is before[1]


def test_the_first_picture_is_a_network_that_beats_logistic_regression(explorer):
    train, dev, _, reference = explorer.view.scores
    assert train > 0.95
    assert dev > reference + 0.1


def test_at_high_noise_and_the_sources_rate_logistic_regression_does_as_well():
    with opened(MoonsExplorer, noise=0.5, lr=0.2) as explorer:
        _, dev, _, reference = explorer.view.scores
        assert abs(dev - reference) < 0.02


def test_few_points_and_many_units_overfit():
    with opened(
        MoonsExplorer, noise=0.5, points=60, hidden=50, activation="Tanh", lr=1, epochs=3000
    ) as explorer:
        assert explorer.view.train_loss < 0.1
        assert explorer.view.dev_loss > 1
        assert explorer.view.scores[0] == 1.0


# The learner's own network


class WrongSign(Op):
    """A logistic layer whose author lost a sign in `backward`."""

    def forward(self, x):
        a = 1 / (1 + np.exp(-x))
        self.save_for_backward(a)
        return a

    def backward(self, grad):
        a = self.saved_for_backward()
        return -grad * a * (1 - a)


def ending_in(*last, first=Logistic):
    """Return a factory of networks with these last layers."""

    def my_net(input_size, hidden_size, output_size, *, rng):
        rng = np.random.default_rng(rng)
        body = Linear(input_size, hidden_size, rng=rng), first()
        return Sequential(*body, Linear(hidden_size, output_size, rng=rng), *[op() for op in last])

    return my_net


def test_the_learners_own_network_is_the_one_that_is_trained():
    made = []

    def my_net(input_size, hidden_size, output_size, *, rng):
        made.append(two_layer_net(input_size, hidden_size, output_size, activation=Tanh, rng=rng))
        return made[-1]

    with opened(MoonsExplorer, network=my_net, hidden=4, seed=2, epochs=100) as explorer:
        made.clear()
        explorer.refresh(to_the_end=True)
        (network,) = made
        assert [p.value.shape for p in network.parameters()] == [(2, 4), (1, 4), (4, 1), (1, 1)]
        (X, y), _ = moons_sets(0.2, 640, 2)
        Runner(network, BatchGD(network, lr=5), BCELoss()).train((X, y), num_epochs=100)
        assert explorer.view.scores[0] == accuracy(network(X), y)
        assert explorer.view.train_loss == BCELoss()(network(X), y)


def test_a_network_with_a_lost_sign_is_seen_failing():
    with opened(MoonsExplorer, network=ending_in(WrongSign)) as explorer:
        assert explorer.error == ""
        losses = explorer.picture.artists.train_curve.get_ydata()
        assert losses[-1] > losses[0]
        assert explorer.view.scores[0] < 0.5
        assert "train accuracy 0.9" not in explorer.status


def test_a_network_that_never_learns_its_second_layer_is_seen_failing():
    class Stuck(Logistic):
        def slope(self, x, a):
            return 0 * a

    with opened(MoonsExplorer, network=ending_in(Stuck)) as explorer:
        losses = explorer.picture.artists.train_curve.get_ydata()
        assert losses[0] == losses[-1]


def no_return(input_size, hidden_size, output_size, *, rng):
    two_layer_net(input_size, hidden_size, output_size, rng=rng)


def two_outputs(input_size, hidden_size, output_size, *, rng):
    return two_layer_net(input_size, hidden_size, 2, rng=rng)


def misfit(input_size, hidden_size, output_size, *, rng):
    return Sequential(Linear(input_size, hidden_size, rng=rng), Linear(9, 1, rng=rng), Logistic())


class NotANumber(Logistic):
    def function(self, x):
        return np.full_like(x, np.nan)


class TurnsNaN(Op):
    """A layer whose gradient is 0/0."""

    def forward(self, x):
        self.save_for_backward(x)
        return 1 / (1 + np.exp(-x))

    def backward(self, grad):
        return np.full_like(grad, np.nan)


class ForgetsItsGradient(Linear):
    def backward(self, grad):
        return grad @ self.params["W"].T


def forgetful(input_size, hidden_size, output_size, *, rng):
    return Sequential(ForgetsItsGradient(input_size, output_size, rng=rng), Logistic())


@pytest.mark.parametrize(
    ("network", "words"),
    [
        (no_return, "Does it end with `return`"),
        (two_outputs, "outputs of shape (3, 1), received (3, 2)"),
        (misfit, "expected inputs of shape (N, 9), received (3, 5)"),
        (ending_in(), "expected probabilities in [0, 1]"),
        (ending_in(NotANumber), "received NaN or infinity"),
        (ending_in(TurnsNaN), "DivergenceError: expected a finite loss, received nan in epoch 2"),
        (forgetful, "W: expected a gradient, received none"),
        ("a network", "expected a function"),
        (two_layer_net(2, 5, rng=0), "try the function that made it"),
    ],
)
def test_faults_of_the_learners_network_are_shown_in_place(network, words):
    with opened(MoonsExplorer, network=network) as explorer:
        assert words in explorer.error
        assert words in explorer.status
        assert explorer.frame.live.frame  # the axes are there all the same


def test_after_a_fault_the_next_change_tries_again():
    def sometimes(input_size, hidden_size, output_size, *, rng):
        if hidden_size == 7:
            raise ValueError("seven")
        return two_layer_net(input_size, hidden_size, output_size, rng=rng)

    with opened(MoonsExplorer, network=sometimes, epochs=10) as explorer:
        explorer.set(hidden=7)
        assert explorer.error.startswith("ValueError: seven (line ")
        explorer.set(hidden=8)
        assert explorer.error == ""


def test_an_activation_that_the_network_does_not_take_cannot_be_chosen():
    with opened(MoonsExplorer, network=ending_in(Logistic), epochs=10) as explorer:
        assert explorer.controls["activation"].disabled
        assert not explorer.controls["hidden"].disabled
        assert "Activation: your network chooses its own" in explorer.frame.notes.value


def test_hidden_units_that_the_network_does_not_have_cannot_be_chosen():
    def plain(input_size, hidden_size, output_size, *, rng):
        return logistic_regression(input_size, rng=rng)

    with opened(MoonsExplorer, network=plain, epochs=10) as explorer:
        assert explorer.controls["hidden"].disabled
        assert "whatever hidden_size says" in explorer.frame.notes.value


def test_a_network_that_takes_the_activation_is_given_it():
    seen = []

    def my_net(input_size, hidden_size, output_size, *, activation=Logistic, rng):
        seen.append(activation)
        return two_layer_net(input_size, hidden_size, output_size, activation=activation, rng=rng)

    with opened(MoonsExplorer, network=my_net, epochs=1) as explorer:
        explorer.set(activation="Swish")
        assert seen[-1] is nn.Swish
        assert not explorer.controls["activation"].disabled


def test_errors_name_the_learners_function_also_when_it_takes_the_activation():
    def my_net(input_size, hidden_size, output_size, *, activation=Logistic, rng):
        two_layer_net(input_size, hidden_size, output_size, activation=activation, rng=rng)

    with opened(MoonsExplorer, network=my_net) as explorer:
        assert "expected my_net to return an Op" in explorer.error


def test_values_that_cannot_be_set_leave_controls_picture_and_sentence_together():
    with opened(MoonsExplorer, epochs=1) as explorer:
        before = explorer.state, explorer.status
        for values, words in (
            ({"noise": 0.5, "points": 30}, "points: expected one of 20, 40, .*; try 20"),
            ({"noise": 9}, "noise: expected a number from 0 to 0.5, received 9; try 0.5"),
            ({"hidden": 2.7}, "hidden: expected a whole number from 1 to 50, .*; try 3"),
            ({"noise": float("nan")}, "noise: expected .* received nan; try 0.2"),
        ):
            with pytest.raises(ValueError, match=f"MoonsExplorer: {words}"):
                explorer.set(**values)
            assert (explorer.state, explorer.status) == before
    with pytest.raises(ValueError, match=r"MoonsExplorer: lr: .*received 0\.3; try 0\.2"):
        MoonsExplorer(lr=0.3)


def test_one_network_for_all_changes_is_trained_from_the_same_start_and_kept_as_it_was():
    own = two_layer_net(2, 5, 1, rng=0)
    weights = own.state_dict()
    with opened(MoonsExplorer, network=lambda *widths, rng: own, epochs=20) as explorer:
        explorer.set(noise=0.3)
        first = explorer.status
        explorer.set(noise=0.5)
        explorer.set(noise=0.3)
        assert explorer.status == first
    for name, value in own.state_dict().items():
        np.testing.assert_array_equal(value, weights[name])


def test_a_random_network_is_trained_as_in_a_run_of_the_readers_own():
    def with_dropout(input_size, hidden_size, output_size, *, rng):
        rng = np.random.default_rng(rng)
        return Sequential(
            Linear(input_size, hidden_size, rng=rng), Tanh(), nn.Dropout(0.5, rng=rng),
            Linear(hidden_size, output_size, rng=rng), Logistic(),
        )  # fmt: skip

    with opened(MoonsExplorer, network=with_dropout, epochs=20) as explorer:
        train, dev = own_sets(0.2, 640, 0)
        model = with_dropout(2, 5, 1, rng=0)
        runner = Runner(model, BatchGD(model, lr=5), BCELoss())
        runner.train(train, dev, num_epochs=20)
        assert explorer.view.dev_loss == runner.history.dev_loss[-1]


def test_the_default_network_can_serve_every_control(explorer):
    assert not any(control.disabled for control in explorer.controls.values())


# Time


@pytest.mark.parametrize("epochs", [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 3000])
@pytest.mark.parametrize("size", [20, 3200, 32_000, 50_000])
def test_evaluations_fit_into_the_epochs_and_leave_the_kernel_time_to_listen(epochs, size):
    interval = epochs_between_evaluations(epochs, size)
    assert epochs % interval == 0
    assert epochs // interval >= min(epochs, 25)
    assert interval == 1 or interval * size <= 250_000
    first = epochs_between_first_evaluations(interval)
    assert interval % first == 0
    assert interval // first >= min(interval, 8)


def test_a_training_that_would_take_too_long_ends_earlier_and_says_so(monkeypatch):
    monkeypatch.setattr(pace, "MOST_WORK", 20 * 5 * 15)
    with opened(MoonsExplorer, points=20, hidden=5, epochs=100) as explorer:
        assert explorer.view.train_epochs[-1] == explorer.view.epochs == 10
        assert explorer.status.startswith("After 10 of 100 epochs: ")
        assert explorer.status.endswith(" It ends here: 5 units on 20 points would take too long.")
        explorer.set(hidden=1, epochs=50)
        assert explorer.status.startswith("After 50 epochs: ")
        assert "ends here" not in explorer.status


def test_the_largest_network_is_trained_for_a_thousand_epochs():
    assert pace.epochs_in_reach(3000, 1000 * 50, EPOCHS) == 1000
    assert pace.epochs_in_reach(3000, 640 * 5, EPOCHS) == 3000
    assert pace.epochs_in_reach(2, 1000 * 50, EPOCHS) == 2


def test_long_training_shows_itself_on_the_way_and_gives_way_to_the_next_change(monkeypatch):
    monkeypatch.setattr(pace, "MOST_WORK", 10**9)
    sentences = []

    async def move(explorer):
        explorer.controls["hidden"].value = 50
        while len(sentences) < 3:
            await asyncio.sleep(0.01)
        assert explorer.busy
        explorer.set(hidden=5, epochs=10)
        await asyncio.sleep(0.3)
        assert not explorer.busy

    with opened(MoonsExplorer, epochs=3000, points=20) as explorer:
        explorer.set(points=1000, epochs=3000, hidden=1)
        say = explorer.sentence
        explorer.sentence = lambda *found: sentences.append(say(*found)) or sentences[-1]
        asyncio.run(asyncio.wait_for(move(explorer), 60))
        assert all(" of 3,000 epochs: " in sentence for sentence in sentences[:-1])
        assert sentences[-1].startswith("After 10 epochs: ")
        assert explorer.status == sentences[-1]


@pytest.mark.once
def test_two_hundred_trainings_leave_nothing_behind():
    with opened(MoonsExplorer, points=100, epochs=5) as explorer:
        figure = explorer.picture.figure
        explorer.frame.live.paint = lambda picture: None  # see test_every_explorer
        noises, rates = [0.0, 0.2, 0.5], [0.01, 1, 20]

        def change(k):
            explorer.set(noise=noises[k % 3], lr=rates[k // 3 % 3], seed=k % 7)

        def census():
            gc.collect()
            kinds = (Runner, Op, BatchGD)
            alive = sum(issubclass(type(item), kinds) for item in gc.get_objects())
            return len(figure.findobj()), alive

        for k in range(20):
            change(k)
        before = census()
        for k in range(200):
            change(k)
        assert census() == before


def test_partial_functions_serve_as_networks():
    network = functools.partial(two_layer_net, activation=Tanh)
    with opened(MoonsExplorer, network=network, epochs=1) as explorer:
        assert explorer.error == ""
