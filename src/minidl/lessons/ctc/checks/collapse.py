"""The check of the exercise "ctc/collapse"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.exercise import Exercise
from minidl.checking.showing import describe_answer
from minidl.checking.verdicts import expect, wrong
from minidl.lessons.ctc import solutions
from minidl.lessons.ctc.mistakes.collapse import MISTAKES

SHORT = ("A", "-", "AA", "A-", "-A", "AB", "A-A", "ABA", "--A", "BB-", "A--B", "BA-A", "AA-A")


def random_paths() -> list[str]:
    """Return paths of 5 to 40 moments over two to twenty-six letters, each with its own share."""
    paths = []
    for seed in range(24):
        rng = np.random.default_rng(seed)
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: 2 + seed]
        said = rng.choice(list("-" + letters), int(rng.integers(3, 20)))
        paths.append("".join(said.repeat(rng.integers(1, 4, len(said)))))
    return sorted(paths, key=len)


PATHS = (*SHORT, *random_paths())


def check_collapse(collapse: Any) -> None:
    """Check what paths read as, the shortest first; then which mistake reads them like that."""
    received = [ask(collapse, path) for path in PATHS]
    for path, label in zip(PATHS, received, strict=True):
        expect(type(label) is str, MISTAKES["no-text"], path=path, kind=describe_answer(label))
    right = [solutions.collapse(path) for path in PATHS]
    failing = [i for i, label in enumerate(received) if label != right[i]]
    if not failing:
        return
    path, want, got = PATHS[failing[0]], right[failing[0]], received[failing[0]]
    example = f'For "{path}": expected "{want}", received "{got}".'
    for mistake in MISTAKES:
        if mistake.sentence and len(failing) > 1 and received == _readings(mistake.code):
            wrong(mistake.diagnosis, f"{mistake.sentence} {example}")
    wrong("values", f"The label is not right. {example}")


def _readings(code: Any) -> list[Any]:
    return [code(path) for path in PATHS]


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
