"""The picture of the moons explorer: regions with points, loss curves, accuracies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from contourpy import contour_generator
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from minidl.plots.picture import set_static
from minidl.plots.plane import Extent, grid_over
from minidl.plots.points import mark_size, marks_of
from minidl.plots.regions import shade_regions
from minidl.plots.style import (
    CLASS_COLORS,
    CLASS_MAP,
    CLASS_MARKERS,
    INK,
    MUTED,
    SPLIT_COLORS,
    SPLIT_LINES,
)

Array = npt.NDArray[Any]
Points = tuple[Array, Array]
"""Points X (N, 2) and their classes y (N, 1)."""

EXTENT: Extent = (-2.75, 3.75, -2.25, 2.75)
"""What the picture shows of the plane: nearly all points even at noise 0.5."""
COLUMNS, ROWS = 105, 81
"""How many points of the plane a network is asked about."""
REFERENCE = "logistic regression"
REFERENCE_LINE = (0, (4, 2))  # dashes
BARS = {1.0: "train", 1.85: "dev", 3.9: "train", 4.75: "dev"}
"""Where the bars of the accuracies stand: the network's, then those of logistic regression."""
EDGE = 1.5
"""The right edge of the accuracies, far enough from the 1.00 of a full bar."""


@dataclass(frozen=True)
class MoonsView:
    """A training so far.

    Attributes
    ----------
    train, dev : (ndarray, ndarray)
        The points of both sets.
    regions, reference_regions : ndarray, shape (ROWS, COLUMNS)
        The probabilities of the network and of logistic regression over `moons_grid()`.
    epochs : int
        How many there will be.
    train_epochs, train_losses, dev_epochs, dev_losses : list
        The curves.
    train_loss, dev_loss : float
        The losses now.
    scores : (float, float, float, float)
        The accuracies of the network on both sets, and those of logistic regression.
    """

    train: Points
    dev: Points
    regions: Array
    reference_regions: Array
    epochs: int
    train_epochs: list[int]
    train_losses: list[float]
    dev_epochs: list[int]
    dev_losses: list[float]
    train_loss: float
    dev_loss: float
    scores: tuple[float, float, float, float]


@dataclass(frozen=True)
class MoonsArtists:
    """What moves in the picture."""

    regions: AxesImage
    boundary: LineCollection
    reference: LineCollection
    dev_points: list[Line2D]
    train_points: list[Line2D]
    train_curve: Line2D
    dev_curve: Line2D
    bars: list[Rectangle]
    scores: list[Text]


def moons_grid() -> Array:
    """Return the points of the plane that `update_moons` needs predictions for, row by row.

    Examples
    --------
    >>> moons_grid().shape == (ROWS * COLUMNS, 2)
    True
    """
    return grid_over(EXTENT, COLUMNS, ROWS)[2]


def draw_moons(figure: Figure) -> MoonsArtists:
    """Fill `figure` with axes for regions, losses and accuracies; return the moving parts."""
    layout: list[Any] = [["regions", "loss"], ["regions", "accuracy"]]
    figure.set_layout_engine("constrained", rect=(0, 0, 0.985, 1))  # room for "3000" at the right
    axes = figure.subplot_mosaic(layout, width_ratios=[1.45, 1], height_ratios=[1.2, 1])
    plane = _draw_plane(axes["regions"])
    dev = _draw_points(axes["regions"], "dev", 2.0)
    train = _draw_points(axes["regions"], "train", 2.1)
    curves = _draw_losses(axes["loss"])
    return MoonsArtists(*plane, dev, train, *curves, *_draw_accuracies(axes["accuracy"]))


def update_moons(artists: MoonsArtists, view: MoonsView) -> None:
    """Put a trained network, its points, curves and accuracies into the picture."""
    artists.regions.set_data(class_shades(view.regions))
    artists.boundary.set_segments(boundary(view.regions))
    artists.reference.set_segments(boundary(view.reference_regions))
    _place_points(artists.train_points, *view.train)
    _place_points(artists.dev_points, *view.dev)
    artists.train_curve.set_data(view.train_epochs, view.train_losses)
    artists.dev_curve.set_data(view.dev_epochs, view.dev_losses)
    _fit_axes(artists.train_curve.axes, view)
    for bar, number, score in zip(artists.bars, artists.scores, view.scores, strict=True):
        bar.set_width(score)
        number.set(x=score + 0.02, text=f"{score:.2f}")


def class_shades(probabilities: Array) -> npt.NDArray[np.uint8]:
    """Return the colours of probabilities; smoothing these takes half the time of numbers.

    Examples
    --------
    >>> class_shades(np.zeros((81, 105))).shape
    (81, 105, 4)
    """
    shades: npt.NDArray[np.uint8] = CLASS_MAP(probabilities, bytes=True)
    return shades


