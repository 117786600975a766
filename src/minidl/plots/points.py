"""Points of two classes in the plane, and which marks tell sets apart."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from minidl.plots.plane import check_classes, check_points
from minidl.plots.style import CLASS_COLORS, CLASS_MARKERS, INK, MUTED, new_axes, styled
from minidl.validation import check_choice

SPLITS = ("train", "dev", "test")


def marks_of(split: str, color: str) -> dict[str, Any]:
    """Return how points of a set look: train filled, dev hollow, test filled with a dark edge.

    Examples
    --------
    >>> marks_of("dev", "blue")["markerfacecolor"]
    'white'
    """
    check_choice(split, "split", SPLITS)
    if split == "dev":
        return {"markerfacecolor": "white", "markeredgecolor": color, "markeredgewidth": 1.3}
    edge = {"train": ("white", 0.4), "test": (INK, 1.1)}[split]
    return {"markerfacecolor": color, "markeredgecolor": edge[0], "markeredgewidth": edge[1]}


def mark_size(count: int) -> float:
    """Return how wide the marks of `count` points are: the more, the smaller.

    Examples
    --------
    >>> mark_size(20), mark_size(1000)
    (7.0, 4.0)
    """
    return float(np.clip(70 / np.sqrt(max(count, 1)), 4.0, 7.0))


@styled()
def plot_points(
    X: Any, y: Any, ax: Axes | None = None, *, split: str = "train", size: float | None = None
) -> Axes:
    """Plot points of two classes: class 0 as blue circles, class 1 as vermilion triangles.

    Parameters
    ----------
    X : array_like, shape (N, 2)
        The points.
    y : array_like, shape (N,) or (N, 1)
        Their classes, 0 or 1.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default in a new figure.
    split : {"train", "dev", "test"}
        Decides how the marks are filled, so that sets can be told apart.
    size : float, optional
        Width of a mark in points; by default it gets smaller as the points become many.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If the shapes are wrong or there are other classes.

    Examples
    --------
    >>> from minidl.data import make_moons
    >>> ax = plot_points(*make_moons(100, noise=0.2, rng=0))
    >>> len(ax.lines)
    2
    """
    points = check_points(X)
    classes = check_classes(y, len(points))
    ax = new_axes(ax)
    width = mark_size(len(points)) if size is None else size
    for label, (color, marker) in enumerate(zip(CLASS_COLORS, CLASS_MARKERS, strict=True)):
        x1, x2 = points[classes == label].T
        marks = marks_of(split, color)
        ax.plot(x1, x2, marker, markersize=width, label=f"class {label}", **marks)
    ax.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    return ax


def explain_marks(ax: Axes, splits: list[str]) -> None:
    """Put a legend of the classes and the sets below the axes."""
    classes = [
        Line2D([], [], linestyle="", marker=marker, label=f"class {k}", **marks_of("train", color))
        for k, (marker, color) in enumerate(zip(CLASS_MARKERS, CLASS_COLORS, strict=True))
    ]
    sets = [
        Line2D([], [], linestyle="", marker="o", label=split, **marks_of(split, MUTED))
        for split in splits
    ]
    ax.legend(
        handles=classes + sets,
        loc="upper center",
        bbox_to_anchor=(0.5, -0.14),
        ncols=len(classes) + len(sets),
        handletextpad=0.1,
        columnspacing=1.0,
    )
