"""The averages explorer: what an exponentially weighted average remembers."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.explorers.averages.picture import (
    AveragesArtists,
    AveragesView,
    draw_averages,
    update_averages,
)
from minidl.optim.averages import move_average
from minidl.widgets.controls import checkbox, int_slider, slider, stops
from minidl.widgets.explorer import Explorer, Figure, State

Array = npt.NDArray[Any]

STEPS = 100
BETAS = (0.0, 0.5, 0.63, 0.8, 0.9, 0.95, 0.98, 0.99)


def running_averages(values: Array, beta: float) -> Array:
    """Return the average after each value, begun at 0, by the helper that minidl's Adam uses.

    Examples
    --------
    >>> running_averages(np.array([1.0, 1.0]), 0.9).round(2)
    array([0.1 , 0.19])
    """
    average, scratch, found = np.zeros(1), np.empty(1), []
    for value in values:
        move_average(average, np.array([value]), beta, scratch)
        found.append(average[0])
    return np.array(found)


class AveragesExplorer(Explorer[AveragesArtists, AveragesView]):
    """β → the average of noisy values, and what each of them weighs in it.

    Parameters
    ----------
    **start
        First values of the controls `beta`, `corrected`, `step`, `noise` and `seed`.

    Examples
    --------
    >>> AveragesExplorer(beta=0.9).status.partition(":")[0]
    'β = 0.9'
    """

    alt = (
        "Left: noisy values, the wave below them, and their exponentially weighted average. "
        "Right: what each value weighs in the average at one step"
    )
    size = (760, 340)

    def make_controls(self) -> dict[str, Any]:
        """Return the controls."""
        return {
            "beta": stops(
                "Share kept β", 0.9, options=BETAS, tooltip="What a step keeps of the average.",
            ),
            "corrected": checkbox(
                "Divide by 1 − βᵗ", False, tooltip="Make up for the beginning at 0.",
            ),
            "step": int_slider(
                "Weights at step", 60, low=1, high=STEPS, tooltip="Whose weights the right shows.",
            ),
            "noise": slider(
                "Noise (σ)", 0.3, low=0, high=0.5, step=0.05, tooltip="How values scatter.",
            ),
            "seed": int_slider("Seed", 0, low=0, high=99, tooltip="Other noise."),
        }  # fmt: skip

    def compute(self, state: State) -> AveragesView:
        """Draw the values and average them."""
        t = np.arange(1, STEPS + 1)
        wave = 1 + 0.5 * np.sin(2 * np.pi * t / STEPS)
        values = wave + np.random.default_rng(state.seed).normal(0, state.noise, STEPS)
        total = 1 - state.beta**t if state.corrected else np.ones(STEPS)
        age = state.step - t
        weights = np.where(age >= 0, (1 - state.beta) * state.beta ** np.maximum(age, 0), 0.0)
        averages = running_averages(values, state.beta) / total
        return AveragesView(wave, values, averages, weights / total[state.step - 1], state.step)

    def draw(self, figure: Figure) -> AveragesArtists:
        """Draw the axes."""
        return draw_averages(figure, STEPS)

    def update(self, artists: AveragesArtists, view: AveragesView) -> None:
        """Put values, average and weights into the picture."""
        update_averages(artists, view)

    def sentence(self, state: State, view: AveragesView) -> str:
        """Say how far the memory reaches, and what the average is."""
        memory = 1 / (1 - state.beta)
        scatter = np.sqrt((1 - state.beta) / (1 + state.beta))
        at = state.step - 1
        return (
            f"β = {state.beta:g}: a memory of about {memory:.3g} values; in the long run the "
            f"average scatters {scatter:.2f} times as much as a value. At step {state.step} the "
            f"weights add up to {view.weights.sum():.2f}; the average is {view.averages[at]:.2f}, "
            f"the wave {view.wave[at]:.2f}."
        )
