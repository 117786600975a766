"""The picture of the explorer: axes and one curve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy.typing as npt
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from minidl.plots.style import INK

Array = npt.NDArray[Any]

REACH = 2.0
"""The curve is shown for x from −REACH to REACH."""


@dataclass(frozen=True)
class ConvolutionView:
    """A curve.

    Attributes
    ----------
    x, y : ndarray
        Its points.
    """

    x: Array
    y: Array


@dataclass(frozen=True)
class ConvolutionArtists:
    """What moves in the picture."""

    curve: Line2D


def draw_curve(figure: Figure) -> ConvolutionArtists:
    """Fill a figure with axes; return the curve in them."""
    ax = figure.subplots()
    ax.set(xlim=(-REACH, REACH), ylim=(-8.0, 8.0), xlabel="x", ylabel="y")
    (curve,) = ax.plot([], [], color=INK)
    return ConvolutionArtists(curve)


def update_curve(artists: ConvolutionArtists, view: ConvolutionView) -> None:
    """Show a curve."""
    artists.curve.set_data(view.x, view.y)
