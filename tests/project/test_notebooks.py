"""The built notebooks as they are stored: run from top to bottom, plain, fit to be looked at."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course.build import check
from course.claims import read_claims
from course.lesson import Chapter, read_lesson, read_outline, text_of
from course.outputs import PNG, WIDGET_VIEW
from minidl.exercises import LESSONS, lesson_exercises
from tests.project.lesson_run import explorer_cells
from tests.project.settings import ROOT

pytestmark = pytest.mark.once

OUTLINE = read_outline(ROOT)
LARGEST = 3_000_000  # bytes
PATHS = re.compile(r"/(?:root|home|Users|tmp|work)/|[A-Z]:\\\\|site-packages")
ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}\b")
SCALAR_REPR = re.compile(r"\bnp\.(?:float|int|bool)[0-9_]*\(")

UNREAD = re.compile(r"^```.*?^```|\$\$.*?\$\$|\$[^$]*\$", re.MULTILINE | re.DOTALL)
REFERENCES = re.compile(r"^## References$", re.MULTILINE)

each_chapter = pytest.mark.parametrize("chapter", OUTLINE, ids=lambda chapter: chapter.slug)


def path_of(chapter: Chapter) -> Path:
    """Return where a chapter's notebook lies."""
    return ROOT / "notebooks" / chapter.notebook_name


def code_cells(chapter: Chapter) -> list[Any]:
    """Return the cells of a notebook that hold code."""
    notebook = nbformat.read(path_of(chapter), as_version=4)
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def outputs_of(chapter: Chapter) -> list[Any]:
    """Return all outputs of a notebook."""
    return [output for cell in code_cells(chapter) for output in cell.outputs]


def test_no_notebook_is_stale() -> None:
    assert check(OUTLINE, OUTLINE, ROOT) == []


def test_no_notebook_is_left_over() -> None:
    found = {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert found == {chapter.notebook_name for chapter in OUTLINE}


def test_every_chapter_has_exercises() -> None:
    assert sorted(LESSONS) == sorted(chapter.slug for chapter in OUTLINE)


def test_a_chapter_comes_after_its_prerequisites() -> None:
    for number, chapter in enumerate(OUTLINE):
        assert set(chapter.prerequisites) <= {before.slug for before in OUTLINE[:number]}


def words_of_prose(chapter: Chapter) -> int:
    """Return how many words a reader reads: without code, formulas and the list of references."""
    notebook = read_lesson(chapter, OUTLINE, ROOT)
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return len(UNREAD.sub("", REFERENCES.split(text)[0]).split())


@each_chapter
def test_a_lesson_is_no_longer_than_its_kind_allows(chapter: Chapter) -> None:
    words, most = words_of_prose(chapter), chapter.demands.words
    assert words <= most, f"{chapter.slug}: {words} words, at most {most} for a {chapter.kind}"


@each_chapter
def test_a_lesson_has_the_exercises_of_its_kind(chapter: Chapter) -> None:
    found, demands = len(lesson_exercises(chapter.slug)), chapter.demands
    assert demands.exercises <= found <= demands.most_exercises, (
        f"{chapter.slug}: {found} exercises, expected {demands.exercises} to "
        f"{demands.most_exercises} for a {chapter.kind}"
    )
    assert len([cell for cell in code_cells(chapter) if "exercise" in cell.metadata]) == found


@each_chapter
def test_a_lesson_has_the_explorers_of_its_kind(chapter: Chapter) -> None:
    found, least = (
        len(explorer_cells(read_lesson(chapter, OUTLINE, ROOT))),
        chapter.demands.explorers,
    )
    assert found >= least, (
        f"{chapter.slug}: {found} explorers, expected {least} or more for a {chapter.kind}"
    )


@each_chapter
def test_every_claim_stands_behind_a_cell_that_nbval_runs(chapter: Chapter) -> None:
    claims = read_claims(text_of(chapter, ROOT), f"course/{chapter.slug}.md")
    places = {claim.after for claim in claims if claim.code}
    assert places <= set(range(1, len(code_cells(chapter)) + 1))


@each_chapter
def test_nothing_is_left_to_write(chapter: Chapter) -> None:
    left = [line for line in text_of(chapter, ROOT).splitlines() if "To write:" in line]
    assert left == [], f"course/{chapter.slug}.md"


@each_chapter
def test_notebook_is_valid_and_has_unique_ids(chapter: Chapter) -> None:
    notebook = nbformat.read(path_of(chapter), as_version=4)
    nbformat.validate(notebook)
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)


@each_chapter
def test_every_code_cell_ran_in_order(chapter: Chapter) -> None:
    counts = [cell.execution_count for cell in code_cells(chapter)]
    assert counts == list(range(1, len(counts) + 1))


@each_chapter
def test_no_cell_failed_or_warned(chapter: Chapter) -> None:
    for output in outputs_of(chapter):
        assert output.output_type != "error"
        assert output.get("name") != "stderr"


@each_chapter
def test_nothing_of_a_widget_or_a_machine_is_stored(chapter: Chapter) -> None:
    text = path_of(chapter).read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    assert "widgets" not in notebook.metadata
    assert WIDGET_VIEW not in text
    assert not PATHS.search(text)
    assert "version" not in notebook.metadata.language_info
    assert len(text.encode("utf-8")) < LARGEST


@each_chapter
def test_printed_text_repeats_on_any_machine(chapter: Chapter) -> None:
    for output in outputs_of(chapter):
        text = output.get("text", "") + output.get("data", {}).get("text/plain", "")
        assert not ADDRESS.search(text), text
        assert not SCALAR_REPR.search(text), text


@each_chapter
def test_every_cell_that_plots_stores_a_picture(chapter: Chapter) -> None:
    for cell in code_cells(chapter):
        last = cell.source.rstrip().rpartition("\n")[2]
        if last.startswith("plt.show(") or re.search(r"_(explorer|stepper)\(", last):
            assert any(PNG in output.get("data", {}) for output in cell.outputs), cell.source


@each_chapter
def test_every_picture_has_an_alternative_text(chapter: Chapter) -> None:
    for cell in code_cells(chapter):
        for output in cell.outputs:
            if PNG in output.get("data", {}):
                alt = output.metadata.get(PNG, {}).get("alt", "")
                assert len(alt.split()) >= 4, f"add :alt: to the cell:\n{cell.source}"


@each_chapter
def test_no_cell_hides_its_output_behind_a_semicolon(chapter: Chapter) -> None:
    for cell in code_cells(chapter):
        assert not cell.source.rstrip().endswith(";"), cell.source


@each_chapter
def test_every_blank_is_not_attempted(chapter: Chapter) -> None:
    shown = [output.get("data", {}).get("text/plain", "") for output in outputs_of(chapter)]
    outcomes = [text for text in shown if re.match(r"Right:|Not right yet:|Not attempted:", text)]
    blanks = [cell for cell in code_cells(chapter) if "exercise" in cell.metadata]
    assert len(outcomes) == len(blanks)
    assert all(text.startswith("Not attempted:") for text in outcomes), outcomes
