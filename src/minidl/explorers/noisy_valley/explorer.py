"""The noisy valley: one weight, a gradient with noise, and a rate that may fall."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.explorers.noisy_valley.picture import (
    ValleyArtists,
    ValleyView,
    draw_valley,
    update_valley,
)
from minidl.explorers.noisy_valley.walk import best_rates, floor_of, mean_losses, walk
from minidl.plots.numbers import significant, two_digits
from minidl.widgets.controls import choice, int_slider, log_slider, slider, stops
from minidl.widgets.explorer import Explorer, Figure, State

Array = npt.NDArray[Any]

STEPS = 300
WALKERS = 100
SHAPES = ("constant", "falls once", "1 / time", "best at each step")


class NoisyValleyExplorer(Explorer[ValleyArtists, ValleyView]):
    """Rate, noise and the moment of a fall → where walkers in the valley ½·w² end.

    Parameters
    ----------
    **start
        First values of controls, such as `shape="falls once", fall_at=50`: shape, lr, fall_at,
        factor, noise, step.

    Examples
    --------
    >>> explorer = NoisyValleyExplorer(lr=0.5, noise=0)
    >>> explorer.status.partition(":")[0]
    'After 300 steps'
    >>> explorer.close()
    """

    alt = (
        "Left: a valley with walkers in it. Right: the learning rate and the mean loss against "
        "steps, with the loss of a single walker, a floor, and the loss under the best rates"
    )
    size = (760, 420)

    def make_controls(self) -> dict[str, Any]:
        """Return the controls."""
        return {
            "shape": choice(
                "Rate", "constant", options=SHAPES, tooltip="How the rate goes on from the first.",
            ),
            "lr": log_slider(
                "First rate α", 0.32, low=0.01, high=1.6, tooltip="The rate of the first step.",
            ),
            "fall_at": int_slider(
                "Falls at step", 100, low=1, high=STEPS - 1,
                tooltip="Where the rate falls at once; with 1 / time, where it has halved.",
            ),
            "factor": stops(
                "By a factor", 10, options=[2, 3, 5, 10, 20, 50, 100],
                tooltip="The first rate divided by the second, where it falls once.",
            ),
            "noise": slider(
                "Noise σ", 1.0, low=0, high=3, step=0.25,
                tooltip="Standard deviation of what a batch adds to the slope.",
            ),
            "step": int_slider(
                "Look at step", STEPS, low=0, high=STEPS, tooltip="When the walkers are shown.",
            ),
        }  # fmt: skip

    def compute(self, state: State) -> ValleyView:
        """Walk, and compute the mean loss of all walks."""
        rates = rates_of(state)
        w = walk(rates, state.noise, WALKERS, rng=0)
        return ValleyView(
            rates=rates,
            losses=mean_losses(rates, state.noise),
            best=mean_losses(best_rates(STEPS, state.noise), state.noise),
            floor=floor_of(rates[-1], state.noise),
            one=w[:, 0] ** 2 / 2,
            step=state.step,
            walkers=w[state.step],
        )

    def draw(self, figure: Figure) -> ValleyArtists:
        """Draw the valley and the axes."""
        return draw_valley(figure, steps=STEPS)

    def update(self, artists: ValleyArtists, view: ValleyView) -> None:
        """Show a descent."""
        update_valley(artists, view)

    def sentence(self, state: State, view: ValleyView) -> str:
        """State the mean loss, the floor and the best there is."""
        now = view.step
        return (
            f"After {now} steps: mean loss {two_digits(view.losses[now])}, with the best rate at "
            f"each step {two_digits(view.best[now])}. Rate at first {significant(view.rates[0])}, "
            f"at last {significant(view.rates[-1])}, whose floor is {two_digits(view.floor)}."
        )


def rates_of(state: Any) -> Array:
    """Return the rate of each step, as the controls say.

    Examples
    --------
    >>> state = State(shape="falls once", lr=1.0, fall_at=2, factor=10)
    >>> rates_of(state)[:4]
    array([1. , 1. , 0.1, 0.1])
    """
    steps = np.arange(STEPS)
    if state.shape == "best at each step":
        return best_rates(STEPS, state.noise, highest=state.lr)
    if state.shape == "falls once":
        return np.where(steps < state.fall_at, state.lr, state.lr / state.factor)
    if state.shape == "1 / time":
        return np.asarray(state.lr / (1 + steps / state.fall_at))
    return np.full(STEPS, state.lr)
