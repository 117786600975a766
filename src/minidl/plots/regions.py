"""Which class a model sees where: points, boundaries and regions in the plane."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from minidl.plots.plane import (
    Extent,
    Points,
    Predictor,
    check_classes,
    check_points,
    extent_of,
    grid_over,
    values_at,
)
from minidl.plots.style import CLASS_COLORS, CLASS_MAP, CLASS_MARKERS, INK, MUTED, new_axes, styled
from minidl.validation import check_choice, check_positive_int

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


@styled()
def plot_boundary(
    predict: Predictor,
    ax: Axes | None = None,
    *,
    extent: Extent | None = None,
    threshold: float = 0.5,
    label: str | None = None,
    color: str = INK,
    linestyle: str = "-",
    resolution: int = 200,
) -> Axes:
    """Plot the line on which predictions cross a threshold, for instance over other regions.

    Parameters
    ----------
    predict : Op or callable
        A model, `runner.predict`, or any function from points (N, 2) to numbers (N, 1).
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default in a new figure.
    extent : (x₁ from, x₁ to, x₂ from, x₂ to), optional
        Where to look; by default what `ax` shows, or [−π, π]² in a new figure.
    threshold : float
        The value on the line: 0.5 for probabilities, 0 for logits.
    label : str, optional
        Its name in a legend.
    color, linestyle
        How the line looks.
    resolution : int
        The number of points looked at along each side.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> ax = plot_boundary(lambda X: X[:, 0] - X[:, 1], threshold=0, label="x₁ = x₂")
    """
    if extent is None:
        extent = extent_of([]) if ax is None else (*ax.get_xlim(), *ax.get_ylim())
    ax = new_axes(ax)
    steps = check_positive_int(resolution, "resolution", minimum=2)
    x1, x2, points = grid_over(extent, steps, steps)
    values = values_at(predict, points).reshape(steps, steps)
    if values.min() < threshold < values.max():
        ax.contour(x1, x2, values, levels=[threshold], colors=color, linestyles=linestyle)
    if label is not None:
        ax.plot([], [], color=color, linestyle=linestyle, label=label)
    return ax


@styled()
def plot_decision_regions(
    predict: Predictor,
    ax: Axes | None = None,
    *,
    train: Points | None = None,
    dev: Points | None = None,
    test: Points | None = None,
    extent: Extent | None = None,
    resolution: int = 200,
    legend: bool = True,
) -> Axes:
    """Plot which class a model sees where, with points of up to three sets on top.

    The shading is the predicted probability: blue for class 0, vermilion for class 1, white
    where the model is undecided. The dark line is where it is 0.5.

    Parameters
    ----------
    predict : Op or callable
        A model, `runner.predict`, or any function from points (N, 2) to probabilities (N, 1).
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default in a new figure.
    train, dev, test : (X, y), optional
        Points to show: those of train filled, of dev hollow, of test with a dark edge.
    extent : (x₁ from, x₁ to, x₂ from, x₂ to), optional
        The rectangle to show; by default all points with a margin, or [−π, π]² without points.
    resolution : int
        The number of points looked at along each side.
    legend : bool
        Whether to explain the marks below the axes.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If the model does not give one number for each point, or a set has a wrong shape.

    Examples
    --------
    >>> from minidl.data import make_moons
    >>> from minidl.models import two_layer_net
    >>> ax = plot_decision_regions(two_layer_net(2, 5, rng=0), train=make_moons(50, rng=0))
    """
    given = zip(SPLITS, (train, dev, test), strict=True)
    sets = {split: points for split, points in given if points is not None}
    extent = extent_of(sets.values()) if extent is None else extent
    steps = check_positive_int(resolution, "resolution", minimum=2)
    x1, x2, points = grid_over(extent, steps, steps)
    values = values_at(predict, points).reshape(steps, steps)
    ax = new_axes(ax, height=4.0)
    shade_regions(ax, values, extent)
    if values.min() < 0.5 < values.max():
        ax.contour(x1, x2, values, levels=[0.5], colors=INK, linewidths=1.6)
    for split, (X, y) in sets.items():
        plot_points(X, y, ax, split=split)
    ax.set(xlim=extent[:2], ylim=extent[2:], xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    if legend and sets:
        _explain_marks(ax, list(sets))
    return ax


def shade_regions(ax: Axes, values: Any, extent: Extent) -> Any:
    """Shade the plane by probabilities on a grid (row 0 at the bottom); return the image."""
    ax.grid(False)
    return ax.imshow(
        values,
        extent=extent,
        origin="lower",
        cmap=CLASS_MAP,
        vmin=0,
        vmax=1,
        interpolation="bilinear",
        aspect="auto",
        zorder=0,
    )


def _explain_marks(ax: Axes, splits: list[str]) -> None:
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
