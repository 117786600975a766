"""The picture of a network that learns: its regions, its losses and its accuracies."""

from __future__ import annotations

from collections.abc import Sequence
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

from minidl.explorers.watch_it_learn.session import LearningSession
from minidl.plots.picture import Still, set_static
from minidl.plots.plane import Extent, grid_over
from minidl.plots.points import marks_of
from minidl.plots.regions import shade_regions
from minidl.plots.style import CLASS_COLORS, CLASS_MARKERS, INK, MUTED, SPLIT_COLORS, SPLIT_LINES

Array = npt.NDArray[Any]

EXTENT: Extent = (-2.75, 3.75, -2.25, 2.75)
"""What the picture shows of the plane: nearly all points even at noise 0.5."""
COLUMNS, ROWS = 79, 61
"""How many points of the plane the network is asked about."""
NARROW = {"columnspacing": 0.8, "handlelength": 1.3, "handletextpad": 0.4}
"""A legend that leaves the axis' numbers alone, and the first epochs in sight."""
FIRST_END = 200  # where the axes of the epochs end at first; then twice as far, and so on
X1, X2, GRID = grid_over(EXTENT, COLUMNS, ROWS)


@dataclass(frozen=True)
class WatchArtists:
    """What moves in the picture, and the points, which change with the data only.

    Of the curves, the first one is that of the training set, the second that of the dev set.
    """

    regions: AxesImage
    boundary: LineCollection
    points: Still
    losses: list[Line2D]
    scores: list[Line2D]
    left: Line2D
    here: list[Line2D]


def draw_watch(figure: Figure) -> WatchArtists:
    """Fill an empty figure and return the moving artists.

    Parameters
    ----------
    figure : matplotlib.figure.Figure

    Returns
    -------
    WatchArtists
    """
    layout: list[Any] = [["regions", "loss"], ["regions", "score"]]
    figure.set_layout_engine("constrained", rect=(0, 0, 0.98, 1))  # room for the last epoch
    axes = figure.subplot_mosaic(layout, width_ratios=(1.25, 1))
    regions, boundary, points = _draw_regions(axes["regions"])
    losses, scores = (_draw_curves(axes[name]) for name in ("loss", "score"))
    (left,) = axes["loss"].plot([], [], color=MUTED, linewidth=1.2, label="earlier run", zorder=1.9)
    axes["loss"].set(title="Mean loss", ylim=(0, 1))
    axes["loss"].tick_params(labelbottom=False)
    axes["loss"].legend(loc="upper right", ncols=3, **NARROW)
    axes["score"].set(title="Accuracy", ylim=(0, 1), xlabel="Epoch")
    axes["score"].locator_params(axis="x", integer=True)
    here = [
        axes[name].plot([], [], "o", color=SPLIT_COLORS["train"], markersize=6, clip_on=False)[0]
        for name in ("loss", "score")
    ]
    for mark in here:
        mark.set(markeredgecolor="white", zorder=4, in_layout=False)
    return WatchArtists(regions, boundary, Still(points), losses, scores, left, here)


def _draw_regions(ax: Axes) -> tuple[AxesImage, LineCollection, list[Line2D]]:
    regions = shade_regions(ax, np.full((ROWS, COLUMNS), 0.5), EXTENT)
    boundary = LineCollection([], colors=INK, linewidths=1.8, zorder=3)
    ax.add_collection(boundary, autolim=False)
    points = [
        ax.plot([], [], marker, **marks_of("train", color))[0]
        for color, marker in zip(CLASS_COLORS, CLASS_MARKERS, strict=True)
    ]
    ax.set(xlim=EXTENT[:2], ylim=EXTENT[2:], xlabel="$x_1$", ylabel="$x_2$")
    ax.set_title("Regions: class 0 blue, class 1 orange")
    return regions, boundary, points


def _draw_curves(ax: Axes) -> list[Line2D]:
    ax.set(xlim=(0, FIRST_END))
    return [
        ax.plot([], [], SPLIT_LINES[split], color=SPLIT_COLORS[split], label=split, linewidth=1.8)[
            0
        ]
        for split in ("train", "dev")
    ]


def update_watch(artists: WatchArtists, session: LearningSession) -> None:
    """Put a training, as it is now, into the picture.

    Parameters
    ----------
    artists : WatchArtists
        What `draw_watch` returned.
    session : LearningSession
    """
    probabilities = session.runner.predict(GRID).reshape(ROWS, COLUMNS)
    artists.regions.set_data(probabilities)
    lines: Any = contour_generator(X1, X2, probabilities).lines(0.5)
    artists.boundary.set_segments(list(lines))
    _place_points(artists.points.artists, *session.train)
    history, left = session.history, session.left
    losses = history.train_loss, history.dev_loss
    scores = history.train_score, history.dev_score
    for curves, values in ((artists.losses, losses), (artists.scores, scores)):
        for curve, of_epochs in zip(curves, values, strict=True):
            curve.set_data(np.arange(1, len(of_epochs) + 1), of_epochs)
    before = [] if left is None else left.train_loss
    artists.left.set_data(np.arange(1, len(before) + 1), before)
    _mark_the_present(artists.here, session)
    _fit_axes(artists, max(session.latest, len(before)), [*losses, before])


def _place_points(lines: Sequence[Line2D], X: Array, y: Array) -> None:
    """Give each class's marks their points, if they have others."""
    for label, line in enumerate(lines):
        points = X[y[:, 0] == label]
        if not np.array_equal(line.get_xydata(), points):
            line.set_data(*points.T)


def _mark_the_present(marks: Sequence[Line2D], session: LearningSession) -> None:
    epoch, history = session.epoch, session.history
    for mark, values in zip(marks, (history.train_loss, history.train_score), strict=True):
        mark.set_data(*(([epoch], [values[epoch - 1]]) if epoch else ([], [])))


def _fit_axes(artists: WatchArtists, epochs: int, losses: Sequence[Sequence[float]]) -> None:
    """Let the axes show all epochs and losses, in coarse steps; of the first, none above 2."""
    end = FIRST_END * 2 ** int(np.ceil(np.log2(max(epochs, 1) / FIRST_END).clip(0)))
    first = min(max((max(values, default=0) for values in losses), default=0), 2)
    highest = max(first, *(max(values[len(values) // 20 :], default=0) for values in losses))
    top = float(2 ** np.ceil(np.log2(max(highest, 1e-9))).clip(0))
    loss, score = artists.losses[0].axes, artists.scores[0].axes
    set_static(loss, xlim=(0.0, float(end)), ylim=(0.0, top))
    set_static(score, xlim=(0.0, float(end)))
