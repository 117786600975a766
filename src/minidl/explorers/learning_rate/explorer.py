"""The rate explorer: one step at every learning rate, and a training at one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data import make_moons, train_dev_test_split
from minidl.explorers.learning_rate.picture import (
    RateArtists,
    RateView,
    draw_learning_rate,
    update_learning_rate,
)
from minidl.losses import BCELoss, Loss
from minidl.models import two_layer_net
from minidl.op import Op
from minidl.optim import BatchGD
from minidl.plots.numbers import significant
from minidl.widgets.controls import int_slider, log_slider, stops
from minidl.widgets.explorer import Explorer, Figure, State
from minidl.widgets.network import NetworkFactory, build_network

Array = npt.NDArray[Any]

EPOCHS = 300
LOW, HIGH = 0.01, 1000.0
RATES = np.geomspace(LOW, HIGH, 101)
NOISE = 0.2
SLICE = 50  # epochs between two chances for the kernel to hear a newer change


def losses_after_a_step(
    model: Op, loss_fn: Loss, X: Array, y: Array, rates: Sequence[float] | Array
) -> Array:
    """Return the loss after one step along −gradient, for each rate; the model stays as it is.

    Parameters
    ----------
    model : Op
        A model after a backward pass.
    loss_fn : Loss
        What to measure.
    X, y : ndarray
        On which samples.
    rates : sequence of float
        How far to go.

    Returns
    -------
    ndarray of shape (len(rates),)
    """
    parameters = list(model.parameters())
    start = [parameter.value.copy() for parameter in parameters]
    losses = []
    for rate in rates:
        for parameter, value in zip(parameters, start, strict=True):
            parameter.value = value - rate * parameter.grad
        losses.append(loss_fn(model(X), y))
    for parameter, value in zip(parameters, start, strict=True):
        parameter.value = value
    return np.array(losses)


class RateExplorer(Explorer[RateArtists, RateView]):
    """Learning rate → where one step leads, and where 300 of them do.

    Parameters
    ----------
    network : callable, optional
        `(input_size, hidden_size, output_size, *, rng)` → a network that ends in a probability;
        by default `two_layer_net`.
    **start
        First values of the controls `lr`, `step` and `seed`.

    Examples
    --------
    >>> RateExplorer(lr=5).status.split(":")[0]
    'Rate 5'
    """

    alt = (
        "Left: the loss after one step of gradient descent against the learning rate. "
        "Right: the loss against epochs at the chosen rate"
    )

    def __init__(self, network: NetworkFactory | None = None, **start: Any) -> None:
        self._factory = two_layer_net if network is None else network
        super().__init__(**start)

    def make_controls(self) -> dict[str, Any]:
        """Return the controls."""
        return {
            "lr": log_slider(
                "Learning rate", 0.2, low=LOW, high=HIGH, tooltip="The step is α times −gradient."
            ),
            "step": stops(
                "Step on the left", 1, options=[1, 2, 5, 10, 20, 50, 100, 200, 300],
                tooltip="Which step of the training the left picture looks at.",
            ),
            "seed": int_slider(
                "Seed", 0, low=0, high=99, tooltip="Other points, other first weights."
            ),
        }  # fmt: skip

    def compute(self, state: State) -> Iterator[RateView | None]:
        """Train at the chosen rate; at the chosen step, try every other rate as well."""
        points, classes = make_moons(1000, noise=NOISE, rng=state.seed)
        (X, y), _, _ = train_dev_test_split(points, classes.reshape(-1, 1), rng=state.seed)
        model = build_network(self._factory, 2, 5, 1, rng=state.seed)
        loss_fn, optimizer = BCELoss(), BatchGD(model, lr=state.lr)
        losses, after = [], RATES
        for step in range(1, EPOCHS + 1):
            losses.append(loss_fn(model(X), y))
            model.backward(loss_fn.backward())
            if step == state.step:
                after = losses_after_a_step(model, loss_fn, X, y, RATES)
            optimizer.step()
            if step % SLICE == 0:
                yield None
        losses.append(loss_fn(model(X), y))
        yield RateView(np.array(losses), after, rate=state.lr, step=state.step)

    def draw(self, figure: Figure) -> RateArtists:
        """Draw both axes."""
        return draw_learning_rate(figure, rates=RATES, epochs=EPOCHS)

    def update(self, artists: RateArtists, view: RateView) -> None:
        """Put the losses into the picture."""
        update_learning_rate(artists, view)

    def sentence(self, state: State, view: RateView) -> str:
        """Say what the step does, which rate would do most, and how training ends."""
        losses, step, rate = view.losses, state.step, significant(state.lr)
        rises = int(np.count_nonzero(np.diff(losses) > 0))
        return (
            f"Rate {rate}: step {step} takes the loss from {losses[step - 1]:.4f} to "
            f"{losses[step]:.4f}; {best_rate(view.after)}. After {EPOCHS} steps it is "
            f"{losses[-1]:.4f}, having risen in {rises} of them."
        )


def best_rate(losses: Array) -> str:
    """Say which of `RATES` leads to the smallest of the losses.

    Examples
    --------
    >>> best_rate(np.full(101, 48.9))
    'no rate would change it'
    """
    if np.ptp(losses) < 1e-6:
        return "no rate would change it"
    best = int(np.argmin(losses))
    return f"{significant(RATES[best])} would lower it most, to {losses[best]:.4f}"
