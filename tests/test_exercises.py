import os
import shutil
import subprocess
import sys

import pytest
import yaml

from minidl.exercises import LESSONS, exercise, lesson_exercises
from tests.lessons.helpers import ROOT


def test_the_lessons_are_those_of_the_outline():
    text = (ROOT / "course" / "outline.yml").read_text(encoding="utf-8")
    slugs = [chapter["slug"] for chapter in yaml.safe_load(text)["chapters"]]
    assert sorted(LESSONS) == sorted(slugs)


def test_a_new_lesson_is_found_by_its_room_alone(tmp_path):
    lessons = shutil.copytree(ROOT / "src" / "minidl", tmp_path / "minidl") / "lessons"
    for file in shutil.copytree(lessons / "neurons", lessons / "zebras").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        text = text.replace("neurons/", "zebras/").replace("lessons.neurons", "lessons.zebras")
        file.write_text(text, encoding="utf-8")
    code = (
        "import minidl.exercises as e; print(e.exercise('zebras/separate')((-0.5, 1, -1)).status)"
    )
    env = os.environ | {"PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert run.stdout.strip() == "right", run.stderr


def test_names_find_their_exercise():
    for name, task in lesson_exercises("moons").items():
        assert exercise(name).exercise is task


def test_each_call_gives_a_check_with_its_own_hints():
    name = next(iter(lesson_exercises("moons")))
    first, second = exercise(name), exercise(name)
    assert first.hint() == second.hint()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("moons/bec", "exercise of the lesson 'moons', received 'bec'; did you mean 'bce'?"),
        ("moons/zzz", "received 'zzz'; try one of "),
        ("moon/bce", "a lesson's name, received 'moon'; did you mean 'moons'?"),
        ("zzz/relu", "a lesson's name, received 'zzz'; try one of activations, backpropagation"),
        ("relu", "expected a name such as 'activations/relu', received 'relu'"),
        (3, "expected a name such as 'activations/relu', received 3"),
    ],
)
def test_unknown_names_are_answered_with_the_nearest(name, words):
    with pytest.raises(ValueError, match="exercise: expected") as caught:
        exercise(name)
    assert words in str(caught.value)


def test_a_lesson_is_loaded_only_when_asked_for():
    code = (
        "import sys, minidl.exercises as e; a = 'minidl.lessons.moons.checks.bce' in sys.modules; "
        "e.exercise('moons/bce'); print(a, 'minidl.lessons.moons.checks.bce' in sys.modules, "
        "'matplotlib' in sys.modules, 'IPython' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True", "False", "False"]
