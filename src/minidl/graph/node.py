"""The nodes of a graph: constants, and what operations make of other nodes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any, NoReturn, final

import numpy as np
import numpy.typing as npt

from minidl.graph.arithmetic import Arithmetic
from minidl.graph.evaluation import check_gradient, check_seed, evaluate, gradients, own_array
from minidl.graph.operations import Operation
from minidl.graph.traversal import topological_order
from minidl.validation import as_float_array

Array = npt.NDArray[Any]

_clock = count()  # tells which of two values is newer


class Node(Arithmetic["Result"]):
    """The base of the nodes: a value, the nodes it was computed from, and in time its gradient.

    Arithmetic with nodes (`+ - * / ** @`, `abs`, `sum`) makes new nodes, which remember what they
    were computed from. That memory is the graph. `forward` computes it anew after a variable has
    changed. `backward` goes through it from the last node to the first and leaves in `grad` the
    derivative of that last node with respect to every other.

    Attributes
    ----------
    value : ndarray
        Read-only; of shape () for a single number.
    grad : ndarray or None
        ∂L/∂(this node), of the value's shape, for the L whose `backward` ran last; not always
        finite for a constant, from which nothing is computed.
    parents : tuple of Node
        What the value was computed from; empty for variables and constants.
    operation : str
        How it was computed: "+", "·", "exp" …; "" for variables and constants.
    name : str
        What it is called in pictures and errors; "" if it has no name.

    Examples
    --------
    >>> from minidl.graph import Variable
    >>> w, x = Variable(3.0, name="w"), Variable(2.0, name="x")
    >>> y = w * x + 1
    >>> y
    Result('+', 7)
    >>> y.backward()
    >>> w.grad, x.grad
    (array(2.), array(3.))
    """

    __slots__ = ("__weakref__", "_time", "_value", "grad", "name", "parents")

    operation = ""

    def __init__(self, value: Array, *, parents: tuple[Node, ...] = (), name: str = "") -> None:
        self.parents = parents
        self.name = name
        self.grad: Any = None
        self._keep(value)

    def _keep(self, value: Array) -> None:
        """Make `value` this node's own, as of now."""
        value.setflags(write=False)  # a change unseen would leave later nodes as they were
        self._value = value
        self._time = next(_clock)

    @property
    def value(self) -> Array:
        """What was computed last, or given."""
        return self._value

    @value.setter
    def value(self, new: Any) -> None:
        raise AttributeError(
            f"expected a Variable to assign to, received {self!r}; try assigning to the variables "
            "that it depends on, then forward()"
        )

    # Through the graph

    def topological_order(self) -> list[Node]:
        """Return every node that this one depends on, each after its parents, itself last."""
        return topological_order(self)

    def forward(self) -> Array:
        """Compute anew all that this node depends on, parents first, then itself.

        Returns
        -------
        ndarray
            The new `value`.

        Examples
        --------
        >>> from minidl.graph import Variable
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
        """Compute the value from those of the parents; a node without parents has its own."""

    def backward(self, seed: Any = None) -> None:
        """Set `grad` of all that this node depends on to the derivative of this node.

        Parameters
        ----------
        seed : array_like, optional
            Of the value's shape: the sum of seed·value is differentiated. Where the value is a
            single number it is 1 by default.

        Raises
        ------
        ValueError
            If the seed is missing or has another shape, or a gradient that is needed is infinite.
        RuntimeError
            If a variable has changed since the value was computed.

        Examples
        --------
        >>> from minidl.graph import Variable
        >>> w = Variable([1.0, 2.0])
        >>> y = w * w
        >>> y.backward(seed=[1.0, 10.0])
        >>> w.grad
        array([ 2., 40.])
        """
        for _ in self.backward_steps(seed):
            pass

    def backward_steps(self, seed: Any = None) -> Iterator[Node]:
        """Run `backward` step by step: yield each node when it has passed its gradient on.

        Examples
        --------
        >>> from minidl.graph import Variable
        >>> w = Variable(3.0, name="w")
        >>> for node in (w * w + w).backward_steps():
        ...     print(node, node.grad)
        + 1.0
        · 1.0
        w 7.0
        """
        seed = check_seed(seed, self.value.shape)
        order = self.topological_order()
        for node in order:
            node._check_time()
        for node in order:
            node.grad = np.zeros_like(node.value)
        self.grad += seed
        return _back_through(order)

    def _pass_back(self) -> None:
        """Add to each parent's gradient what comes from this node."""

    def _check_time(self) -> None:
        for parent in self.parents:
            if parent._time > self._time:
                raise RuntimeError(
                    f"backward: expected values that are up to date, but {str(parent)!r} has "
                    f"changed since {str(self)!r} was computed; try forward() first"
                )

    def _apply(self, operation: Operation, *operands: Any) -> Result:
        return apply(operation, *operands)

    # How it shows itself

    def __str__(self) -> str:
        return self.name or self.operation or _short(self.value)

    def __repr__(self) -> str:
        operation = f"{self.operation!r}, " if self.operation else ""
        name = f", name={self.name!r}" if self.name else ""
        return f"{type(self).__name__}({operation}{_short(self.value)}{name})"

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise TypeError(
            f"a node is tied to its graph and cannot be copied or pickled, received {self!r}; "
            "try its value"
        )


