"""The functions from which, beside `+ − * / ** @`, a graph is built."""

from __future__ import annotations

from typing import Any

from minidl.graph.curves import Absolute, Exp, Log, Logistic, Relu, Tanh
from minidl.graph.node import Result, apply
from minidl.graph.operations import MatMul, Sum


def exp(a: Any) -> Result:
    """Return the node exp(a).

    Parameters
    ----------
    a : Node or array_like

    Raises
    ------
    ValueError
        If a number is too large for a finite result.

    Examples
    --------
    >>> exp(0.0).value
    array(1.)
    """
    return apply(Exp(), a)


def log(a: Any) -> Result:
    """Return the node log(a), the natural logarithm.

    Parameters
    ----------
    a : Node or array_like

    Raises
    ------
    ValueError
        If a number is 0 or below.

    Examples
    --------
    >>> log(1.0).value
    array(0.)
    """
    return apply(Log(), a)


def logistic(a: Any) -> Result:
    """Return the node σ(a) = 1 / (1 + exp(−a)).

    Parameters
    ----------
    a : Node or array_like

    Examples
    --------
    >>> logistic([-1000.0, 0.0, 1000.0]).value.round(3)
    array([0. , 0.5, 1. ])
    """
    return apply(Logistic(), a)


def tanh(a: Any) -> Result:
    """Return the node tanh(a).

    Parameters
    ----------
    a : Node or array_like

    Examples
    --------
    >>> tanh([-1000.0, 0.0, 1000.0]).value
    array([-1.,  0.,  1.])
    """
    return apply(Tanh(), a)


def relu(a: Any) -> Result:
    """Return the node max(0, a); the slope at 0 is taken as 0.

    Parameters
    ----------
    a : Node or array_like

    Examples
    --------
    >>> relu([-2.0, 3.0]).value
    array([0., 3.])
    """
    return apply(Relu(), a)


def absolute(a: Any) -> Result:
    """Return the node |a|, also written `abs(a)`; the slope at 0 is taken as 0.

    Parameters
    ----------
    a : Node or array_like

    Examples
    --------
    >>> absolute([-2.0, 3.0]).value
    array([2., 3.])
    """
    return apply(Absolute(), a)


def total(a: Any, axis: int | tuple[int, ...] | None = None, *, keepdims: bool = False) -> Result:
    """Return the node Σ a, also written `a.sum()`.

    Parameters
    ----------
    a : Node or array_like
    axis : int or tuple of int, optional
        The axes that are summed over; all by default.
    keepdims : bool
        Whether they are kept with length 1.

    Raises
    ------
    ValueError
        If there is no such axis.

    Examples
    --------
    >>> total([[1.0, 2.0], [3.0, 4.0]], axis=0).value
    array([4., 6.])
    """
    return apply(Sum(axis, keepdims), a)


def matmul(a: Any, b: Any) -> Result:
    """Return the node A·B, also written `a @ b`.

    Parameters
    ----------
    a, b : Node or array_like
        Of shapes (…, N, D) and (…, D, M).

    Raises
    ------
    ValueError
        If the shapes do not fit.

    Examples
    --------
    >>> matmul([[1.0, 2.0]], [[3.0], [4.0]]).value
    array([[11.]])
    """
    return apply(MatMul(), a, b)
