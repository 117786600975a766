"""What readers bring to an explorer: a network, a factory of networks, or another function."""

from __future__ import annotations

import contextlib
import copy
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from minidl.op import Op
from minidl.validation import describe

NetworkFactory = Callable[..., Op]
"""A function `(input_size, hidden_size, output_size, *, rng)` that returns a network."""

_CALL = "(input_size, hidden_size, output_size, *, rng)"


def build_network(
    factory: NetworkFactory,
    input_size: int,
    hidden_size: int,
    output_size: int,
    *,
    rng: Any,
    **options: Any,
) -> Op:
    """Return a copy of what `factory` makes, after another's forward pass to see that it works.

    A factory may return one network again and again: training a copy leaves it as it was. The
    pass runs on a copy of its own since it draws random numbers where there is dropout.

    Parameters
    ----------
    factory
        The learner's function; see `NetworkFactory`.
    input_size, hidden_size, output_size
        Widths that the network is asked to have.
    rng
        Seed or generator that the factory draws its weights from.
    **options
        What else this factory takes; see `takes`.

    Returns
    -------
    Op

    Raises
    ------
    TypeError
        If `factory` cannot be called in this way or returns something that is no Op.
    ValueError
        If the outputs have another shape than (N, output_size) or are not finite.
    """
    if not callable(factory) or isinstance(factory, Op):
        raise TypeError(
            f"expected a function {_CALL} that makes a network, received {describe(factory)}"
            + ("; try the function that made it" if isinstance(factory, Op) else "")
        )
    network = factory(input_size, hidden_size, output_size, rng=rng, **options)
    if not isinstance(network, Op):
        raise TypeError(
            f"expected {_name(factory)} to return an Op such as Sequential, "
            f"received {describe(network)}. Does it end with `return`?"
        )
    _check_outputs(copy.deepcopy(network), _name(factory), input_size, output_size)
    return copy.deepcopy(network)


def network_of(
    given: Op | NetworkFactory,
    input_size: int,
    hidden_size: int,
    output_size: int,
    *,
    rng: Any,
) -> Op:
    """Return the network that was given, or a new one where it was a factory."""
    if isinstance(given, Op):
        return given
    return build_network(given, input_size, hidden_size, output_size, rng=rng)


def takes(factory: NetworkFactory, name: str) -> bool:
    """Return whether a factory has a parameter of this name.

    Examples
    --------
    >>> from minidl.models import two_layer_net
    >>> takes(two_layer_net, "activation"), takes(two_layer_net, "depth")
    (True, False)
    """
    with contextlib.suppress(TypeError, ValueError):  # not callable, or written in C
        return name in inspect.signature(factory).parameters
    return False


SAME_SIZE = "your network has the same size, whatever hidden_size says"
"""Why a control of the hidden units is switched off; see `ignores_hidden_size`."""


def ignores_hidden_size(build: Callable[[int], Op]) -> bool:
    """Return whether a network built for 2 hidden units has the size of one for 3."""
    with contextlib.suppress(Exception):  # of the reader's code; the box shows it already
        return _sizes(build(2)) == _sizes(build(3))
    return False


def own_function(
    given: Callable[..., Any] | None, default: Callable[..., Any], *, call: str, returns: str
) -> Callable[..., Any]:
    """Return the reader's function, or the explorer's own where there is none.

    Parameters
    ----------
    given, default
        The two.
    call, returns
        What the function is called with and what it gives, for messages: `(X, W, b)`, "images".

    Raises
    ------
    TypeError
        If what was given cannot be called.
    """
    if given is not None and not callable(given):
        raise TypeError(
            f"expected a function {call} that returns {returns}, received {describe(given)}; "
            "try the function's name alone"
        )
    return default if given is None else given


def _sizes(network: Op) -> list[int]:
    """Return the number of values of each parameter."""
    return [parameter.value.size for parameter in network.parameters()]


def _check_outputs(network: Op, name: str, input_size: int, output_size: int) -> None:
    """Refuse a network whose outputs for three made-up samples have a wrong shape or are NaN."""
    outputs = np.asarray(network(np.linspace(-1.0, 1.0, 3 * input_size).reshape(3, input_size)))
    if outputs.shape != (3, output_size):
        raise ValueError(
            f"expected the network of {name} to turn inputs of shape (3, {input_size}) into "
            f"outputs of shape (3, {output_size}), received {outputs.shape}. "
            "Try the shapes of its layers one by one."
        )
    if not np.all(np.isfinite(outputs)):
        raise ValueError(
            f"expected finite outputs from the network of {name}, received NaN or infinity. "
            "Try smaller weights or a stable activation."
        )


def _name(factory: NetworkFactory) -> str:
    """Return the factory's name for messages."""
    return getattr(factory, "__name__", type(factory).__name__)
