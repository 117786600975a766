"""The regularization explorer, its picture compared with trainings of its own."""

from __future__ import annotations

import asyncio
import gc

import numpy as np
import pytest

from minidl.data import make_quadratic, make_sine
from minidl.explorers import RegularizationExplorer
from minidl.explorers.regularization.curve_fitting import relu_regression
from minidl.explorers.regularization.explorer import INTERVAL, STEPS
from minidl.losses import MSELoss
from minidl.models import logistic_regression
from minidl.nn import Dropout, Linear, ReLU, Sequential, he_normal
from minidl.op import Op
from minidl.optim import BatchGD
from minidl.penalties import L2, Penalty
from minidl.train import EarlyStopping, Runner
from tests.widgets.helpers import opened, put

STATES = [
    {},
    {"lam": 0.01, "noise": 0.2, "seed": 5},
    {"keep_prob": 0.7, "hidden": 8, "curve": "sin πx"},
    {"patience": 5, "points": 10, "hidden": 16, "lr": 0.01},
    {"lam": 0.002, "keep_prob": 0.9, "patience": 10, "points": 100, "hidden": 1, "noise": 0.0},
]


@pytest.fixture(scope="module")
def explorer():
    with opened(RegularizationExplorer) as made:
        yield made


def column(X, y):
    return X.astype(np.float32), y.reshape(-1, 1).astype(np.float32)


def own_sets(state):
    make = {"x²": make_quadratic, "sin πx": make_sine}[state.curve]
    return (
        column(*make(state.points, noise=state.noise, rng=state.seed)),
        column(*make(100, noise=state.noise, rng=1000 + state.seed)),
    )


def own_training(state):
    """Train in one go what the explorer trains in pieces."""
    train, dev = own_sets(state)
    model = relu_regression(1, state.hidden, 1, keep_prob=state.keep_prob, rng=state.seed)
    listeners = [EarlyStopping(state.patience)] if state.patience else []
    penalties = [L2(state.lam)]
    optimizer = BatchGD(model, lr=state.lr)
    runner = Runner(
        model, optimizer, MSELoss(), metric=None, listeners=listeners, penalties=penalties
    )
    runner.train(train, dev, num_epochs=STEPS, eval_epochs=INTERVAL)
    return runner, train


@pytest.mark.parametrize("start", STATES)
def test_the_picture_holds_what_a_separate_training_finds(explorer, start):
    put(explorer, **start)
    assert explorer.error == ""
    state, artists = explorer.state, explorer.picture.artists
    runner, train = own_training(state)
    history = runner.history

    dev = np.column_stack([history.dev_steps, history.dev_loss])
    np.testing.assert_array_equal(artists.losses.dev_curve.get_xydata(), dev)
    steps, losses = artists.losses.train_curve.get_data()
    np.testing.assert_array_equal(steps, history.dev_steps)
    assert losses[-1] == runner.evaluate(train)[1]
    if state.keep_prob == 1:  # else the history's losses are those of thinned networks
        later = [history.train_loss[step] for step in steps[:-1]]  # measured before the next step
        np.testing.assert_allclose(losses[:-1], later, rtol=1e-5)

    x = np.linspace(-1, 1, 201)
    true = {"x²": x**2, "sin πx": np.sin(np.pi * x)}[state.curve]
    np.testing.assert_allclose(artists.curves.true.get_xydata(), np.column_stack([x, true]))
    fit = runner.predict(x.reshape(-1, 1))[:, 0]
    np.testing.assert_array_equal(artists.curves.fit.get_ydata(), fit)

    W = np.concatenate([runner.model.layers[i].params["W"].ravel() for i in (0, 2, -1)])
    values, edges, _ = artists.weights.now.get_data()
    inside = np.clip(W, edges[0], edges[-1])
    np.testing.assert_allclose(values, np.histogram(inside, edges)[0] / W.size)
    np.testing.assert_allclose(np.sum(explorer.view.weights**2), np.sum(W**2), rtol=1e-5)


def training_by_hand(state):
    """Return the losses of a training with L2 in plain NumPy, in double precision."""
    (X, y), _ = ((X.astype(float), y.astype(float)) for X, y in own_sets(state))
    rng = np.random.default_rng(state.seed)
    h, losses = state.hidden, []
    W1 = np.sqrt(2) * rng.standard_normal((1, h))
    b1 = rng.uniform(-1, 1, (1, h))
    W2, b2 = np.sqrt(2 / h) * rng.standard_normal((h, 2 * h)), np.zeros((1, 2 * h))
    W3, b3 = np.sqrt(1 / h) * rng.standard_normal((2 * h, 1)), np.zeros((1, 1))
    for step in range(STEPS + 1):
        z1 = X @ W1 + b1
        a1 = np.maximum(z1, 0)
        z2 = a1 @ W2 + b2
        a2 = np.maximum(z2, 0)
        error = a2 @ W3 + b3 - y
        if step and step % INTERVAL == 0:
            losses.append(np.mean(error**2))
        g3 = 2 * error / len(X)
        g2 = (g3 @ W3.T) * (z2 > 0)
        g1 = (g2 @ W2.T) * (z1 > 0)
        for W, b, a, g in ((W1, b1, X, g1), (W2, b2, a1, g2), (W3, b3, a2, g3)):
            W -= state.lr * (a.T @ g + state.lam * W)
            b -= state.lr * g.sum(axis=0, keepdims=True)
    return losses


