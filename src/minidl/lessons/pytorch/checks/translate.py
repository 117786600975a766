"""The check of the exercise "pytorch/translate"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.plain import numbers
from minidl.checking.showing import describe_answer
from minidl.checking.verdicts import WrongAnswer, expect, wrong
from minidl.data import ArrayDataset, DataLoader
from minidl.lessons.pytorch import solutions
from minidl.lessons.pytorch.mistakes.translate import MISTAKES
from minidl.losses import CrossEntropyLoss
from minidl.nn import BatchNorm1d, Dropout, Linear, ReLU, Sequential
from minidl.optim import SGD, Adam

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Task:
    """A training, the same each time that its parts are made."""

    seed: int
    sizes: tuple[int, int, int]
    batch_size: int
    num_epochs: int
    adam: bool = False
    norm: bool = False

    def parts(self) -> tuple[Any, ...]:
        """Return the arguments of `fit`."""
        rng = np.random.default_rng(self.seed)
        D, H, M = self.sizes
        X = rng.normal(size=(87, D))
        y = (X @ rng.normal(size=(D, M))).argmax(axis=1)
        norm = [BatchNorm1d(H)] if self.norm else []
        model = Sequential(
            Linear(D, H, rng=rng, name="fc1"), *norm, ReLU(), Dropout(0.5, rng=rng),
            Linear(H, M, rng=rng, name="fc2"),
        )  # fmt: skip
        optimizer = Adam(model, lr=0.05) if self.adam else SGD(model, lr=0.3)
        loader = DataLoader(ArrayDataset(X[:50], y[:50]), self.batch_size, shuffle=True, rng=rng)
        return model, optimizer, CrossEntropyLoss(), loader, (X[50:], y[50:]), self.num_epochs


TASKS = (
    Task(0, (4, 6, 3), 10, 3),
    Task(1, (5, 7, 4), 20, 4),
    Task(2, (3, 8, 5), 7, 2, adam=True),
    Task(3, (6, 5, 4), 13, 5, norm=True),
    Task(4, (2, 9, 3), 50, 6, adam=True, norm=True),
    Task(5, (7, 4, 2), 25, 1),
)


MANY = "The accuracies are not right."
LEFT_OVER = {
    "no attribute 'backward'": "loss-backward",
    "expected a gradient, received none": "no-model-backward",
    ", received ()": "loss-not-gradient",
    "'dim'": "tensors-left",
    "no attribute 'double'": "tensors-left",
    "no attribute 'float'": "tensors-left",
}
"""Which mistake an error tells, by words of it."""


def check_fit(fit: Any) -> None:
    """Check the accuracies after each epoch, and the network that is left."""
    for own, right in trainings():
        epochs = own[-1]
        before = [array.copy() for array in own[4]]
        answer = _ask_fit(fit, own)
        row = numbers(answer)
        if row is None or row.ndim != 1:
            wrong(MISTAKES["not-a-list"], found=describe_answer(answer))
        accuracies = solutions.fit(*right)
        expect(len(row) == epochs, MISTAKES["epochs"], epochs=epochs, found=len(row))
        given = f"{epochs} epochs of {len(own[3])} batches"
        expect_close(row, accuracies, what="the accuracies", given=given, because=MANY)
        own_state, state = own[0].state_dict(), right[0].state_dict()
        for name, array in state.items():
            expect_close(
                own_state[name], array, what="the trained network", given=f"{name} after {given}",
                diagnosis=MISTAKES["other-network"], rtol=1e-7, atol=1e-9,
            )  # fmt: skip
        same = all(map(np.array_equal, before, own[4]))
        expect(same, MISTAKES["changes-data"])


def _ask_fit(fit: Any, parts: tuple[Any, ...]) -> Any:
    """Return the accuracies, and where a line is still PyTorch's, say what it is here."""
    try:
        return ask(fit, *parts)
    except WrongAnswer as fault:
        for words, diagnosis in LEFT_OVER.items():
            if words in fault.sentence:
                wrong(MISTAKES[diagnosis], error=fault.sentence)
        raise


def trainings() -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    """Yield arguments twice, to train two networks alike."""
    for task in TASKS:
        yield task.parts(), task.parts()


TRANSLATE = Exercise(
    name="pytorch/translate",
    title="A loop translated",
    check=check_fit,
    solution=solutions.fit,
    mistakes=MISTAKES,
    hints=(
        "Go through it line by line. Which lines has minidl no need of, since `backward` replaces "
        "gradients and nothing is recorded?",
        "`loss.backward()` goes through the loss and the network at once. Here these are two: "
        "`model.backward(loss_fn.backward())`.",
        "`model.train()`, the batches, `model.eval()`, and "
        "`np.mean(model(dev_X).argmax(axis=1) == dev_y)`.",
    ),
    takeaway="Two lines fall away, and one becomes visible: the way back through the network.",
)
