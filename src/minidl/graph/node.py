"""The nodes of a graph: variables, constants, and what operations make of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any, NoReturn, final

import numpy as np
import numpy.typing as npt

from minidl.graph import operations
from minidl.graph.operations import Operation, sum_to
from minidl.graph.traversal import topological_order
from minidl.validation import as_float_array, check_finite, check_real, describe

Array = npt.NDArray[Any]

_clock = count()  # tells which of two values was computed later


class Node:
    """The base of the nodes: a value, the nodes it was computed from, and in time its gradient.

    Arithmetic with nodes (`+ - * / ** @`, `abs`, `sum`) makes new nodes, which remember what they
    were computed from. That memory is the graph. `forward` computes it anew after a variable has
    changed; `backward` goes through it from the last node to the first and leaves in `grad` the
    derivative of that last node with respect to every other.

    Attributes
    ----------
    value : ndarray
        Read-only. Of a single number the shape is ().
    grad : ndarray or None
        ∂L/∂(this node), of the shape of `value`, for the L whose `backward` ran last.
    parents : tuple of Node
        What the value was computed from; empty for variables and constants.
    operation : str
        How it was computed: "+", "·", "exp" …; "" for variables and constants.
    name : str
        What it is called in pictures; "" if it has no name.

    Examples
    --------
    >>> w, x = Variable(3.0, name="w"), Variable(2.0, name="x")
    >>> y = w * x + 1
    >>> y.value
    array(7.)
    >>> y.backward()
    >>> w.grad, x.grad
    (array(2.), array(3.))
    """

    __slots__ = ("__weakref__", "_time", "_value", "grad", "name", "parents")
    __array_ufunc__ = None  # NumPy leaves array * node to the node

    operation = ""

    def __init__(self, value: Array, parents: tuple[Node, ...] = (), name: str = "") -> None:
        self.parents = parents
        self.name = name
        self.grad: Any = None
        self._keep(value)

    def _keep(self, value: Array) -> None:
        """Make `value` this node's own, as of now."""
        value.flags.writeable = False  # a change unseen would leave the nodes after it as they were
        self._value = value
        self._time = next(_clock)

    @property
    def value(self) -> Array:
        """What was computed last."""
        return self._value

    # Through the graph

    def topological_order(self) -> list[Node]:
        """Return every node that this one depends on, each after its parents, itself last."""
        return topological_order(self)

    def forward(self) -> Array:
        """Compute anew every node that this one depends on, parents first, and itself.

        Returns
        -------
        ndarray
            The new `value`.

        Examples
        --------
        >>> w = Variable(1.0)
        >>> y = 2 * w
        >>> w.value = 5.0
        >>> y.forward()
        array(10.)
        """
        for node in self.topological_order():
            node._compute()
        return self.value

    def _compute(self) -> None:
        """Compute the value from those of the parents; variables and constants have theirs."""

    def backward(self, seed: Any = None) -> None:
        """Set `grad` of every node that this one depends on to the derivative of this one.

        Parameters
        ----------
        seed : array_like, optional
            Of the shape of `value`: which combination Σ seed·value is differentiated. Can be left
            out where `value` is a single number.

        Raises
        ------
        ValueError
            If the seed is missing or has another shape.
        RuntimeError
            If a variable has changed since `value` was computed.

        Examples
        --------
        >>> w = Variable([1.0, 2.0])
        >>> y = w * w
        >>> y.backward(seed=[1.0, 10.0])
        >>> w.grad
        array([ 2., 40.])
        """
        for _ in self.backward_steps(seed):
            pass

    def backward_steps(self, seed: Any = None) -> Iterator[Node]:
        """Run `backward` a node at a time: yield each when it has passed its gradient on.

        Examples
        --------
        >>> w = Variable(3.0, name="w")
        >>> for node in (w * w + w).backward_steps():
        ...     print(node, node.grad)
        + 1.0
        · 1.0
        w 7.0
        """
        order = self.topological_order()
        seed = self._check_seed(seed)
        for node in order:
            node._check_time()
        for node in order:
            node.grad = np.zeros_like(node.value)
        self.grad = np.array(seed)
        return _pass_back(order)

    def _pass_on(self) -> None:
        """Add to each parent's gradient what comes from this node."""

    def _check_seed(self, seed: Any) -> Array:
        if seed is None:
            if self.value.size != 1:
                raise ValueError(
                    f"backward: expected a single number to differentiate, received {self} of "
                    f"shape {self.value.shape}; try its sum(), or a seed of that shape"
                )
            return np.ones_like(self.value)
        seed = as_float_array(seed, "seed", dtype=self.value.dtype)
        if seed.shape != self.value.shape:
            raise ValueError(
                f"backward: expected a seed of the value's shape {self.value.shape}, "
                f"received {seed.shape}"
            )
        return seed

    def _check_time(self) -> None:
        for parent in self.parents:
            if parent._time > self._time:
                raise RuntimeError(
                    f"backward: expected values that are up to date, but {parent} has changed "
                    f"since {self} was computed; try forward() first"
                )

    # Arithmetic

    def __add__(self, other: Any) -> Result:
        return apply(operations.Add(), self, other)

    def __radd__(self, other: Any) -> Result:
        return apply(operations.Add(), other, self)

    def __sub__(self, other: Any) -> Result:
        return apply(operations.Subtract(), self, other)

    def __rsub__(self, other: Any) -> Result:
        return apply(operations.Subtract(), other, self)

    def __mul__(self, other: Any) -> Result:
        return apply(operations.Multiply(), self, other)

    def __rmul__(self, other: Any) -> Result:
        return apply(operations.Multiply(), other, self)

    def __truediv__(self, other: Any) -> Result:
        return apply(operations.Divide(), self, other)

    def __rtruediv__(self, other: Any) -> Result:
        return apply(operations.Divide(), other, self)

    def __pow__(self, other: Any) -> Result:
        return apply(operations.Power(), self, other)

    def __rpow__(self, other: Any) -> Result:
        return apply(operations.Power(), other, self)

    def __matmul__(self, other: Any) -> Result:
        return apply(operations.MatMul(), self, other)

    def __rmatmul__(self, other: Any) -> Result:
        return apply(operations.MatMul(), other, self)

    def __neg__(self) -> Result:
        return apply(operations.Negative(), self)

    def __abs__(self) -> Result:
        return apply(operations.Absolute(), self)

    def sum(self, axis: int | tuple[int, ...] | None = None, *, keepdims: bool = False) -> Result:
        """Return the node Σ value, over all axes or some; see `minidl.graph.total`."""
        return apply(operations.Sum(axis, keepdims), self)

    # How it shows itself

    def __str__(self) -> str:
        return self.name or self.operation or _short(self.value)

    def __repr__(self) -> str:
        label = f"{self.operation!r}, " if self.operation else ""
        name = f", name={self.name!r}" if self.name else ""
        return f"{type(self).__name__}({label}{_short(self.value)}{name})"

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise TypeError(
            f"expected something to copy or to pickle, received the node {self}, which is tied to "
            "the nodes it was computed from; try node.value"
        )


