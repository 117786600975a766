"""A parameter as optimizers see it."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from minidl.validation import as_float_array

Array = npt.NDArray[Any]


class Parameter:
    """A view of one parameter of an op: its name, its value and its gradient.

    Parameters
    ----------
    name : str
        The dotted name, such as `fc1.W`.
    key : str
        Its key in `params` and `grads`.
    params, grads : dict of str to ndarray
        The op's dictionaries of parameters and of their gradients.

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
        self, name: str, key: str, params: dict[str, Array], grads: dict[str, Array]
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
    def grad(self) -> Array:
        """∂L/∂θ of the last backward pass.

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
            If it has not the parameter's shape.
        """
        self._grads[self._key] = self._like_it(new, "a gradient", (self.value.shape,))

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
