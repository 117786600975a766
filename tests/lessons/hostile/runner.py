"""Runs hostile answers against the check of their exercise."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from minidl.checking.asking import shielded
from minidl.checking.exercise import Check, Exercise
from tests.lessons.helpers import namespace, run_cell
from tests.lessons.hostile.first_call import calls_of_the_solution, given_to_hostile
from tests.lessons.hostile.generator import Hostile, hostile_answers
from tests.lessons.hostile.spoilers import forget


@dataclass(frozen=True)
class Report:
    """What became of an exercise's hostile answers."""

    exercise: Exercise
    generated: list[Hostile]
    survivors: list[Hostile]


@cache
def run_all(exercise: Exercise) -> Report:
    """Generate the hostile answers of an exercise, and check each."""
    generated = hostile_answers(exercise)
    return Report(exercise, generated, [each for each in generated if passes(exercise, each)])


def passes(exercise: Exercise, hostile: Hostile) -> bool:
    """Return whether the check takes a hostile answer for right."""
    try:
        with shielded(), np.errstate(all="ignore"):
            answer = answer_of(exercise, hostile)
    except Exception:
        return False
    return Check(exercise)(answer).right


def answer_of(exercise: Exercise, hostile: Hostile) -> Any:
    """Run the code of a hostile answer and return what it defines."""
    forget()
    names = namespace(exercise.name.split("/")[0])
    names["hostile"] = _given(exercise, hostile.solution)
    names["__name__"] = "hostile_answer"
    return run_cell(hostile.code, names)[exercise.answer]


@cache
def _given(exercise: Exercise, solution: str) -> Any:
    return given_to_hostile(calls_of_the_solution(exercise, solution))
