"""Values over the plane: where to look, and what a model says there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.op import Op
from minidl.validation import as_float_array, as_number_array, describe

Array = npt.NDArray[Any]
Points = tuple[Any, Any]
"""Points X of shape (N, 2) and their classes y, of shape (N,) or (N, 1)."""
Extent = tuple[float, float, float, float]
"""A rectangle of the plane: x₁ from, to, x₂ from, to."""
Predictor = Op | Callable[[Array], Any]
"""A model, a Runner's `predict`, or any function from points (N, 2) to numbers (N, 1)."""

PI_SQUARE: Extent = (-np.pi, np.pi, -np.pi, np.pi)
"""The square [−π, π]²."""
MARGIN = 0.08  # of the points' range, on each side


def extent_of(sets: Iterable[Points]) -> Extent:
    """Return the rectangle that holds all points with a margin, [−π, π]² if there are none.

    Examples
    --------
    >>> extent_of([([[0.0, 0.0], [100.0, 50.0]], [0, 1])])
    (-8.0, 108.0, -4.0, 54.0)
    """
    clouds = [check_points(X) for X, _ in sets]
    if not sum(map(len, clouds)):
        return PI_SQUARE
    X = np.concatenate(clouds)
    low, high = X.min(axis=0), X.max(axis=0)
    room = MARGIN * np.where(high > low, high - low, 1.0)
    (left, bottom), (right, top) = low - room, high + room
    return float(left), float(right), float(bottom), float(top)


def grid_over(extent: Extent, columns: int, rows: int) -> tuple[Array, Array, Array]:
    """Return the x₁ of the columns, the x₂ of the rows, and all points as (rows·columns, 2).

    Examples
    --------
    >>> x1, x2, points = grid_over((0, 1, 0, 2), columns=2, rows=3)
    >>> points.shape, points[:2].tolist()
    ((6, 2), [[0.0, 0.0], [1.0, 0.0]])
    """
    left, right, bottom, top = extent
    x1, x2 = np.linspace(left, right, columns), np.linspace(bottom, top, rows)
    first, second = np.meshgrid(x1, x2)
    return x1, x2, np.column_stack([first.ravel(), second.ravel()])


def values_at(predict: Predictor, points: Array) -> Array:
    """Return what a model or function says at each point, shape (N,).

    Raises
    ------
    TypeError
        If `predict` cannot be called.
    ValueError
        If it does not return one number for each point.
    """
    if not callable(predict):
        raise TypeError(
            "expected a model or a function that predicts, such as runner.predict, "
            f"received {describe(predict)}"
        )
    answer = in_eval(predict, points) if isinstance(predict, Op) else predict(points)
    values = as_float_array(answer, "predictions")
    if values.shape not in ((len(points),), (len(points), 1)):
        raise ValueError(
            f"expected predictions of shape ({len(points)}, 1) for {len(points)} points, "
            f"received {values.shape}; try a model with one output"
        )
    return values.reshape(-1)


def in_eval(model: Op, points: Array) -> Any:
    """Return the model's output in evaluation mode; afterwards its mode is what it was."""
    training = model.training
    model.eval()
    try:
        return model(points)
    finally:
        if training:
            model.train()


def check_points(X: Any) -> Array:
    """Return X as an array of shape (N, 2).

    Raises
    ------
    ValueError
        If it has another shape.
    """
    points = as_float_array(X, "points")
    if points.ndim != 2 or points.shape[1] != 2:
        raise ValueError(f"expected points of shape (N, 2), received {points.shape}")
    return points


def check_classes(y: Any, count: int) -> Array:
    """Return the classes 0 and 1 of `count` points, shape (N,).

    Raises
    ------
    ValueError
        If there are not as many as points, or others among them.
    """
    classes = as_number_array(y, "classes")
    if classes.shape not in ((count,), (count, 1)):
        raise ValueError(f"expected a class for each of {count} points, received {classes.shape}")
    if not np.isin(classes, (0, 1)).all():
        strange = classes[~np.isin(classes, (0, 1))].flat[0]
        raise ValueError(f"expected classes 0 and 1, received {strange}")
    return classes.reshape(-1)
