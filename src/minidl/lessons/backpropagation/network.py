"""Checks of the lesson "Backpropagation" on a whole network: the way back, and a step."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import Suspect, close, expect_close
from minidl.checking.expecting import expect_number, expect_two
from minidl.checking.verdicts import NotAttempted, expect
from minidl.lessons.backpropagation import solutions as solutions
from minidl.lessons.backpropagation.ops import (
    did_nothing,
)
from minidl.losses import MSELoss
from minidl.nn import Linear, Sequential, Tanh
from minidl.op import Op

Array = npt.NDArray[Any]
LR = 0.5


def square_net() -> tuple[Sequential, Array, Array]:
    """Return a network whose arrays are all 2 × 2, so that no wrong order breaks a shape."""
    rng = np.random.default_rng(0)
    layers = (Linear(2, 2, rng=rng, name="fc1"), Tanh(), Linear(2, 2, rng=rng, name="fc2"))
    return Sequential(*layers), rng.standard_normal((2, 2)), rng.standard_normal((2, 2))


def check_network(backpropagate: Any) -> None:
    """Check a whole pass: the loss, every gradient, and what arrives at the data."""
    model, X, labels = square_net()
    layers = list(model.layers)
    try:
        pair = ask(backpropagate, model.layers, MSELoss(), X, labels)
    except NotAttempted:
        did_nothing(not any(layer.grads for layer in layers))
        raise
    sentence = "You turned the caller's list round. Use `reversed(layers)`."
    expect(list(model.layers) != layers[::-1], "turns-the-list", sentence)
    loss, grad = expect_two(pair, "two results, `return loss, grad`")
    reference, X, labels = square_net()
    value, arrived = solutions.backpropagate(reference.layers, MSELoss(), X, labels)
    expect_close(
        expect_number(loss, what="the loss"), value, what="the loss", diagnosis="loss",
        because="Forward: each layer is given the output of the one before.",
    )  # fmt: skip
    for layer in model.layers:
        if layer.params:
            sentence = f"{layer} has no gradients: backward has to reach every layer."
            expect("W" in layer.grads, "layer-left-out", sentence)
    _expect_gradients(model, reference)
    expect_close(
        grad, arrived, what="the gradient for X", diagnosis="what-arrives",
        because="The gradients in the layers are right; return the one that comes out of the "
        "first layer.",
    )  # fmt: skip


def _expect_gradients(model: Op, reference: Op) -> None:
    found = {parameter.name: parameter.grad for parameter in model.parameters()}
    wrong_ways = [way for way in _wrong_ways() if all(close(found[k], way[2][k]) for k in found)]
    for own, right in zip(model.parameters(), reference.parameters(), strict=True):
        suspects = [
            Suspect(diagnosis, grads[own.name], sentence)
            for diagnosis, sentence, grads in wrong_ways
        ]
        expect_close(
            own.grad, right.grad, what=f"the gradient of {own.name}", diagnosis="gradients",
            suspects=suspects,
        )  # fmt: skip


def _gradients(
    order: Any = reversed, *, hand_on: bool = True, start: Any = None
) -> dict[str, Array]:
    """Return the gradients of another order of the layers, or of another start."""
    model, X, labels = square_net()
    loss_fn = MSELoss()
    loss = loss_fn(model(X), labels)
    grad = loss_fn.backward()
    grad = grad if start is None else start(loss, grad)
    for layer in order(model.layers):
        back = layer.backward(grad)
        grad = back if hand_on else grad
    return {parameter.name: parameter.grad for parameter in model.parameters()}


def _wrong_ways() -> list[tuple[str, str, dict[str, Array]]]:
    """Return the gradients that typical wrong orders give, with their diagnoses."""
    return [
        ("front-to-back", "The gradient goes through the last layer first.", _gradients(list)),
        (
            "not-handed-on", "Each layer received the loss's gradient: it has to receive what the "
            "layer after it returned.", _gradients(hand_on=False),
        ),
        (
            "starts-with-1", "The first gradient is the loss's: `loss_fn.backward()`.",
            _gradients(start=lambda loss, grad: np.ones((2, 2))),
        ),
        (
            "starts-with-loss", "What goes backward is a gradient, not the loss itself.",
            _gradients(start=lambda loss, grad: np.full((2, 2), loss)),
        ),
        (
            "loss-handed-back", "All are the loss times too large: `loss_fn.backward()` takes "
            "nothing, the way back starts with 1.",
            _gradients(start=lambda loss, grad: loss * grad),
        ),
        (
            "labels-first", "All signs are turned: the loss takes the predictions first.",
            _gradients(start=lambda loss, grad: -grad),
        ),
    ]  # fmt: skip


def check_descend(descend: Any) -> None:
    """Check one step: the arrays themselves move, downhill, and the promise is returned."""
    model, X, labels = square_net()
    solutions.backpropagate(model.layers, MSELoss(), X, labels)
    arrays = {parameter.name: parameter.value for parameter in model.parameters()}
    before = {name: array.copy() for name, array in arrays.items()}
    grads = {parameter.name: parameter.grad.copy() for parameter in model.parameters()}
    promised = _ask_step(descend, model, before)
    after = {parameter.name: parameter.value for parameter in model.parameters()}
    moved = {name: not close(after[name], before[name]) for name in before}
    expect(
        any(moved.values()), "nothing-moves",
        "No parameter has changed: `value = value - …` makes a new array and gives it the name; "
        "the array in the model stays as it was. Change that array itself.",
    )  # fmt: skip
    for name in before:
        _expect_moved(name, before[name], after[name], grads[name], moved[name])
    for name, array in arrays.items():
        expect(
            after[name] is array, "new-array",
            f"{name} has the right numbers, but lives in a new array: whoever kept the old one "
            "does not see it change. Write into the array that is there.",
        )  # fmt: skip
    _expect_promise(promised, grads)


def _ask_step(descend: Any, model: Op, before: dict[str, Array]) -> Any:
    try:
        return ask(descend, model, LR)
    except NotAttempted:
        did_nothing(all(close(p.value, before[p.name]) for p in model.parameters()))
        raise


def _expect_moved(name: str, before: Array, after: Array, grad: Array, moved: bool) -> None:
    expect(moved, "some-stay", f"{name} stayed as it was. A step moves every parameter.")
    expect_close(
        after, before - LR * grad, what=f"{name} after the step", diagnosis="step",
        given=f"lr = {LR:g}",
        suspects=[
            Suspect("uphill", before + LR * grad, "This goes up: against the gradient is minus."),
            Suspect("without-rate", before - grad, "The step is lr times the gradient."),
            Suspect("sign-only", before - LR * np.sign(grad), "The size of the gradient counts."),
        ],
    )  # fmt: skip


def _expect_promise(promised: Any, grads: dict[str, Array]) -> None:
    squares = {name: float(np.sum(grad**2)) for name, grad in grads.items()}
    total, sums = sum(squares.values()), [float(np.sum(grad)) for grad in grads.values()]
    expect_close(
        expect_number(promised, what="the promised fall"), LR * total, what="the promised fall",
        diagnosis="promise", given=f"lr = {LR:g}",
        suspects=[
            Suspect("promise-without-rate", total, "The parameters moved right; lr · Σ g² falls."),
            Suspect("promise-of-lengths", LR * sum(sums), "Square each slope."),
            Suspect(
                "promise-squared-late", LR * sum(each**2 for each in sums),
                "Square first, then add: `np.sum(grad**2)`, not `np.sum(grad)**2`.",
            ),
            Suspect("promise-not-added", 0.0, "Nothing was added to the promise on the way."),
            Suspect("promise-turned", -LR * total, "A fall is promised, as a positive number."),
            Suspect(
                "promise-of-the-last", LR * list(squares.values())[-1],
                "The parameters moved right, but this is the last one's promise: add them up.",
            ),
        ],
    )  # fmt: skip
