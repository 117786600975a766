"""What `+ − * / ** @`, `abs` and `sum` mean for nodes."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from minidl.graph.curves import Absolute, Negative
from minidl.graph.numpy_calls import NumpyCalls
from minidl.graph.operations import Add, Divide, MatMul, Multiply, Operation, Power, Subtract, Sum

Result = TypeVar("Result")


class Arithmetic(NumpyCalls, Generic[Result]):
    """The base of what can be calculated with: each sign applies an operation, for a `Result`.

    Python calls `__add__` for node + other, and `__radd__` for other + node if the other does
    not know about nodes.
    """

    __slots__ = ()

    def _apply(self, operation: Operation, *operands: Any) -> Result:
        """Return what the operation makes of the operands. The subclass writes this."""
        raise NotImplementedError(f"{type(self).__name__} needs a method _apply")

    def __add__(self, other: Any) -> Result:
        return self._apply(Add(), self, other)

    def __radd__(self, other: Any) -> Result:
        return self._apply(Add(), other, self)

    def __sub__(self, other: Any) -> Result:
        return self._apply(Subtract(), self, other)

    def __rsub__(self, other: Any) -> Result:
        return self._apply(Subtract(), other, self)

    def __mul__(self, other: Any) -> Result:
        return self._apply(Multiply(), self, other)

    def __rmul__(self, other: Any) -> Result:
        return self._apply(Multiply(), other, self)

    def __truediv__(self, other: Any) -> Result:
        return self._apply(Divide(), self, other)

    def __rtruediv__(self, other: Any) -> Result:
        return self._apply(Divide(), other, self)

    def __pow__(self, other: Any) -> Result:
        return self._apply(Power(), self, other)

    def __rpow__(self, other: Any) -> Result:
        return self._apply(Power(), other, self)

    def __matmul__(self, other: Any) -> Result:
        return self._apply(MatMul(), self, other)

    def __rmatmul__(self, other: Any) -> Result:
        return self._apply(MatMul(), other, self)

    def __neg__(self) -> Result:
        return self._apply(Negative(), self)

    def __abs__(self) -> Result:
        return self._apply(Absolute(), self)

    def sum(self, axis: int | tuple[int, ...] | None = None, *, keepdims: bool = False) -> Result:
        """Return the node Σ value, over all axes or some; see `minidl.graph.total`."""
        return self._apply(Sum(axis, keepdims), self)
