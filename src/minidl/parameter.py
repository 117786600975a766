"""A parameter as optimizers see it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.sparse import SparseGradient
from minidl.validation import as_float_array, describe, extremes

Array = npt.NDArray[Any]


class Parameter:
    """A view of one parameter of an op: its name, its value and its gradient.

    Parameters
    ----------
    name : str
        The dotted name, such as `fc1.W`.
    key : str
        Its key in `params` and `grads`.
    params : dict of str to ndarray
        The op's dictionary of parameters.
    grads : dict of str to ndarray or SparseGradient
        The op's dictionary of gradients.

    Examples
    --------
    >>> import numpy as np
    >>> params = {"b": np.zeros((1, 2))}
    >>> b = Parameter("fc1.b", "b", params, grads={})
    >>> b.value += 1
    >>> params["b"]
    array([[1., 1.]])
    """

    __slots__ = ("_grads", "_key", "_params", "name")

    def __init__(
        self, name: str, key: str, params: dict[str, Array], grads: dict[str, Any]
    ) -> None:
        self.name = name
        self._key = key
        self._params = params
        self._grads = grads

    @property
    def value(self) -> Array:
        """The array itself; assigning writes into it, so that every reference stays good."""
        return self._params[self._key]

    @value.setter
    def value(self, new: Any) -> None:
        """Write other values into the array, or one number into all of it.

        Raises
        ------
        ValueError
            If they have not its shape.
        """
        array = self._params[self._key]
        if new is not array:
            array[...] = self._like_it(new, "values", (array.shape, ()))

    @property
    def grad(self) -> Any:
        """∂L/∂θ of the last backward pass: an array like θ, or a `SparseGradient` of it.

        What stands in `grads` is looked at here, whoever put it there: it must have θ's shape,
        since a smaller one would be spread over θ, and numbers take on θ's dtype. NaN is let
        through; the next loss tells, or the end of training.

        Raises
        ------
        RuntimeError
            If there was none.
        TypeError, ValueError
            If it is no array of numbers or not of the parameter's shape, or the parameter itself
            will not do.
        """
        grad, value = self._grads.get(self._key), self._params[self._key]
        if (
            type(grad) is type(value) is np.ndarray
            and grad.dtype is value.dtype
            and grad.shape == value.shape
            and grad.dtype.kind == "f"
        ):
            return grad
        if grad is None:
            raise self._no_gradient()
        check_value(value, self.name)
        self.grad = grad
        return self._grads[self._key]

    @grad.setter
    def grad(self, new: Any) -> None:
        """Put another gradient in its place, such as one with a penalty's added to it.

        Raises
        ------
        TypeError, ValueError
            If it is no array of numbers, has not the parameter's shape, or names rows that the
            parameter does not have.
        """
        if isinstance(new, SparseGradient):
            self._grads[self._key] = self._sparse_like_it(new)
        else:
            self._grads[self._key] = self._like_it(new, "a gradient", (self.value.shape,))

    def _no_gradient(self) -> RuntimeError:
        return RuntimeError(
            f"{self.name}: expected a gradient, received none; "
            "try model.backward(loss.backward()) before the optimizer's step"
        )

    def _sparse_like_it(self, new: SparseGradient) -> SparseGradient:
        shape, dtype = self.value.shape, self.value.dtype
        if new.shape != shape:
            raise ValueError(
                f"{self.name}: expected a gradient of the parameter's shape {shape}, "
                f"received {new.shape}; try SparseGradient(indices, values, {shape})"
            )
        low, high = extremes(new.indices) if new.indices.size else (0, 0)
        if low < 0 or high >= shape[0]:
            raise ValueError(
                f"{self.name}: expected rows from 0 to {shape[0] - 1}, received {low} to {high}; "
                "try the indices that forward was called with"
            )
        return SparseGradient(new.indices, new.values.astype(dtype, copy=False), shape)

    def _like_it(self, new: Any, what: str, shapes: tuple[tuple[int, ...], ...]) -> Array:
        array = as_float_array(new, f"{self.name}: {what}", dtype=self.value.dtype)
        if array.shape not in shapes:
            raise ValueError(
                f"{self.name}: expected {what} of the parameter's shape {self.value.shape}, "
                f"received {array.shape}; {_advice(self.value.shape, array.shape)}"
            )
        return array

    def clear_grad(self) -> None:
        """Forget the gradient of the last backward pass."""
        self._grads.pop(self._key, None)

    def __repr__(self) -> str:
        return f"Parameter({self.name!r}, shape={self.value.shape})"


def _advice(shape: tuple[int, ...], received: tuple[int, ...]) -> str:
    if received == shape[::-1]:
        return "try its transpose, .T"
    if math.prod(received) == math.prod(shape):
        return f"try .reshape({', '.join(map(str, shape))})"
    return "for a bias try grad.sum(axis=0, keepdims=True), for weights x.T @ grad"


def check_value(value: Any, name: str) -> None:
    """Refuse what cannot be trained: a parameter is an array of floats to be written into.

    Raises
    ------
    TypeError
        If it is no array, one of a subclass such as `np.matrix`, or not of floats.
    ValueError
        If it is read-only, or several of its entries are one and the same number in memory.

    Examples
    --------
    >>> check_value(np.zeros((2, 1)), "W")
    """
    plain = type(value) is np.ndarray
    if not plain or value.dtype.kind != "f" or not value.dtype.isnative:
        kind = f" ({type(value).__name__})" if isinstance(value, np.ndarray) and not plain else ""
        key = name.rpartition(".")[2]
        raise TypeError(
            f"{name}: expected a parameter as an array of floats, "
            f"received {describe(value)}{kind}; try np.array({key}, dtype=float)"
        )
    wrong = "" if value.flags.writeable else "a read-only one"
    if value.size and _repeats(value):
        wrong = "one whose entries share memory, such as a view by np.broadcast_to"
    if wrong:
        raise ValueError(
            f"{name}: expected a parameter as an array that can be written into, received {wrong}; "
            "try a copy of it, .copy()"
        )


def _repeats(array: Array) -> bool:
    """Whether two entries lie at one place; a layout that NumPy itself would not make counts."""
    reach = array.itemsize
    for stride, length in sorted(zip(map(abs, array.strides), array.shape, strict=True)):
        if length > 1 and stride < reach:
            return True
        reach += stride * (length - 1)
    return False
