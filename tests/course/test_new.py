"""A new lesson is laid out so that it runs, and only tests that ask for content are red."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml

from course import new
from course.lesson import read_outline
from course.stored import code_cells
from tests.course.helpers import write_course
from tests.project.settings import ROOT

SLUG, NAME = "residual_nets", "ResidualNets"
ROOM, EXPLORER = f"src/minidl/lessons/{SLUG}", f"src/minidl/explorers/{SLUG}"
TESTS = f"tests/explorers/test_{SLUG}.py"
NUMBER = [chapter.slug for chapter in read_outline(ROOT)].index("graph") + 2
NOTEBOOK = f"notebooks/{NUMBER:02d}_{SLUG}.ipynb"
ASK_FOR_CONTENT = {  # test → what it says
    "test_a_lesson_has_the_exercises_of_its_kind": f"{SLUG}: 1 exercises, expected 4 to 6",
    "test_a_lesson_has_the_explorers_of_its_kind": f"{SLUG}: 1 explorers, expected 2 or more",
    "test_nothing_is_left_to_write": f"course/{SLUG}.md",
}
COPIED = ("course", "notebooks", "src", "tests", "README.md", "conftest.py", "pyproject.toml")


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a module of Python in a copy of the course, on the copy's library."""
    own = {"PYTHONPATH": str(root / "src"), "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(
        command,
        cwd=root,
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out a lesson in the middle of a copy of the course."""
    root = tmp_path_factory.mktemp("course")
    for name in (*COPIED, ".mypy_cache"):  # the cache, where there is one, saves half a minute
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        if (ROOT / name).exists():
            copy(ROOT / name, root / name)
    done = run(root, "course.new", SLUG, "--title", "Residual nets", "--after", "graph")
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture(scope="module")
def built(root: Path) -> subprocess.CompletedProcess[str]:
    """Build the copy's notebooks."""
    return run(root, "course.build")


def outputs_of(root: Path) -> dict[str, list[Any]]:
    """Return the counts and outputs of each notebook's cells, by the notebook's slug."""
    found = {}
    for path in (root / "notebooks").glob("*.ipynb"):
        cells = code_cells(nbformat.read(path, as_version=4))
        shown = [[cell.id, cell.execution_count, cell.outputs] for cell in cells]
        found[path.stem.partition("_")[2]] = json.dumps(shown)
    return found


@pytest.mark.notebook
def test_a_chapter_in_the_middle_runs_no_other_notebook(root: Path, built: Any) -> None:
    assert built.returncode == 0, built.stderr
    ran = re.findall(r"^built (.+)$", built.stdout, re.MULTILINE)
    assert ran == [Path(NOTEBOOK).name]
    before, after = outputs_of(ROOT), outputs_of(root)
    assert after.pop(SLUG)
    assert after == before
    assert (root / "notebooks" / f"{NUMBER + 1:02d}_backpropagation.ipynb").exists()
    check = run(root, "course.build", "--check")
    assert check.returncode == 0, check.stderr


def failures(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """Return the tests that failed, with pytest's word on each."""
    return dict(re.findall(r"^FAILED \S+?::(\w+)\S* - (.+)$", done.stdout, re.MULTILINE))


@pytest.mark.notebook
def test_only_tests_that_ask_for_content_are_red(root: Path, built: Any) -> None:
    quick = ("-q", "-p", "no:cacheprovider", "-n", "0", "--color=no")
    chosen = (
        *("tests/project/test_notebooks.py", "tests/lessons/test_every_exercise.py", NOTEBOOK),
        *(TESTS, "tests/explorers/test_every_explorer.py", "tests/project/test_layers.py"),
    )
    named = f"{SLUG} or {NAME} or stale or left_over or every_chapter or its_layers"
    done = run(root, "pytest", *quick, *chosen, "-k", named)
    found = failures(done)
    assert set(found) == set(ASK_FOR_CONTENT), done.stdout
    for test, words in ASK_FOR_CONTENT.items():
        assert words in found[test]
    assert int(re.findall(r"(\d+) passed", done.stdout)[0]) > 40


@pytest.mark.notebook
def test_no_hostile_answer_to_the_laid_out_exercise_passes(root: Path) -> None:
    done = run(root, "tests.lessons.hostile", SLUG)
    (counts,) = re.findall(rf"^{SLUG}/cube +(\d+) +(\d+) +(\d+) ", done.stdout, re.MULTILINE)
    idle, hostile, killed = map(int, counts)
    assert idle == 0
    assert hostile == killed > 20, done.stdout


@pytest.mark.notebook
def test_a_false_sentence_turns_its_cell_red_where_the_notebook_is_compared(
    root: Path, built: Any
) -> None:
    lesson = root / "course" / f"{SLUG}.md"
    text = lesson.read_text(encoding="utf-8")
    lesson.write_text(text.replace("x[-1] ** 3 == 27", "x[-1] ** 3 == 8"), encoding="utf-8")
    done = run(root, "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", "--color=no", NOTEBOOK)
    lesson.write_text(text, encoding="utf-8")
    assert re.findall(r"^FAILED \S+?::(Cell \d+)", done.stdout, re.MULTILINE) == ["Cell 1"]
    assert f'course/{SLUG}.md, line 34 says "Three cubed is 27."' in done.stdout
    assert "x[-1] ** 3 == 8 is false; x[-1] is 3.0, x[-1] ** 3 is 27.0" in done.stdout


@pytest.mark.once
@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("ruff", ["check", ROOM, EXPLORER, TESTS, "src/minidl/explorers/__init__.py", NOTEBOOK]),
        ("ruff", ["format", "--check", ROOM, EXPLORER, TESTS, NOTEBOOK]),
        ("mypy", [ROOM, EXPLORER]),
    ],
    ids=["lint", "format", "types"],
)
def test_what_is_laid_out_is_clean(
    tool: str, arguments: Sequence[str], root: Path, built: Any
) -> None:
    if importlib.util.find_spec(tool) is None:
        pytest.skip(f"{tool} is not installed")
    done = run(root, tool, *arguments)
    assert done.returncode == 0, done.stdout


