"""The check of the exercise "regularization/decay"."""

from __future__ import annotations

from typing import Any, NoReturn

import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.difference import close
from minidl.checking.exercise import Exercise
from minidl.checking.verdicts import NotAttempted, expect, wrong
from minidl.lessons.regularization import solutions as solutions
from minidl.lessons.regularization.mistakes.decay import MISTAKES
from minidl.lessons.regularization.shared import (
    EXACT,
    LR,
    small_batches,
    small_model,
    uneven_model,
)
from minidl.losses import MSELoss
from minidl.op import Op
from minidl.parameter import Parameter

Array = npt.NDArray[Any]
RATES = ((LR, 0.2), (LR, 0.01234567), (0.0321, 0.2), (0.7, 0.5), (2.0, 0.0), (0.0, 0.9), (9.0, 1.0))
"""Learning rates and dampings."""


def check_decayed_step(decayed_step: Any) -> None:
    """Check a step of gradient descent that first shrinks the weights, and only them."""
    for case, (lr, damping) in enumerate(RATES):
        model = small_model(1 + case, 3 + case)
        for parameter in model.parameters():
            parameter.value *= 10.0 ** (2 * case * (case % 2))
        _check_step(decayed_step, model, lr, damping)
    for lr, damping in RATES[:3]:
        _check_step(decayed_step, uneven_model(), lr, damping)


def _check_step(decayed_step: Any, model: Op, lr: float, damping: float) -> None:
    loss_fn = MSELoss()
    X, y = small_batches((4,), inputs=model.layers[0].params["W"].shape[0], scale=100.0)[0]
    loss_fn(model(X), y)
    model.backward(loss_fn.backward())
    before = model.state_dict()
    gradients = {parameter.name: parameter.grad.copy() for parameter in model.parameters()}
    arrays = {parameter.name: parameter.value for parameter in model.parameters()}
    answer = _take_step(decayed_step, model, lr, damping)
    after = model.state_dict()
    if all(close(after[name], value) for name, value in before.items()):
        _refuse_no_step(decayed_step, answer)
    for parameter in model.parameters():
        name = parameter.name
        _expect_decayed(parameter, before[name], gradients[name], lr, damping)
    for parameter in model.parameters():
        name = parameter.name
        expect(parameter.value is arrays[name], MISTAKES["new-array"], name=name)
    expect(model.training, MISTAKES["other-mode"])


def _take_step(decayed_step: Any, model: Op, lr: float, damping: float) -> Any:
    """Return what the learner's function returns, which may be nothing."""
    answers: list[Any] = []

    def step() -> str:
        answers.append(decayed_step(model, lr, damping))
        return "done"

    ask(step)
    return answers[0]


def _refuse_no_step(decayed_step: Any, answer: Any) -> NoReturn:
    code = getattr(decayed_step, "__code__", None)
    if answer is None and code is not None and not code.co_names:  # it uses nothing
        raise NotAttempted
    wrong(MISTAKES["nothing-moves"])


def _expect_decayed(
    parameter: Parameter, value: Array, gradient: Array, lr: float, damping: float
) -> None:
    name = parameter.name
    is_weight = name.endswith("W")
    kept = 1 - damping if is_weight else 1.0
    expect_close(
        parameter.value, kept * value - lr * gradient,
        what="the new weights" if is_weight else "the new biases",
        given=f"{name}, lr = {lr:g} and damping = {damping:g}", because="The step is not right.",
        **EXACT,
    )  # fmt: skip
    expect(close(parameter.grad, gradient, **EXACT), MISTAKES["changes-the-gradient"], name=name)


DECAY = Exercise(
    name="regularization/decay",
    title="Decay before the step",
    check=check_decayed_step,
    solution=solutions.decayed_step,
    mistakes=MISTAKES,
    hints=(
        "Two lines in a loop over `model.parameters()`; the first one is for weights only.",
        '`parameter.name.endswith("W")` tells a weight from a bias.',
        "`parameter.value *= 1 - damping`, then `parameter.value -= lr * parameter.grad`.",
    ),
    takeaway="The biases stay free: they shift a bend, and do not sharpen it.",
)
