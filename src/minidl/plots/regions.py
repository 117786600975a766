"""Which class a model sees where: boundaries and regions in the plane."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes

from minidl.plots.plane import (
    Extent,
    Points,
    Predictor,
    extent_of,
    grid_over,
    values_at,
)
from minidl.plots.points import SPLITS, explain_marks, plot_points
from minidl.plots.style import CLASS_MAP, INK, new_axes, styled
from minidl.validation import check_positive_int


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
        explain_marks(ax, list(sets))
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
