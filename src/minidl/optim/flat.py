"""Many parameters as one long vector."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.parameter import Parameter
from minidl.sparse import SparseGradient

Array = npt.NDArray[Any]


class FlatParameters:
    """Parameters, end to end, as the one vector θ that an algorithm over all of them works on.

    Parameters
    ----------
    parameters : sequence of Parameter
        In the order in which they stand in the vector.

    Examples
    --------
    >>> params = {"W": np.ones((2, 2)), "b": np.zeros((1, 2))}
    >>> flat = FlatParameters([Parameter(key, key, params, {}) for key in params])
    >>> flat.move(np.arange(6.0), 0.5)
    >>> params["b"]
    array([[2. , 2.5]])
    """

    def __init__(self, parameters: Sequence[Parameter]) -> None:
        self._parameters = parameters

    def zeros(self) -> Array:
        """Return a vector of zeros like θ."""
        return np.concatenate([np.zeros_like(p.value).ravel() for p in self._parameters])

    def grad(self) -> Array:
        """Return ∂L/∂θ as a new vector; rows that a sparse gradient leaves out are 0."""
        return np.concatenate([_dense(p.grad).ravel() for p in self._parameters])

    def move(self, direction: Array, t: float) -> None:
        """θ ← θ + t·d, in place."""
        begin = 0
        for parameter in self._parameters:
            value = parameter.value
            end = begin + value.size
            value += t * direction[begin:end].reshape(value.shape)
            begin = end

    def copies(self) -> list[Array]:
        """Return copies of the values."""
        return [parameter.value.copy() for parameter in self._parameters]

    def restore(self, copies: Sequence[Array]) -> None:
        """Put values from `copies` back in place."""
        for parameter, value in zip(self._parameters, copies, strict=True):
            parameter.value = value


def _dense(grad: Any) -> Array:
    return grad.to_dense() if isinstance(grad, SparseGradient) else grad
