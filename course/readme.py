"""The README's table of chapters, made from the outline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from course.errors import BuildError
from course.lesson import Chapter

TABLE = re.compile(r"(?<=<!-- chapters -->\n).*?(?=<!-- end of chapters -->)", re.DOTALL)
HEAD = "| | Chapter | The question | Minutes |\n| --- | --- | --- | --- |\n"


def row(chapter: Chapter) -> str:
    """Return a chapter's line of the table."""
    link = f"[{chapter.title}](notebooks/{chapter.notebook_name})"
    return f"| {chapter.number} | {link} | {chapter.question} | {chapter.minutes} |\n"


def with_table(outline: Sequence[Chapter], root: Path) -> str:
    """Return the README with the table that it should have."""
    readme = (root / "README.md").read_text(encoding="utf-8")
    if not TABLE.search(readme):
        raise BuildError(
            "README.md: expected the lines <!-- chapters --> and <!-- end of chapters --> around "
            "the table of chapters"
        )
    table = HEAD + "".join(row(chapter) for chapter in outline)
    return TABLE.sub(lambda _: f"\n{table}\n", readme, count=1)


def table_is_current(outline: Sequence[Chapter], root: Path) -> bool:
    """Tell whether the README has the outline's chapters and questions."""
    return with_table(outline, root) == (root / "README.md").read_text(encoding="utf-8")


def write_table(outline: Sequence[Chapter], root: Path) -> None:
    """Put the table into the README."""
    readme = with_table(outline, root)
    (root / "README.md").write_text(readme, encoding="utf-8", newline="\n")
