"""The exercise on weight decay in the lesson "Regularization"."""

from __future__ import annotations

from typing import Any, NoReturn

import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import Suspect, close, expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.verdicts import NotAttempted, expect, wrong
from minidl.lessons.regularization import solutions as solutions
from minidl.lessons.regularization.training import LR, small_batches, small_model
from minidl.losses import MSELoss
from minidl.op import Op
from minidl.parameter import Parameter

Array = npt.NDArray[Any]
DAMPING = 0.2


def check_decayed_step(decayed_step: Any) -> None:
    """Check a step of gradient descent that first shrinks the weights, and only them."""
    model, loss_fn = small_model(), MSELoss()
    X, y = small_batches()[0]
    loss_fn(model(X), y)
    model.backward(loss_fn.backward())
    before = model.state_dict()
    gradients = {parameter.name: parameter.grad.copy() for parameter in model.parameters()}
    arrays = {parameter.name: parameter.value for parameter in model.parameters()}
    answer = _take_step(decayed_step, model)
    after = model.state_dict()
    if all(close(after[name], value) for name, value in before.items()):
        _refuse_no_step(decayed_step, answer)
    for parameter in model.parameters():
        name = parameter.name
        _expect_decayed(parameter, before[name], gradients[name])
    for name, array in arrays.items():
        expect(
            close(array, after[name]), "new-array",
            f"The values are right, but {name} lives in a new array now. Write into the old one.",
        )  # fmt: skip


def _take_step(decayed_step: Any, model: Op) -> Any:
    """Return what the learner's function returns, which may be nothing."""
    answers: list[Any] = []

    def step() -> str:
        answers.append(decayed_step(model, LR, DAMPING))
        return "done"

    ask(step)
    return answers[0]


def _refuse_no_step(decayed_step: Any, answer: Any) -> NoReturn:
    code = getattr(decayed_step, "__code__", None)
    if answer is None and code is not None and not code.co_names:  # it uses nothing
        raise NotAttempted
    wrong(
        "nothing-moves",
        "After your step every parameter is what it was. `value = …` makes a new array; write "
        "into the model's own, with `parameter.value *= …` and `-=`.",
    )


def _expect_decayed(parameter: Parameter, value: Array, gradient: Array) -> None:
    name = parameter.name
    step, kept = LR * gradient, 1 - DAMPING
    given = f"lr = {LR:g} and damping = {DAMPING:g}"
    what = f"the new value of {name}"
    if name.endswith("b"):
        expected, suspects = value - step, [
            Suspect(
                "bias-decays", kept * value - step,
                f"{name} is a bias, and it was damped: only the weights, whose names end in W.",
            ),
            Suspect("bias-stays", value, f"{name} takes part in the step, too, without damping."),
        ]  # fmt: skip
    else:
        expected, suspects = kept * value - step, _decay_suspects(value, gradient)
    expect_close(parameter.value, expected, what=what, given=given, suspects=suspects)
    expect(
        close(parameter.grad, gradient), "changes-the-gradient",
        f"The values are right, but the gradient of {name} was changed on the way. Others may "
        "still need it: compute into a new array.",
    )  # fmt: skip


def _decay_suspects(W: Array, gradient: Array) -> list[Suspect]:
    step, kept = LR * gradient, 1 - DAMPING
    return [
        Suspect(
            "decay-after", kept * (W - step),
            "The step was damped as well: first damp the weights, then take the step.",
        ),
        Suspect(
            "times-rate", (1 - LR * DAMPING) * W - step,
            "The damping was multiplied by the rate. That is the other form, the penalty.",
        ),
        Suspect("no-decay", W - step, "The weights are not damped."),
        Suspect("no-step", kept * W, "The weights are damped, but the step is missing."),
        Suspect(
            "keeps-the-damping", DAMPING * W - step,
            "Only the share `damping` is left; that is the share to lose.",
        ),
        Suspect("grows", (1 + DAMPING) * W - step, "The weights grow: 1 − damping, not 1 + it."),
        Suspect("subtracts", W - DAMPING - step, "A share of each weight, not the same for all."),
        Suspect("uphill", kept * W + step, "The step goes up the slope: mind the sign."),
        Suspect("no-rate", kept * W - gradient, "The gradient is to be multiplied by lr."),
    ]  # fmt: skip


DECAY = Exercise(
    name="regularization/decay",
    title="Decay before the step",
    check=check_decayed_step,
    solution=solutions.decayed_step,
    hints=(
        "Two lines in a loop over `model.parameters()`; the first one is for weights only.",
        '`parameter.name.endswith("W")` tells a weight from a bias.',
        "`parameter.value *= 1 - damping`, then `parameter.value -= lr * parameter.grad`.",
    ),
    takeaway="The biases stay free: they shift a bend, and do not sharpen it.",
)