@pytest.mark.parametrize("start", [{"lam": 0.01}, {"lam": 0, "hidden": 8, "lr": 0.01}])
def test_the_train_losses_are_those_of_gradient_descent_by_hand(explorer, start):
    put(explorer, **start)
    losses = training_by_hand(explorer.state)
    shown = explorer.picture.artists.losses.train_curve.get_ydata()
    np.testing.assert_allclose(shown, losses, rtol=0.01)


@pytest.mark.parametrize("start", STATES)
def test_the_points_are_the_sets_that_it_trains_on(explorer, start):
    put(explorer, **start)
    for name, (X, y) in zip(("train", "dev"), own_sets(explorer.state), strict=True):
        shown = getattr(explorer.picture.artists.curves, f"{name}_points").get_xydata()
        np.testing.assert_array_equal(shown, np.column_stack([X, y]))


def test_more_points_or_less_noise_leave_the_dev_inputs_alone(explorer):
    before = put(explorer).view.dev[0]
    np.testing.assert_array_equal(put(explorer, points=100, noise=0.1).view.dev[0], before)
    assert not np.array_equal(put(explorer, seed=4).view.dev[0], before)


def test_the_sentence_states_what_the_picture_shows(explorer):
    data = put(explorer).view
    train, dev = data.train_losses[-1], data.dev_losses[-1]
    assert explorer.status == (
        f"After 2,000 steps: train loss {train:.3f}, dev loss {dev:.2f}, gap {dev - train:.2f}; "
        "stopped because all steps were done."
    )
    data = put(explorer, patience=5).view
    done = data.steps[-1]
    assert explorer.status.startswith(f"After {done} steps: ")
    best = data.steps[int(np.argmin(data.dev_losses))]
    assert best < done
    assert explorer.status.endswith(
        "; stopped because the dev loss has not improved for 5 evaluations. Shown are the best "
        f"weights, of step {best}, with a dev loss of {min(data.dev_losses):.2f}."
    )


def test_an_early_stop_shows_the_best_weights_and_not_the_last(explorer):
    data = put(explorer, patience=5).view
    best = data.steps[int(np.argmin(data.dev_losses))]
    state = explorer.state
    model = relu_regression(1, state.hidden, 1, keep_prob=state.keep_prob, rng=state.seed)
    runner = Runner(model, BatchGD(model, lr=state.lr), MSELoss(), metric=None)
    runner.train(own_sets(state)[0], num_epochs=best)
    x = np.linspace(-1, 1, 201).reshape(-1, 1)
    np.testing.assert_allclose(data.fit, runner.predict(x)[:, 0], rtol=1e-5, atol=1e-6)
    star = explorer.picture.artists.losses.best.get_xydata()
    np.testing.assert_allclose(star, [[best, min(data.dev_losses)]])


def test_a_penalty_of_the_readers_own_is_what_pulls(explorer):
    class Twice(Penalty):
        def __init__(self, lam):
            super().__init__()
            self.twin = L2(2 * lam)

        def apply_to(self, parameter):
            self.twin.apply_to(parameter)

    expected = put(explorer, lam=0.02).view.fit
    with opened(RegularizationExplorer, penalty=Twice, lam=0.01) as own:
        assert np.array_equal(own.view.fit, expected)
    with pytest.raises(TypeError, match="returns a Penalty"):
        RegularizationExplorer(penalty=3)


# What holds overfitting back


def gap_of(explorer, **start):
    data = put(explorer, **start).view
    return data.dev_losses[-1] - data.train_losses[-1]


def test_it_overfits_at_first(explorer):
    data = put(explorer).view
    assert data.train_losses[-1] < 0.3 * 0.3**2  # far below the variance of the noise
    assert data.dev_losses[-1] > 1.2 * min(data.dev_losses)


@pytest.mark.parametrize(
    "change",
    [
        {"hidden": 4},
        {"points": 100},
        {"noise": 0.1},
        {"lam": 0.01},
        {"keep_prob": 0.5},
        {"patience": 5},
    ],
    ids=str,
)
def test_each_way_of_holding_it_back_narrows_the_gap(explorer, change):
    first = gap_of(explorer)
    assert gap_of(explorer, **change) < 0.65 * first
    assert "gap" in explorer.picture.artists.losses.gap_words.get_text()


