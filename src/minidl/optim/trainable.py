"""What an optimizer can train: parameters of different names, in arrays of their own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from minidl.parameter import Parameter, check_value
from minidl.validation import describe


def check_trainable(new: Sequence[Parameter], old: Sequence[Parameter], optimizer: str) -> None:
    """Refuse parameters that cannot be trained, also beside those that an optimizer has already.

    Parameters
    ----------
    new, old : sequence of Parameter
        Those to check, and the optimizer's.
    optimizer : str
        What it is called in errors.

    Raises
    ------
    TypeError
        If one is no parameter, or no array of floats.
    ValueError
        If there is none, two have one name or share memory, or one cannot be written into.

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> W, b = Linear(2, 1).parameters()
    >>> check_trainable([W], [b], "SGD")
    >>> check_trainable([W, b], [b], "SGD")
    Traceback (most recent call last):
    ValueError: SGD: expected each parameter once, under a name of its own, received 'b' twice; \
try putting the layers in one Sequential
    """
    names = {parameter.name for parameter in old}
    if not new:
        raise ValueError(f"{optimizer}: expected at least one parameter to train, received none")
    for parameter in new:
        if not isinstance(parameter, Parameter):
            raise TypeError(
                f"{optimizer}: expected parameters, received {describe(parameter)}; "
                "try model.parameters()"
            )
        if parameter.name in names:
            raise ValueError(
                f"{optimizer}: expected each parameter once, under a name of its own, received "
                f"{parameter.name!r} twice; try putting the layers in one Sequential"
            )
        names.add(parameter.name)
        check_value(parameter.value, parameter.name)
    _check_apart([*old, *new], optimizer)


def _check_apart(parameters: Sequence[Parameter], optimizer: str) -> None:
    """Refuse two parameters that are one array: each would move it, by its own gradient."""
    placed = sorted(parameters, key=lambda p: p.value.__array_interface__["data"][0])
    for one, other in pairwise(placed):
        if np.may_share_memory(one.value, other.value) and np.shares_memory(one.value, other.value):
            raise ValueError(
                f"{optimizer}: expected parameters with arrays of their own, received {one.name} "
                f"and {other.name}, which share memory; try a copy for one of them"
            )
