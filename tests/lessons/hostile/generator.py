"""Hostile answers of an exercise: its solution with one thing changed, as a learner might."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from minidl.checking.exercise import Exercise
from tests.lessons.hostile.first_call import Calls, calls_of_the_solution
from tests.lessons.hostile.operators import OPERATORS
from tests.lessons.hostile.places import Place, places, unparse, without_docstrings
from tests.lessons.hostile.results import WHOLE


@dataclass(frozen=True)
class Hostile:
    """One hostile answer.

    Attributes
    ----------
    operator : str
        What kind of change it is.
    code, solution : str
        The changed code, and the right one.
    """

    operator: str
    code: str
    solution: str

    @property
    def name(self) -> str:
        """The lines that changed, such as "- return a + b | + return a - b"."""
        lines = difflib.ndiff(self.solution.splitlines(), self.code.splitlines())
        return " | ".join(f"{x[0]} {x[2:].strip()}" for x in lines if x[0] in "+-")


def hostile_answers(exercise: Exercise) -> list[Hostile]:
    """Return all hostile answers, each once; none where the answer is no function or class."""
    tree = without_docstrings(ast.parse(exercise.code))
    if not any(isinstance(node, ast.FunctionDef) for node in ast.walk(tree)):
        return []
    solution = unparse(tree)
    found = {solution: ""}
    calls = calls_of_the_solution(exercise, solution)
    for place in places(tree):
        for operator, code in _changed(place, calls):
            found.setdefault(code, operator)
    del found[solution]
    return [Hostile(operator, code, solution) for code, operator in found.items()]


def _changed(place: Place, calls: Calls) -> Iterator[tuple[str, str]]:
    for operator in OPERATORS:
        for new in operator(place):
            yield operator.__name__, place.replaced(new)
    for whole in WHOLE:
        for new in whole(place, calls):
            yield whole.__name__, place.replaced(new)
