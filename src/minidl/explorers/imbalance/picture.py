"""The picture of the imbalance explorer: birds, borders, and two confusion matrices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.text import Text

from minidl.plots.picture import Still, set_static
from minidl.plots.plane import Extent
from minidl.plots.points import marks_of
from minidl.plots.shading import shade
from minidl.plots.style import CATEGORY_COLORS, CLASS_MAP, CLASS_MARKERS, INK

Array = npt.NDArray[Any]

COLUMNS, ROWS = 80, 60
SPECIES = ("Adélie", "Chinstrap", "Gentoo")
COLORS = CATEGORY_COLORS[:3]
MARKERS = (*CLASS_MARKERS, "s")
WHITE = np.array(CLASS_MAP(0.5)[:3])
TINTS = np.array([CLASS_MAP(0.0)[:3], CLASS_MAP(1.0)[:3], to_rgb("#B77C9D")])
"""What the regions of the species are shaded with."""
EXTENTS: dict[tuple[str, int], Extent] = {
    ("flipper length in mm", 2): (169.0, 215.0, 15.0, 22.6),
    ("flipper length in mm", 3): (169.0, 234.0, 12.5, 22.6),
    ("bill length in mm", 2): (31.0, 60.0, 15.0, 22.6),
    ("bill length in mm", 3): (31.0, 61.0, 12.5, 22.6),
}
"""What is shown of the plane, by what is measured beside the bill's depth and how many species."""
DEPTH = "bill depth in mm"
RECALL = 0.87
"""How far to the right the recalls stand in a matrix, as a share of its width."""
NAMES = 9
"""The size of the columns' names."""


@dataclass(frozen=True)
class ImbalanceView:
    """A trained layer among birds of two or three species.

    Attributes
    ----------
    axis : str
        What is measured beside the bill's depth.
    train : (ndarray, ndarray)
        The birds that it was trained on, shape (N, 2), and their species, (N,).
    regions : ndarray, shape (ROWS, COLUMNS, C)
        How much it sees of which species over the plane, with the threshold reckoned in.
    borders : list of ndarray, each of shape (2, 2) or (0, 2)
        The ends of the lines on which it changes its mind, for each pair of species.
    counts : (ndarray, ndarray), each of shape (C, C)
        The birds of the training set and the new ones: which (row) are taken for what (column).
    mean : float
        The mean probability of a Chinstrap over the training set.
    """

    axis: str
    train: tuple[Array, Array]
    regions: Array
    borders: list[Array]
    counts: tuple[Array, ...]
    mean: float


@dataclass(frozen=True)
class ImbalanceArtists:
    """What moves in the picture."""

    regions: AxesImage
    borders: list[Line2D]
    birds: list[Line2D]
    third: Still
    cells: list[AxesImage]
    numbers: list[list[Text]]
    recalls: list[list[Text]]
    names: list[Text]


def draw_imbalance(figure: Figure) -> ImbalanceArtists:
    """Fill a figure with the plane and two matrices; return the moving parts."""
    layout: Any = [["plane", "train"], ["plane", "new"]]
    axes = figure.subplot_mosaic(layout, width_ratios=[1.45, 1])
    tables = [
        _draw_matrix(axes[name], title)
        for name, title in (("train", "Trained on"), ("new", "New birds"))
    ]
    cells, numbers, recalls, names = zip(*tables, strict=True)
    return ImbalanceArtists(*_draw_plane(axes["plane"]), [*cells], [*numbers], [*recalls], [*names])


def _draw_plane(ax: Axes) -> tuple[AxesImage, list[Line2D], list[Line2D], Still]:
    """Return regions, borders, birds, and the third species in the legend."""
    (axis, _), extent = next(iter(EXTENTS.items()))
    ax.set(xlim=extent[:2], ylim=extent[2:], xlabel=axis, ylabel=DEPTH)
    ax.grid(False)
    regions = shade(ax, extent)
    lines = [ax.plot([], [], color=INK, linewidth=1.8)[0] for _ in range(3)]
    birds = [
        ax.plot([], [], marker, markersize=6, label=name, **marks_of("train", color))[0]
        for marker, color, name in zip(MARKERS, COLORS, SPECIES, strict=True)
    ]
    legend = ax.legend(
        loc="lower left", bbox_to_anchor=(0, 1), ncols=3, handletextpad=0.1, columnspacing=1.0
    )
    third = Still([legend.legend_handles[2], legend.get_texts()[2]])
    return regions, lines, birds, third


