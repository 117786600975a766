"""A lesson's text becomes a numbered, linked notebook with stable cell ids."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.errors import BuildError
from course.lesson import hashes_of, read_lesson, read_outline
from tests.course.helpers import FIRST, write_course


def read(root: Path, slug: str = "first") -> list[dict[str, object]]:
    """Return the cells of a lesson."""
    outline = read_outline(root)
    chapter = next(chapter for chapter in outline if chapter.slug == slug)
    return read_lesson(chapter, outline, root).cells


def test_chapters_are_numbered_by_their_place_in_the_outline(tmp_path: Path) -> None:
    write_course(tmp_path)
    names = [chapter.notebook_name for chapter in read_outline(tmp_path)]
    assert names == ["01_first.ipynb", "02_second.ipynb", "03_third.ipynb"]


def test_the_title_gets_the_chapters_number(tmp_path: Path) -> None:
    write_course(tmp_path)
    assert read(tmp_path, "second")[0]["source"] == "# 2. Second\n\n**Why second?**"


def test_a_lesson_without_its_title_is_refused(tmp_path: Path) -> None:
    write_course(tmp_path, first="# Another title\n")
    with pytest.raises(BuildError, match=r"first\.md: expected the first line to be '# First'"):
        read(tmp_path)


def test_a_lesson_that_is_not_there_is_named(tmp_path: Path) -> None:
    write_course(tmp_path)
    (tmp_path / "course" / "first.md").unlink()
    with pytest.raises(BuildError, match=r"course/first\.md does not exist"):
        read(tmp_path)


def test_links_to_lessons_become_links_to_notebooks(tmp_path: Path) -> None:
    text = (
        "# First\n\n[a](second.md), [b](third.md#part), [c](https://x.org/second.md), `second.md`"
    )
    write_course(tmp_path, first=text)
    source = read(tmp_path)[0]["source"]
    assert "[a](02_second.ipynb), [b](03_third.ipynb#part)" in source
    assert "[c](https://x.org/second.md), `second.md`" in source


def test_the_last_cell_links_to_the_neighbours(tmp_path: Path) -> None:
    write_course(tmp_path)
    ends = [read(tmp_path, slug)[-1]["source"] for slug in ("first", "second", "third")]
    forward, back = "Next: [{}]({}) →", "← Previous: [{}]({})"
    assert ends[0] == "---\n\n" + forward.format("2. Second", "02_second.ipynb")
    assert ends[1] == "---\n\n" + " | ".join(
        [back.format("1. First", "01_first.ipynb"), forward.format("3. Third", "03_third.ipynb")]
    )
    assert ends[2] == "---\n\n" + back.format("2. Second", "02_second.ipynb")


def test_exercise_cells_keep_their_tag_and_their_name(tmp_path: Path) -> None:
    write_course(tmp_path)
    marked = [cell["metadata"] for cell in read(tmp_path) if "exercise" in cell["metadata"]]
    assert marked == [{"tags": ["exercise"], "exercise": "first/one"}]


def test_editing_one_cell_leaves_the_ids_of_the_others_alone(tmp_path: Path) -> None:
    write_course(tmp_path)
    before = read(tmp_path)
    text = (tmp_path / "course" / "first.md").read_text(encoding="utf-8")
    write_course(tmp_path, first=text.replace("print(1 + 1)", "print(2 + 2 + 2)"))
    after = read(tmp_path)
    assert before[0]["source"] == after[0]["source"]
    changed = [a["id"] != b["id"] for a, b in zip(before, after, strict=True)]
    assert changed == ["print" in cell["source"] for cell in before]


def test_equal_cells_have_different_ids(tmp_path: Path) -> None:
    cell = "```{code-cell} ipython3\nprint(1)\n```\n\n"
    write_course(tmp_path, first="# First\n\n" + 3 * cell)
    ids = [cell["id"] for cell in read(tmp_path)]
    assert len(set(ids)) == len(ids) == 5


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("text", "A word", "A phrase"),
        ("code", "1 + 1", "1 + 2"),
        ("code", "[exercise]", "[other]"),
        ("code", "first/one", "first/two"),
    ],
)
def test_each_hash_notices_its_own_part(part: str, old: str, new: str, tmp_path: Path) -> None:
    write_course(tmp_path)
    before = hashes_of(read(tmp_path))
    write_course(tmp_path, first=FIRST.replace(old, new))
    after = hashes_of(read(tmp_path))
    assert [name for name in before if before[name] != after[name]] == [part]


def test_a_text_that_moves_to_another_place_is_noticed(tmp_path: Path) -> None:
    write_course(tmp_path)
    cells = read(tmp_path)
    moved = [cells[1], cells[0], *cells[2:]]
    assert hashes_of(moved)["code"] == hashes_of(cells)["code"]
    assert hashes_of(moved)["text"] != hashes_of(cells)["text"]


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    write_course(tmp_path)
    path = tmp_path / "course" / "outline.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("short", "shrot", 1), encoding="utf-8")
    with pytest.raises(BuildError, match="'first' to be one of lesson, short, received 'shrot'"):
        read_outline(tmp_path)
