"""The nodes whose values can be changed."""

from __future__ import annotations

from typing import Any, final

import numpy.typing as npt

from minidl.graph.evaluation import own_array
from minidl.graph.node import Node
from minidl.validation import as_float_array, check_finite, check_real, describe

Array = npt.NDArray[Any]


@final
class Variable(Node):
    """A node whose value can be changed, such as a weight or an input.

    Parameters
    ----------
    value : array_like
        Finite numbers; copied. float32 stays float32, whole numbers become float64.
    name : str
        What it is called in pictures and errors.

    Attributes
    ----------
    value : ndarray
        Assigning writes into the array, whose shape stays; `forward` of a node that depends on
        it makes the change felt there. The array itself is read-only, so that no change goes
        unseen: write `w.value = 2 * w.value`, not `w.value *= 2`.

    Raises
    ------
    TypeError
        If it is given anything but numbers.
    ValueError
        If a number is NaN or infinite, or a new value has another shape.

    Examples
    --------
    >>> w = Variable([1.0, 2.0], name="w")
    >>> w.value = [3.0, 4.0]
    >>> w
    Variable([3. 4.], name='w')
    """

    __slots__ = ()

    def __init__(self, value: Any, *, name: str = "") -> None:
        if not isinstance(name, str):
            raise TypeError(f"Variable: expected a text as name, received {describe(name)}")
        super().__init__(own_array(value, name or "Variable"), name=name)

    @property
    def value(self) -> Array:
        """What was given last."""
        return self._value

    @value.setter
    def value(self, new: Any) -> None:
        name, array = self.name or "Variable", self._value
        new = as_float_array(new, name, dtype=array.dtype)
        if new.shape != array.shape:
            raise ValueError(
                f"{name}: expected a value of shape {array.shape}, received {new.shape}; "
                "try a new Variable for values of another shape"
            )
        check_finite(new, name)
        array.setflags(write=True)
        array[...] = new
        self._keep(array)

    def update(self, lr: float) -> None:
        """Make a step of gradient descent, w ← w − lr·∂L/∂w.

        Parameters
        ----------
        lr : float
            The learning rate, ≥ 0.

        Raises
        ------
        RuntimeError
            If there was no `backward`.

        Examples
        --------
        >>> w = Variable(3.0)
        >>> (w * w).backward()
        >>> w.update(lr=0.1)
        >>> w
        Variable(2.4)
        """
        check_real(lr, "lr", low=0)
        if self.grad is None:
            raise RuntimeError(
                f"{self.name or 'Variable'}: expected a gradient, received none; "
                "try loss.backward() before update"
            )
        self.value = self.value - lr * self.grad
