"""The picture of the imbalance explorer: birds, boundary, and two confusion matrices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.text import Text

from minidl.plots.picture import set_static
from minidl.plots.plane import Extent
from minidl.plots.regions import marks_of
from minidl.plots.shading import shade
from minidl.plots.style import CLASS_COLORS, CLASS_MARKERS, INK

Array = npt.NDArray[Any]

COLUMNS, ROWS = 80, 60
SPECIES = ("Adélie", "Chinstrap")
EXTENTS: dict[str, Extent] = {
    "flipper length in mm": (169.0, 215.0, 15.0, 22.6),
    "bill length in mm": (31.0, 60.0, 15.0, 22.6),
}
"""What is shown of the plane, by what is measured beside the bill's depth."""
DEPTH = "bill depth in mm"


@dataclass(frozen=True)
class ImbalanceView:
    """A trained neuron among birds.

    Attributes
    ----------
    axis : str
        What is measured beside the bill's depth, a key of `EXTENTS`.
    train : (ndarray, ndarray)
        The birds that it was trained on, shape (N, 2), and which are Chinstraps, (N, 1).
    regions : ndarray, shape (ROWS, COLUMNS)
        Where it sees which: σ(x) over the plane, 0.5 at the threshold.
    boundary : ndarray, shape (2, 2)
        Two points of the line on which it changes its mind.
    counts : (ndarray, ndarray), each of shape (2, 2)
        The birds of the training set and the new ones: which (row) are taken for what (column).
    mean : float
        The mean of σ(x) over the training set.
    """

    axis: str
    train: tuple[Array, Array]
    regions: Array
    boundary: Array
    counts: tuple[Array, Array]
    mean: float


@dataclass(frozen=True)
class ImbalanceArtists:
    """What moves in the picture."""

    regions: AxesImage
    boundary: Line2D
    birds: list[Line2D]
    cells: list[AxesImage]
    numbers: list[list[Text]]
    shares: list[list[Text]]


def draw_imbalance(figure: Figure) -> ImbalanceArtists:
    """Fill a figure with the plane and two matrices; return the moving parts."""
    layout: Any = [["plane", "train"], ["plane", "new"]]
    axes = figure.subplot_mosaic(layout, width_ratios=[1.7, 1])
    tables = [
        _draw_matrix(axes[name], title)
        for name, title in (("train", "Trained on"), ("new", "New birds"))
    ]
    cells, numbers, shares = zip(*tables, strict=True)
    return ImbalanceArtists(*_draw_plane(axes["plane"]), [*cells], [*numbers], [*shares])


def _draw_plane(ax: Axes) -> tuple[AxesImage, Line2D, list[Line2D]]:
    """Return regions, boundary and birds."""
    axis, extent = next(iter(EXTENTS.items()))
    ax.set(xlim=extent[:2], ylim=extent[2:], xlabel=axis, ylabel=DEPTH)
    ax.grid(False)
    regions = shade(ax, extent)
    (boundary,) = ax.plot([], [], color=INK, linewidth=1.8)
    birds = [
        ax.plot([], [], marker, markersize=6, label=name, **marks_of("train", color))[0]
        for marker, color, name in zip(CLASS_MARKERS, CLASS_COLORS, SPECIES, strict=True)
    ]
    ax.legend(loc="upper left", ncols=2, handletextpad=0.1, columnspacing=1.0)
    return regions, boundary, birds


def _draw_matrix(ax: Axes, title: str) -> tuple[AxesImage, list[Text], list[Text]]:
    """Return cells, their numbers and, at the right, the share of each row that is found."""
    ax.set_title(title)
    cells = ax.imshow(np.zeros((2, 2)), cmap="Greys", vmin=0, vmax=2.2, aspect="auto")
    ax.set(xticks=(0, 1), yticks=(0, 1), xticklabels=[f"“{name}”" for name in SPECIES])
    ax.set(yticklabels=SPECIES, xlim=(-0.5, 2.35))
    ax.grid(False)
    ax.tick_params(length=0)
    for side in ax.spines.values():
        side.set_visible(False)
    center: dict[str, Any] = {"ha": "center", "va": "center"}
    numbers = [ax.text(j, i, "", **center, fontsize=12) for i in (0, 1) for j in (0, 1)]
    ax.text(1.95, -0.62, "recall", ha="center", va="bottom")
    return cells, numbers, [ax.text(1.95, i, "", **center, weight="bold") for i in (0, 1)]


def update_imbalance(artists: ImbalanceArtists, view: ImbalanceView) -> None:
    """Put birds, boundary and counts into the picture."""
    extent = EXTENTS[view.axis]
    set_static(artists.boundary.axes, xlabel=view.axis, xlim=extent[:2])
    artists.regions.set_extent(extent)
    artists.regions.set_data(view.regions)
    artists.boundary.set_data(*view.boundary.T)
    X, y = view.train
    for label, line in enumerate(artists.birds):
        line.set_data(*X[y.reshape(-1) == label].T)
    _fill_matrices(artists, view.counts)


def _fill_matrices(artists: ImbalanceArtists, counts: tuple[Array, Array]) -> None:
    """Shade each row by its shares and write counts and recalls."""
    for cells, numbers, shares, matrix in zip(
        artists.cells, artists.numbers, artists.shares, counts, strict=True
    ):
        of_row = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
        cells.set_data(of_row)
        for number, count in zip(numbers, matrix.ravel(), strict=True):
            number.set_text(str(count))
        for text, recall in zip(shares, np.diag(of_row), strict=True):
            text.set_text(f"{recall:.0%}")
