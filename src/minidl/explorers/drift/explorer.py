"""Drift: how long two right programs agree that differ in nothing but rounding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.explorers.drift.picture import (
    HIGHEST,
    DriftArtists,
    DriftView,
    draw_drift,
    update_drift,
)
from minidl.explorers.drift.twins import side_by_side
from minidl.plots.numbers import significant
from minidl.widgets.controls import log_slider, stops
from minidl.widgets.explorer import Explorer, Figure, State

Array = npt.NDArray[Any]

EVERY = 10
"""So many steps between pictures."""
TOLD = {"float64 in another order": 12, "float32": 5}
"""Digits that are told at most: further ones are another processor's."""
DEAD = (
    "In float64 no hidden unit lets anything through any more: nothing but the last layer's biases "
    "still learns. "
)


class DriftExplorer(Explorer[DriftArtists, DriftView]):
    """Rate, batch size, steps → three losses that are one on paper, and how far apart they are.

    Parameters
    ----------
    **start
        First values of controls, such as `lr=2.0`: lr, batch_size, num_steps.

    Examples
    --------
    >>> explorer = DriftExplorer(num_steps=50)
    >>> explorer.status.partition(":")[0]
    'At each of 50 steps, the losses agree with float64'
    >>> explorer.close()
    """

    alt = (
        "Left: the losses of three trainings that differ only in rounding. Right: the difference "
        "of two of them from the first, from step to step, on a logarithmic scale"
    )
    size = (760, 360)

    def make_controls(self) -> dict[str, Any]:
        """Return the controls."""
        return {
            "lr": log_slider(
                "Learning rate", 0.2, low=0.01, high=3, tooltip="Of plain gradient descent.",
            ),
            "batch_size": stops(
                "Batch size", 50, options=[10, 20, 50, 100, 200],
                tooltip="How many images each step sees.",
            ),
            "num_steps": stops(
                "Steps", 200, options=[50, 100, 200, 400],
                tooltip="How long the three trainings are.",
            ),
        }  # fmt: skip

    def compute(self, state: State) -> Iterator[DriftView | None]:
        """Train three networks side by side; yield their losses now and then."""
        found = []
        options = {"lr": state.lr, "batch_size": state.batch_size, "num_steps": state.num_steps}
        for step, (losses, dead) in enumerate(side_by_side(**options), start=1):
            found.append(losses)
            if step % EVERY:
                yield None
                continue
            all_losses = np.array(found).T
            yield DriftView(all_losses, differences_of(all_losses), state.num_steps, dead)

    def draw(self, figure: Figure) -> DriftArtists:
        """Draw both axes."""
        return draw_drift(figure)

    def update(self, artists: DriftArtists, view: DriftView) -> None:
        """Put the trainings into the picture."""
        update_drift(artists, view)

    def sentence(self, state: State, view: DriftView) -> str:
        """State to how many digits the losses agree at all steps."""
        worst = view.differences.max(axis=1)
        told = [
            f"{name} to {told_digits(difference, most)}"
            for (name, most), difference in zip(TOLD.items(), worst, strict=True)
        ]
        return (
            f"At each of {view.losses.shape[1]} steps, the losses agree with float64: "
            f"{', '.join(told)}. {DEAD if view.dead else ''}"
            f"Rate {significant(state.lr)}, batch size {state.batch_size}."
        )


def differences_of(losses: Array) -> Array:
    """Return how far each loss but the first is from the first, over the first.

    Examples
    --------
    >>> differences_of(np.array([[2.0, np.nan], [2.5, 1.0]]))
    array([[ 0.25, 10.  ]])
    """
    found = np.abs(losses[1:] - losses[0]) / np.maximum(np.abs(losses[0]), 1e-300)
    return np.minimum(np.nan_to_num(found, nan=HIGHEST, posinf=HIGHEST), HIGHEST)


def told_digits(difference: float, most: int) -> str:
    """Return in words to how many digits two numbers agree, at most so many.

    Examples
    --------
    >>> told_digits(3e-15, 12), told_digits(3e-3, 12), told_digits(0.02, 5), told_digits(2.0, 5)
    ('12 digits and more', '2 digits', '1 digit', 'no digit')
    """
    digits = int(np.clip(-np.log10(max(difference, 1e-300)), 0, most))
    if digits == most:
        return f"{most} digits and more"
    return {0: "no digit", 1: "1 digit"}.get(digits, f"{digits} digits")
