"""Workers of pytest-xdist get a lesson, or a file, as a whole."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

from course.lesson import Chapter, read_outline
from tests.project.settings import ROOT


@pytest.fixture(scope="module")
def scope_of() -> Callable[[str], str]:
    """Return the function that names what a test belongs to."""
    spec = importlib.util.spec_from_file_location("sharing_out", ROOT / "conftest.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.scope_of


@pytest.mark.parametrize("chapter", read_outline(ROOT), ids=lambda chapter: chapter.slug)
def test_all_that_runs_a_lesson_stays_together(
    chapter: Chapter, scope_of: Callable[[str], str]
) -> None:
    runs = "tests/browser/test_lessons.py"
    assert Path(ROOT, runs).exists()
    assert scope_of(f"notebooks/{chapter.notebook_name}::Cell 0") == chapter.slug
    assert scope_of(f"{runs}::test_no_cell_fails_or_warns[{chapter.slug}]") == chapter.slug


def test_a_file_stays_together(scope_of: Callable[[str], str]) -> None:
    path = "tests/nn/test_linear.py"
    assert scope_of(f"{path}::test_a[moons]") == scope_of(f"{path}::test_b") == path
