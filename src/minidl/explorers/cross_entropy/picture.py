"""Binary cross-entropy at one point: the loss over the prediction, and its slope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from minidl.plots.numbers import significant
from minidl.plots.style import CLASS_COLORS, INK, MUTED

Array = npt.NDArray[Any]

TOP = 6.0
"""The loss is shown from 0 to TOP."""
STEEPEST = 20.0
"""The slope is shown from −STEEPEST to STEEPEST."""
MARGIN = 1.06
"""How far up, in parts of the height, the mark of a value that is no number stands."""


@dataclass(frozen=True)
class CrossEntropyView:
    """The loss and its slope over all predictions and at one.

    Attributes
    ----------
    label, p
        The label, 0 or 1, and the prediction.
    grid : ndarray, shape (K,)
        All predictions.
    loss, slope : list of two ndarray, shape (K,)
        Over the grid, for the labels 0 and 1.
    loss_at_p, slope_at_p, expected : float
        At the prediction; `expected` is the loss by the formula.
    """

    label: int
    p: float
    grid: Array
    loss: list[Array]
    slope: list[Array]
    loss_at_p: float
    slope_at_p: float
    expected: float


@dataclass(frozen=True)
class PanelArtists:
    """What moves in one panel: the curves of both labels, the point, a note for one off the axes.

    They stand in the order in which they are drawn.
    """

    other: Line2D
    curve: Line2D
    point: Line2D
    beyond: Text


@dataclass(frozen=True)
class CrossEntropyArtists:
    """What moves in the picture."""

    loss: PanelArtists
    slope: PanelArtists


def draw_cross_entropy(figure: Figure) -> CrossEntropyArtists:
    """Fill a figure with axes for loss and slope; return what moves."""
    left, right = figure.subplots(1, 2)
    left.set(title="Loss of one point", ylabel="loss ℓ", ylim=(-0.2, TOP))
    right.set(title="Its slope", ylabel="slope ∂ℓ/∂p", ylim=(-STEEPEST, STEEPEST))
    for ax in (left, right):
        ax.set(xlim=(-0.03, 1.03), xlabel="prediction p")
    left.axhline(np.log(2), color=MUTED, linewidth=1.0, linestyle=":")
    left.text(1.02, np.log(2) + 0.08, "−log 0.5", color=INK, ha="right", fontsize=9)
    right.axhline(0, color=MUTED, linewidth=1.0)
    for ax, (y0, y1) in ((left, (5.4, 5.4)), (right, (15, -15))):
        ax.text(0.8, y0, "class 0", color=CLASS_COLORS[0], ha="right", va="center")
        ax.text(0.2, y1, "class 1", color=CLASS_COLORS[1], ha="left", va="center")
    return CrossEntropyArtists(_draw_curves(left), _draw_curves(right))


def update_cross_entropy(artists: CrossEntropyArtists, view: CrossEntropyView) -> None:
    """Show the loss and the slope at one prediction."""
    _update_panel(artists.loss, view, view.loss, view.loss_at_p, (0, TOP))
    _update_panel(artists.slope, view, view.slope, view.slope_at_p, (-STEEPEST, STEEPEST))


def _update_panel(
    panel: PanelArtists,
    view: CrossEntropyView,
    values: list[Array],
    at_p: float,
    limits: tuple[float, float],
) -> None:
    """Show the curves of both labels, and the point on the right one."""
    panel.curve.set_data(view.grid, values[view.label])
    panel.curve.set_color(CLASS_COLORS[view.label])
    panel.other.set_data(view.grid, values[1 - view.label])
    panel.other.set_color(CLASS_COLORS[1 - view.label])
    _place(panel, view.p, at_p, *limits)


def _draw_curves(ax: Axes) -> PanelArtists:
    """Draw the empty curves of both labels, the point on one, and a note for one off the axes."""
    (other,) = ax.plot([], [], "--", linewidth=1.2)
    (curve,) = ax.plot([], [], linewidth=2.5)
    (point,) = ax.plot([], [], "o", color=INK, markersize=8, zorder=5, clip_on=False)
    beyond = ax.text(0, 0, "", fontsize=9.5, fontweight="bold", va="center", zorder=4)
    for artist in (point, beyond):
        artist.set_in_layout(False)  # they may stand at the edge; the axes need not make room
    beyond.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1.5, "alpha": 0.85})
    return PanelArtists(other, curve, point, beyond)


def _place(panel: PanelArtists, p: float, value: float, low: float, high: float) -> None:
    """Put the point onto the curve, or to the edge with a note where it lies outside."""
    point, beyond, inside = panel.point, panel.beyond, low <= value <= high
    beyond.set_visible(not inside)
    beyond.set_text("" if inside else significant(value, 4))
    if np.isnan(value):  # it has no place on the axes: to the right of the title
        y = note_y = low + MARGIN * (high - low)
        x, note_x = 0.98, 0.92
    else:
        x, y = p, float(np.clip(value, low, high))
        note_x, note_y = p + (0.07 if p < 0.5 else -0.07), y * 0.91
    point.set_data([x], [y])
    point.set_marker("o" if inside else "x" if np.isnan(value) else "^" if value > high else "v")
    beyond.set_position((note_x, note_y))
    beyond.set_horizontalalignment("left" if note_x < 0.5 else "right")
