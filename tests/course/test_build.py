"""Building runs a lesson and refuses to overwrite a notebook that somebody has edited."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course import build
from course.stored import code_cells
from tests.course.helpers import FIRST, write_course

CLAIM = '% "A word": len(In) > 0'
NEW = "  - {slug: new, title: New, question: Newer, minutes: 5, kind: short}\n\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Write a small course."""
    write_course(tmp_path)
    return tmp_path


@pytest.fixture
def unexecuted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the kernel where it is not the point."""
    monkeypatch.setattr(build, "execute", lambda notebook, claims, name: None)


@pytest.fixture
def executed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the titles of the notebooks that are run instead of running them."""
    titles: list[str] = []

    def execute(notebook: Any, claims: Any, name: str) -> None:
        titles.append(notebook.cells[0].source.partition("\n")[0])
        for number, cell in enumerate(code_cells(notebook), start=1):
            cell.execution_count = number
            cell.outputs = [nbformat.v4.new_output("stream", text=f"{len(titles)}, {number}\n")]

    monkeypatch.setattr(build, "execute", execute)
    return titles


def outputs_of(path: Path) -> list[tuple[Any, Any]]:
    """Return counts and outputs of a notebook's cells."""
    cells = code_cells(nbformat.read(path, as_version=4))
    return [(cell.execution_count, cell.outputs) for cell in cells]


def notebook_of(root: Path) -> Path:
    """Return where the first lesson's notebook lies."""
    return root / "notebooks" / "01_first.ipynb"