def _draw_matrix(ax: Axes, title: str) -> tuple[AxesImage, list[Text], list[Text], Text]:
    """Return cells, their numbers, the share of each row that is found, the third column's name."""
    ax.set_title(title)
    cells = ax.imshow(np.zeros((2, 2)), cmap="Greys", vmin=0, vmax=2.2, aspect="auto")
    ax.set(xticks=range(2), yticks=range(3), yticklabels=SPECIES)
    ax.set_xticklabels(SPECIES[:2], fontsize=NAMES)
    ax.grid(False)
    ax.tick_params(length=0)
    for side in ax.spines.values():
        side.set_visible(False)
    center: dict[str, Any] = {"ha": "center", "va": "center"}
    numbers = [ax.text(j, i, "", **center, fontsize=12) for i in range(3) for j in range(3)]
    ax.text(RECALL, 1.03, "recall", ha="center", va="bottom", transform=ax.transAxes)
    beside: dict[str, Any] = {"transform": ax.get_yaxis_transform(), "weight": "bold"}
    below: dict[str, Any] = {"transform": ax.get_xaxis_text1_transform(3.5)[0], "fontsize": NAMES}
    name = ax.text(2, 0, SPECIES[2], ha="center", va="top", **below)
    return cells, numbers, [ax.text(RECALL, i, "", **center, **beside) for i in range(3)], name


def update_imbalance(artists: ImbalanceArtists, view: ImbalanceView) -> None:
    """Put birds, borders and counts into the picture."""
    extent = EXTENTS[view.axis, view.regions.shape[-1]]
    set_static(artists.regions.axes, xlabel=view.axis, xlim=extent[:2], ylim=extent[2:])
    artists.regions.set_extent(extent)
    artists.regions.set_data(colors_of(view.regions))
    for k, line in enumerate(artists.borders):
        line.set_data(*(view.borders[k].T if k < len(view.borders) else ([], [])))
    X, y = view.train
    for label, line in enumerate(artists.birds):
        line.set_data(*X[y == label].T)
    for artist in artists.third.artists:
        set_static(artist, visible=len(view.counts[0]) == 3)
    _fill_matrices(artists, view.counts)


def colors_of(regions: Array) -> Array:
    """Return colours of shares: white where two lead alike, and the species' own where one does.

    Examples
    --------
    >>> colors_of(np.array([[[0.5, 0.5], [1.0, 0.0]]]))[0, 0].round(2)
    array([0.97, 0.97, 0.96, 1.  ])
    """
    second, first = np.moveaxis(np.sort(regions, axis=-1)[..., -2:], -1, 0)
    lead = (first - second)[..., np.newaxis]
    colors = WHITE + lead * (TINTS[regions.argmax(axis=-1)] - WHITE)
    return np.concatenate([colors, np.ones_like(lead)], axis=-1)


def _fill_matrices(artists: ImbalanceArtists, counts: tuple[Array, ...]) -> None:
    """Shade each row by its shares and write counts and recalls."""
    kinds = len(counts[0])
    edge = kinds - 0.5
    parts = artists.cells, artists.numbers, artists.recalls, artists.names, counts
    for cells, numbers, recalls, third, matrix in zip(*parts, strict=True):
        of_row = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
        set_static(cells.axes, xlim=(-0.5, edge + 0.43 * kinds), ylim=(edge, -0.5))
        cells.set_data(of_row)
        cells.set_extent((-0.5, edge, edge, -0.5))
        for text, place in zip(numbers, np.ndindex(3, 3), strict=True):
            text.set_text(str(matrix[place]) if max(place) < kinds else "")
        third.set_text(SPECIES[2] if kinds == 3 else "")
        for i, text in enumerate(recalls):
            text.set_text(f"{of_row[i, i]:.0%}" if i < kinds else "")
