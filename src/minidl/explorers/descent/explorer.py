"""The descent explorer: rate and momentum → the way down a bowl, and the factors behind it."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.explorers.descent.bowl import (
    GOAL,
    STEEP,
    STEPS,
    DescentView,
    descend,
    shrinking_factor,
)
from minidl.explorers.descent.picture import DescentArtists, draw_descent, update_descent
from minidl.plots.numbers import significant
from minidl.widgets.controls import slider, stops
from minidl.widgets.explorer import Explorer, Figure, State

RATES = np.linspace(0.0, 0.5, 401)


class DescentExplorer(Explorer[DescentArtists, DescentView]):
    """Rate, momentum, start and shape of a bowl → the way down, the loss, and two factors.

    Parameters
    ----------
    **start
        First values of the controls `lr`, `momentum`, `ratio`, `x` and `y`.

    Examples
    --------
    >>> explorer = DescentExplorer(lr=0.125, ratio=1, x=0, y=2)
    >>> explorer.view.arrived
    1
    >>> explorer.close()
    """

    alt = (
        "Left: the way of gradient descent over the contours of a bowl. Right: the loss at each "
        "step, and the factors by which a step shrinks the distance, against the rate"
    )
    size = (760, 390)

    def make_controls(self) -> dict[str, Any]:
        """Return the controls."""
        return {
            "lr": slider(
                "Learning rate α", 0.1, low=0.005, high=0.5, step=0.005,
                tooltip="A step is α times the gradient, or times v.",
            ),
            "momentum": slider(
                "Momentum ρ", 0.0, low=0, high=0.99, step=0.01,
                tooltip="The share of v that is kept from step to step.",
            ),
            "ratio": stops(
                "Curvature y : x", 20, options=[1, 2, 5, 10, 20, 50, 100],
                tooltip="How much more the bowl is curved along y, where it is 8, than along x.",
            ),
            "x": slider("Start x", -2.0, low=-2.5, high=2.5, step=0.1, tooltip="Along the valley."),
            "y": slider("Start y", 1.0, low=-2, high=2, step=0.1, tooltip="Across the valley."),
        }  # fmt: skip

    def compute(self, state: State) -> DescentView:
        """Take the steps, and compute the factors at every rate."""
        curvatures = np.array([STEEP / state.ratio, STEEP])
        way = descend((state.x, state.y), curvatures, state.lr, state.momentum)
        flat, steep = curvatures.tolist()
        here = [float(shrinking_factor(state.lr, h, state.momentum)) for h in (flat, steep)]
        return DescentView(
            way,
            losses=way**2 @ curvatures / 2,
            curvatures=(flat, steep),
            lr=state.lr,
            factors=(here[0], here[1]),
            rates=RATES,
            curves=np.stack([shrinking_factor(RATES, h, state.momentum) for h in (flat, steep)]),
        )

    def draw(self, figure: Figure) -> DescentArtists:
        """Draw the axes."""
        return draw_descent(figure)

    def update(self, artists: DescentArtists, view: DescentView) -> None:
        """Put the way and the factors into the picture."""
        update_descent(artists, view)

    def sentence(self, state: State, view: DescentView) -> str:
        """Say what a step leaves of each distance, and when the loss is low."""
        flat, steep = view.factors
        end = "" if view.arrived is None else f" It stays below {GOAL} from step {view.arrived} on."
        return (
            f"Rate {state.lr:g}, momentum {state.momentum:g}: in the long run a step leaves "
            f"{flat:.3f} of the distance along x and {steep:.3f} along y. After {STEPS} steps the "
            f"loss is {significant(view.losses[-1], 2)}.{end}"
        )
