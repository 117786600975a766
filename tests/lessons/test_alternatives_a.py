"""Right answers are right, however they are written: three lessons' worth of other answers."""

from importlib import import_module

import pytest

from minidl.exercises import exercise, lesson_exercises
from tests.lessons.helpers import namespace, run_cell

CASES = [
    pytest.param(slug, word, code, id=f"{slug}/{word}-{number}")
    for slug in ("moons", "graph", "backpropagation")
    for word, codes in import_module(f"tests.lessons.alternatives.{slug}").ALTERNATIVES.items()
    for number, code in enumerate(codes)
]


@pytest.mark.parametrize(("slug", "word", "code"), CASES)
def test_another_right_answer_is_right(slug, word, code):
    name = f"{slug}/{word}"
    answer = run_cell(code, namespace(slug))[lesson_exercises(slug)[name].answer]
    outcome = exercise(name)(answer)
    assert outcome.right, outcome
