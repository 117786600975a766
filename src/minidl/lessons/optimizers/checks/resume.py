"""The check of the exercise "optimizers/resume"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import make
from minidl.checking.blanks import does_nothing, own_methods
from minidl.checking.difference import close
from minidl.checking.exercise import Exercise
from minidl.checking.verdicts import NotAttempted, expect, wrong
from minidl.lessons.optimizers import solutions as solutions
from minidl.lessons.optimizers.mistakes.resume import MISTAKES
from minidl.lessons.optimizers.shared import EXACT, ask_for_nothing
from minidl.losses import MSELoss
from minidl.nn import Linear, Sequential, Tanh
from minidl.op import Op
from minidl.optim import SGD, Adam, Optimizer, Rprop

BEFORE, AFTER = 3, 4
MAKERS = (
    lambda model: SGD(model, lr=0.3, momentum=0.9),
    lambda model: Adam(model, lr=0.05),
    lambda model: Rprop(model, lr=0.02),
)


def new_training(case: int, seed: int) -> tuple[Op, Optimizer]:
    """Return a small network and an optimizer of one of three kinds."""
    rng = np.random.default_rng(seed)
    model = Sequential(
        Linear(2 + case, 4 + case, rng=rng, name="fc1"), Tanh(),
        Linear(4 + case, 1, rng=rng, name="fc2"),
    )  # fmt: skip
    return model, MAKERS[case](model)


def train(model: Op, optimizer: Optimizer, steps: int) -> dict[str, Any]:
    """Take some steps on a few points; return a copy of the parameters."""
    inputs = model.layers[0].params["W"].shape[0]
    X = np.random.default_rng(7).normal(size=(6, inputs))
    loss_fn = MSELoss()
    for _ in range(steps):
        loss_fn(model(X), X[:, :1] ** 2)
        model.backward(loss_fn.backward())
        optimizer.step()
    return model.state_dict()


def check_checkpoint(checkpoint: Any) -> None:
    """Check that training goes on from a checkpoint as if nothing had happened."""
    if isinstance(checkpoint, type) and _is_blank(checkpoint):
        raise NotAttempted
    for case in range(len(MAKERS)):
        model, optimizer = new_training(case, seed=case)
        train(model, optimizer, BEFORE)
        before = model.state_dict(), str(optimizer.state_dict())
        taken = make(checkpoint, model, optimizer)
        unmoved = _same(model.state_dict(), before[0]) and str(optimizer.state_dict()) == before[1]
        expect(unmoved, MISTAKES["moves"])
        _expect_kept(taken, case, model, optimizer)


def _is_blank(checkpoint: type) -> bool:
    """Return whether none of the class's methods does anything."""
    return all(does_nothing(vars(checkpoint)[name]) for name in own_methods(checkpoint))


def _expect_kept(taken: Any, case: int, model: Op, optimizer: Optimizer) -> None:
    """Expect both to come back, into other objects and into those that went on."""
    kept, memory, rate = model.state_dict(), _memory(optimizer), optimizer.param_groups[0]["lr"]
    straight = train(model, optimizer, AFTER)
    late = _memory(optimizer)
    optimizer.param_groups[0]["lr"] = rate / 10  # as a schedule would leave it
    stranger = new_training(case, seed=90)
    train(*stranger, steps=1)
    for other, its_optimizer in (stranger, (model, optimizer)):
        before, gradients = other.state_dict(), _gradients(other)
        ask_for_nothing(taken.restore, other, its_optimizer)
        _expect_parameters(other, kept, before, straight)
        same = _same(_gradients(other), gradients) and other.training
        expect(same, MISTAKES["changes-more"])
        found = _memory(its_optimizer)
        if not _same(train(other, its_optimizer, AFTER), straight):
            wrong(MISTAKES[{memory: "rate-lost", late: "memory-too-late"}.get(found, "state-lost")])


def _memory(optimizer: Optimizer) -> str:
    """Return what an optimizer remembers, in a form to compare."""
    return str(optimizer.state_dict()["state"])


def _expect_parameters(other: Op, kept: Any, before: Any, straight: Any) -> None:
    """Expect the parameters to be those of the moment when the checkpoint was taken."""
    found = other.state_dict()
    if _same(found, kept):
        return
    if _same(found, straight):
        wrong(MISTAKES["too-late"])
    wrong(MISTAKES["not-restored" if _same(found, before) else "parameters"])


def _gradients(model: Op) -> dict[str, Any]:
    """Return copies of a model's gradients by name."""
    return {p.name: p.grad.copy() for p in model.parameters()}


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(close(one[name], value, **EXACT) for name, value in other.items())


RESUME = Exercise(
    name="optimizers/resume",
    title="Going on as if nothing had happened",
    check=check_checkpoint,
    solution=solutions.Checkpoint,
    mistakes=MISTAKES,
    hints=(
        "Who else remembers something from step to step?",
        "An optimizer has `state_dict()` and `load_state_dict(…)` as a model has.",
        "Keep both at the beginning: `self.optimizer = optimizer.state_dict()`.",
    ),
    takeaway="minidl's `Runner.save_checkpoint` keeps these two, the history and the dice.",
)