@pytest.mark.parametrize("seed", [0, 1, 2, 9])
def test_a_penalty_narrows_the_gap_for_other_seeds_too(explorer, seed):
    assert gap_of(explorer, seed=seed, lam=0.01) < gap_of(explorer, seed=seed)


def test_the_penalty_shrinks_the_weights(explorer):
    def squares(**start):
        return np.sum(put(explorer, **start).view.weights ** 2)

    free, light, strong = squares(), squares(lam=0.002), squares(lam=0.05)
    assert free > light > 10 * strong


def test_too_strong_a_penalty_underfits(explorer):
    train = put(explorer).view.train_losses[-1]
    assert put(explorer, lam=0.05).view.train_losses[-1] > 3 * train


@pytest.mark.parametrize("patience", [2, 5, 10])
def test_early_stopping_ends_after_as_many_vain_evaluations(explorer, patience):
    data = put(explorer, patience=patience).view
    losses = data.dev_losses
    assert len(losses) - 1 - int(np.argmin(losses)) == patience
    artists = explorer.picture.artists
    assert artists.losses.stop.get_visible()
    assert list(artists.losses.stop.get_xdata()) == [len(losses) * INTERVAL] * 2
    assert not put(explorer).picture.artists.losses.stop.get_visible()


# The learner's own network


def net(*middle, last=()):
    """Return a factory of networks with a hidden layer and these layers behind it."""

    def my_net(input_size, hidden_size, output_size, *, rng):
        rng = np.random.default_rng(rng)
        return Sequential(
            Linear(input_size, hidden_size, weight_init=he_normal, rng=rng),
            *[op() for op in middle],
            Linear(hidden_size, output_size, weight_init=he_normal, rng=rng),
            *[op() for op in last],
        )

    return my_net


class LostSign(ReLU):
    def slope(self, x, a):
        return -1.0 * (x > 0)


class WrongDropout(Op):
    """A dropout whose author forgot to divide by the keep probability."""

    def __init__(self):
        super().__init__()
        self.keep_prob, self.rng = 0.5, np.random.default_rng(0)

    def forward(self, x):
        mask = (self.rng.random(x.shape) < self.keep_prob) if self.training else np.ones_like(x)
        self.save_for_backward(mask)
        return x * mask

    def backward(self, grad):
        return grad * self.saved_for_backward()


def test_the_learners_own_network_is_the_one_that_is_trained():
    made = []

    def my_net(*sizes, rng):
        made.append(net(ReLU)(*sizes, rng=rng))
        return made[-1]

    with opened(RegularizationExplorer, network=my_net, hidden=4) as explorer:
        made.clear()
        explorer.refresh(to_the_end=True)
        (network,) = made
        assert [p.value.shape for p in network.parameters()] == [(1, 4), (1, 4), (4, 1), (1, 1)]
        optimizer = BatchGD(network, lr=explorer.state.lr)
        Runner(network, optimizer, MSELoss(), metric=None).train(
            own_sets(explorer.state)[0], num_epochs=STEPS
        )
        x = np.linspace(-1, 1, 201).reshape(-1, 1)
        np.testing.assert_array_equal(explorer.view.fit, network(x)[:, 0])


def test_a_network_without_an_activation_is_seen_failing():
    with opened(RegularizationExplorer, network=net()) as explorer:
        fit = explorer.picture.artists.curves.fit.get_ydata()
        np.testing.assert_allclose(np.diff(fit, n=2), 0, atol=1e-9)  # a straight line
        assert explorer.picture.artists.losses.train_curve.get_ydata()[-1] > 0.09


def test_a_network_with_a_lost_sign_is_seen_failing():
    with opened(RegularizationExplorer, network=net(LostSign), lr=0.001) as explorer:
        assert explorer.error == ""
        right = RegularizationExplorer(net(ReLU), lr=0.001)
        losses = explorer.picture.artists.losses.train_curve.get_ydata()
        assert losses[-1] > 1.3 * right.picture.artists.losses.train_curve.get_ydata()[-1]
        right.close()


def test_a_dropout_that_does_not_scale_is_seen_failing():
    factories = net(ReLU, WrongDropout), net(ReLU, Dropout)
    with opened(RegularizationExplorer, network=factories[0], keep_prob=0.5) as wrong:
        with opened(RegularizationExplorer, network=factories[1], keep_prob=0.5) as right:
            x = np.linspace(-1, 1, 201)
            height = [
                np.mean(e.picture.artists.curves.fit.get_ydata() - x**2) for e in (wrong, right)
            ]
        assert height[0] > 0.15  # in evaluation all units speak, and together they are too loud
        assert abs(height[1]) < 0.1


