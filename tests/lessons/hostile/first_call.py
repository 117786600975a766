"""What a solution is given, and what it gives, while it is checked."""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np

from minidl.checking.asking import shielded
from minidl.checking.exercise import Exercise
from tests.lessons.helpers import namespace, run_cell
from tests.lessons.hostile.places import statement
from tests.lessons.hostile.spoilers import changes

WAYS = ("arrays", "lists", "params", "grads", "history", "mode")
PLAIN = (bool, int, float, str, np.ndarray, np.generic, type(None))


@dataclass
class Calls:
    """What was seen in the calls of each function.

    Attributes
    ----------
    first : dict
        By function and parameter: what the first call got, where that is a plain value.
    ways : set
        Of function, parameter and way: what could be changed after the result is computed.
    shaped : set
        Names of the functions that return an array with axes.
    numeric : set
        Names of the functions that return a number, an array, or several of them.
    """

    first: dict[tuple[str, str], Any] = field(default_factory=dict)
    ways: set[tuple[str, str, str]] = field(default_factory=set)
    shaped: set[str] = field(default_factory=set)
    numeric: set[str] = field(default_factory=set)

    def begin(self, function: str, values: dict[str, Any]) -> None:
        for name, value in values.items():
            if isinstance(value, PLAIN):
                self.first.setdefault((function, name), copy.deepcopy(value))

    def end(self, function: str, values: dict[str, Any]) -> None:
        for name, value in values.items():
            self.ways |= {(function, name, way) for way in WAYS if any(changes(value, way))}

    def returned(self, function: str, result: Any) -> Any:
        parts = result if isinstance(result, (tuple, list)) else [result]
        if any(np.ndim(part) for part in parts if isinstance(part, np.ndarray)):
            self.shaped.add(function)
        if any(isinstance(part, (float, list, np.ndarray, np.generic)) for part in parts):
            self.numeric.add(function)
        return result


def calls_of_the_solution(exercise: Exercise, code: str) -> Calls:
    """Check the solution, and return what happened in its calls."""
    calls = Calls()
    names = namespace(exercise.name.split("/")[0]) | {"calls": calls}
    answer = run_cell(ast.unparse(Watched().visit(ast.parse(code))), names)[exercise.answer]
    with shielded():
        exercise.check(answer)
    return calls


class Watched(ast.NodeTransformer):
    """Makes functions tell what they are given and what they return."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        given = "{" + ", ".join(f"{a.arg!r}: {a.arg}" for a in node.args.args) + "}"
        self.name = node.name
        self.generic_visit(node)
        begin = statement(f"calls.begin({node.name!r}, {given})")
        end = statement(f"calls.end({node.name!r}, {given})")
        node.body = [begin, ast.Try(node.body, [], [], [end])]
        return ast.fix_missing_locations(node)

    def visit_Return(self, node: ast.Return) -> ast.Return:
        if node.value is None:
            return node
        told = statement(f"return calls.returned({self.name!r}, None)")
        told.value.args[1] = node.value  # type: ignore[attr-defined]
        return told  # type: ignore[return-value]


def given_to_hostile(calls: Calls) -> SimpleNamespace:
    """Return what a hostile answer's code finds under the name `hostile`."""
    from tests.lessons.hostile import spoilers

    return SimpleNamespace(**vars(spoilers), first=calls.first)