@final
class Variable(Node):
    """A node whose value can be changed, such as a weight or an input.

    Parameters
    ----------
    value : array_like
        Finite numbers; copied. float32 stays float32, anything else becomes float64.
    name : str
        What it is called in pictures.

    Raises
    ------
    ValueError
        If a number is NaN or infinite.

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
            raise TypeError(f"Variable: expected a name, received {describe(name)}")
        super().__init__(_as_values(value, "Variable"), name=name)

    @property
    def value(self) -> Array:
        """What it was given last; assigning writes into the array, so that references stay good."""
        return self._value

    @value.setter
    def value(self, new: Any) -> None:
        array = _as_values(new, str(self), dtype=self._value.dtype)
        if array.shape != self._value.shape:
            raise ValueError(
                f"{self}: expected a value of shape {self._value.shape}, received {array.shape}; "
                "try a new Variable for another shape"
            )
        self._value.flags.writeable = True
        self._value[...] = array
        self._keep(self._value)

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
        >>> round(float(w.value), 4)
        2.4
        """
        if self.grad is None:
            raise RuntimeError(
                f"{self}: expected a gradient, received none; try loss.backward() before update"
            )
        self.value = self.value - check_real(lr, "lr", low=0) * self.grad


@final
class Constant(Node):
    """A node that stays as it is: what numbers and arrays become in arithmetic with nodes."""

    __slots__ = ()


