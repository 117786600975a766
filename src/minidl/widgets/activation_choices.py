"""The activations that explorers offer: the library's, and the reader's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from minidl.nn import (
    ELU,
    Activation,
    HardLogistic,
    HardTanh,
    LeakyReLU,
    Logistic,
    ReLU,
    Softplus,
    Swish,
    Tanh,
)
from minidl.validation import describe

ActivationFactory = Callable[[], Activation]

LIBRARY = (Logistic, Tanh, ReLU, LeakyReLU, HardLogistic, HardTanh, ELU, Softplus, Swish)
PROBE = np.array([-1.75, -0.25, 0.25, 1.75])  # no kink of a usual activation is here


def offer(own: Iterable[ActivationFactory] = ()) -> dict[str, ActivationFactory]:
    """Return factories by the name to show: the library's classes, then the reader's own.

    Examples
    --------
    >>> class Mine(Activation): ...
    >>> list(offer([Mine]))[-2:]
    ['Swish', 'Mine (yours)']
    """
    factories: dict[str, ActivationFactory] = {kind.__name__: kind for kind in LIBRARY}
    for factory in own:
        if isinstance(factory, Activation) or not callable(factory):
            raise TypeError(
                f"expected a class of activation, received {describe(factory)}; "
                "try its name without parentheses"
            )
        factories[f"{_name(factory)} (yours)"] = factory
    return factories


def make_activation(factory: ActivationFactory) -> Activation:
    """Return a new activation, after a look at what its `function` and `slope` return.

    Raises
    ------
    TypeError
        If it is not an Activation, or if one of its methods returns anything but an array of the
        input's shape.
    """
    activation = factory()
    name = _name(factory)
    if not isinstance(activation, Activation):
        raise TypeError(f"expected {name} to make an Activation, received {describe(activation)}")
    a = activation.function(PROBE)
    _check(a, f"{name}.function")
    _check(activation.slope(PROBE, a), f"{name}.slope")
    return activation


def _check(result: Any, what: str) -> None:
    """Refuse a result that is no array of the probe's shape, such as an exercise's blank."""
    if not isinstance(result, np.ndarray) or result.shape != PROBE.shape:
        raise TypeError(
            f"expected {what} to return an array of its input's shape {PROBE.shape}, "
            f"received {describe(result)}. Is that exercise filled in?"
        )


def _name(factory: ActivationFactory) -> str:
    """Return the name of a class or function."""
    return getattr(factory, "__name__", type(factory).__name__)
