"""A curve whose steepness follows a slider."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.explorers.convolution.picture import (
    REACH,
    ConvolutionArtists,
    ConvolutionView,
    draw_curve,
    update_curve,
)
from minidl.widgets.controls import slider
from minidl.widgets.explorer import Explorer, Figure, State

_POINTS = 201  # on the curve


class ConvolutionExplorer(Explorer[ConvolutionArtists, ConvolutionView]):
    """Steepness a → the curve y = a·x².

    Parameters
    ----------
    **start
        First values of controls: `a`.
    """

    alt = "A parabola through the origin, wider or narrower as the slider says"
    size = (720, 360)

    def make_controls(self) -> dict[str, Any]:
        """Return the slider for a."""
        tooltip = "How steep the curve is."
        return {"a": slider("Steepness a", 1.0, low=-2, high=2, step=0.1, tooltip=tooltip)}

    def compute(self, state: State) -> ConvolutionView:
        """Return the curve."""
        x = np.linspace(-REACH, REACH, _POINTS)
        return ConvolutionView(x, state.a * x**2)

    def draw(self, figure: Figure) -> ConvolutionArtists:
        """Draw the empty picture."""
        return draw_curve(figure)

    def update(self, artists: ConvolutionArtists, view: ConvolutionView) -> None:
        """Show a curve."""
        update_curve(artists, view)

    def sentence(self, state: State, view: ConvolutionView) -> str:
        """State where the curve ends."""
        return f"With a = {state.a:.1f}, the curve is at {view.y[-1]:.1f} where x is {REACH:.0f}."