# --- what is refused ----------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Write a small course."""
    write_course(tmp_path)
    (tmp_path / "src" / "minidl" / "explorers").mkdir(parents=True)
    shutil.copy(ROOT / "src" / "minidl" / "explorers" / "__init__.py", explorers_of(tmp_path))
    return tmp_path


def explorers_of(root: Path) -> Path:
    """Return the file that exports the explorers."""
    return root / "src" / "minidl" / "explorers" / "__init__.py"


def slugs_of(root: Path) -> list[str]:
    """Return the slugs in the outline, in order."""
    outline = yaml.safe_load((root / "course" / "outline.yml").read_text(encoding="utf-8"))
    return [chapter["slug"] for chapter in outline["chapters"]]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["first"], "expected a slug that no chapter has, received 'first'; try another, or edit"),
        (["Batch-Norm"], "small letters, digits and single underscores"),
        (["class"], "received 'class'; try a name such as batch_norm"),
        (["a" * 25], "at most 24 small letters"),
        (["new", "--after", "fisrt"], "expected one of first, second, third, received 'fisrt'"),
    ],
)
def test_what_cannot_be_laid_out_is_refused_and_nothing_is_written(
    arguments: list[str], complaint: str, small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(small.rglob("*")), slugs_of(small)
    assert new.main(arguments, root=small) == 1
    assert complaint in capsys.readouterr().err
    assert (sorted(small.rglob("*")), slugs_of(small)) == before


def test_a_room_that_is_there_is_not_overwritten(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (small / "src" / "minidl" / "explorers" / "waves").mkdir()
    assert new.main(["waves"], root=small) == 1
    assert "move src/minidl/explorers/waves away" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "order"),
    [
        ([], ["first", "second", "third", "waves"]),
        (["--after", "first"], ["first", "waves", "second", "third"]),
    ],
)
def test_the_outline_gets_the_chapter_in_its_place(
    options: list[str], order: list[str], small: Path
) -> None:
    assert (
        new.main(["waves", *options, "--kind", "short", "--title", 'The "wave"'], root=small) == 0
    )
    assert slugs_of(small) == order
    outline = yaml.safe_load((small / "course" / "outline.yml").read_text(encoding="utf-8"))
    entry = outline["chapters"][order.index("waves")]
    before = order[order.index("waves") - 1]
    assert entry == {
        "slug": "waves",
        "title": 'The "wave"',
        "question": new.QUESTION,
        "minutes": 25,
        "kind": "short",
        "prerequisites": [before],
    }
    text = (small / "course" / "waves.md").read_text(encoding="utf-8")
    assert '# The "wave"\n' in text
    assert "About 25 minutes" in text
    assert not re.search(r"example_?lesson", text, re.IGNORECASE)
