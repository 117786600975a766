"""The two sides of the plane that a neuron tells apart."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from minidl.plots.plane import Extent, Predictor, grid_over, values_at
from minidl.plots.regions import plot_boundary, shade_regions
from minidl.plots.style import new_axes, styled

SQUARE: Extent = (-4.0, 4.0, -4.0, 4.0)
"""The part of the plane that is shown unless asked otherwise."""


@styled()
def plot_half_planes(z: Predictor, ax: Axes | None = None, *, extent: Extent = SQUARE) -> Axes:
    """Plot where a neuron's net activation is positive, where negative, and the line between.

    Parameters
    ----------
    z : Op or callable
        A layer, a network or any function from points (N, 2) to numbers (N, 1).
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default in a new figure.
    extent : (x₁ from, x₁ to, x₂ from, x₂ to)
        The rectangle to show.

    Returns
    -------
    matplotlib.axes.Axes
        Vermilion where z > 0, blue where z < 0, a dark line where z = 0.

    Raises
    ------
    ValueError
        If there is not one number for each point.

    Examples
    --------
    >>> ax = plot_half_planes(lambda X: X @ np.array([[1.0], [2.0]]) - 1)
    """
    ax = new_axes(ax, width=3.8, height=3.8)
    steps = 201
    _, _, points = grid_over(extent, steps, steps)
    sides = np.sign(values_at(z, points)).reshape(steps, steps)
    shade_regions(ax, 0.5 + 0.3 * sides, extent)
    ax.set(xlim=extent[:2], ylim=extent[2:], xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    return plot_boundary(z, ax, threshold=0.0)
