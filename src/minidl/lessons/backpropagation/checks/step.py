"""The check of the exercise "backpropagation/step"."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.borrowing import expect_own
from minidl.checking.comparing import expect_close
from minidl.checking.difference import close
from minidl.checking.exactness import expect_exact
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_number
from minidl.checking.verdicts import NotAttempted, expect
from minidl.lessons.backpropagation import solutions as solutions
from minidl.lessons.backpropagation.mistakes.step import MISTAKES
from minidl.lessons.backpropagation.shared import expect_nothing_done, networks
from minidl.losses import MSELoss
from minidl.op import Op

Array = npt.NDArray[Any]


def check_descend(descend: Any) -> None:
    """Check one step: the arrays themselves move, downhill, and the promise is returned."""
    rates = (0.5, 0.1, 3.0, 0.002, 1.5, 0.03, 40.0, 1e-5)
    for lr, (model, X, labels) in zip(rates, networks(), strict=True):
        solutions.backpropagate(model.layers, MSELoss(), X, labels)
        if lr == 3.0:
            for parameter in model.parameters():
                parameter.grad *= 1e4
        _expect_descent(descend, model, lr)
    expect_own(descend, model, lr)


def _expect_descent(descend: Any, model: Op, lr: float) -> None:
    arrays = {parameter.name: parameter.value for parameter in model.parameters()}
    before = {name: array.copy() for name, array in arrays.items()}
    grads = {parameter.name: parameter.grad.copy() for parameter in model.parameters()}
    promised = _ask_step(descend, model, before, lr)
    after = {parameter.name: parameter.value for parameter in model.parameters()}
    moved = {name: not np.array_equal(after[name], before[name]) for name in before}
    expect(any(moved.values()), MISTAKES["nothing-moves"])
    for name in before:
        expect(moved[name], MISTAKES["some-stay"], name=name)
        expect_close(
            after[name], before[name] - lr * grads[name], what="what the step makes of a parameter",
            diagnosis="step", given=f"{name} and lr = {lr:g}", because="The step is not right.",
        )  # fmt: skip
    for name, array in arrays.items():
        expect(after[name] is array, MISTAKES["new-array"], name=name)
    kept = all(np.array_equal(p.grad, grads[p.name]) for p in model.parameters()) and model.training
    expect(kept, MISTAKES["changes-gradients"])
    _expect_promise(promised, grads, lr)
    for name in before:
        right = before[name] - lr * grads[name]
        expect_exact(after[name], right, given=f"{name} and lr = {lr:g}")


def _ask_step(descend: Any, model: Op, before: dict[str, Array], lr: float) -> Any:
    try:
        return ask(descend, model, lr)
    except NotAttempted:
        expect_nothing_done(all(close(p.value, before[p.name]) for p in model.parameters()))
        raise


def _expect_promise(promised: Any, grads: dict[str, Array], lr: float) -> None:
    total = sum(float(np.sum(grad**2)) for grad in grads.values())
    expect_close(
        expect_number(promised, what="the promised fall"), lr * total, what="the promised fall",
        diagnosis="promise", given=f"lr = {lr:g}",
    )  # fmt: skip
    expect_exact(promised, lr * total, given="the promised fall")


STEP = Exercise(
    name="backpropagation/step",
    title="Find the fault: a step that goes nowhere",
    check=check_descend,
    solution=solutions.descend,
    mistakes=MISTAKES,
    hints=(
        "After `value = value - …`, which array does the name stand for? And the model?",
        "`array -= change` changes the array itself, `array = array - change` makes another.",
        "`parameter.value -= lr * parameter.grad`; the promise was right.",
    ),
    takeaway="Only writing into the array moves the model. `parameter.value = …` works because it "
    "copies into the array; a plain name does not.",
)
