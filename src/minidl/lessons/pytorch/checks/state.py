"""The check of the exercise "pytorch/state"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.borrowing import expect_own
from minidl.checking.comparing import expect_close
from minidl.checking.exactness import expect_exact
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_array
from minidl.checking.showing import describe_answer
from minidl.checking.verdicts import expect, wrong
from minidl.lessons.pytorch import solutions
from minidl.lessons.pytorch.mistakes.state import MISTAKES

Array = npt.NDArray[Any]
State = dict[str, Array]

NETWORKS = (
    ({"fc1": (2, 2)}, np.float64),
    ({"fc1": (2, 2), "fc2": (2, 2)}, np.float64),
    ({"fc1": (3, 4), "fc2": (4, 2)}, np.float64),
    ({"hidden": (5, 6), "out": (6, 1)}, np.float32),
    ({"encoder.fc1": (4, 7), "encoder.fc2": (7, 3), "Wb.b": (3, 5)}, np.float64),
    ({"0": (1, 4), "2": (4, 1)}, np.float32),
)


def states() -> Iterator[State]:
    """Yield states of networks, some in single precision, some with names within names."""
    rng = np.random.default_rng(6)
    for layers, dtype in NETWORKS:
        state = {}
        for name, (inputs, outputs) in layers.items():
            size = 10.0 ** rng.integers(-2, 3)
            state[f"{name}.W"] = (size * rng.normal(size=(inputs, outputs))).astype(dtype)
            state[f"{name}.b"] = (size * rng.normal(size=(1, outputs))).astype(dtype)
        yield state


def check_to_pytorch(to_pytorch: Any) -> None:
    """Check names, shapes, numbers, and that nothing is shared."""
    for state in states():
        before = {name: array.copy() for name, array in state.items()}
        answer = ask(to_pytorch, state)
        if not isinstance(answer, dict):
            wrong(MISTAKES["not-a-dict"], found=describe_answer(answer))
        right = solutions.to_pytorch(before)
        intact = list(state) == list(before) and all(
            np.array_equal(state[name], before[name]) for name in before
        )
        expect(intact, MISTAKES["changes-state"])
        expect(set(answer) == set(right), MISTAKES["names"], wanted=list(right), found=list(answer))
        for name, wanted in right.items():
            kind = name.rpartition(".")[2]
            what, given = f"each {kind}", f"{name} of a network of {len(right) // 2} layers"
            own = expect_array(answer[name], what=name)
            expect_close(own, wanted, what=what, given=given)
            if own.shape == wanted.shape:
                expect(own.dtype == wanted.dtype, "dtype", _dtype(name, own, wanted))
                expect_exact(own, wanted, given=given, rtol=0, atol=0)
            shared = any(np.shares_memory(answer[name], array) for array in state.values())
            expect(not shared, MISTAKES["shared"], name=name)
    expect_own(to_pytorch, state)


def _dtype(name: str, own: Array, wanted: Array) -> str:
    return f"Expected {name} of dtype {wanted.dtype}, as it was, received {own.dtype}."


STATE = Exercise(
    name="pytorch/state",
    title="A state dict for PyTorch",
    check=check_to_pytorch,
    solution=solutions.to_pytorch,
    mistakes=MISTAKES,
    hints=(
        "Go through `state.items()`. What stands behind the last dot of a name says what it is.",
        '`layer, _, kind = name.rpartition(".")`; `array.T` turns a weight round, `array[0]` '
        "takes the one row of a bias.",
        "Both are views of the same memory: `.copy()`.",
    ),
    takeaway="The same numbers, turned round and renamed. Between square layers only a test tells.",
)
