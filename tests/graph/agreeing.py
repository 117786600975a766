"""Gradients of a graph against central differences."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from minidl.gradcheck import numerical_gradient
from minidl.graph import Node, Variable


def assert_gradients_agree(
    build: Callable[..., Node], arrays: Sequence[np.ndarray], *, tolerance: float = 1e-6
) -> None:
    """Compare backward through what `build` makes of variables with numerical gradients.

    The loss is Σ g·y with random g, so that every number of y counts, each in its own way. A
    variable that y does not depend on gets no gradient, and the differences have to be 0.
    """
    arrays = [np.array(array, dtype=np.float64) for array in arrays]
    variables = [Variable(array) for array in arrays]
    y = build(*variables)
    g = np.random.default_rng(0).uniform(0.5, 1.5, y.value.shape)
    y.backward(seed=g)

    def loss(_: np.ndarray) -> float:
        return float((g * build(*map(Variable, arrays)).value).sum())

    for variable, array in zip(variables, arrays, strict=True):
        numerical = numerical_gradient(loss, array)
        gradient = np.zeros(array.shape) if variable.grad is None else variable.grad
        assert gradient.shape == array.shape
        scale = max(1.0, np.abs(numerical).max(initial=0))
        np.testing.assert_allclose(gradient, numerical, rtol=0, atol=tolerance * scale)
