"""Norms: deep networks from first weights of all sizes, without a norm and with two of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from minidl.explorers.norms.fleet import AXES, train_fleets
from minidl.explorers.norms.picture import NormsArtists, NormsView, draw_norms, update_norms
from minidl.plots.numbers import significant
from minidl.widgets.controls import int_slider, log_slider, stops
from minidl.widgets.explorer import Explorer, Figure, State

SCALES = 2.0 ** np.arange(-3, 4)
STEPS, EVERY = 100, 5
LEARNS = 1 / 3
"""From this accuracy on a scale counts as one from which a network learns."""
STOPS = {("1/" if scale < 1 else "") + f"{max(scale, 1 / scale):g}": scale for scale in SCALES}


class NormsExplorer(Explorer[NormsArtists, NormsView]):
    """Depth, batch size, rate → accuracies from weights of seven scales, by each norm.

    Parameters
    ----------
    **start
        First values of controls, such as `depth=4, batch_size=2`: depth, batch_size, lr, scale.

    Examples
    --------
    >>> explorer = NormsExplorer(depth=2)
    >>> explorer.status.partition(":")[0]
    'After 100 of 100 steps, from weights of 1 × He'
    >>> explorer.close()
    """

    alt = (
        "Left: the accuracy of networks without a norm, with batch norm and with layer norm, "
        "against the scale of their first weights. Right: the same against steps, for one scale"
    )
    size = (760, 380)

    def make_controls(self) -> dict[str, Any]:
        """Return the controls."""
        return {
            "depth": int_slider(
                "Layers", 6, low=2, high=8, tooltip="How many affine layers there are.",
            ),
            "batch_size": stops(
                "Batch size", 20, options=[2, 3, 5, 10, 20, 50],
                tooltip="How many images each step sees, and batch norm's statistics too.",
            ),
            "lr": log_slider(
                "Learning rate", 0.1, low=0.01, high=1, tooltip="Of plain gradient descent.",
            ),
            "scale": stops(
                "Scale (× He)", 1.0, options=STOPS,
                tooltip="For which first weights the curves on the right are shown.",
            ),
        }  # fmt: skip

    def compute(self, state: State) -> Iterator[NormsView | None]:
        """Train seven networks for each norm; yield the accuracies so far."""
        steps, accuracies = [], []
        chosen = int(np.flatnonzero(state.scale == SCALES)[0])
        options = {"depth": state.depth, "batch_size": state.batch_size, "lr": state.lr}
        for found in train_fleets(SCALES, **options, steps=STEPS, every=EVERY):
            if found is None:
                yield None
                continue
            steps.append(found[0])
            accuracies.append(found[1])
            yield NormsView(SCALES, chosen, np.array(steps), np.array(accuracies))

    def draw(self, figure: Figure) -> NormsArtists:
        """Draw both axes."""
        return draw_norms(figure, scales=SCALES, steps=STEPS)

    def update(self, artists: NormsArtists, view: NormsView) -> None:
        """Put the accuracies into the picture."""
        update_norms(artists, view)

    def sentence(self, state: State, view: NormsView) -> str:
        """State the accuracies at the scale looked at, and how many scales learn at all."""
        now = view.accuracies[-1]
        at_scale = [f"{norm} {now[place, view.chosen]:.1f}" for place, norm in enumerate(AXES)]
        above = [f"{np.count_nonzero(row > LEARNS)}" for row in now]
        scale = next(name for name, value in STOPS.items() if value == state.scale)
        return (
            f"After {view.steps[-1]} of {STEPS} steps, from weights of {scale} × He: accuracy "
            f"{', '.join(at_scale)}. Scales with more than a third right, of {len(SCALES)}: "
            f"{', '.join(above)}. Batch size {state.batch_size}, rate {significant(state.lr)}."
        )
