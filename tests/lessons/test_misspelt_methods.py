"""A finished class with one misspelt method is told so, and not that nothing was attempted."""

import ast

import pytest

from minidl.exercises import Check
from tests.lessons.helpers import all_exercises, namespace, run_cell


def methods(task):
    """Return the methods that the class of a solution must have, by its own code."""
    tree = ast.parse(task.code)
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    return [
        node.name
        for cls in classes
        if cls.name == task.answer
        for node in cls.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("__")
    ]


TASKS = [
    (task, method)
    for task in all_exercises()
    for method in methods(task)
    if not method.startswith("on_")  # a misspelt hook is refused where the class is defined
]


def test_there_are_class_exercises():
    assert len({task.name for task, _ in TASKS}) >= 10


@pytest.mark.parametrize(("task", "method"), TASKS, ids=[f"{t.name}: {m}" for t, m in TASKS])
def test_a_misspelt_method_is_said_in_its_own_words(task, method):
    wrong_name = method[:-1] + "_" + method[-1:]
    code = task.code.replace(f"def {method}(", f"def {wrong_name}(")
    answer = run_cell(code, namespace(task.name.split("/")[0]))[task.answer]
    outcome = Check(task)(answer)
    assert (outcome.status, outcome.diagnosis) == ("wrong", "missing-method"), outcome
    assert method in outcome.text, outcome
