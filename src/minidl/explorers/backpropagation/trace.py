"""A network's forward and backward pass, operator by operator, as they really happen.

The learner's own `forward` and `backward` run once, on a copy of their network, while every
operator's inputs and outputs are noted. Nothing is computed in the network's place, so what goes
wrong in it goes wrong here, at the same operator.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.op import Op

Array = npt.NDArray[Any]
FORWARD, BACKWARD = "forward", "backward"
LOSS = "loss"


@dataclass
class Visit:
    """What one operator received and returned, in one direction.

    Attributes
    ----------
    name : str
        The operator's path in the network, such as `fc1`, or `loss`.
    op : Op or Loss
        The operator, a copy of the learner's.
    direction : str
        `forward` or `backward`.
    received, returned : ndarray
        Forward, the input and the output; backward, the gradient for the output and the one for
        the input.
    grads : dict of str to ndarray
        After a backward, the gradients of the operator's parameters.
    draws : dict, optional
        Of an operator that draws random numbers, its generator's state before the visit.
    """

    name: str
    op: Any
    direction: str
    received: Array
    returned: Array
    grads: dict[str, Array] = field(default_factory=dict)
    draws: Any = None


@dataclass
class Trace:
    """The visits of a forward and a backward pass in their order, and the error that ended them."""

    names: list[str]
    labels: Array
    visits: list[Visit] = field(default_factory=list)
    error: Exception | None = None
    gap: str = ""

    def visit(self, step: int) -> Visit:
        """Return the visit at a step, counted from 1, or raise the error that prevented it."""
        if self.gap:
            raise ValueError(
                f"expected a row of operators, each fed with the output of the one before, but at "
                f"{self.gap} something else happens; try making that an operator of its own"
            )
        if step <= len(self.visits):
            return self.visits[step - 1]
        missing = self.missing()
        raise self.error or RuntimeError(
            f"expected your network to run through each operator once, forward and back, but it "
            f"never came to {missing}; try reading its forward and backward, line by line"
        )

    def missing(self) -> str:
        """Return in words which operators the passes left out."""
        seen = {(visit.direction, visit.name) for visit in self.visits}
        wanted = [(d, name) for d in (FORWARD, BACKWARD) for name in [*self.names, LOSS]]
        return ", ".join(f"{name} ({d})" for d, name in wanted if (d, name) not in seen)

    def forward_of(self, name: str) -> Visit:
        """Return the visit of an operator in the forward pass."""
        return next(v for v in self.visits if (v.name, v.direction) == (name, FORWARD))


def operators_of(model: Op) -> dict[str, Op]:
    """Return the operators that a network consists of, by their path.

    Examples
    --------
    >>> from minidl.models import two_layer_net
    >>> list(operators_of(two_layer_net(2, 3, 1)))
    ['fc1', 'act1', 'fc2', 'act2']
    """
    return {
        path or op.name or type(op).__name__: op
        for path, op in model.named_layers()
        if not op.layers
    }


def trace(model: Op, loss: Any, X: Array, labels: Array) -> Trace:
    """Run a copy of `model` and `loss` forward and back, and note every operator's part in it.

    Parameters
    ----------
    model : Op
        The network; it is left as it is.
    loss : callable
        Called with predictions and labels it returns a number; it has a `backward()`.
    X, labels : ndarray
        The samples.

    Returns
    -------
    Trace
        Up to the first error, which it holds.

    Examples
    --------
    >>> from minidl.losses import MSELoss
    >>> from minidl.nn import Linear
    >>> passes = trace(
    ...     Linear(1, 1, rng=0, name="fc"), MSELoss(), np.ones((2, 1)), np.ones((2, 1))
    ... )
    >>> [(visit.name, visit.direction) for visit in passes.visits]
    [('fc', 'forward'), ('loss', 'forward'), ('loss', 'backward'), ('fc', 'backward')]
    """
    model, loss = copy.deepcopy((model, loss))
    operators = operators_of(model)
    passes = Trace(list(operators), labels)
    with _watched(operators, passes.visits):
        try:
            _run(model, loss, X, passes)
        except Exception as error:  # the learner's code may raise anything
            passes.error = error
    return passes


def _run(model: Op, loss: Any, X: Array, passes: Trace) -> None:
    """Run forward and back; the operators' wrappers note what happens."""
    predicts = model(X)
    passes.gap = _gap(passes.visits, X, predicts)
    value = _as_array(loss(predicts, passes.labels), LOSS, FORWARD)
    passes.visits.append(Visit(LOSS, loss, FORWARD, np.array(predicts), value))
    grad = loss.backward()
    passes.visits.append(Visit(LOSS, loss, BACKWARD, np.ones(()), _as_array(grad, LOSS, BACKWARD)))
    model.backward(grad)


@contextmanager
def _watched(operators: dict[str, Op], visits: list[Visit]) -> Iterator[None]:
    """Note every call of the operators' `forward` and `backward` in `visits`."""
    for name, op in operators.items():
        for direction in (FORWARD, BACKWARD):
            vars(op)[direction] = _noting(name, op, direction, visits)
    try:
        yield
    finally:
        for op in operators.values():
            del vars(op)[FORWARD], vars(op)[BACKWARD]


def _noting(name: str, op: Op, direction: str, visits: list[Visit]) -> Callable[[Any], Any]:
    """Return an operator's method so wrapped that it leaves a visit."""
    method = getattr(op, direction)

    def noting(received: Any) -> Any:
        before = np.array(received)  # a copy: the operator may change the array in place
        draws = None if op.rng is None else op.rng.bit_generator.state
        returned = method(received)
        after = _as_array(returned, f"{name} ({type(op).__name__})", direction)
        grads = {key: np.array(grad) for key, grad in op.grads.items()}
        given = grads if direction == BACKWARD else {}
        visits.append(Visit(name, op, direction, before, after, given, draws))
        return returned

    return noting


def _as_array(returned: Any, what: str, direction: str) -> Array:
    """Return a copy of what an operator returned, or say that it is no array of numbers."""
    if returned is None or returned is ...:
        raise TypeError(
            f"{what}: expected {direction} to return an array, received {returned}; "
            "is it still to be written, or does it lack a return?"
        )
    return np.array(returned, dtype=np.result_type(returned))


def _gap(visits: list[Visit], X: Array, predicts: Any) -> str:
    """Return where a network is more than a row of operators, "" if nowhere."""
    given = [X, *(visit.returned for visit in visits)]
    taken = [*(visit.received for visit in visits), np.array(predicts)]
    places = [*(visit.name for visit in visits), "the output"]
    for before, after, place in zip(given, taken, places, strict=True):
        if not np.array_equal(before, after, equal_nan=True):
            return place
    return ""
