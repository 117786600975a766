"""The eighteen losses as small pictures side by side, a row for each family."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes

from minidl.plots.loss_slices import SLICES, LossSlice
from minidl.plots.style import CLASS_COLORS, styled, styled_subplots

ROWS = (("regression",), ("binary",), ("multiclass",), ("margin",), ("embedding", "sequence"))
"""Which families stand in a row."""
COLUMNS = 4
SCALE = (-0.5, 4.6)
"""All pictures have the same scale, so that steepness can be compared; above is the legend."""
ROOM = {"left": 0.06, "right": 0.99, "bottom": 0.05, "top": 0.955, "hspace": 0.75, "wspace": 0.2}
"""Where the axes stand, in shares of the figure, and of the axes between them."""
LABEL_LINES = ("-", (0, (3, 1.5)))
"""The curve of the first label is solid, that of the second dashed."""


@styled()
def plot_losses(axes: Any = None) -> Any:
    """Plot each of the eighteen losses along one of its predictions, for two labels.

    Parameters
    ----------
    axes : array of matplotlib.axes.Axes, shape (5, 4), optional
        Where to draw; by default in a new figure.

    Returns
    -------
    ndarray of matplotlib.axes.Axes

    Examples
    --------
    >>> axes = plot_losses()
    >>> axes[0, 1].get_title("left"), len(axes[0, 1].lines)
    ('MSELoss', 2)
    """
    if axes is None:
        size = {"figsize": (10.5, 11.2), "gridspec_kw": ROOM}
        figure, axes = styled_subplots(len(ROWS), COLUMNS, **size)
        figure.set_layout_engine("none")  # looking for room takes seconds where there are so many
    for families, places in zip(ROWS, axes, strict=True):
        chosen = [each for each in SLICES.values() if each.family in families]
        for each, ax in zip(chosen, places, strict=False):
            plot_loss(each, ax)
        for family in families:
            first = next(i for i, each in enumerate(chosen) if each.family == family)
            places[first].set_ylabel(family.capitalize(), fontsize=10, weight="bold")
        for ax in places[len(chosen) :]:
            ax.set_axis_off()
    return axes


def plot_loss(each: LossSlice, ax: Axes) -> None:
    """Plot one loss: the first label as a solid blue line, the second dashed and vermilion."""
    x = each.grid()
    for first, label, color, dash in zip(
        (True, False), each.labels, CLASS_COLORS, LABEL_LINES, strict=True
    ):
        loss, _ = each.curve(x, first)
        ax.plot(x, loss, color=color, linestyle=dash, linewidth=1.8, label=label)
    ax.set(xlim=(x[0], x[-1]), ylim=SCALE, yticks=range(5))
    ax.set_xlabel(each.axis, fontsize=8.5)
    ax.set_title(each.name, fontsize=9, pad=16)
    ax.tick_params(labelsize=8)
    look = {"fontsize": 7.5, "handlelength": 1.6, "handletextpad": 0.4, "columnspacing": 0.8}
    place = {"loc": "lower left", "bbox_to_anchor": (0, 1), "borderpad": 0.1, "borderaxespad": 0}
    ax.legend(ncols=2, **look, **place)
