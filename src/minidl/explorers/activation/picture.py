"""The picture of the activation explorer: a curve, its slope, a point, and where it saturates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from minidl.plots.activation import SLOPES, Z, add_shade, label_panels, rectangles
from minidl.plots.picture import set_static
from minidl.plots.style import CATEGORY_COLORS, INK

Array = npt.NDArray[Any]

DOTS = np.arange(-9.75, 10, 0.5)
"""Where slopes are measured: away from the usual kinks."""
STEEP_SLOPES = (-0.4, 2.15)
"""The scale of slopes for a curve such as ELU(2), which leaves the usual one."""
REACHES = {10: 5.0, 5: 2.5, 3: 1.0}
"""How far to each side of 0 the picture can go, each with the distance of its ticks."""
TANGENT = 2.0  # how far the tangent goes to each side


@dataclass(frozen=True)
class ActivationView:
    """An activation over `Z` and at one point.

    Attributes
    ----------
    a, slope : ndarray
        The curve and its slope by formula, over `minidl.plots.activation.Z`.
    intervals : list of (float, float)
        Where it is saturated.
    by_formula, measured : ndarray
        The slope at `DOTS`, by formula and by central differences.
    point : (z, a, slope)
        The point to read them at.
    reach : int
        How far to each side of 0 the picture goes.
    """

    a: Array
    slope: Array
    intervals: list[tuple[float, float]]
    by_formula: Array
    measured: Array
    point: tuple[float, float, float]
    reach: int


@dataclass(frozen=True)
class ActivationArtists:
    """What moves in the picture."""

    shades: list[PolyCollection]
    curve: Line2D
    slope: Line2D
    measured: Line2D
    tangent: Line2D
    point: Line2D
    slope_point: Line2D


def draw_activation(figure: Figure) -> ActivationArtists:
    """Fill `figure` with the two panels of the explorer and return their moving parts."""
    left, right = figure.subplots(1, 2)
    label_panels(left, right)
    dots: dict[str, Any] = {"marker": "o", "linestyle": "none"}
    point = {**dots, "color": INK, "markersize": 8, "zorder": 6}
    measured = {**dots, "color": CATEGORY_COLORS[1], "markersize": 4, "zorder": 4}
    artists = ActivationArtists(
        shades=[add_shade(left), add_shade(right)],
        curve=left.plot([], [], color=CATEGORY_COLORS[0])[0],
        slope=right.plot([], [], color=CATEGORY_COLORS[0])[0],
        measured=right.plot([], [], **measured)[0],
        tangent=left.plot([], [], "--", color=INK, linewidth=1.5, zorder=5)[0],
        point=left.plot([], [], **point)[0],
        slope_point=right.plot([], [], **point)[0],
    )
    right.set_title("Slope (dots: measured)")
    return artists


def update_activation(artists: ActivationArtists, view: ActivationView) -> None:
    """Put curve, slope, shading and the point into the picture."""
    z, a, slope = view.point
    ends = np.array([-TANGENT, TANGENT])
    for panel in (artists.curve.axes, artists.slope.axes):
        _fit_width(panel, view.reach)
    _fit_height(artists.curve.axes, view.a, view.reach)
    _fit_slope(artists.slope.axes, view.slope)
    artists.curve.set_data(Z, view.a)
    artists.slope.set_data(Z, view.slope)
    artists.measured.set_data(DOTS, view.measured)
    artists.tangent.set_data(z + ends, a + slope * ends)
    artists.point.set_data([z], [a])
    artists.slope_point.set_data([z], [slope])
    for shade in artists.shades:
        shade.set_verts(rectangles(view.intervals))


def _fit_width(ax: Any, reach: int) -> None:
    """Show z as far as asked for."""
    if ax.get_xlim() != (-reach, reach):
        ax.set(xlim=(-reach, reach), xticks=np.arange(-reach, reach + 1, REACHES[reach]))


def _fit_height(ax: Any, a: Array, reach: int) -> None:
    """Show −1.3 … 1.3, or as far up as to the side for what leaves it; changing limits is slow."""
    low = min(-0.24 * reach, -2.4 if a.min() < -0.22 * reach else 0.0)
    set_static(ax, ylim=(-1.3, 1.3) if np.abs(a).max() <= 1.2 else (low, 1.05 * reach))


def _fit_slope(ax: Any, slope: Array) -> None:
    """Show slopes on the one scale that can be compared, or on a larger one for what leaves it."""
    set_static(ax, ylim=STEEP_SLOPES if slope.max() > SLOPES[1] else SLOPES)
