"""An answer that gives what a known mistake gives in one call only is not told of that mistake."""

import types

import pytest

from minidl.checking import Check
from minidl.checking.check import _of_mistake
from tests.lessons.helpers import all_exercises

FUNCTIONS = [
    task
    for task in all_exercises()
    if isinstance(task.solution, types.FunctionType) and not task.name.startswith("activations/")
]
"""Exercises with a function each; those on activations have many inputs in one call."""

FACTS = {"graph/order", "debugging/diagnose", "tuning/deal"}
"""Exercises in which each diagnosis is a fact that is seen, or one of all calls together."""

FEW = 6  # mistakes of each, to save time


def mistaken_once(task, mistake, call):
    """Return an answer that is right in all calls but one."""
    calls = []

    def answer(*args, **options):
        calls.append(args)
        code = mistake.code if len(calls) == call + 1 else task.solution
        return code(*args, **options)

    return answer


@pytest.mark.once
@pytest.mark.parametrize("task", FUNCTIONS, ids=[task.name for task in FUNCTIONS])
def test_a_mistake_that_an_answer_meets_once_is_not_named(task):
    compared = [each for each in task.mistakes if each.sentence and _of_mistake(task.check, each)]
    assert compared or task.name in FACTS
    for call, mistake in enumerate(compared[:FEW]):
        outcome = Check(task)(mistaken_once(task, mistake, call % 2))
        assert outcome.diagnosis != mistake.diagnosis, outcome