@final
class Result(Node):
    """A node that an operation computes from other nodes; made by `apply`."""

    __slots__ = ("_operation",)

    def __init__(self, operation: Operation, *parents: Node) -> None:
        self._operation = operation
        super().__init__(_evaluate(operation, parents), parents)

    @property
    def operation(self) -> str:  # type: ignore[override]
        """The symbol of the operation."""
        return self._operation.symbol

    def _compute(self) -> None:
        self._keep(_evaluate(self._operation, self.parents))

    def _pass_on(self) -> None:
        """Add to each parent's gradient what comes from this node: the chain rule."""
        inputs = [parent.value for parent in self.parents]
        gradients = self._operation.vjps(self.grad, self.value, *inputs)
        for parent, gradient in zip(self.parents, gradients, strict=True):
            parent.grad += sum_to(gradient, parent.value.shape)


def apply(operation: Operation, *operands: Any) -> Result:
    """Return the node that an operation makes of nodes, numbers and arrays.

    Numbers take the dtype of the nodes that they meet, so that float32 stays float32.
    """
    dtypes = [operand.value.dtype for operand in operands if isinstance(operand, Node)]
    dtype = np.result_type(*dtypes) if dtypes else None
    return Result(operation, *[_as_node(operand, operation, dtype) for operand in operands])


def _as_node(operand: Any, operation: Operation, dtype: Any) -> Node:
    if isinstance(operand, Node):
        return operand
    is_array = isinstance(operand, np.ndarray) and operand.ndim and operand.dtype.kind == "f"
    return Constant(_as_values(operand, operation.symbol, dtype=None if is_array else dtype))


def _as_values(value: Any, name: str, dtype: Any = None) -> Array:
    """Return a copy of finite numbers."""
    if isinstance(value, Node):
        raise TypeError(f"{name}: expected numbers, received the node {value}; try its value")
    array = np.array(as_float_array(value, name, dtype=dtype))
    check_finite(array, name)
    return array


def _evaluate(operation: Operation, parents: tuple[Node, ...]) -> Array:
    """Return the operation's value, which is finite, or say what does not fit."""
    inputs = [parent.value for parent in parents]
    try:
        with np.errstate(all="ignore"):  # what they warn of makes a value that is not finite
            value = np.asarray(operation.value(*inputs))
    except ValueError:
        shapes = " and ".join(str(array.shape) for array in inputs)
        raise ValueError(
            f"{operation.symbol}: expected {operation.fitting}, received {shapes}"
        ) from None
    if not np.isfinite(value).all():
        ranges = " and ".join(f"{array.min():g} to {array.max():g}" for array in inputs)
        raise ValueError(
            f"{operation.symbol}: expected {operation.domain}, received values from {ranges}"
        )
    return value


def _pass_back(order: list[Node]) -> Iterator[Node]:
    for node in reversed(order):
        node._pass_on()
        yield node


def _short(value: Array) -> str:
    if value.ndim == 0:
        return f"{value:.6g}"
    return str(value) if value.ndim == 1 and value.size <= 4 else f"shape {value.shape}"
