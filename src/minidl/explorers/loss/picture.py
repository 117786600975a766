"""The picture of the loss explorer: what a prediction costs, and how hard it is pulled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from minidl.plots.losses import LABEL_LINES
from minidl.plots.picture import set_static
from minidl.plots.style import CATEGORY_COLORS, CLASS_COLORS, INK, MUTED

Array = npt.NDArray[Any]

HEIGHTS = ((-0.6, 6.0), (-0.6, 12.0), (-1.0, 30.0), (-2.0, 120.0))
"""The scales of losses; the lowest one that the curve fits is taken."""
SLOPES = (0.022, 0.55, 2.2, 5.5, 12.0, 60.0)
"""The scales of slopes, to both sides."""


@dataclass(frozen=True)
class LossView:
    """A loss along one prediction.

    Attributes
    ----------
    x : ndarray
        The predictions.
    first : bool
        Whether the label is the first of the two.
    labels : (str, str)
        What they are called.
    axis : str
        What x is called.
    losses, slopes : (ndarray, ndarray)
        For the chosen label, then for the other one.
    dots, measured : ndarray
        Where slopes are measured on the chosen curve, and what is found.
    point : (x, loss, slope)
        At the prediction.
    """

    x: Array
    first: bool
    labels: tuple[str, str]
    axis: str
    losses: tuple[Array, Array]
    slopes: tuple[Array, Array]
    dots: Array
    measured: Array
    point: tuple[float, float, float]


@dataclass(frozen=True)
class LossArtists:
    """What moves in the picture."""

    curves: list[Line2D]
    slopes: list[Line2D]
    measured: Line2D
    tangent: Line2D
    points: list[Line2D]
    names: list[Text]


def draw_loss(figure: Figure) -> LossArtists:
    """Fill a figure with the panels of the loss and its slope; return their moving parts."""
    left, right = figure.subplots(1, 2)
    left.set(title="Loss", ylim=HEIGHTS[0], xlim=(-4, 4))
    right.set(title="Gradient (dots: measured)", ylim=(-SLOPES[2], SLOPES[2]), xlim=(-4, 4))
    for ax in (left, right):
        ax.axhline(0, color=MUTED, linewidth=0.8)
        ax.set_xlabel("prediction")
    dots: dict[str, Any] = {"marker": "o", "linestyle": "none"}
    point = {**dots, "color": INK, "markersize": 8, "zorder": 6}
    (measured,) = right.plot([], [], **dots, color=CATEGORY_COLORS[2], markersize=4, zorder=4)
    (tangent,) = left.plot([], [], ":", color=INK, linewidth=1.6, zorder=5)
    return LossArtists(
        curves=_draw_pair(left),
        slopes=_draw_pair(right),
        measured=measured,
        tangent=tangent,
        points=[ax.plot([], [], **point)[0] for ax in (left, right)],
        names=[_draw_name(left, 0.98, 10), _draw_name(left, 0.89, 9)],
    )


def _draw_name(ax: Axes, height: float, size: int) -> Text:
    """Return the name of a label, at the top of the axes."""
    look: dict[str, Any] = {"ha": "center", "va": "top", "fontsize": size, "zorder": 7}
    return ax.text(0.5, height, "", transform=ax.transAxes, color=MUTED, **look)


def _draw_pair(ax: Axes) -> list[Line2D]:
    """Return the curves of the chosen label and, thin and grey, of the other one."""
    (other,) = ax.plot([], [], color=MUTED, linewidth=1.0, zorder=2)
    (chosen,) = ax.plot([], [], color=CLASS_COLORS[0], zorder=3)
    return [chosen, other]


def update_loss(artists: LossArtists, view: LossView) -> None:
    """Put the curves, the prediction and its tangent into the picture."""
    x, loss, slope = view.point
    for lines, values in ((artists.curves, view.losses), (artists.slopes, view.slopes)):
        for line, each in zip(lines, values, strict=True):
            line.set_data(view.x, each)
        lines[0].set(color=CLASS_COLORS[not view.first], linestyle=LABEL_LINES[not view.first])
    artists.measured.set_data(view.dots, view.measured)
    half = 0.12 * (view.x[-1] - view.x[0])
    ends = np.array([-half, half])
    artists.tangent.set_data(x + ends, loss + slope * ends)
    for mark, value in zip(artists.points, (loss, slope), strict=True):
        mark.set_data([x], [value])
    artists.names[0].set(text=view.labels[not view.first], color=CLASS_COLORS[not view.first])
    artists.names[1].set_text(f"grey: {view.labels[view.first]}")
    _fit_axes(artists, view)


def _fit_axes(artists: LossArtists, view: LossView) -> None:
    """Show all predictions, and losses and slopes on the lowest scale that holds the chosen."""
    span = (float(view.x[0]), float(view.x[-1]))
    top = float(np.max(view.losses[0][1:-1]))
    height = next((each for each in HEIGHTS if 0.85 * each[1] > top), HEIGHTS[-1])
    steep = float(np.max(np.abs(view.slopes[0][1:-1])))
    reach = next((each for each in SLOPES if each > 1.05 * steep), SLOPES[-1])
    left, right = artists.curves[0].axes, artists.slopes[0].axes
    set_static(left, xlim=span, ylim=height, xlabel=view.axis)
    set_static(right, xlim=span, ylim=(-reach, reach), xlabel=view.axis)
