"""What hostile answers do to a result that is right, and to what they are given.

They stand in a hostile answer's code under the name `hostile`, as in `hostile.rounded(a, 1)`,
and record whether they changed anything.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from minidl.op import Op
from tests.lessons.hostile.record import RECORD, recorded

_seen: dict[Any, Any] = {}


def forget() -> None:
    """Begin anew, for another answer."""
    _seen.clear()


def each(spoiled: Callable[[Any], Any], result: Any) -> Any:
    """Spoil each part of a result that is a number, an array, or a tuple of such."""
    if isinstance(result, (tuple, list)):
        return type(result)(each(spoiled, part) for part in result)
    if isinstance(result, (float, np.floating)) or (
        isinstance(result, np.ndarray) and result.dtype.kind in "fiub"
    ):
        return spoiled(result)
    return result


@recorded
def rounded(result: Any, digits: int) -> Any:
    return each(lambda x: np.round(x, digits), result)


@recorded
def cut_below(result: Any, count: int) -> Any:
    """Keep the first rows; the rest are zeros."""

    def spoiled(x: Any) -> Any:
        x = np.array(x)
        x[count:] = 0
        return x

    return each(lambda x: spoiled(x) if np.ndim(x) else x, result)


@recorded
def cut_right(result: Any, count: int) -> Any:
    """Keep the first columns; the rest are zeros."""

    def spoiled(x: Any) -> Any:
        x = np.array(x)
        x[..., count:] = 0
        return x

    return each(lambda x: spoiled(x) if np.ndim(x) > 1 else x, result)


@recorded
def repeated(result: Any, count: int) -> Any:
    """Return the first rows again and again, as many as there should be."""
    return each(lambda x: x[np.arange(len(x)) % count] if np.ndim(x) else x, result)


@recorded
def of_type(result: Any, dtype: str) -> Any:
    return each(lambda x: np.asarray(x).astype(dtype)[()], result)


@recorded
def limited(result: Any, bound: float) -> Any:
    return each(lambda x: np.clip(x, -bound, bound), result)


@recorded
def negated(result: Any) -> Any:
    return each(lambda x: -x if np.asarray(x).dtype.kind in "fi" else ~x, result)


@recorded
def transposed(result: Any) -> Any:
    return each(lambda x: x.T if np.ndim(x) == 2 and len(set(x.shape)) == 1 else x, result)


@recorded
def squeezed(result: Any) -> Any:
    return each(lambda x: np.squeeze(x) if np.ndim(x) else x, result)


@recorded
def without_sign(result: Any) -> Any:
    return each(np.abs, result)


@recorded
def scaled(result: Any, factor: float) -> Any:
    return each(lambda x: (x * factor).astype(np.asarray(x).dtype), result)


@recorded
def zeros(result: Any) -> Any:
    return each(lambda x: np.zeros_like(x), result)


def remembered(result: Callable[[], Any], place: str, *args: Any) -> Any:
    """Compute once for each shape of the arguments, and give the same ever after."""
    key = place, *[np.shape(arg) if isinstance(arg, np.ndarray) else None for arg in args]
    if key in _seen:
        RECORD.add(True)
    else:
        _seen[key] = copy.deepcopy(result())
    return _seen[key]


@recorded
def later(condition: Any, place: str) -> Any:
    """Be false the first time."""
    first = place not in _seen
    _seen[place] = True
    return False if first else condition


@recorded
def added(value: Any, before: Callable[[], Any]) -> Any:
    """Add a value to what was there before, if there was something that it can be added to."""
    try:
        return before() + value
    except (AttributeError, KeyError, TypeError, ValueError):
        return value


def fitting(value: Any, first: Any) -> Any:
    """Return what the first call got in place of a value, where it fits."""
    same = type(value) is type(first) and np.shape(value) == np.shape(first)
    return put_in_place(value, copy.deepcopy(first)) if same else value


@recorded
def put_in_place(value: Any, other: Any) -> Any:
    return other


def change(value: Any, how: str) -> None:
    """Change what an answer was given, after it has computed its result."""
    for act in changes(value, how):
        RECORD.add(True)
        act()


def changes(value: Any, how: str) -> Iterator[Callable[[], Any]]:
    """Yield what can be done to a value, in one way; nothing if it has no such thing."""
    if isinstance(value, np.ndarray):
        if how == "arrays" and value.dtype.kind in "fi":
            yield lambda: value.__iadd__(np.ones((), value.dtype))
    elif isinstance(value, (tuple, list)):
        if how == "lists" and isinstance(value, list) and value:
            yield value.pop
        for part in value:
            yield from changes(part, how)
    elif isinstance(value, Op):
        yield from _changes_of_op(value, how)
    elif how == "history" and hasattr(value, "history"):
        yield from (
            rec.pop for rec in vars(value.history).values() if isinstance(rec, list) and rec
        )
    elif how == "grads" and hasattr(value, "zero_grad"):
        yield value.zero_grad


def _changes_of_op(op: Op, how: str) -> Iterator[Callable[[], Any]]:
    if how == "mode":
        yield op.eval if op.training else op.train
    for array in [*getattr(op, how).values()] if how in {"params", "grads"} else []:
        yield lambda array=array: array.__iadd__(1e-3)
    for layer in op.layers if how in {"params", "grads"} else []:
        yield from _changes_of_op(layer, how)