def boundary(probabilities: Array) -> list[Array]:
    """Return the lines (k, 2) on which probabilities on the grid are 0.5.

    Examples
    --------
    >>> slope = np.linspace(0, 1, COLUMNS) * np.ones((ROWS, 1))
    >>> (line,) = boundary(slope)  # the middle of the picture, x₁ = 0.5
    >>> bool(np.allclose(line[:, 0], 0.5))
    True
    """
    x1, x2, _ = grid_over(EXTENT, COLUMNS, ROWS)
    lines: Any = contour_generator(x1, x2, probabilities).lines(0.5)
    return list(lines)


def _draw_plane(ax: Axes) -> tuple[AxesImage, LineCollection, LineCollection]:
    """Return the regions, the network's line and that of logistic regression."""
    regions = shade_regions(ax, class_shades(np.full((ROWS, COLUMNS), 0.5)), EXTENT)
    boundary_line, reference = (
        LineCollection([], colors=INK, linewidths=1.8, linestyles=[style], zorder=3)
        for style in ("-", REFERENCE_LINE)
    )
    for lines in (boundary_line, reference):
        ax.add_collection(lines, autolim=False)
    ax.set(xlim=EXTENT[:2], ylim=EXTENT[2:], xlabel="$x_1$", ylabel="$x_2$")
    ax.set_title("Regions: class 0 blue, class 1 orange")
    handles = [
        *(
            Line2D([], [], linestyle="", marker="o", label=split, **marks_of(split, MUTED))
            for split in ("train", "dev")
        ),
        Line2D([], [], color=INK, label="network"),
        Line2D([], [], color=INK, linestyle=REFERENCE_LINE, label=REFERENCE),
    ]
    ax.legend(
        handles=handles,
        loc="upper center",
        bbox_to_anchor=(0.5, -0.13),
        ncols=len(handles),
        columnspacing=1.0,
        handletextpad=0.5,
    )
    return regions, boundary_line, reference


def _draw_points(ax: Axes, split: str, depth: float) -> list[Line2D]:
    """Return the marks of each class's points in one set."""
    return [
        ax.plot([], [], marker, zorder=depth, **marks_of(split, color))[0]
        for color, marker in zip(CLASS_COLORS, CLASS_MARKERS, strict=True)
    ]


def _draw_losses(ax: Axes) -> tuple[Line2D, Line2D]:
    """Return the curves of the train and the dev loss."""
    look: dict[str, Any] = {"linewidth": 1.8}
    train, dev = (
        ax.plot([], [], SPLIT_LINES[split], color=SPLIT_COLORS[split], label=split, **look)[0]
        for split in ("train", "dev")
    )
    ax.set(xlim=(0, 1000), ylim=(0, 1), xlabel="Epoch", title="Mean loss")
    ax.locator_params(axis="x", integer=True)  # also where there is but one epoch
    ax.legend(loc="upper right", ncols=2, columnspacing=1.0)
    return train, dev


def _draw_accuracies(ax: Axes) -> tuple[list[Rectangle], list[Text]]:
    """Return the bars of the accuracies and their numbers."""
    colors = [SPLIT_COLORS[split] for split in BARS.values()]
    bars = ax.barh(list(BARS), [0.0] * len(BARS), height=0.8, color=colors)
    numbers = [ax.text(0, y, "", va="center", fontsize=9.5) for y in BARS]
    for name, place in (("network", 0.1), (REFERENCE, 3.0)):
        ax.text(0, place, name, va="center", fontsize=9.5)
    for place, split in BARS.items():
        ax.text(EDGE, place, split, va="center", ha="right", fontsize=9.5)
    ax.set(xlim=(0, EDGE), ylim=(5.3, -0.4), title="Accuracy", xticks=[0, 0.25, 0.5, 0.75, 1])
    ax.tick_params(axis="y", left=False, labelleft=False)
    ax.grid(False, axis="y")
    return list(bars), numbers


def _place_points(lines: Iterable[Line2D], X: Array, y: Array) -> None:
    """Give each class's marks their points; where there are few, the marks are larger."""
    classes = y.reshape(-1)
    for label, line in enumerate(lines):
        line.set_data(*X[classes == label].T)
        line.set_markersize(mark_size(len(X)))


def _fit_axes(ax: Any, view: MoonsView) -> None:
    """Let the axes show all epochs and the losses after the first ones, in coarse steps."""
    epochs = (0.0, float(view.epochs))
    curves = ((view.train_epochs, view.train_losses), (view.dev_epochs, view.dev_losses))
    highest = max(
        loss
        for curve in curves
        for epoch, loss in zip(*curve, strict=True)
        if epoch >= view.train_epochs[-1] // 20
    )
    losses = (0.0, float(2 ** max(0, np.ceil(np.log2(max(highest, 1e-9))))))
    set_static(ax, xlim=epochs, ylim=losses)
