"""The picture of the explorer through the layers: four panels, a column for each layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D

from minidl.plots.style import CATEGORY_COLORS, INK, MUTED, PASS_COLORS

Array = npt.NDArray[Any]

DEEPEST = 20
"""The largest number of layers that the picture has room for."""
POWERS = (-9, 3)
"""The sizes shown, as powers of ten; of a layer beyond them only the mark stands at the rim."""
BINS_A_POWER = 4
RATIOS = (1e-8, 1e1)
RULE = 1e-3
"""What a step should change of a weight, as a rule of thumb."""


@dataclass(frozen=True)
class LayersView:
    """Sizes in a network, the first layer first.

    Attributes
    ----------
    activations, gradients : list of ndarray
        The sizes of single numbers in each layer.
    shut : ndarray of shape (layers,)
        The share of units and images with little slope.
    dead : ndarray of shape (layers,)
        The share of units that have little slope for every image.
    ratios : ndarray of shape (layers,)
        The size of a step over the size of the weights.
    """

    activations: list[Array]
    gradients: list[Array]
    shut: Array
    dead: Array
    ratios: Array


@dataclass(frozen=True)
class LayersArtists:
    """What moves in the picture."""

    activations: AxesImage
    activation_sizes: Line2D
    gradients: AxesImage
    gradient_sizes: Line2D
    shut: LineCollection
    dead: LineCollection
    ratios: Line2D


def root_mean_square(values: Array) -> float:
    """Return the size of an array, √(mean of squares).

    Examples
    --------
    >>> root_mean_square(np.array([3.0, -3.0]))
    3.0
    """
    return float(np.sqrt(np.mean(np.square(values))))


def shares_of_sizes(values: Array) -> Array:
    """Return how often each size that is shown occurs, the most frequent as 1.

    Examples
    --------
    >>> shares = shares_of_sizes(np.array([0.0, 1.5, -1.6, 200.0, 1e9]))
    >>> np.flatnonzero(shares), shares[shares > 0]
    (array([36, 45]), array([1. , 0.5]))
    """
    low, high = POWERS
    powers = np.log10(np.abs(values[values != 0]))
    bins = (high - low) * BINS_A_POWER
    counts = np.histogram(powers, bins, range=POWERS)[0]
    return np.asarray(counts / max(counts.max(), 1))


def draw_layers(figure: Figure) -> LayersArtists:
    """Fill `figure` with the four panels and return their moving parts."""
    figure.set_layout_engine("constrained", rect=(0, 0, 0.99, 1))
    axes = figure.subplots(2, 2, sharex=True, height_ratios=(2.3, 1))
    names = (("activations", "forward"), ("gradients", "backward"))
    sizes = [
        _draw_sizes(ax, name, PASS_COLORS[way])
        for ax, (name, way) in zip(axes[0], names, strict=True)
    ]
    axes[0, 0].set_title("Size of activations")
    axes[0, 1].set_title("Size of their gradients")
    bars = _draw_bars(axes[1, 0])
    return LayersArtists(*sizes[0], *sizes[1], *bars, _draw_ratios(axes[1, 1]))


def update_layers(artists: LayersArtists, view: LayersView) -> None:
    """Put the sizes of a network into the picture."""
    layers = np.arange(1, len(view.ratios) + 1)
    for image, line, values in (
        (artists.activations, artists.activation_sizes, view.activations),
        (artists.gradients, artists.gradient_sizes, view.gradients),
    ):
        image.set_data(_columns(values))
        sizes = [root_mean_square(layer) for layer in values]
        line.set_data(layers, np.clip(_powers(sizes), *POWERS))
    for bars, shares in ((artists.shut, view.shut), (artists.dead, view.dead)):
        bars.set_segments(
            [[(k, 0), (k, 100 * share)] for k, share in zip(layers, shares, strict=True)]
        )
    artists.ratios.set_data(layers, np.clip(view.ratios, *RATIOS))


def _columns(values: Sequence[Array]) -> Array:
    columns = [shares_of_sizes(layer) for layer in values]
    empty = [np.zeros_like(columns[0])] * (DEEPEST - len(columns))
    return np.transpose(columns + empty)


def _powers(sizes: Sequence[float]) -> Array:
    return np.log10(np.maximum(sizes, 1e-300))


def _draw_sizes(ax: Axes, name: str, color: str) -> tuple[AxesImage, Line2D]:
    low, high = POWERS
    shades = LinearSegmentedColormap.from_list(f"minidl_{name}", ["#FFFFFF", color])
    nothing = np.zeros(((high - low) * BINS_A_POWER, DEEPEST))
    extent = (0.5, DEEPEST + 0.5, low, high)
    image = ax.imshow(
        nothing, cmap=shades, vmin=0, vmax=1.6, extent=extent, origin="lower", aspect="auto"
    )
    ax.axhline(0, color=MUTED, linestyle=":", linewidth=1.2)
    look: dict[str, Any] = {"color": INK, "markersize": 4.5, "linewidth": 1.3}
    (line,) = ax.plot([], [], "o-", markeredgecolor="white", markeredgewidth=0.5, **look)
    ax.set(yticks=range(low, high + 1, 3), ylim=(low, high))
    ax.set_yticklabels([f"$10^{{{power}}}$" if power else "1" for power in ax.get_yticks()])
    ax.grid(visible=False)
    return image, line


def _draw_bars(ax: Axes) -> tuple[LineCollection, LineCollection]:
    ax.set(ylim=(0, 100), yticks=(0, 50, 100), xlabel="Layer (the last: scores)")
    ax.set(xlim=(0.4, DEEPEST + 0.6), xticks=(1, 5, 10, 15, 20))
    ax.set_title("Shut units in %; dark: for every image", fontsize=10)
    shut = LineCollection([], colors="#E9B48C", linewidths=9)
    dead = LineCollection([], colors=CATEGORY_COLORS[1], linewidths=9)
    for bars in (shut, dead):
        bars.set_capstyle("butt")
        ax.add_collection(bars, autolim=False)
    return shut, dead


def _draw_ratios(ax: Axes) -> Line2D:
    ax.set(yscale="log", ylim=RATIOS, xlabel="Layer (the last: scores)")
    ax.set_yticks([1e-8, 1e-5, 1e-2, 10], ["$10^{-8}$", "$10^{-5}$", "$10^{-2}$", "10"])
    ax.set_yticks([], minor=True)
    ax.set_title("Step over weight at rate 0.1", fontsize=10)
    ax.axhline(RULE, color=MUTED, linestyle=":", linewidth=1.4)
    (line,) = ax.plot([], [], "D-", color=CATEGORY_COLORS[2], markersize=4.5, linewidth=1.3)
    return line
