"""What each hidden unit of a network sees of the plane."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from minidl.nn import Linear
from minidl.op import Op
from minidl.plots.numbers import signed
from minidl.plots.plane import (
    Extent,
    Points,
    check_classes,
    check_points,
    extent_of,
    grid_over,
    in_eval,
)
from minidl.plots.style import CLASS_COLORS, CLASS_MAP, INK, styled, styled_subplots
from minidl.validation import check_positive_int

Array = npt.NDArray[Any]


@styled()
def plot_hidden_units(
    model: Op,
    *,
    train: Points | None = None,
    extent: Extent | None = None,
    columns: int = 5,
    resolution: int = 60,
) -> Array:
    """Plot what each hidden unit adds to the output's net activation, one small picture a unit.

    For unit j with output aⱼ(x) and outgoing weight vⱼ that is vⱼ·aⱼ(x): vermilion where it
    speaks for class 1, blue where it speaks for class 0, all on one scale. Together with the
    output's bias the pictures add up to the network's logit. The dark line is where the unit's
    own net activation is 0: wⱼ·x + bⱼ = 0.

    Parameters
    ----------
    model : Op
        A network with two inputs, one hidden layer and one output, whose `layers` run one after
        another: Linear, activation, Linear, and perhaps an output activation.
    train : (X, y), optional
        Points to draw as dots.
    extent : (x₁ from, x₁ to, x₂ from, x₂ to), optional
        The rectangle to show; by default the points with a margin, or [−π, π]² without points.
    columns : int
        Pictures in a row.
    resolution : int
        The number of points looked at along each side.

    Returns
    -------
    ndarray of matplotlib.axes.Axes, one for each unit

    Raises
    ------
    ValueError
        If the model is built otherwise.

    Examples
    --------
    >>> from minidl.models import two_layer_net
    >>> len(plot_hidden_units(two_layer_net(2, 5, rng=0)))
    5
    """
    extent = extent_of([] if train is None else [train]) if extent is None else extent
    steps = check_positive_int(resolution, "resolution", minimum=2)
    x1, x2, points = grid_over(extent, steps, steps)
    z, parts, weights = _look_inside(model, points)
    axes = _small_multiples(len(weights), columns, extent)
    scale = max(float(np.abs(parts).max()), 1e-12)
    for j, ax in enumerate(axes):
        values, net = parts[:, j].reshape(steps, steps), z[:, j].reshape(steps, steps)
        look = {"cmap": CLASS_MAP, "vmin": -scale, "vmax": scale, "interpolation": "bilinear"}
        ax.imshow(values, extent=extent, origin="lower", aspect="auto", **look)
        if net.min() < 0 < net.max():
            ax.contour(x1, x2, net, levels=[0.0], colors=INK, linewidths=1.4)
        if train is not None:
            _dots(ax, train)
        ax.set_title(f"unit {j + 1}: v = {signed(weights[j]).replace(' ', '')}", fontsize=9.5)
    return axes


def _look_inside(model: Op, points: Array) -> tuple[Array, Array, Array]:
    """Return net activations (N, M) and parts vⱼ·aⱼ (N, M) of the hidden units, and v (M,)."""
    affine = [i for i, layer in enumerate(model.layers) if isinstance(layer, Linear)]
    if len(affine) != 2 or affine[0] != 0 or model.layers[affine[-1]].params["W"].shape[1] != 1:
        raise ValueError(
            "expected a network with one hidden layer and one output, such as Linear, Logistic, "
            f"Linear, Logistic, received {model}"
        )
    outputs = [points]
    for layer in model.layers:
        outputs.append(in_eval(layer, outputs[-1]))
    if not np.allclose(outputs[-1], in_eval(model, points)):
        raise ValueError(f"expected a model that runs its layers one after another, not {model}")
    v = model.layers[affine[1]].params["W"][:, 0]
    return outputs[1], outputs[affine[1]] * v, v


def _small_multiples(count: int, columns: int, extent: Extent) -> Array:
    """Return the axes of `count` small pictures with shared scales, the corners labelled."""
    width = min(check_positive_int(columns, "columns"), count)
    rows = -(-count // width)
    tallness = float(np.clip((extent[3] - extent[2]) / (extent[1] - extent[0]), 0.8, 1.25))
    figure, grid = styled_subplots(
        rows,
        width,
        figsize=(1.55 * width + 0.3, (1.3 * tallness + 0.45) * rows + 0.3),
        sharex=True,
        sharey=True,
        squeeze=False,
    )
    axes = grid.ravel()
    for unused in axes[count:]:
        unused.remove()
    for ax in axes[:count]:
        ax.set(xlim=extent[:2], ylim=extent[2:], box_aspect=tallness)
        ax.grid(False)
    for ax in axes[max(count - width, 0) : count]:
        ax.tick_params(labelbottom=True)
    figure.supxlabel("$x_1$", fontsize=10.5)
    figure.supylabel("$x_2$", fontsize=10.5)
    return axes[:count]


def _dots(ax: Axes, points: Points) -> None:
    """Draw points as dots in their class's colour."""
    X, y = check_points(points[0]), check_classes(points[1], len(points[0]))
    for label, color in enumerate(CLASS_COLORS):
        ax.plot(*X[y == label].T, ".", color=color, markersize=1.5)
