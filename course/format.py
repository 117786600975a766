"""Format the code in the lessons with ruff, which then leaves the built notebooks alone.

    python -m course format                 every chapter
    python -m course format activations     one

Needs ruff, which the README's *Changing the code* installs. A blank is written as a comment and
`...`, each on a line of its own; ruff would put a bare `...` beside the `def`.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import jupytext
import nbformat

if not __package__:  # run as `python course/format.py`
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from course.build import choose
from course.errors import BuildError
from course.lesson import METADATA, ROOT, read_outline

RUFF = (sys.executable, "-m", "ruff")
CONFIG = ("--config", str(ROOT / "pyproject.toml"), "--quiet")


def code_of(path: Path) -> list[str]:
    """Return the source of each code cell of a lesson or of a notebook."""
    is_lesson = path.suffix == ".md"
    notebook = jupytext.read(path, fmt="md:myst") if is_lesson else nbformat.read(path, 4)
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def formatted(sources: Sequence[str]) -> list[str]:
    """Return the cells of a notebook as ruff would have them: imports sorted, lines broken."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lesson.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=METADATA), path)
        fixes = ("check", "--fix", "--exit-zero", "--select=I")
        subprocess.run([*RUFF, *fixes, *CONFIG, str(path)], check=True)
        subprocess.run([*RUFF, "format", *CONFIG, str(path)], check=True)
        return code_of(path)


def format_lesson(path: Path) -> int:
    """Format a lesson in place; return how many cells changed."""
    text, before = path.read_text(encoding="utf-8"), code_of(path)
    changed = 0
    for old, new in zip(before, formatted(before), strict=True):
        if old != new and f"\n{old}\n```" in text:
            text = text.replace(f"\n{old}\n```", f"\n{new}\n```", 1)
            changed += 1
    path.write_text(text, encoding="utf-8", newline="\n")
    return changed


def main(slugs: Sequence[str]) -> int:
    """Format the lessons with these slugs, all of them when none is given."""
    if importlib.util.find_spec("ruff") is None:
        install = f'{sys.executable} -m pip install -e ".[dev]"'
        print(f"format: ruff is missing; to install it: {install}", file=sys.stderr)
        return 1
    try:
        for chapter in choose(read_outline(), slugs):
            path = ROOT / "course" / f"{chapter.slug}.md"
            print(f"{path.name}: {format_lesson(path)} cells changed")
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
