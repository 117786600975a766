"""Runs hostile answers against the check of their exercise."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from minidl.checking.asking import shielded
from minidl.checking.check import Check
from minidl.checking.exercise import Exercise
from tests.lessons.helpers import namespace, run_cell
from tests.lessons.hostile.first_call import calls_of_the_solution, given_to_hostile
from tests.lessons.hostile.generator import Hostile, hostile_answers
from tests.lessons.hostile.legal import changes_nothing, use_of
from tests.lessons.hostile.record import RECORD
from tests.lessons.hostile.spoilers import forget

INPUTS = 100


@dataclass(frozen=True)
class Report:
    """What became of what was generated for an exercise.

    Attributes
    ----------
    idle : list of Hostile
        Those that are not hostile at all, since they change nothing: neither while they are
        checked nor on random legal inputs.
    hostile, survivors : list of Hostile
        The others, and those among them that pass the check.
    """

    idle: list[Hostile]
    hostile: list[Hostile]
    survivors: list[Hostile]


@cache
def run_all(exercise: Exercise) -> Report:
    """Generate the hostile answers of an exercise, and check each."""
    report = Report([], [], [])
    for each in hostile_answers(exercise):
        RECORD.begin()
        right = passes(exercise, each)
        idle = right and not RECORD.changed and is_idle(exercise, each, INPUTS)
        (report.idle if idle else report.hostile).append(each)
        if right and not idle:
            report.survivors.append(each)
    return report


def is_idle(exercise: Exercise, hostile: Hostile, count: int) -> bool:
    """Return whether a hostile answer changes nothing on any of so many legal inputs."""
    use = use_of(exercise)
    return bool(use) and changes_nothing(answer_of(exercise, hostile), use, count)


def all_at_once(answers: list[Hostile]) -> list[Hostile]:
    """Return as few answers as can be that spoil what all of these do, one after another.

    Where results are spoiled, a line becomes `return [spoiled one way, spoiled another way][-1]`.
    """
    spoiled = [each for each in answers if each.operator == "result_spoiled"]
    others = [each for each in answers if each.operator != "result_spoiled"]
    if not spoiled:
        return others
    lines, results = spoiled[0].solution.splitlines(), defaultdict(list)
    for each in spoiled:
        for i, line in enumerate(each.code.splitlines()):
            if line != lines[i]:
                results[i].append(line[len(_head(lines[i])) :])
    for i, found in results.items():
        lines[i] = f"{_head(lines[i])}[{', '.join(found)}][-1]"
    return [*others, Hostile("result_spoiled", "\n".join(lines), spoiled[0].solution)]


def _head(line: str) -> str:
    found = re.match(r" *(return |.*? [-+*/]?= )", line)
    assert found, f"expected a line that returns or keeps a result, received {line}"
    return found.group()


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
