"""The picture of the convolution explorer: an image, the window's tables, and the output."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from minidl.plots.numbers import significant
from minidl.plots.style import CATEGORY_COLORS, CLASS_MAP, MUTED

Array = npt.NDArray[Any]

REACH = 6.5  # cells from the middle to the rim, for the largest padded image
MIDDLE = 4.0  # of the image, in cells
TABLES = {"patch": "×", "kernel": "=", "products": ""}
"""The tables in the middle, and the sign that stands behind each."""
FRAME = CATEGORY_COLORS[1]


@dataclass(frozen=True)
class ConvolutionView:
    """A window at one place of an image.

    Attributes
    ----------
    image : ndarray of shape (9, 9)
        Whole numbers from 0 to 9.
    padding, stride : int
        Zeros around the image, and how far the window moves.
    weights : ndarray of shape (3, 3)
        The kernel's, whole numbers.
    divisor : int
        What sums are divided by.
    sums : ndarray of shape (n, n)
        At every place of the window, before they are divided.
    row, column : int
        The place that is looked at, from 0.
    patch : ndarray of shape (3, 3)
        What of the padded image is under the window there.
    """

    image: Array
    padding: int
    stride: int
    weights: Array
    divisor: int
    sums: Array
    row: int
    column: int
    patch: Array


@dataclass(frozen=True)
class TableArtists:
    """Cells and their numbers."""

    cells: AxesImage
    numbers: list[Text]


@dataclass(frozen=True)
class ConvolutionArtists:
    """What moves in the picture."""

    padded: Rectangle
    image: AxesImage
    places: Line2D
    window: Rectangle
    sizes: list[Text]
    tables: list[TableArtists]
    total: Text
    output: AxesImage
    here: Rectangle


def draw_convolution(figure: Figure) -> ConvolutionArtists:
    """Fill a figure with axes for image, tables and output; return what moves in them."""
    layout: list[Any] = [["image", name, "output"] for name in (*TABLES, "sum")]
    axes = figure.subplot_mosaic(layout, width_ratios=[1, 0.42, 1], height_ratios=[1, 1, 1, 0.16])
    axes["sum"].set_axis_off()
    for ax, title in ((axes["image"], "Image"), (axes["output"], "Output")):
        _draw_board(ax, title)
    rim: dict[str, Any] = {"edgecolor": MUTED, "linewidth": 0.8, "linestyle": ":"}
    padded = axes["image"].add_patch(Rectangle((0, 0), 1, 1, facecolor="#F2F2F2", **rim))
    image = axes["image"].imshow(np.zeros((9, 9)), cmap="Greys", zorder=2)
    look: dict[str, Any] = {"color": CATEGORY_COLORS[0], "markersize": 2.5, "zorder": 3}
    (places,) = axes["image"].plot([], [], "o", **look)
    output = axes["output"].imshow(np.zeros((7, 7)), cmap=CLASS_MAP, vmin=-1, vmax=1)
    for name in ("image", "output"):  # imshow has set them anew
        _set_limits(axes[name])
    return ConvolutionArtists(
        padded, image, places, _frame(axes["image"], 3),
        [_note(axes[name], 0.5, -0.01, MUTED) for name in ("image", "output")],
        [_draw_table(axes[name], name, sign) for name, sign in TABLES.items()],
        _note(axes["sum"], 0.5, 1.6, FRAME), output, _frame(axes["output"], 1),
    )  # fmt: skip


def _draw_board(ax: Axes, title: str) -> None:
    ax.set_title(title)
    ax.set_axis_off()
    ax.set_aspect("equal")


def _set_limits(ax: Axes) -> None:
    ax.set(xlim=(MIDDLE - REACH, MIDDLE + REACH), ylim=(MIDDLE + REACH, MIDDLE - REACH))


def _frame(ax: Axes, width: int) -> Rectangle:
    look: dict[str, Any] = {"fill": False, "edgecolor": FRAME, "linewidth": 2.4, "zorder": 5}
    frame = Rectangle((0, 0), width, width, **look)
    ax.add_patch(frame)
    return frame


def _note(ax: Axes, x: float, y: float, color: str) -> Text:
    """Return an empty line of text under axes."""
    look: dict[str, Any] = {"transform": ax.transAxes, "ha": "center", "va": "top"}
    note = ax.text(x, y, "", color=color, fontsize=9.5, **look)
    note.set_in_layout(False)
    return note


def _draw_table(ax: Axes, title: str, sign: str) -> TableArtists:
    """Return nine cells with their numbers; the title and a sign stand still beside them."""
    cells = ax.imshow(np.zeros((3, 3)), cmap=CLASS_MAP, vmin=-9, vmax=9)
    ax.set_axis_off()
    ax.text(-0.85, 1, f"{title} {sign}".strip(), ha="right", va="center", fontsize=9.5)
    look: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 9.5}
    numbers = [ax.text(j, i, "", **look) for i in range(3) for j in range(3)]
    return TableArtists(cells, numbers)


def update_convolution(artists: ConvolutionArtists, view: ConvolutionView) -> None:
    """Put the window to its place and fill the tables."""
    n, pad = len(view.image), view.padding
    artists.image.set_data(view.image)
    artists.image.set_clim(0, 1.2 * view.image.max())
    artists.padded.set(xy=(-0.5 - pad, -0.5 - pad), width=n + 2 * pad, height=n + 2 * pad)
    middles = np.arange(len(view.sums)) * view.stride - pad + 1
    artists.places.set_data(*map(np.ravel, np.meshgrid(middles, middles)))
    corner = (view.column * view.stride - pad - 0.5, view.row * view.stride - pad - 0.5)
    artists.window.set_xy(corner)
    _update_tables(artists, view)
    _update_output(artists, view)


def _update_tables(artists: ConvolutionArtists, view: ConvolutionView) -> None:
    matrices = view.patch, view.weights, view.patch * view.weights
    for table, matrix in zip(artists.tables, matrices, strict=True):
        table.cells.set_data(matrix)
        table.cells.set_clim(*_symmetric(matrix))
        for number, value in zip(table.numbers, matrix.ravel(), strict=True):
            number.set_text(significant(value))
    total = view.sums[view.row, view.column]
    share = f" ÷ {view.divisor} = {significant(total / view.divisor)}" if view.divisor > 1 else ""
    artists.total.set_text(f"sum {significant(total)}{share}")


def _update_output(artists: ConvolutionArtists, view: ConvolutionView) -> None:
    n, m = len(view.image), len(view.sums)
    first = MIDDLE - m / 2
    artists.output.set_data(view.sums)
    artists.output.set_clim(*_symmetric(view.sums))
    artists.output.set_extent((first, first + m, first + m, first))
    artists.here.set_xy((first + view.column, first + view.row))
    around = f", with its zeros {n + 2 * view.padding} × {n + 2 * view.padding}"
    for text, words in zip(
        artists.sizes, (f"{n} × {n}{around if view.padding else ''}", f"{m} × {m}"), strict=True
    ):
        text.set_text(words)


def output_place(view: ConvolutionView, x: float, y: float) -> tuple[int, int]:
    """Return row and column of the output's cell at (x, y) of its axes, also beyond its rim."""
    first = MIDDLE - len(view.sums) / 2
    return math.floor(y - first), math.floor(x - first)


def window_place(view: ConvolutionView, x: float, y: float) -> tuple[int, int]:
    """Return row and column of the window whose middle is nearest to (x, y) of the image."""
    row, column = (round((at + view.padding - 1) / view.stride) for at in (y, x))
    return row, column


def _symmetric(values: Array) -> tuple[float, float]:
    """Return limits around 0 that hold all values."""
    largest = float(max(abs(values).max(), 1))
    return -largest, largest
