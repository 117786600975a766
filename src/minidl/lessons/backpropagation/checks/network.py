"""The check of the exercise "backpropagation/network"."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.collecting import differs_already
from minidl.checking.comparing import expect_close
from minidl.checking.difference import close
from minidl.checking.exactness import expect_exact
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_number, expect_two
from minidl.checking.verdicts import NotAttempted, expect
from minidl.lessons.backpropagation import solutions as solutions
from minidl.lessons.backpropagation.mistakes.network import MISTAKES
from minidl.lessons.backpropagation.shared import expect_nothing_done, networks, square_net
from minidl.losses import MSELoss
from minidl.op import Op

Array = npt.NDArray[Any]


class Agreement:
    """A loss that falls below 0: −mean(p·y)."""

    def __call__(self, predicts: Array, labels: Array) -> float:
        """Return the loss."""
        self.slope = -labels / labels.size
        return float(np.sum(predicts * self.slope))

    def backward(self) -> Array:
        """Return the gradient for the predictions."""
        return self.slope


def check_network(backpropagate: Any) -> None:
    """Check a whole pass: the loss, every gradient, and what arrives at the data."""
    for loss in (MSELoss, Agreement):
        for net, twin in zip(networks(), networks(), strict=True):
            _expect_pass(backpropagate, loss, net, twin)
            if differs_already():
                _expect_pass(backpropagate, loss, square_net(1), square_net(1))


def _expect_pass(backpropagate: Any, kind: Any, net: Any, twin: Any) -> None:
    model, X, labels = net
    layers = list(model.layers)
    try:
        pair = ask(backpropagate, model.layers, kind(), X, labels)
    except NotAttempted:
        expect_nothing_done(not any(layer.grads for layer in layers))
        raise
    _expect_list_kept(model, layers)
    loss, grad = expect_two(pair, "two results, `return loss, grad`")
    reference, X, labels = twin
    value, arrived = solutions.backpropagate(reference.layers, kind(), X, labels)
    expect_close(
        expect_number(loss, what="the loss"), value, what="the loss", diagnosis=MISTAKES["loss"],
    )  # fmt: skip
    if not close(loss, value):
        return  # the gradients of another loss tell nothing more
    for layer in model.layers:
        if layer.params:
            expect("W" in layer.grads, MISTAKES["layer-left-out"], layer=layer)
    _expect_no_step(model, reference)
    _expect_gradients(model, reference)
    expect_close(grad, arrived, what="the gradient for X", diagnosis=MISTAKES["what-arrives"])
    expect_exact(loss, value, given="the loss")
    expect_exact(grad, arrived, given="what is returned")
    _expect_exact_gradients(model, reference)


def _expect_list_kept(model: Any, layers: list[Any]) -> None:
    turned = len(layers) > 1 and list(model.layers) == layers[::-1]
    expect(not turned, MISTAKES["turns-the-list"])
    expect(list(model.layers) == layers, MISTAKES["changes-the-list"])


def _expect_no_step(model: Op, reference: Op) -> None:
    same = all(map(_equal, model.parameters(), reference.parameters()))
    same = same and all(layer.training for layer in model.layers)
    expect(same, MISTAKES["takes-a-step"])


def _equal(own: Any, right: Any) -> bool:
    return np.array_equal(own.value, right.value)


def _expect_gradients(model: Op, reference: Op) -> None:
    for own, right in zip(model.parameters(), reference.parameters(), strict=True):
        expect_close(
            own.grad, right.grad, what="the gradients", given=own.name, diagnosis="gradients",
            because="The gradients in the layers are not right.",
        )  # fmt: skip


def _expect_exact_gradients(model: Op, reference: Op) -> None:
    for own, right in zip(model.parameters(), reference.parameters(), strict=True):
        expect_exact(own.grad, right.grad, given=f"the gradient of {own.name}")


NETWORK = Exercise(
    name="backpropagation/network",
    title="Forward and back",
    check=check_network,
    solution=solutions.backpropagate,
    mistakes=MISTAKES,
    hints=(
        "Forward: a loop in which each layer's output becomes the next one's input.",
        "Then `loss_fn(predicts, labels)`, and `loss_fn.backward()` starts the way back.",
        "`for layer in reversed(layers):` and, inside it, `grad = layer.backward(grad)`.",
    ),
    takeaway="The whole algorithm: two loops, in opposite directions.",
)
