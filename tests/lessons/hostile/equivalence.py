"""Hostile answers that are right after all: why, and inputs on which they prove it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from minidl.checking.asking import shielded
from minidl.checking.exercise import Exercise
from minidl.checking.keeping import kept
from tests.lessons.helpers import namespace, run_cell
from tests.lessons.hostile.generator import Hostile
from tests.lessons.hostile.legal import Use, load, use_of
from tests.lessons.hostile.runner import answer_of


@dataclass(frozen=True)
class Explained:
    """Why some hostile answers cannot be told from the solution, as they are right.

    Attributes
    ----------
    reason : str
        A sentence.
    names : tuple of str
        The hostile answers, by the lines that changed: "- return a + b | + return b + a".
    use : Use, optional
        How they are used, if not as all answers of the exercise are.
    """

    reason: str
    names: tuple[str, ...]
    use: Use | None = None


def written(slug: str) -> dict[str, dict[str, Any]]:
    """Return a lesson's hostile answers that are written by hand: by word, then by name."""
    return getattr(load("written", slug), "WRITTEN", {})


def explanations(exercise: Exercise) -> dict[str, Explained]:
    """Return the explanations of an exercise's hostile answers, by their names."""
    slug, word = exercise.name.split("/")
    explained = getattr(load("explained", slug), "EXPLAINED", {}).get(word, [])
    return {name: each for each in explained for name in each.names}


def first_difference(exercise: Exercise, hostile: Hostile, use: Use, count: int) -> str:
    """Return where a hostile answer and the solution differ, or nothing if they never do."""
    right = run_cell(hostile.solution, namespace(exercise.name.split("/")[0]))[exercise.answer]
    answer = answer_of(exercise, hostile)
    with kept(), shielded():  # an answer may draw from NumPy's global state
        for seed in range(count):
            seen = [list(_flat(use.see(code, seed))) for code in (answer, right)]
            if len(seen[0]) != len(seen[1]) or not all(map(_same, *seen)):
                return f"seed {seed}: {seen[0]} in place of {seen[1]}"
    return ""


def use_of_explained(exercise: Exercise, explanation: Explained) -> Use:
    """Return how an explained answer is compared with the solution."""
    use = explanation.use or use_of(exercise)
    assert use, f"{exercise.name}: nobody has written down how its answers are used"
    return use


def _flat(seen: Any) -> Iterator[Any]:
    if isinstance(seen, (tuple, list)):
        for part in seen:
            yield from _flat(part)
    elif isinstance(seen, dict):
        yield from _flat([part for pair in seen.items() for part in pair])
    else:
        yield seen


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, (int, float)) and type(one) is type(other) and one == other:
        return True  # as almost always, and allclose takes its time
    a, b = np.asarray(one), np.asarray(other)
    if a.dtype.kind not in "fiub" or a.dtype != b.dtype or a.shape != b.shape:
        return a.dtype.kind not in "fiub" and type(one) is type(other) and bool(one == other)
    few = 1e-12 if a.dtype == np.float64 else 1e-6  # the order of additions may differ
    return np.allclose(a, b, rtol=few, atol=0 if few > 1e-9 else 1e-300, equal_nan=True)
