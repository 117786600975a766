"""Results that only pretend to be right are not taken for right, in any exercise."""

import pytest

from minidl.checking import Check
from tests.lessons.helpers import all_exercises
from tests.lessons.lying import LIES, lying_answer

IN_PLACE = {"graph/node", "graph/order", "regularization/decay", "regularization/stopping"}
IN_PLACE |= {"training/listener", "optimizers/resume"}
"""Exercises whose answers return no numbers: they write into what they are given."""
TEXTS = {"ctc/collapse", "debugging/diagnose"}
"""Exercises whose answers return texts: no number that can pretend."""
TASKS = [
    task
    for task in all_exercises()
    if task.name not in IN_PLACE | TEXTS and lying_answer(task.solution, None)
]
PAIRS = [(task, name) for task in TASKS for name in LIES]


@pytest.mark.parametrize(("task", "name"), PAIRS, ids=[f"{t.name}: {n}" for t, n in PAIRS])
def test_a_result_that_pretends_is_refused_in_plain_words(task, name):
    outcome = Check(task)(lying_answer(task.solution, LIES[name]))
    assert outcome.status == "wrong", outcome
    assert outcome.diagnosis not in ("ungradable", "raises"), outcome


def test_the_same_answers_without_a_lie_are_right():
    for task in TASKS:
        assert Check(task)(lying_answer(task.solution, lambda right: right)).right, task.name
