"""Random legal inputs of the exercises, on which hostile answers are compared with solutions."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from minidl.checking.asking import shielded
from minidl.checking.exercise import Exercise
from minidl.checking.keeping import kept
from tests.lessons.hostile.record import RECORD
from tests.lessons.hostile.spoilers import forget

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Use:
    """How an answer is used, on all inputs that its exercise allows.

    Attributes
    ----------
    draw : callable
        A function of a generator that returns the arguments of one legal use: every size, kind
        and magnitude that the text allows, also those that the check does not try.
    use : callable
        A function of an answer and of these arguments that returns all that can be seen of the
        answer; by default, it is called.
    """

    draw: Callable[[np.random.Generator], tuple[Any, ...]]
    use: Callable[..., Any] = lambda answer, *args: answer(*args)

    def see(self, answer: Any, seed: int) -> Any:
        """Use an answer once, on arguments of its own, as if for the first time."""
        forget()
        return self.use(answer, *self.draw(np.random.default_rng(seed)))


def numbers(rng: np.random.Generator, *shape: int) -> Any:
    """Draw numbers of all magnitudes and both signs, some of them 0."""
    drawn = rng.normal(size=shape) * 10.0 ** rng.uniform(-3, 4, shape)
    return np.where(rng.random(shape) < 0.05, 0.0, drawn)


def use_of(exercise: Exercise) -> Use | None:
    """Return how the answers of an exercise are used, if anybody has written it down."""
    slug, word = exercise.name.split("/")
    return getattr(load("explained", slug), "USES", {}).get(word)


@cache
def load(folder: str, slug: str) -> Any:
    """Return the module of a lesson in one of the folders beside this file, or None."""
    path = FOLDER / folder / f"{slug}.py"
    if not path.exists():
        return None
    spec = importlib.util.spec_from_file_location(f"{folder}_{slug}", path)
    module = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
    spec.loader.exec_module(module)  # type: ignore[union-attr]
    return module


def changes_nothing(answer: Any, use: Use, count: int) -> bool:
    """Return whether what spoils a value is reached on legal inputs and leaves all as they are."""
    RECORD.begin()
    with kept(), shielded():  # an answer may draw from NumPy's global state
        for seed in range(count):
            try:
                use.see(answer, seed)
            except Exception:
                return False
            if RECORD.changed:
                return False
    return RECORD.idle
