"""The check of the exercise "ctc/collapse"."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.difference import Difference, differ
from minidl.checking.exercise import Exercise
from minidl.checking.showing import describe_answer
from minidl.checking.verdicts import WrongAnswer, expect
from minidl.lessons.ctc import solutions
from minidl.lessons.ctc.mistakes.collapse import MISTAKES

SHORT = ("A", "-", "AA", "A-", "-A", "AB", "A-A", "ABA", "--A", "BB-", "A--B", "BA-A", "AA-A")


def random_paths() -> list[str]:
    """Return paths of 3 to 57 moments over two to twenty-five letters, the shortest first."""
    paths = []
    for seed in range(24):
        rng = np.random.default_rng(seed)
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: 2 + seed]
        said = rng.choice(list("-" + letters), int(rng.integers(3, 20)))
        paths.append("".join(said.repeat(rng.integers(1, 4, len(said)))))
    return sorted(paths, key=len)


PATHS = (*SHORT, *random_paths())


class Reading(Difference):
    """A text that is not the right one; for the engine, the numbers of its letters."""

    def verdict(self, *, sure: bool = True) -> WrongAnswer:
        """Return `values` with the example, whatever the lengths of both texts."""
        return WrongAnswer("values", f"The label is not right. {self.example()}")

    def example(self) -> str:
        """Return the path and both texts as a sentence."""
        want, got = ("".join(map(chr, codes)) for codes in (self.expected, self.received))
        return f'For "{self.given}": expected "{want}", received "{got}".'


def check_collapse(collapse: Any) -> None:
    """Check what paths read as, the shortest first."""
    for path in PATHS:
        label, right = ask(collapse, path), solutions.collapse(path)
        if type(label) is not str:
            expect(False, MISTAKES["no-text"], path=path, kind=describe_answer(label))
        elif label != right:
            differ(_reading(path, right, label))


def _reading(path: str, right: str, label: str) -> Reading:
    return Reading(
        _codes(label), _codes(right), "the label", None, path, (), "values", "", 0.0, 0.0,
        example_of=path.encode(),
    )  # fmt: skip


def _codes(text: str) -> npt.NDArray[Any]:
    return np.array([ord(letter) for letter in text], int)


COLLAPSE = Exercise(
    name="ctc/collapse",
    title="What a path reads as",
    check=check_collapse,
    solution=solutions.collapse,
    mistakes=MISTAKES,
    hints=(
        "Go through the path with a loop, and remember what was said the moment before.",
        "A moment adds to the label if it is no blank and differs from the moment before.",
        "Keep `before` up to date at blanks, too: that is what parts the two T of `T-T`.",
    ),
    takeaway="Merge first, then leave blanks out: so a blank can part two equal letters.",
)