def edit(path: Path, old: str, new: str) -> None:
    """Replace some text in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def built(root: Path, *arguments: str) -> int:
    """Build the first lesson."""
    return build.main(["first", *arguments], root=root)


def test_a_built_notebook_holds_outputs_and_nothing_of_the_machine(course: Path) -> None:
    assert built(course) == 0
    text = notebook_of(course).read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert [cell.outputs for cell in notebook.cells if cell.cell_type == "code"] == [
        [{"name": "stdout", "output_type": "stream", "text": "2\n"}],
        [],
    ]
    assert set(notebook.metadata) == {"kernelspec", "language_info", "minidl"}
    assert "version" not in notebook.metadata.language_info
    assert not re.search(r'"execution": ?{|iopub|/(root|home|tmp)/', text)


def test_building_again_without_a_change_runs_nothing(course: Path, executed: list[str]) -> None:
    built(course)
    before = notebook_of(course).read_bytes()
    built(course)
    assert executed == ["# 1. First"]
    assert notebook_of(course).read_bytes() == before


def test_a_rerun_runs_what_has_not_changed(course: Path, executed: list[str]) -> None:
    built(course)
    built(course, "--rerun")
    assert executed == ["# 1. First", "# 1. First"]


def test_new_words_keep_the_outputs_and_new_code_does_not(
    course: Path, executed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    built(course)
    edit(course / "course" / "first.md", "A word", "A phrase")
    assert built(course) == 0
    assert "kept the outputs of 01_first.ipynb" in capsys.readouterr().out
    assert "A phrase" in notebook_of(course).read_text(encoding="utf-8")
    assert executed == ["# 1. First"]
    edit(course / "course" / "first.md", "1 + 1", "1 + 2")
    assert built(course) == 0
    assert executed == ["# 1. First", "# 1. First"]


def test_a_new_claim_is_put_to_the_test_and_other_words_in_it_are_not(
    course: Path, executed: list[str]
) -> None:
    built(course)
    edit(course / "course" / "first.md", "1 + 1)\n```", f"1 + 1)\n```\n\n{CLAIM}")
    assert built(course) == 0
    assert executed == ["# 1. First", "# 1. First"]
    edit(course / "course" / "first.md", '% "A word"', '% "word on it"')
    assert built(course) == 0
    assert executed == ["# 1. First", "# 1. First"]


def test_a_chapter_put_in_gives_the_next_ones_new_numbers_and_runs_none_of_them(
    course: Path, executed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    build.main([], root=course)
    (course / "course" / "new.md").write_text("# New\n\n**Why new?**\n", encoding="utf-8")
    edit(course / "course" / "outline.yml", "  - slug: first", NEW + "  - slug: first")
    assert build.main(["--check"], root=course) == 1
    assert "02_first.ipynb has older words, links or another number" in capsys.readouterr().err
    executed.clear()
    before = outputs_of(notebook_of(course))
    assert build.main([], root=course) == 0
    assert executed == ["# 1. New"]
    assert outputs_of(course / "notebooks" / "02_first.ipynb") == before
    assert not notebook_of(course).exists()
    assert build.main(["--check"], root=course) == 0


def test_an_edited_notebook_is_not_renumbered(course: Path, executed: list[str]) -> None:
    build.main([], root=course)
    (course / "course" / "new.md").write_text("# New\n\n**Why new?**\n", encoding="utf-8")
    edit(course / "course" / "outline.yml", "  - slug: first", NEW + "  - slug: first")
    edit(notebook_of(course), "print(1 + 1)", "print(3)")
    assert build.main([], root=course) == 1
    assert "print(3)" in notebook_of(course).read_text(encoding="utf-8")


def test_outputs_of_a_reader_are_not_kept(course: Path, executed: list[str]) -> None:
    built(course)
    edit(notebook_of(course), "1, 1", "7, 7")
    built(course)
    assert len(executed) == 2
    assert "7, 7" not in notebook_of(course).read_text(encoding="utf-8")


def test_the_readmes_table_is_built_and_checked(
    course: Path, executed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    build.main([], root=course)
    readme = course / "README.md"
    row = "| 1 | [First](notebooks/01_first.ipynb) | What is one and one? | 5 |\n"
    assert row in readme.read_text(encoding="utf-8")
    edit(readme, "one and one", "two and two")
    assert build.main(["--check"], root=course) == 1
    assert "README.md has an old table of chapters" in capsys.readouterr().err
    assert build.main([], root=course) == 0
    assert row in readme.read_text(encoding="utf-8")


def test_a_readme_without_a_place_for_the_table_is_refused(
    course: Path, executed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    edit(course / "README.md", "<!-- end of chapters -->", "")
    assert build.main(["--check"], root=course) == 1
    assert "expected the lines <!-- chapters -->" in capsys.readouterr().err


def test_building_twice_gives_the_same_bytes(course: Path) -> None:
    built(course)
    first = notebook_of(course).read_bytes()
    built(course, "--rerun")
    assert notebook_of(course).read_bytes() == first
    assert first.endswith(b"}\n")
    assert b"\r" not in first


def test_a_cell_that_raises_stops_the_build_and_leaves_the_old_notebook(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    built(course)
    before = notebook_of(course).read_bytes()
    write_course(course, first=FIRST.replace("1 + 1", "1 / 0"))
    assert built(course) == 1
    assert "ZeroDivisionError" in capsys.readouterr().err
    assert notebook_of(course).read_bytes() == before


@pytest.mark.usefixtures("unexecuted")
def test_an_edited_notebook_is_overwritten_only_by_force(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    built(course)
    edit(notebook_of(course), "print(1 + 1)", "print(3)")
    assert built(course) == 1
    assert "01_first.ipynb was edited by hand" in capsys.readouterr().err
    assert "print(3)" in notebook_of(course).read_text(encoding="utf-8")
    assert built(course, "--force") == 0
    assert "print(3)" not in notebook_of(course).read_text(encoding="utf-8")


@pytest.mark.usefixtures("unexecuted")
def test_outputs_and_counts_are_no_edit(course: Path) -> None:
    built(course)
    notebook: Any = nbformat.read(notebook_of(course), as_version=4)
    notebook.cells[1].execution_count = 7
    notebook.metadata.language_info.version = "3.99"
    nbformat.write(notebook, notebook_of(course))
    assert built(course, "--check") == 0
    assert built(course) == 0


@pytest.mark.usefixtures("unexecuted")
def test_check_passes_right_after_a_build(course: Path) -> None:
    assert build.main([], root=course) == 0
    assert build.main(["--check"], root=course) == 0


@pytest.mark.usefixtures("unexecuted")
@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (
            lambda root: edit(root / "course" / "first.md", "word", "phrase"),
            "has older words, links or another number than its lesson",
        ),
        (
            lambda root: edit(root / "course" / "first.md", "1 + 1", "2 + 2"),
            "is older than its lesson",
        ),
        (
            lambda root: edit(
                root / "course" / "first.md", "1 + 1)\n```", f"1 + 1)\n```\n\n{CLAIM}"
            ),
            "has claims that were never put to the test",
        ),
        (lambda root: edit(root / "course" / "outline.yml", "Second", "2nd"), "has older words"),
        (lambda root: edit(notebook_of(root), "A word", "A phrase"), "was edited by hand"),
        (lambda root: notebook_of(root).unlink(), "is missing"),
    ],
    ids=["words", "code", "claim", "outline", "notebook", "missing"],
)
def test_check_notices_a_change(
    change: Any, complaint: str, course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    built(course)
    change(course)
    assert built(course, "--check") == 1
    message = capsys.readouterr().err
    assert f"01_first.ipynb {complaint}" in message or complaint in message
    assert "python -m course build first" in message


def test_a_notebook_with_the_marks_of_a_merge_counts_as_edited(
    course: Path, unexecuted: None, capsys: pytest.CaptureFixture[str]
) -> None:
    built(course)
    path = notebook_of(course)
    path.write_text("<<<<<<< HEAD\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert built(course, "--check") == 1
    assert "was edited by hand" in capsys.readouterr().err
    assert built(course) == 1
    assert built(course, "--force") == 0
    assert built(course, "--check") == 0


def test_check_names_a_notebook_that_no_chapter_has(
    course: Path, unexecuted: None, capsys: pytest.CaptureFixture[str]
) -> None:
    built(course)
    notebook_of(course).with_name("00_old.ipynb").touch()
    assert built(course, "--check") == 1
    assert "00_old.ipynb belongs to no chapter" in capsys.readouterr().err


def test_check_writes_nothing(course: Path) -> None:
    before = (course / "README.md").read_bytes()
    assert built(course, "--check") == 1
    assert (course / "README.md").read_bytes() == before
    assert not (course / "notebooks").exists()


def test_an_unknown_chapter_is_named(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["fisrt"], root=course) == 1
    assert "no chapter is called ['fisrt']; expected one of: first, second, third" in (
        capsys.readouterr().err
    )