@final
class Constant(Node):
    """A node that stays as it is: what numbers and arrays become in arithmetic with nodes.

    Parameters
    ----------
    value : array_like
        Finite numbers; copied.
    name : str
        What it is called in pictures.

    Examples
    --------
    >>> Constant([1.0, 2.0])
    Constant([1. 2.])
    """

    __slots__ = ()

    def __init__(self, value: Any, *, name: str = "") -> None:
        super().__init__(own_array(value, name or "Constant"), name=name)


@final
class Result(Node):
    """A node that an operation computes from other nodes; `apply` makes it."""

    __slots__ = ("_operation",)

    def __init__(self, operation: Operation, *parents: Node) -> None:
        self._operation = operation
        inputs = [parent.value for parent in parents]
        super().__init__(evaluate(operation, inputs), parents=parents)

    @property
    def operation(self) -> str:  # type: ignore[override]
        """How it was computed."""
        return self._operation.symbol

    def _compute(self) -> None:
        self._keep(evaluate(self._operation, [parent.value for parent in self.parents]))

    def _pass_back(self) -> None:
        """Add to each parent's gradient what comes from this node: the chain rule."""
        inputs = [parent.value for parent in self.parents]
        with np.errstate(all="ignore"):  # what overflows is refused, where it is needed
            back = gradients(self._operation, self.grad, self.value, inputs)
            for parent, gradient in zip(self.parents, back, strict=True):
                parent.grad += gradient
                if not isinstance(parent, Constant):
                    check_gradient(parent.grad, self._operation, self.grad, inputs)


def apply(operation: Operation, *operands: Any) -> Result:
    """Return the node that an operation makes of nodes, numbers and arrays.

    Parameters
    ----------
    operation : Operation
        Such as `minidl.graph.operations.Add()`, or one of your own.
    *operands : Node or array_like
        What is not a node becomes a constant. Numbers take the dtype of the nodes that they
        meet, so that float32 stays float32.

    Examples
    --------
    >>> class Sine(Operation):
    ...     symbol = "sin"
    ...
    ...     def value(self, a):
    ...         return np.sin(a)
    ...
    ...     def vjps(self, g, y, a):
    ...         return (g * np.cos(a),)
    >>> apply(Sine(), 0.0)
    Result('sin', 0)
    """
    return Result(operation, *_as_nodes(operands, operation.symbol))


def _as_nodes(operands: Sequence[Any], name: str) -> Sequence[Node]:
    dtypes = [operand.value.dtype for operand in operands if isinstance(operand, Node)]
    if len(dtypes) == len(operands):
        return operands
    dtype = np.result_type(*dtypes) if dtypes else None
    return [
        operand if isinstance(operand, Node) else _as_constant(operand, name, dtype)
        for operand in operands
    ]


def _as_constant(value: Any, name: str, dtype: Any) -> Constant:
    has_dtype = isinstance(value, np.ndarray) and value.ndim > 0 and value.dtype.kind == "f"
    return Constant(as_float_array(value, name, dtype=None if has_dtype else dtype))


def _back_through(order: list[Node]) -> Iterator[Node]:
    for node in reversed(order):
        node._pass_back()
        yield node


def _short(value: Array) -> str:
    if value.ndim == 0:
        return f"{value:.6g}"
    return str(value) if value.ndim == 1 and value.size <= 4 else f"shape {value.shape}"
