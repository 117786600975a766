"""The check of the exercise "backpropagation/step"."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close, expect_number
from minidl.checking.difference import close
from minidl.checking.exercise import Exercise
from minidl.checking.verdicts import NotAttempted, expect
from minidl.lessons.backpropagation import solutions as solutions
from minidl.lessons.backpropagation.mistakes.step import MISTAKES
from minidl.lessons.backpropagation.shared import expect_nothing_done, square_net
from minidl.losses import MSELoss
from minidl.op import Op

Array = npt.NDArray[Any]
LR = 0.5


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
    expect(any(moved.values()), MISTAKES["nothing-moves"])
    for name in before:
        _expect_moved(name, before[name], after[name], grads[name], moved[name])
    for name, array in arrays.items():
        expect(after[name] is array, MISTAKES["new-array"], name=name)
    _expect_promise(promised, grads)


def _ask_step(descend: Any, model: Op, before: dict[str, Array]) -> Any:
    try:
        return ask(descend, model, LR)
    except NotAttempted:
        expect_nothing_done(all(close(p.value, before[p.name]) for p in model.parameters()))
        raise


def _expect_moved(name: str, before: Array, after: Array, grad: Array, moved: bool) -> None:
    expect(moved, MISTAKES["some-stay"], name=name)
    expect_close(
        after, before - LR * grad, what=f"{name} after the step", diagnosis="step",
        given=f"lr = {LR:g}", because=f"The step of {name} is not right.",
    )  # fmt: skip


def _expect_promise(promised: Any, grads: dict[str, Array]) -> None:
    total = sum(float(np.sum(grad**2)) for grad in grads.values())
    expect_close(
        expect_number(promised, what="the promised fall"), LR * total, what="the promised fall",
        diagnosis="promise", given=f"lr = {LR:g}",
    )  # fmt: skip


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
