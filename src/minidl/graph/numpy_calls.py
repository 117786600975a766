"""What becomes of a node in a call of NumPy's: an operation of the graph, or a refusal with advice.

A function of NumPy's knows no gradients. So arithmetic that the graph has goes to the graph, which
is how `array + node` works, and all else is refused by name, rather than computed without them.
"""

from __future__ import annotations

import numbers
from typing import Any, NoReturn

import numpy as np

from minidl.graph.curves import Absolute, Negative
from minidl.graph.operations import Add, Divide, MatMul, Multiply, Power, Subtract

OPERATIONS: dict[Any, Any] = {
    np.add: Add,
    np.subtract: Subtract,
    np.multiply: Multiply,
    np.divide: Divide,
    np.power: Power,
    np.matmul: MatMul,
    np.negative: Negative,
    np.absolute: Absolute,
}
"""The functions behind `+ − * / ** @` and `abs`, which arrays and NumPy's numbers call."""

PRODUCT = "a @ b for matrices, (a * b).sum() for vectors"
SHAPE = "a Variable that has that shape from the start, since nodes keep theirs"
ADVICE = {
    **{name: f"minidl.graph.{name}(a)" for name in ("exp", "log", "tanh")},
    **dict.fromkeys(("sum", "add.reduce", "nansum"), "a.sum(axis) or minidl.graph.total(a, axis)"),
    **dict.fromkeys(("mean", "average", "nanmean"), "a.sum() / a.value.size"),
    **dict.fromkeys(("abs", "absolute", "fabs"), "abs(a) or minidl.graph.absolute(a)"),
    **dict.fromkeys(("maximum", "fmax", "clip", "where"), "minidl.graph.relu(a)"),
    **dict.fromkeys(("dot", "vdot", "inner", "matmul", "einsum", "tensordot", "vecdot"), PRODUCT),
    **dict.fromkeys(("reshape", "ravel", "transpose", "squeeze", "expand_dims"), SHAPE),
    **dict.fromkeys(("add", "subtract", "multiply", "divide"), "a + b, a - b, a * b or a / b"),
    **dict.fromkeys(("power", "float_power"), "a ** b"),
    "square": "a ** 2",
    "sqrt": "a ** 0.5",
    "exp2": "2.0 ** a",
    "reciprocal": "1 / a",
    "norm": "(a * a).sum() ** 0.5",
    "prod": "a product a * b of nodes",
}
HAS = "what minidl.graph has: + - * / ** @, abs, sum, exp, log, logistic, tanh and relu"


def refuse(what: str, node: Any, advice: str | None = None) -> NoReturn:
    """Refuse to do something with a node, and say what to do in its place.

    Raises
    ------
    TypeError
        Always.

    Examples
    --------
    >>> refuse("numpy.sqrt", "a node", ADVICE["sqrt"])
    Traceback (most recent call last):
    TypeError: numpy.sqrt knows no gradients and cannot take a node of minidl.graph, received \
'a node'; try a ** 0.5, or the node's value for a plain array
    """
    raise TypeError(
        f"{what} knows no gradients and cannot take a node of minidl.graph, received {node!r}; "
        f"try {advice or HAS}, or the node's value for a plain array"
    )


class NumpyCalls:
    """What NumPy and Python's own functions do with a node: by default they are refused."""

    __slots__ = ()

    def _apply(self, operation: Any, *operands: Any) -> Any:
        """Return what the operation makes of the operands. The subclass writes this."""
        raise NotImplementedError(f"{type(self).__name__} needs a method _apply")

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        """Answer a ufunc, which is also what an array's `+` calls with a node on its right."""
        if method == "__call__" and not options and ufunc in OPERATIONS:
            return self._apply(OPERATIONS[ufunc](), *inputs)
        name = ufunc.__name__ if method == "__call__" else f"{ufunc.__name__}.{method}"
        refuse(f"numpy.{name}", self, ADVICE.get(name))

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> NoReturn:
        """Refuse any other function of NumPy's."""
        name = function.__name__
        module = getattr(function, "__module__", None) or "numpy"
        refuse(f"{module}.{name}", self, ADVICE.get(name))

    def __array__(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse to become an array, which would lose the graph."""
        refuse("an array", self)

    def _is_no_number(self, *_: Any) -> NoReturn:
        refuse("what takes a plain number (float, int, math.exp, if, range)", self)

    def _has_no_order(self, _: Any) -> NoReturn:
        refuse("a comparison (<, max, sorted)", self)

    def _has_no_parts(self, *_: Any) -> NoReturn:
        refuse("taking parts (a[i], len, for … in)", self)

    def __eq__(self, other: object) -> bool:
        """Tell whether both are one node, as sets and lists ask; refuse a number or an array."""
        if isinstance(other, numbers.Number | np.ndarray | np.generic | list | tuple):
            refuse("a comparison (==, !=, in)", self)
        return self is other

    __hash__ = object.__hash__

    __float__ = __int__ = __index__ = __complex__ = __bool__ = _is_no_number
    __lt__ = __le__ = __gt__ = __ge__ = _has_no_order
    __getitem__ = __iter__ = __len__ = __contains__ = _has_no_parts
