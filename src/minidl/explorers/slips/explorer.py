"""Slips: a training loop side by side with one that has a single line wrong, or none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from minidl.explorers.slips.loop import RIGHT, SLIPS, epochs
from minidl.explorers.slips.picture import SlipsArtists, SlipsView, draw_slips, update_slips
from minidl.plots.numbers import plain, significant
from minidl.widgets.controls import buttons, log_slider, slider, stops
from minidl.widgets.explorer import Explorer, Figure, State

NUM_EPOCHS = 10


class SlipsExplorer(Explorer[SlipsArtists, SlipsView]):
    """Slip, rate, batch size, keep probability → what both loops print, epoch by epoch.

    Parameters
    ----------
    **start
        First values of controls, such as `slip="no eval()", lr=0.1`: slip, lr, batch_size,
        keep_prob.

    Examples
    --------
    >>> explorer = SlipsExplorer(batch_size=100)
    >>> explorer.status.partition(":")[0]
    'After 10 of 10 epochs, loss as printed'
    >>> explorer.close()
    """

    alt = (
        "Left: the loss of each epoch as a right training loop prints it and as one with a slip "
        "does. Right: the accuracy on new digits that both measure"
    )
    size = (760, 360)

    def make_controls(self) -> dict[str, Any]:
        """Return the controls."""
        return {
            "slip": buttons(
                "Slip", RIGHT, options=SLIPS,
                tooltip="The one line in which the second loop differs.",
            ),
            "lr": log_slider(
                "Learning rate", 0.2, low=0.01, high=2, tooltip="At first; times 0.9 an epoch.",
            ),
            "batch_size": stops(
                "Batch size", 50, options=[20, 50, 100, 200],
                tooltip="How many images each step sees.",
            ),
            "keep_prob": slider(
                "Keep probability", 0.7, low=0.3, high=1, step=0.1,
                tooltip="With which dropout keeps a hidden unit.",
            ),
        }  # fmt: skip

    def compute(self, state: State) -> Iterator[SlipsView]:
        """Train both networks side by side; yield what they have printed so far."""
        options = {"lr": state.lr, "batch_size": state.batch_size, "keep_prob": state.keep_prob}
        loops = [epochs(slip, **options, num_epochs=NUM_EPOCHS) for slip in (RIGHT, state.slip)]
        found = []
        for pair in zip(*loops, strict=True):
            found.append(pair)
            yield SlipsView(
                np.array([[epoch.loss for epoch in each] for each in found]).T,
                np.array([[epoch.accuracies for epoch in each] for each in found]).swapaxes(0, 1),
            )

    def draw(self, figure: Figure) -> SlipsArtists:
        """Draw both axes."""
        return draw_slips(figure, num_epochs=NUM_EPOCHS)

    def update(self, artists: SlipsArtists, view: SlipsView) -> None:
        """Put the trainings into the picture."""
        update_slips(artists, view)

    def sentence(self, state: State, view: SlipsView) -> str:
        """State losses and accuracies of both loops, and whether the five looks agree."""
        losses = [plain(loss) for loss in view.losses[:, -1]]
        means = [f"{share:.2f}" for share in view.accuracies[:, -1].mean(axis=1)]
        spread = np.ptp(view.accuracies[1, -1]) > 0
        looks = "which differ from look to look" if spread else "the same at each of five looks"
        slip = "no slip" if state.slip == RIGHT else f"“{state.slip}”"
        return (
            f"After {view.losses.shape[1]} of {NUM_EPOCHS} epochs, loss as printed: right loop "
            f"{losses[0]}, {slip} {losses[1]}. Accuracy on new digits: {means[0]} and {means[1]}, "
            f"{looks}. Rate {significant(state.lr)}, batch size {state.batch_size}, "
            f"keep probability {state.keep_prob:.1f}."
        )
