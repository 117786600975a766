"""Activations and their slopes over the net activation z, with the region where they saturate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from minidl.nn.activation import Activation
from minidl.plots.picture import set_static
from minidl.plots.style import CATEGORY_COLORS, INK, MUTED, styled

Array = npt.NDArray[Any]
Artists = dict[str, Any]

Z = np.linspace(-10, 10, 1001)
"""The net activations over which curves are drawn."""
SHUT = 0.05
"""Below this slope a unit counts as saturated: less than 5% of the gradient gets back."""
SLOPES, STEEP_SLOPES = (-0.25, 1.35), (-0.4, 2.15)
"""The scale of slopes, and the one for a curve such as ELU(2) that leaves it."""
BARS = -0.09  # where the first row of bars lies below the slopes
REACH = 2.0  # how far the tangent goes to each side
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
    _label_panels(left, right)
    for activation, color, line in zip(activations, CATEGORY_COLORS, LINES, strict=False):
        look: dict[str, Any] = {"color": color, "linestyle": line, "label": _name(activation)}
        left.plot(Z, activation.function(Z), **look)
        right.plot(Z, activation.derivative(Z), **look)
    if len(activations) == 1:
        intervals = saturated_intervals(Z, activations[0].derivative(Z))
        for panel in (left, right):
            _add_shade(panel).set_verts(_rectangles(intervals))
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


def draw_activation(figure: Figure) -> Artists:
    """Fill `figure` with the two panels of the explorer and return their moving parts."""
    left, right = figure.subplots(1, 2)
    _label_panels(left, right)
    point = {"marker": "o", "color": INK, "markersize": 8, "linestyle": "none", "zorder": 6}
    measured = {"marker": "o", "color": CATEGORY_COLORS[1], "markersize": 4, "linestyle": "none"}
    artists = {
        "shades": [_add_shade(left), _add_shade(right)],
        "curve": left.plot([], [], color=CATEGORY_COLORS[0])[0],
        "slope": right.plot([], [], color=CATEGORY_COLORS[0])[0],
        "measured": right.plot([], [], **measured, zorder=4)[0],
        "tangent": left.plot([], [], "--", color=INK, linewidth=1.5, zorder=5)[0],
        "point": left.plot([], [], **point)[0],
        "slope_point": right.plot([], [], **point)[0],
    }
    right.set_title("Slope (dots: measured)")
    return artists


def update_activation(artists: Artists, data: dict[str, Any]) -> None:
    """Put curve, slope, shading and the point into the picture.

    Parameters
    ----------
    artists : dict
        From `draw_activation`.
    data : dict
        `a` and `slope` over `Z`; `intervals` that are saturated; `measured`, a pair of z and
        slopes; `point`, the tuple (z, a, slope).
    """
    z, a, slope = data["point"]
    ends = np.array([-REACH, REACH])
    _fit_height(artists["curve"].axes, data["a"])
    _fit_slope(artists["slope"].axes, data["slope"])
    artists["curve"].set_data(Z, data["a"])
    artists["slope"].set_data(Z, data["slope"])
    artists["measured"].set_data(*data["measured"])
    artists["tangent"].set_data(z + ends, a + slope * ends)
    artists["point"].set_data([z], [a])
    artists["slope_point"].set_data([z], [slope])
    for shade in artists["shades"]:
        shade.set_verts(_rectangles(data["intervals"]))


def _new_pair() -> tuple[Axes, Axes]:
    """Return two axes side by side in a new figure, which a notebook shows."""
    import matplotlib.pyplot as plt

    with styled():
        _, (left, right) = plt.subplots(1, 2, figsize=(8.4, 2.9), layout="constrained")
    return left, right


def _label_panels(left: Axes, right: Axes) -> None:
    """Give both panels their titles and limits."""
    axis: dict[str, Any] = {"xlabel": "net activation z", "xlim": (-10, 10)}
    axis["xticks"] = (-10, -5, 0, 5, 10)
    left.set(title="Activation a", **axis)
    right.set(title="Slope: what gets back", **axis)
    right.set_ylim(SLOPES)
    for panel in (left, right):
        panel.axhline(0, color=MUTED, linewidth=0.8)
        panel.axvline(0, color=MUTED, linewidth=0.8)


def _fit_height(ax: Axes, a: Array) -> None:
    """Show −1.3 … 1.3, or −2.4 … 10.5 for what leaves it; changing limits is slow."""
    set_static(ax, ylim=(-1.3, 1.3) if np.abs(a).max() <= 1.2 else (-2.4, 10.5))


def _fit_slope(ax: Axes, slope: Array) -> None:
    """Show slopes on the one scale that can be compared, or on a larger one for what leaves it."""
    set_static(ax, ylim=STEEP_SLOPES if slope.max() > SLOPES[1] else SLOPES)


def _add_shade(ax: Axes) -> PolyCollection:
    """Add an empty shading that reaches from the bottom to the top of the axes."""
    shade = PolyCollection([], zorder=0.5, transform=ax.get_xaxis_transform())
    shade.set(facecolor=INK, alpha=0.13, edgecolor="none")
    ax.add_collection(shade, autolim=False)
    return shade


def _rectangles(intervals: Sequence[tuple[float, float]]) -> list[Array]:
    """Return the corners of a rectangle of full height for each interval."""
    return [np.array([(i, 0), (j, 0), (j, 1), (i, 1)]) for i, j in intervals]


def _name(activation: Activation) -> str:
    """Return the class's name with its parameter: `LeakyReLU(negative_slope=0.1)`."""
    return repr(activation).removesuffix("()")
