"""The regularization explorer: a regression that overfits, and what holds it back."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy.typing as npt

from minidl.explorers.regularization.curve_fitting import (
    CURVES,
    DEV,
    curve_sets,
    dropout_layers,
    relu_regression,
    weights_of,
)
from minidl.explorers.regularization.picture import (
    RegularizationArtists,
    draw_regularization,
    update_regularization,
)
from minidl.explorers.regularization.view import RegularizationView, view_of
from minidl.losses import MSELoss
from minidl.op import Op
from minidl.optim import BatchGD
from minidl.penalties import L2, Adjustment
from minidl.plots.numbers import two_digits
from minidl.train import EarlyStopping, Runner
from minidl.widgets.controls import choice, int_slider, slider, stops
from minidl.widgets.explorer import Explorer, Figure, State
from minidl.widgets.network import (
    SAME_SIZE,
    NetworkFactory,
    build_network,
    ignores_hidden_size,
    own_function,
)

Array = npt.NDArray[Any]

STEPS = 2000
INTERVAL = 20  # steps between two evaluations, and between two chances for the kernel to listen
PICTURE = 100  # steps between two results that may be shown on the way
HIDDEN = (1, 2, 4, 8, 16, 32, 64, 128)
POINTS = (10, 15, 20, 30, 50, 100)
PENALTIES = (0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05)
PATIENCES = {"2": 2, "5": 5, "10": 10, "20": 20, "50": 50, "off": 0}
RATES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05)


class RegularizationExplorer(Explorer[RegularizationArtists, RegularizationView]):
    """Points, capacity and regularization → the fitted curve, its losses and its weights.

    Parameters
    ----------
    network : callable, optional
        Your own: a function `(input_size, hidden_size, output_size, *, rng)` that returns a
        network. By default two hidden layers of h and 2·h ReLU units and dropout after them.
    penalty : callable, optional
        Your own: a function of λ that returns a `Penalty`; `minidl.penalties.L2` by default.
    **start
        First values of controls, such as `points=50, lam=0.01`: curve, noise, points, hidden,
        lam, keep_prob, patience, lr, seed.

    Examples
    --------
    >>> explorer = RegularizationExplorer(patience=2, hidden=4)
    >>> explorer.status.rpartition(", with")[0].rpartition(". ")[2]
    'Shown are the best weights, of step 20'
    >>> explorer.close()
    """

    alt = (
        "Left: noisy points, the true curve and the network's. Right: train and dev loss against "
        "steps with the gap between them, and a histogram of the weights"
    )
    size = (760, 430)
    patience = 0.040  # with the way to the screen, something moves within 0.1 s

    def __init__(
        self,
        network: NetworkFactory | None = None,
        penalty: Callable[[float], Adjustment] | None = None,
        **start: Any,
    ) -> None:
        self._factory = relu_regression if network is None else network
        self._penalty = own_function(penalty, L2, call="(lam)", returns="a Penalty")
        super().__init__(**start)
        with contextlib.suppress(Exception):  # of the reader's code; the box shows it already
            if not dropout_layers(self._build(2)):
                self.disable("keep_prob", "your network has no dropout layer")
        if ignores_hidden_size(self._build):
            self.disable("hidden", SAME_SIZE)

    def make_controls(self) -> dict[str, Any]:
        """Return the controls of the data, of the network and of what holds it back."""
        return {**self._controls_of_the_data(), **self._controls_of_training()}

    def _controls_of_the_data(self) -> dict[str, Any]:
        return {
            "curve": choice(
                "True curve", "x²", options=tuple(CURVES), tooltip="What the points lie around",
            ),
            "noise": slider(
                "Noise (σ)", 0.3, low=0, high=0.5, step=0.05,
                tooltip="Standard deviation of the noise on every y",
            ),
            "points": stops(
                "Training points", 20, options=POINTS,
                tooltip=f"Points that the network learns from; {DEV} others make the dev set",
            ),
            "hidden": stops(
                "Hidden units h", 32, options=HIDDEN,
                tooltip="Units in the first hidden layer; the second one has twice as many",
            ),
        }  # fmt: skip

    def _controls_of_training(self) -> dict[str, Any]:
        return {
            "lam": stops(
                "L2 penalty λ", 0, options=PENALTIES,
                tooltip="Weight of the term ½·λ·ΣW² that is added to the loss",
            ),
            "keep_prob": slider(
                "Keep probability", 1.0, low=0.5, high=1, step=0.1,
                tooltip="With which dropout keeps each unit of the last hidden layer; 1 is off",
            ),
            "patience": stops(
                "Patience", 0, options=PATIENCES,
                tooltip=f"Evaluations without a better dev loss, {INTERVAL} steps apart, before "
                "early stopping ends training",
            ),
            "lr": stops(
                "Learning rate", 0.03, options=RATES, tooltip="Length of a step along the gradient",
            ),
            "seed": int_slider(
                "Seed", 3, low=0, high=20, tooltip="Another seed draws other points and weights",
            ),
        }  # fmt: skip

    def compute(self, state: State) -> Iterator[RegularizationView | None]:
        """Train a new network; yield what there is to see whenever it takes long."""
        sets = curve_sets(state.curve, state.points, state.noise, state.seed)
        network = self._build(state.hidden, seed=state.seed, keep_prob=state.keep_prob)
        first_weights = weights_of(network)
        runner = Runner(
            network,
            BatchGD(network, lr=state.lr),
            MSELoss(),
            metric=None,
            listeners=[EarlyStopping(state.patience)] if state.patience else [],
            penalties=[self._penalty(state.lam)] if state.lam else [],
        )
        yield None
        train_losses: list[float] = []
        for epoch in runner.epochs(*sets, num_epochs=STEPS, eval_epochs=INTERVAL):
            if epoch % INTERVAL:
                continue
            train_losses.append(runner.evaluate(sets[0])[1])
            if runner.stop_reason is not None:
                runner.best.restore(runner)
            if runner.step % PICTURE == 0 or runner.stop_reason is not None:
                yield view_of(runner, sets, train_losses, first_weights, state)
            else:
                yield None

    def draw(self, figure: Figure) -> RegularizationArtists:
        """Fill the figure; see `minidl.explorers.regularization.picture`."""
        return draw_regularization(figure, first=INTERVAL, last=STEPS)

    def update(self, artists: RegularizationArtists, view: RegularizationView) -> None:
        """Show a training."""
        update_regularization(artists, view)

    def sentence(self, state: State, view: RegularizationView) -> str:
        """Return the losses, the gap, the steps done and why they ended, in words."""
        done, train, dev = view.steps[-1], view.train_losses[-1], view.dev_losses[-1]
        reason = view.stop_reason
        under_way = reason is None and done < STEPS
        of_all, end = (f" of {STEPS:,}", "still training") if under_way else ("", "")
        end = end or f"stopped because {reason or 'all steps were done'}"
        losses = f"train loss {two_digits(train)}, dev loss {two_digits(dev)}"
        text = f"After {done:,}{of_all} steps: {losses}, gap {two_digits(dev - train)}; {end}."
        if view.best is None:
            return text
        lowest = two_digits(min(view.dev_losses))
        best = f"the best weights, of step {view.best:,}, with a dev loss of {lowest}"
        return f"{text} Shown are {best}."

    def _build(self, hidden: int, *, seed: int = 0, keep_prob: float = 1.0) -> Op:
        """Return a new network of the reader's whose dropout layers keep this share."""
        network = build_network(self._factory, 1, hidden, 1, rng=seed)
        for layer in dropout_layers(network):
            layer.keep_prob = keep_prob
        return network
