"""Finding an exercise by its name. A lesson's exercises are loaded when one is asked for."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Sequence

import minidl.lessons
from minidl.checking.check import Check
from minidl.checking.exercise import Exercise
from minidl.validation import describe

LESSONS = tuple(module.name for module in pkgutil.iter_modules(minidl.lessons.__path__))
"""The lessons that have exercises, found by their rooms; none is loaded for it."""


def exercise(name: str) -> Check:
    """Return the check of an exercise.

    Parameters
    ----------
    name : str
        `lesson/word`, such as `activations/relu`.

    Returns
    -------
    Check
        Call it with your answer; `.hint()` gives the next hint, `.solution()` the code.

    Raises
    ------
    ValueError
        If there is no such exercise; the message names the nearest.

    Examples
    --------
    >>> check = exercise("moons/bce")
    >>> check(...).status
    'not attempted'
    """
    if not isinstance(name, str) or name.count("/") != 1:
        raise ValueError(
            f"exercise: expected a name such as 'activations/relu', received {describe(name)}"
        )
    slug, word = name.split("/")
    if slug not in LESSONS:
        raise ValueError(f"exercise: expected a lesson's name, {_nearest(slug, LESSONS)}")
    found = lesson_exercises(slug)
    if name not in found:
        words = [known.split("/")[1] for known in found]
        raise ValueError(
            f"exercise: expected an exercise of the lesson {slug!r}, {_nearest(word, words)}"
        )
    return Check(found[name])


def lesson_exercises(slug: str) -> dict[str, Exercise]:
    """Return the exercises of a lesson by name, in the lesson's order.

    Parameters
    ----------
    slug : str
        One of `LESSONS`.
    """
    module = importlib.import_module(f"minidl.lessons.{slug}")
    return {exercise.name: exercise for exercise in module.EXERCISES}


def _nearest(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    advice = f"did you mean {near[0]!r}?" if near else f"try one of {', '.join(known)}"
    return f"received {name!r}; {advice}"
