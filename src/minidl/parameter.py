"""A parameter as optimizers see it."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from minidl.sparse import SparseGradient
from minidl.validation import as_float_array, extremes

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

        Raises
        ------
        RuntimeError
            If there was none.
        """
        try:
            return self._grads[self._key]
        except KeyError:
            raise RuntimeError(
                f"{self.name}: expected a gradient, received none; "
                "try model.backward(loss.backward()) before the optimizer's step"
            ) from None

    @grad.setter
    def grad(self, new: Any) -> None:
        """Put another gradient in its place, such as one with a penalty's added to it.

        Raises
        ------
        ValueError
            If it has not the parameter's shape, or names rows that the parameter does not have.
        """
        if isinstance(new, SparseGradient):
            self._grads[self._key] = self._sparse_like_it(new)
        else:
            self._grads[self._key] = self._like_it(new, "a gradient", (self.value.shape,))

    def _sparse_like_it(self, new: SparseGradient) -> SparseGradient:
        shape, dtype = self.value.shape, self.value.dtype
        if new.shape != shape:
            raise ValueError(
                f"{self.name}: expected a gradient of the parameter's shape {shape}, "
                f"received {new.shape}"
            )
        low, high = extremes(new.indices) if new.indices.size else (0, 0)
        if low < 0 or high >= shape[0]:
            raise ValueError(
                f"{self.name}: expected rows from 0 to {shape[0] - 1}, received {low} to {high}"
            )
        return SparseGradient(new.indices, new.values.astype(dtype, copy=False), shape)

    def _like_it(self, new: Any, what: str, shapes: tuple[tuple[int, ...], ...]) -> Array:
        array = as_float_array(new, self.name, dtype=self.value.dtype)
        if array.shape not in shapes:
            raise ValueError(
                f"{self.name}: expected {what} of the parameter's shape {self.value.shape}, "
                f"received {array.shape}"
            )
        return array

    def clear_grad(self) -> None:
        """Forget the gradient of the last backward pass."""
        self._grads.pop(self._key, None)

    def __repr__(self) -> str:
        return f"Parameter({self.name!r}, shape={self.value.shape})"
