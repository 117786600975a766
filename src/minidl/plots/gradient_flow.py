"""How much of a gradient arrives at each layer of a stack."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, NullFormatter

from minidl.plots.style import CATEGORY_COLORS, CLASS_MARKERS, new_axes, styled

LAYERS = "Layer (the gradient goes from right to left)"


def plot_gradient_sizes(sizes: Mapping[str, Sequence[float]], ax: Axes | None = None) -> Axes:
    """Plot the size of the gradient that arrives at each layer, on a logarithmic scale.

    Parameters
    ----------
    sizes : mapping of str to sequence
        For each network its name and a size for each layer, the first layer first.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default in a new figure.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> ax = plot_gradient_sizes({"Logistic": [0.002, 0.01, 0.05, 0.2]})
    >>> ax.get_yscale()
    'log'
    """
    ax = new_axes(ax, width=6.4, height=3.2)
    looks = zip(CATEGORY_COLORS, itertools.cycle(CLASS_MARKERS), strict=False)
    with styled():
        for (name, values), (color, mark) in zip(sizes.items(), looks, strict=False):
            ax.plot(range(1, len(values) + 1), values, marker=mark, color=color, label=name)
        label_sizes(ax)
        ax.set(xlabel=LAYERS, xticks=range(1, 1 + max(map(len, sizes.values()))))
        ax.legend(loc="lower right")
    return ax


def label_sizes(ax: Axes) -> None:
    """Say what the axes show, with a line of the grid for every power of ten."""
    ax.set(title="Gradient that arrives at each layer", ylabel="size", yscale="log")
    ax.yaxis.set_minor_locator(LogLocator(numticks=99))
    ax.yaxis.set_minor_formatter(NullFormatter())
    ax.grid(axis="y", which="minor")
    ax.tick_params(axis="y", which="minor", length=0)
