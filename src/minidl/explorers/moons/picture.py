"""The picture of the moons explorer: regions with points, loss curves, accuracies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from contourpy import contour_generator
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from minidl.plots.picture import set_static
from minidl.plots.plane import Extent, grid_over
from minidl.plots.regions import mark_size, marks_of, shade_regions
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
Artists = dict[str, Any]

EXTENT: Extent = (-2.75, 3.75, -2.25, 2.75)
"""What the picture shows of the plane: nearly all points even at noise 0.5."""
COLUMNS, ROWS = 105, 81
"""How many points of the plane a network is asked about."""
REFERENCE = "logistic regression"
REFERENCE_LINE = (0, (4, 2))  # dashes
BARS = {1.0: "train", 1.85: "dev", 3.9: "train", 4.75: "dev"}
"""Where the bars of the accuracies stand: the network's, then those of logistic regression."""


def moons_grid() -> Array:
    """Return the points of the plane that `update_moons` needs predictions for, row by row.

    Examples
    --------
    >>> moons_grid().shape == (ROWS * COLUMNS, 2)
    True
    """
    return grid_over(EXTENT, COLUMNS, ROWS)[2]


def draw_moons(figure: Figure) -> Artists:
    """Fill `figure` with axes for regions, losses and accuracies; return the moving parts."""
    layout: list[Any] = [["regions", "loss"], ["regions", "accuracy"]]
    figure.set_layout_engine("constrained", rect=(0, 0, 0.985, 1))  # room for "3000" at the right
    axes = figure.subplot_mosaic(layout, width_ratios=[1.45, 1], height_ratios=[1.2, 1])
    return {
        **_draw_regions(axes["regions"]),
        **_draw_losses(axes["loss"]),
        **_draw_accuracies(axes["accuracy"]),
    }


def update_moons(artists: Artists, data: dict[str, Any]) -> None:
    """Put a trained network, its points, curves and accuracies into the picture."""
    artists["regions"].set_data(class_shades(data["regions"]))
    artists["boundary"].set_segments(boundary(data["regions"]))
    artists["reference"].set_segments(boundary(data["reference_regions"]))
    for split in ("train", "dev"):
        _place_points(artists[f"{split}_points"], *data[split])
        artists[f"{split}_curve"].set_data(data[f"{split}_epochs"], data[f"{split}_losses"])
    _fit_axes(artists["train_curve"].axes, data)
    for bar, number, score in zip(artists["bars"], artists["scores"], data["scores"], strict=True):
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


def _draw_regions(ax: Axes) -> Artists:
    undecided = class_shades(np.full((ROWS, COLUMNS), 0.5))
    artists: Artists = {"regions": shade_regions(ax, undecided, EXTENT)}
    for name, color, style in (("boundary", INK, "-"), ("reference", INK, REFERENCE_LINE)):
        lines = LineCollection([], colors=color, linewidths=1.8, linestyles=[style], zorder=3)
        artists[name] = ax.add_collection(lines, autolim=False)
    for split, order in (("dev", 2.0), ("train", 2.1)):
        artists[f"{split}_points"] = [
            ax.plot([], [], marker, zorder=order, **marks_of(split, color))[0]
            for color, marker in zip(CLASS_COLORS, CLASS_MARKERS, strict=True)
        ]
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
    return artists


def _draw_losses(ax: Axes) -> Artists:
    curves: Artists = {
        f"{split}_curve": ax.plot(
            [], [], SPLIT_LINES[split], color=SPLIT_COLORS[split], label=split, linewidth=1.8
        )[0]
        for split in ("train", "dev")
    }
    ax.set(xlim=(0, 1000), ylim=(0, 1), xlabel="Epoch", title="Mean loss")
    ax.locator_params(axis="x", integer=True)  # also where there is but one epoch
    ax.legend(loc="upper right", ncols=2, columnspacing=1.0)
    return curves


def _draw_accuracies(ax: Axes) -> Artists:
    colors = [SPLIT_COLORS[split] for split in BARS.values()]
    bars = ax.barh(list(BARS), [0.0] * len(BARS), height=0.8, color=colors)
    numbers = [ax.text(0, y, "", va="center", fontsize=9.5) for y in BARS]
    for name, place in (("network", 0.1), (REFERENCE, 3.0)):
        ax.text(0, place, name, va="center", fontsize=9.5)
    for place, split in BARS.items():
        ax.text(1.38, place, split, va="center", ha="right", fontsize=9.5)
    ax.set(xlim=(0, 1.38), ylim=(5.3, -0.4), title="Accuracy", xticks=[0, 0.25, 0.5, 0.75, 1])
    ax.tick_params(axis="y", left=False, labelleft=False)
    ax.grid(False, axis="y")
    return {"bars": list(bars), "scores": numbers}


def _place_points(lines: Iterable[Line2D], X: Array, y: Array) -> None:
    """Give each class's marks their points; where there are few, the marks are larger."""
    classes = y.reshape(-1)
    for label, line in enumerate(lines):
        line.set_data(*X[classes == label].T)
        line.set_markersize(mark_size(len(X)))


def _fit_axes(ax: Axes, data: dict[str, Any]) -> None:
    """Let the axes show all epochs and the losses after the first ones, in coarse steps."""
    epochs = (0.0, float(data["epochs"]))
    highest = max(
        loss
        for split in ("train", "dev")
        for epoch, loss in zip(data[f"{split}_epochs"], data[f"{split}_losses"], strict=True)
        if epoch >= data["train_epochs"][-1] // 20
    )
    losses = (0.0, float(2 ** max(0, np.ceil(np.log2(max(highest, 1e-9))))))
    set_static(ax, xlim=epochs, ylim=losses)
