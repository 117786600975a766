"""Every exercise of every lesson: its blank, its solution, its mistakes, and hostile answers."""

import ast
import warnings
from importlib import import_module

import pytest

from minidl.exercises import LESSONS, Check, exercise, lesson_exercises
from tests.lessons.helpers import (
    all_exercises,
    blank_and_next,
    namespace,
    run_cell,
)

EXERCISES = all_exercises()
GENERAL = {"ungradable", "raises"}  # no mistake may be planted to get merely these
each_exercise = pytest.mark.parametrize("task", EXERCISES, ids=[e.name for e in EXERCISES])


def slug_of(task):
    return task.name.split("/")[0]


@pytest.mark.parametrize("slug", LESSONS)
def test_a_lessons_exercises_bear_its_name(slug):
    assert all(name.startswith(f"{slug}/") for name in lesson_exercises(slug))


@each_exercise
def test_a_room_has_a_file_for_the_check_and_one_for_the_mistakes_of_an_exercise(task):
    slug, word = task.name.split("/")
    room, file = f"minidl.lessons.{slug}", word.replace("-", "_")
    assert task.check.__module__ == f"{room}.checks.{file}"
    assert import_module(f"{room}.mistakes.{file}").MISTAKES is task.mistakes


@each_exercise
def test_the_blank_of_the_lesson_runs_and_is_not_attempted(task):
    blank, _ = blank_and_next(task)
    answer = run_cell(blank, namespace(slug_of(task)))[task.answer]
    outcome = exercise(task.name)(answer)
    assert outcome.status == "not attempted", outcome


@each_exercise
def test_the_next_cell_of_the_lesson_checks_the_answer(task):
    _, following = blank_and_next(task)
    constants = [n.value for n in ast.walk(ast.parse(following)) if isinstance(n, ast.Constant)]
    assert task.name in constants
    last = ast.parse(following).body[-1]
    assert isinstance(last, ast.Expr)
    assert isinstance(last.value, ast.Call)
    assert ast.unparse(last.value.args[0]) == task.answer


@each_exercise
def test_the_solution_pasted_into_the_cell_is_right(task):
    code = str(exercise(task.name).solution())
    answer = run_cell(code, namespace(slug_of(task)))[task.answer]
    outcome = exercise(task.name)(answer)
    assert outcome.right, outcome


@each_exercise
def test_the_solution_is_not_the_blank(task):
    assert "..." not in str(exercise(task.name).solution())


@each_exercise
def test_at_least_three_mistakes_are_planted(task):
    named = {mistake.diagnosis for mistake in task.mistakes}
    assert len(named) >= 3
    assert not GENERAL & named


@pytest.mark.parametrize(
    ("task", "mistake"),
    [(task, mistake) for task in EXERCISES for mistake in task.mistakes],
    ids=lambda part: getattr(part, "diagnosis", None) or getattr(part, "name", None),
)
def test_a_planted_mistake_gets_its_own_diagnosis(task, mistake):
    outcome = Check(task)(mistake.code)
    assert (outcome.status, outcome.diagnosis) == ("wrong", mistake.diagnosis), outcome
    assert mistake.sentence.split("{")[0] in outcome.text, "its own sentence is not heard"
    assert "{" not in outcome.text, "a place of the sentence is not filled in"


def recursive(*args, **options):
    return recursive(*args, **options)


class RaisesWhenMade:
    def __init__(self, *args, **options):
        raise RuntimeError("not today")


class RaisesWhenShown:
    def __repr__(self):
        raise RuntimeError("not today")

    __str__ = __repr__

    def __eq__(self, other):
        raise RuntimeError("not today")

    __hash__ = None


def raises_unshowable(*args, **options):
    class Unshowable(Exception):
        def __str__(self):
            raise RuntimeError("not today")

    raise Unshowable


def quits(*args, **options):
    raise SystemExit(1)


def chatters(*args, **options):
    print("hello")  # noqa: T201
    warnings.warn("careful", stacklevel=2)
    return {"an": "answer"}


HOSTILE = {
    "a number": 3,
    "a text": "relu",
    "an object": object(),
    "an empty list": [],
    "a dict": {},
    "a class": RaisesWhenMade,
    "an object that cannot be shown": RaisesWhenShown(),
    "a function that returns one": lambda *args, **options: RaisesWhenShown(),
    "a function without arguments": lambda: 0,
    "a function that divides by zero": lambda *args, **options: 1 / 0,
    "a function that returns a text": lambda *args, **options: "text",
    "a function that returns nan": lambda *args, **options: float("nan"),
    "a function that returns functions": lambda *args, **options: lambda *a, **o: object(),
    "infinite recursion": recursive,
    "an error that cannot be shown": raises_unshowable,
    "an exit": quits,
    "prints and warnings": chatters,
}


@each_exercise
@pytest.mark.parametrize("answer", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_answer_is_wrong_and_harms_nothing(task, answer, capsys):
    outcome = Check(task)(answer)
    assert outcome.status == "wrong"
    assert outcome.diagnosis
    assert repr(outcome)
    assert "0x" not in repr(outcome), "an address would change from run to run"
    assert capsys.readouterr() == ("", "")


@each_exercise
def test_hints_are_sentences(task):
    for hint in task.hints:
        assert len(hint.split()) > 2
        assert hint.rstrip()[-1] in ".?!`"
