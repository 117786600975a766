"""Activations and their slopes over the net activation z, with the region where they saturate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from minidl.nn.activation import Activation
from minidl.plots.style import CATEGORY_COLORS, INK, MUTED, styled, styled_subplots

Array = npt.NDArray[Any]
Z = np.linspace(-10, 10, 1001)
"""The net activations over which curves are drawn."""
SHUT = 0.05
"""Below this slope a unit counts as saturated: less than 5% of the gradient gets back."""
SLOPES = (-0.25, 1.35)
"""The scale of slopes."""
BARS = -0.09  # where the first row of bars lies below the slopes
LINES = ("-", "--", "-.", ":")


def saturated_intervals(
    z: Array, slope: Array, *, below: float = SHUT
) -> list[tuple[float, float]]:
    """Return the intervals of z in which |slope| stays below a bound.

    Parameters
    ----------
    z : ndarray, shape (N,)
        Increasing net activations.
    slope : ndarray, shape (N,)
        The slope at each.
    below : float
        The bound.

    Examples
    --------
    >>> z = np.array([-2.0, -1.0, 0.0, 1.0])
    >>> saturated_intervals(z, np.array([0.0, 0.0, 1.0, 0.0]))
    [(-2.0, -1.0), (1.0, 1.0)]
    """
    shut = np.concatenate([[False], np.abs(slope) < below, [False]])
    starts = np.flatnonzero(~shut[:-1] & shut[1:])
    ends = np.flatnonzero(shut[:-1] & ~shut[1:]) - 1
    return [(float(z[i]), float(z[j])) for i, j in zip(starts, ends, strict=True)]


def plot_activation(
    *activations: Activation, ax: Sequence[Axes] | None = None
) -> tuple[Axes, Axes]:
    """Plot activations over z from −10 to 10 on the left, their slopes on the right.

    Where the slope of a single activation is below 0.05, the panels are shaded; for several, a
    bar in each one's colour marks these regions under the slopes.

    Parameters
    ----------
    *activations : Activation
        One or more.
    ax : two matplotlib.axes.Axes, optional
        Where to draw; by default in a new figure.

    Returns
    -------
    tuple of two matplotlib.axes.Axes

    Examples
    --------
    >>> from minidl.nn import Logistic
    >>> left, right = plot_activation(Logistic())
    >>> right.get_title(loc="left")
    'Slope: what gets back'
    """
    left, right = _new_pair() if ax is None else ax
    with styled():
        _plot_curves(activations, left, right)
    return left, right


def _plot_curves(activations: Sequence[Activation], left: Axes, right: Axes) -> None:
    """Draw values and slopes, and for a single activation the shading."""
    label_panels(left, right)
    for activation, color, line in zip(activations, CATEGORY_COLORS, LINES, strict=False):
        look: dict[str, Any] = {"color": color, "linestyle": line, "label": _name(activation)}
        left.plot(Z, activation.function(Z), **look)
        right.plot(Z, activation.derivative(Z), **look)
    if len(activations) == 1:
        intervals = saturated_intervals(Z, activations[0].derivative(Z))
        for panel in (left, right):
            add_shade(panel).set_verts(rectangles(intervals))
    else:
        _add_bars(right, activations)
    left.legend(loc="upper left")


def _add_bars(ax: Axes, activations: Sequence[Activation]) -> None:
    """Mark each activation's saturated regions by bars of its colour, one row for each."""
    look: dict[str, Any] = {"linewidth": 4, "alpha": 0.55, "solid_capstyle": "butt"}
    drop = (BARS - SLOPES[0]) / max(3, len(activations))
    for row, (activation, color) in enumerate(zip(activations, CATEGORY_COLORS, strict=False)):
        for interval in saturated_intervals(Z, activation.derivative(Z)):
            ax.plot(interval, 2 * [BARS - row * drop], color=color, **look)
    (sample,) = ax.plot([], [], color=MUTED, **look, label=f"less than {SHUT:.0%}")
    ax.legend(handles=[sample], loc="upper left")


def _new_pair() -> tuple[Axes, Axes]:
    """Return two axes side by side in a new figure, which a notebook shows."""
    left, right = styled_subplots(1, 2, figsize=(8.4, 2.9))[1]
    return left, right


def label_panels(left: Axes, right: Axes) -> None:
    """Give both panels their titles and limits."""
    axis: dict[str, Any] = {"xlabel": "net activation z", "xlim": (-10, 10)}
    axis["xticks"] = (-10, -5, 0, 5, 10)
    left.set(title="Activation a", **axis)
    right.set(title="Slope: what gets back", **axis)
    right.set_ylim(SLOPES)
    for panel in (left, right):
        panel.axhline(0, color=MUTED, linewidth=0.8)
        panel.axvline(0, color=MUTED, linewidth=0.8)


def add_shade(ax: Axes) -> PolyCollection:
    """Add an empty shading that reaches from the bottom to the top of the axes."""
    shade = PolyCollection([], zorder=0.5, transform=ax.get_xaxis_transform())
    shade.set(facecolor=INK, alpha=0.13, edgecolor="none")
    ax.add_collection(shade, autolim=False)
    return shade


def rectangles(intervals: Sequence[tuple[float, float]]) -> list[Array]:
    """Return the corners of a rectangle of full height for each interval."""
    return [np.array([(i, 0), (j, 0), (j, 1), (i, 1)]) for i, j in intervals]


def _name(activation: Activation) -> str:
    """Return the class's name with its parameter: `LeakyReLU(negative_slope=0.1)`."""
    return repr(activation).removesuffix("()")
