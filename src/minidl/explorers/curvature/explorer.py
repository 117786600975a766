"""The curvature explorer: L-BFGS beside plain descent, gradient by gradient."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.explorers.curvature.picture import (
    CurvatureArtists,
    CurvatureView,
    draw_curvature,
    update_curvature,
)
from minidl.explorers.curvature.valley import MOST, RATES, Valley, descend, search
from minidl.plots.numbers import significant
from minidl.widgets.controls import int_slider, slider, stops
from minidl.widgets.explorer import Explorer, Figure, State


class CurvatureExplorer(Explorer[CurvatureArtists, CurvatureView]):
    """The shape of a valley and a memory → the tries of L-BFGS, and descent beside them.

    Parameters
    ----------
    **start
        First values of the controls: `evaluations`, `memory`, `ratio`, `degrees` and `bend`.

    Examples
    --------
    >>> explorer = CurvatureExplorer(evaluations=1)
    >>> explorer.status.partition(":")[0]
    'Gradient 1'
    >>> explorer.close()
    """

    alt = (
        "Left: a valley from above with the tries of L-BFGS and the way of plain descent. Right: "
        "what share of the first height each has left, against gradients"
    )
    size = (760, 370)

    def make_controls(self) -> dict[str, Any]:
        """Return the controls."""
        return {
            "evaluations": int_slider(
                "Gradients", 9, low=1, high=MOST, tooltip="How many each has asked for.",
            ),
            "memory": int_slider(
                "Memory m", 5, low=1, high=10, tooltip="How many changes L-BFGS remembers.",
            ),
            "ratio": stops(
                "Curvature ratio", 50, options=[1, 2, 5, 10, 20, 50, 100, 500],
                tooltip="How much more the valley is curved across than along.",
            ),
            "degrees": int_slider(
                "Turned by (°)", 30, low=0, high=90, step=5, tooltip="Turns the valley.",
            ),
            "bend": slider(
                "Bend", 0.0, low=0, high=0.4, step=0.05, tooltip="Bends the valley's floor.",
            ),
        }  # fmt: skip

    def compute(self, state: State) -> CurvatureView:
        """Go down by both ways."""
        valley = Valley(float(state.ratio), float(state.degrees), state.bend)
        found = search(valley, state.memory)
        rate, descent = descend(valley)
        done = int(np.searchsorted(found.ends, state.evaluations, side="right"))
        with np.errstate(over="ignore"):
            return CurvatureView(
                valley, found, descent, rate, state.evaluations, done,
                tries_left=valley.left(found.tries), way_left=valley.left(found.way),
                descent_left=valley.left(descent),
            )  # fmt: skip

    def draw(self, figure: Figure) -> CurvatureArtists:
        """Draw the axes."""
        return draw_curvature(figure)

    def update(self, artists: CurvatureArtists, view: CurvatureView) -> None:
        """Put both ways into the picture."""
        update_curvature(artists, view)

    def sentence(self, state: State, view: CurvatureView) -> str:
        """Say how far both are."""
        seen = min(state.evaluations, len(view.search.tries))
        others = f"{seen - view.done} other {'try' if seen - view.done == 1 else 'tries'}"
        directions = f"{view.done - 1} direction{'' if view.done == 2 else 's'}"
        arrived = " It has stopped: nothing is left to go." if seen < state.evaluations else ""
        return (
            f"Gradient {seen}: L-BFGS has followed {directions} to the end, with {others}, and has "
            f"{significant(view.way_left[view.done - 1], 2)} of the height left.{arrived} Descent "
            f"at rate {significant(view.rate, 2)}, the best of {len(RATES)}, has "
            f"{significant(view.descent_left[state.evaluations - 1], 2)}."
        )
