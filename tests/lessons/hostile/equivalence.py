"""Hostile answers that are right after all: why, and inputs on which they prove it."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from minidl.checking.asking import shielded
from minidl.checking.exercise import Exercise
from tests.lessons.helpers import namespace, run_cell
from tests.lessons.hostile.generator import Hostile
from tests.lessons.hostile.runner import answer_of
from tests.lessons.hostile.spoilers import forget

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Explained:
    """Why some hostile answers cannot be told from the solution, as they are right.

    Attributes
    ----------
    reason : str
        A sentence.
    names : tuple of str
        The hostile answers, by the lines that changed: "- return a + b | + return b + a".
    draw : callable
        A function of a generator that returns the arguments of one legal use.
    use : callable
        A function of an answer and of these arguments that returns all that can be seen of the
        answer; by default, it is called. It gets a copy of its own of what `draw` returns, since
        `draw` is called anew with an equal generator.
    """

    reason: str
    names: tuple[str, ...]
    draw: Callable[[np.random.Generator], tuple[Any, ...]]
    use: Callable[..., Any] = lambda answer, *args: answer(*args)


@cache
def explained(slug: str) -> dict[str, list[Explained]]:
    """Return what is explained of a lesson's exercises, by the exercise's word."""
    return getattr(_load(FOLDER / "explained" / f"{slug}.py"), "EXPLAINED", {})


@cache
def written(slug: str) -> dict[str, dict[str, Any]]:
    """Return a lesson's hostile answers that are written by hand: by word, then by name."""
    return getattr(_load(FOLDER / "written" / f"{slug}.py"), "WRITTEN", {})


def _load(path: Path) -> Any:
    if not path.exists():
        return None
    spec = importlib.util.spec_from_file_location(f"{path.parent.name}_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
    spec.loader.exec_module(module)  # type: ignore[union-attr]
    return module


def explanations(exercise: Exercise) -> dict[str, Explained]:
    """Return the explanations of an exercise's hostile answers, by their names."""
    slug, word = exercise.name.split("/")
    return {name: each for each in explained(slug).get(word, []) for name in each.names}


def first_difference(
    exercise: Exercise, hostile: Hostile, explanation: Explained, count: int
) -> str:
    """Return where a hostile answer and the solution differ, or nothing if they never do."""
    right = run_cell(hostile.solution, namespace(exercise.name.split("/")[0]))[exercise.answer]
    answer = answer_of(exercise, hostile)
    with shielded():
        for seed in range(count):
            forget()
            seen = [
                list(_flat(explanation.use(code, *explanation.draw(np.random.default_rng(seed)))))
                for code in (answer, right)
            ]
            if len(seen[0]) != len(seen[1]) or not all(map(_same, *seen)):
                return f"seed {seed}: {seen[0]} in place of {seen[1]}"
    return ""


def _flat(seen: Any) -> Iterator[Any]:
    if isinstance(seen, (tuple, list)):
        for part in seen:
            yield from _flat(part)
    elif isinstance(seen, dict):
        yield from _flat([part for pair in seen.items() for part in pair])
    else:
        yield seen


def _same(one: Any, other: Any) -> bool:
    a, b = np.asarray(one), np.asarray(other)
    if a.dtype.kind not in "fiub" or a.dtype != b.dtype or a.shape != b.shape:
        return a.dtype.kind not in "fiub" and type(one) is type(other) and bool(one == other)
    few = 1e-12 if a.dtype == np.float64 else 1e-6  # the order of additions may differ
    return np.allclose(a, b, rtol=few, atol=0 if few > 1e-9 else 1e-300, equal_nan=True)
