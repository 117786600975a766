"""Binary cross-entropy at one point: the loss over the prediction, and its slope."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from minidl.plots.style import CLASS_COLORS, INK, MUTED

Artists = dict[str, Any]

TOP = 6.0
"""The loss is shown from 0 to TOP."""
STEEPEST = 20.0
"""The slope is shown from −STEEPEST to STEEPEST."""
MARGIN = 1.06
"""How far up, in parts of the height, the mark of a value that is no number stands."""


def draw_cross_entropy(figure: Figure) -> Artists:
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
    return {**_draw_curves(left, "loss"), **_draw_curves(right, "slope")}


def update_cross_entropy(artists: Artists, data: dict[str, Any]) -> None:
    """Show the loss and the slope at one prediction.

    Parameters
    ----------
    artists
        What `draw_cross_entropy` returned.
    data
        `label`, 0 or 1, and `p`; `grid` (K,), with `loss` and `slope` over it, each a list of
        two arrays (K,) for the labels 0 and 1; `loss_at_p` and `slope_at_p`.
    """
    label = data["label"]
    for name, low, high in (("loss", 0, TOP), ("slope", -STEEPEST, STEEPEST)):
        mine, other = artists[f"{name}_curve"], artists[f"{name}_other"]
        mine.set_data(data["grid"], data[name][label])
        mine.set_color(CLASS_COLORS[label])
        other.set_data(data["grid"], data[name][1 - label])
        other.set_color(CLASS_COLORS[1 - label])
        value = data[f"{name}_at_p"]
        _place(artists[f"{name}_point"], artists[f"{name}_beyond"], data["p"], value, low, high)


def _draw_curves(ax: Axes, name: str) -> Artists:
    """Draw the empty curves of both labels, the point on one, and a note for one off the axes."""
    (other,) = ax.plot([], [], "--", linewidth=1.2)
    (curve,) = ax.plot([], [], linewidth=2.5)
    (point,) = ax.plot([], [], "o", color=INK, markersize=8, zorder=5, clip_on=False)
    beyond = ax.text(0, 0, "", fontsize=9.5, fontweight="bold", va="center", zorder=4)
    for artist in (point, beyond):
        artist.set_in_layout(False)  # they may stand at the edge; the axes need not make room
    beyond.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1.5, "alpha": 0.85})
    names = ("other", "curve", "point", "beyond")
    return {
        f"{name}_{key}": made
        for key, made in zip(names, (other, curve, point, beyond), strict=True)
    }


def _place(point: Any, beyond: Any, p: float, value: float, low: float, high: float) -> None:
    """Put the point onto the curve, or to the edge with a note where it lies outside."""
    inside = low <= value <= high
    beyond.set_visible(not inside)
    beyond.set_text("" if inside else f"{value:.4g}".replace("-", "−").replace("inf", "∞"))
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
