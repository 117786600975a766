"""A right answer is right however it is written: three of each exercise, not like the solution.

`alternatives/<slug>.py` has `ALTERNATIVES`, by the exercise's word a list of answers: functions,
classes, values, or the text of a cell.
"""

import importlib.util
from pathlib import Path

import pytest

from minidl.exercises import LESSONS, Check, lesson_exercises
from tests.lessons.helpers import namespace, run_cell

FOLDER = Path(__file__).parent / "alternatives"


def alternatives(slug):
    spec = importlib.util.spec_from_file_location(f"alternatives_{slug}", FOLDER / f"{slug}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.ALTERNATIVES


WRITTEN = {slug: alternatives(slug) for slug in LESSONS if (FOLDER / f"{slug}.py").exists()}
ANSWERS = [
    (f"{slug}/{word}", i)
    for slug, answers in WRITTEN.items()
    for word, several in answers.items()
    for i in range(len(several))
]


@pytest.mark.parametrize("slug", WRITTEN)
def test_each_exercise_has_three(slug):
    assert {name.split("/")[1] for name in lesson_exercises(slug)} == set(WRITTEN[slug])
    assert all(len(answers) >= 3 for answers in WRITTEN[slug].values())


@pytest.mark.parametrize(("name", "i"), ANSWERS, ids=[f"{name}-{i}" for name, i in ANSWERS])
def test_another_right_answer_is_right(name, i):
    slug, word = name.split("/")
    exercise = lesson_exercises(slug)[name]
    answer = WRITTEN[slug][word][i]
    if isinstance(answer, str):
        answer = run_cell(answer, namespace(slug))[exercise.answer]
    outcome = Check(exercise)(answer)
    assert outcome.right, outcome
