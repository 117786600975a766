"""Hostile answers do not pass a check; those that are right after all are explained and proven.

`hostile/open.py` counts those of which that is still to be shown.

`python -m tests.lessons.hostile` tells how many there are of each exercise.
"""

import os

import pytest

from minidl.exercises import Check
from tests.lessons.helpers import all_exercises, namespace, run_cell
from tests.lessons.hostile.equivalence import (
    explanations,
    first_difference,
    use_of_explained,
    written,
)
from tests.lessons.hostile.generator import hostile_answers
from tests.lessons.hostile.open import OPEN
from tests.lessons.hostile.runner import INPUTS, all_at_once, is_idle, run_all

EXERCISES = all_exercises()
each_exercise = pytest.mark.parametrize("task", EXERCISES, ids=[e.name for e in EXERCISES])
MANY_INPUTS = 10_000
only_everywhere = pytest.mark.skipif(
    "MINIDL_EVERYWHERE" not in os.environ, reason="a minute; set MINIDL_EVERYWHERE=1"
)


@pytest.mark.once
@each_exercise
def test_no_more_hostile_answers_survive_unexplained_than_are_known(task):
    known = explanations(task)
    survivors = [each for each in run_all(task).survivors if each.name not in known]
    listed = "\n".join(f"{each.operator}: {each.name}" for each in survivors)
    most = OPEN.get(task.name, 0)
    assert len(survivors) <= most, f"{len(survivors)} pass the check of {task.name}:\n{listed}"


def expect_equal_to_the_solution(task, count):
    known, survivors = explanations(task), run_all(task).survivors
    stale = set(known) - {each.name for each in survivors}
    assert not stale, f"{stale} are explained, but do not survive"
    for each in survivors:
        if each.name in known:
            use = use_of_explained(task, known[each.name])
            difference = first_difference(task, each, use, count)
            assert not difference, f"{each.name} is not the solution: {difference}"


def may_have_made(hostile, name):
    """Return whether a hostile answer has the lines that a name says are new, seen in a moment."""
    new = [line[2:] for line in name.split(" | ") if line.startswith("+ ")]
    return all(line in hostile.code for line in new)


@each_exercise
def test_an_explained_answer_is_written_as_this_python_writes_it(task):
    answers = hostile_answers(task) if explanations(task) else []
    for name in explanations(task):
        assert any(may_have_made(each, name) and each.name == name for each in answers), name


@pytest.mark.once
@each_exercise
def test_an_explained_answer_equals_the_solution(task):
    expect_equal_to_the_solution(task, INPUTS)


@pytest.mark.slow
@only_everywhere
@each_exercise
def test_an_explained_answer_equals_the_solution_on_very_many_inputs(task):
    expect_equal_to_the_solution(task, MANY_INPUTS)


@pytest.mark.slow
@only_everywhere
@each_exercise
def test_an_answer_that_is_not_counted_changes_nothing_on_very_many_inputs(task):
    for each in all_at_once(run_all(task).idle):
        assert is_idle(task, each, MANY_INPUTS), each.name


@pytest.mark.slow
@only_everywhere
@each_exercise
def test_legal_inputs_are_as_wide_as_those_of_the_check(task):
    """What changes something in the check changes something on them too."""
    report = run_all(task)
    for each in report.hostile:
        assert each in report.survivors or not is_idle(task, each, INPUTS), each.name


@pytest.mark.once
def test_at_most_one_in_twenty_is_explained():
    hostile = sum(len(run_all(task).hostile) for task in EXERCISES)
    explained = sum(len(explanations(task)) for task in EXERCISES)
    assert hostile > 1000
    assert explained <= 0.05 * hostile


HAND_WRITTEN = [
    (task, name)
    for task in EXERCISES
    for name in written(task.name.split("/")[0]).get(task.name.split("/")[1], {})
]


@pytest.mark.parametrize(
    ("task", "name"), HAND_WRITTEN, ids=[f"{t.name}: {n}" for t, n in HAND_WRITTEN]
)
def test_no_hostile_answer_written_by_hand_passes(task, name):
    slug, word = task.name.split("/")
    answer = written(slug)[word][name]
    if isinstance(answer, str):
        answer = run_cell(answer, namespace(slug))[task.answer]
    outcome = Check(task)(answer)
    assert outcome.status == "wrong", outcome