def no_return(input_size, hidden_size, output_size, *, rng):
    net(ReLU)(input_size, hidden_size, output_size, rng=rng)


def two_outputs(input_size, hidden_size, output_size, *, rng):
    return net(ReLU)(input_size, hidden_size, 2, rng=rng)


class TurnsNaN(ReLU):
    def slope(self, x, a):
        return np.full_like(x, np.nan)


@pytest.mark.parametrize(
    ("network", "words"),
    [
        (no_return, "Does it end with `return`"),
        (two_outputs, "outputs of shape (3, 1), received (3, 2)"),
        (net(TurnsNaN), "DivergenceError: expected a finite loss, received nan in epoch 2"),
        ("a network", "expected a function"),
    ],
)
def test_faults_of_the_learners_network_are_shown_in_place(network, words):
    with opened(RegularizationExplorer, network=network) as explorer:
        assert words in explorer.error
        assert words in explorer.status
        assert explorer.frame.live.frame  # the axes are there all the same


def test_a_rate_that_is_too_high_is_named_and_a_lower_one_tried():
    def loud(input_size, hidden_size, output_size, *, rng):
        network = net()(input_size, hidden_size, output_size, rng=rng)  # ReLUs would only die
        for parameter in network.parameters():
            parameter.value *= 4
        return network

    with opened(RegularizationExplorer, network=loud, lr=0.05) as explorer:
        assert "try a smaller learning rate than 0.05" in explorer.error
        explorer.set(lr=0.001)
        assert explorer.error == ""


def test_a_network_without_dropout_has_no_keep_probability_to_choose():
    with opened(RegularizationExplorer, network=net(ReLU), patience=2) as explorer:
        assert explorer.controls["keep_prob"].disabled
        assert not explorer.controls["hidden"].disabled
        assert "Keep probability: your network has no dropout" in explorer.frame.notes.value


def test_every_dropout_layer_of_a_network_follows_the_control():
    seen = set()

    class Noted(Dropout):
        def forward(self, x):
            seen.add(("Noted", self.keep_prob))
            return super().forward(x)

    class NotedToo(WrongDropout):
        def forward(self, x):
            seen.add(("NotedToo", self.keep_prob))
            return super().forward(x)

    my_net = net(ReLU, Noted, NotedToo)
    with opened(RegularizationExplorer, network=my_net, patience=2) as explorer:
        explorer.set(keep_prob=0.6)
        assert seen >= {("Noted", 0.6), ("NotedToo", 0.6)}
        assert not explorer.controls["keep_prob"].disabled


def test_hidden_units_that_the_network_does_not_have_cannot_be_chosen():
    def plain(input_size, hidden_size, output_size, *, rng):
        return logistic_regression(input_size, rng=rng)

    with opened(RegularizationExplorer, network=plain, patience=2) as explorer:
        assert explorer.controls["hidden"].disabled
        assert "whatever hidden_size says" in explorer.frame.notes.value


def test_the_default_network_can_serve_every_control(explorer):
    assert not any(control.disabled for control in explorer.controls.values())


# Time


def test_long_training_shows_itself_on_the_way_and_gives_way_to_the_next_change():
    sentences = []

    class Slow(ReLU):
        def function(self, x):
            for _ in range(300):
                a = np.maximum(x, 0)
            return a

    async def move(explorer):
        explorer.controls["points"].value = 30
        while len(sentences) < 2:
            await asyncio.sleep(0.01)
        assert explorer.busy
        explorer.set(patience=2)
        await asyncio.sleep(0.2)
        assert not explorer.busy

    with opened(RegularizationExplorer, network=net(Slow), patience=2) as explorer:
        explorer.put(patience=0)
        say = explorer.sentence
        explorer.sentence = lambda *found: sentences.append(say(*found)) or sentences[-1]
        asyncio.run(asyncio.wait_for(move(explorer), 60))
        assert all(" of 2,000 steps: " in words for words in sentences[:-1])
        assert all(words.endswith("; still training.") for words in sentences[:-1])
        assert "not improved for 2 evaluations" in sentences[-1]
        assert explorer.status == sentences[-1]


@pytest.mark.once
def test_forty_trainings_leave_nothing_behind():
    with opened(RegularizationExplorer, points=10, hidden=1, patience=2) as explorer:
        explorer.frame.live.paint = lambda picture: None  # see test_every_explorer

        def change(k):
            explorer.set(lam=[0, 0.01][k % 2], keep_prob=[0.5, 1.0][k % 2], seed=k % 7)

        def census():
            gc.collect()
            kinds = (Runner, Op, BatchGD, L2, EarlyStopping)
            return sum(issubclass(type(item), kinds) for item in gc.get_objects())

        for k in range(14):
            change(k)
        before = census()
        for k in range(42):
            change(k)
        assert census() <= before  # another network of the same kind may be waiting for its end
