"""Build the notebooks from the lessons.

    python -m course.build                  build every chapter
    python -m course.build activations      build one
    python -m course.build --check          fail when a notebook does not match its lesson

A lesson is a MyST Markdown notebook, `course/<slug>.md`. Building adds the chapter's number and
the links to its neighbours, gives every cell an id that its own text decides, runs the notebook
and stores it with its outputs as `notebooks/<number>_<slug>.ipynb`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

if not __package__:  # run as `python course/build.py`
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from course.lesson import (
    METADATA,
    ROOT,
    BuildError,
    Chapter,
    Notebook,
    hash_of_cells,
    read_lesson,
    read_outline,
)
from course.outputs import tidy

SECONDS_PER_CELL = 120


def execute(notebook: Notebook) -> None:
    """Run a notebook in place, in a folder of its own, and tidy its outputs."""
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(
            notebook,
            timeout=SECONDS_PER_CELL,
            kernel_name="python3",
            record_timing=False,
            store_widget_state=False,
            extra_arguments=["--log-level=ERROR"],  # the kernel's; a cell's errors are raised
            resources={"metadata": {"path": folder}},
        )
        try:
            client.execute()
        except CellExecutionError as error:
            raise BuildError(f"a cell fails, nothing was written:\n{error}") from error
    notebook.metadata = nbformat.from_dict({**METADATA, "minidl": notebook.metadata["minidl"]})
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = tidy(cell.outputs, alt=cell.metadata.get("alt"))


def problem_of(path: Path, expected: Notebook) -> str | None:
    """Return how a notebook differs from its lesson, None where it does not."""
    if not path.exists():
        return "is missing"
    try:
        notebook = nbformat.read(path, as_version=4)
    except (nbformat.reader.NotJSONError, nbformat.ValidationError):
        return "was edited by hand"  # it may hold the marks of a merge
    noted = notebook.metadata.get("minidl", {})
    if noted.get("cells") != hash_of_cells(notebook.cells):
        return "was edited by hand"
    return None if noted == expected.metadata["minidl"] else "is older than its lesson"


def build(chapter: Chapter, outline: Sequence[Chapter], *, force: bool, root: Path) -> Path:
    """Build one chapter and return the notebook's path."""
    notebook = read_lesson(chapter, outline, root)
    path = root / "notebooks" / chapter.notebook_name
    if problem_of(path, notebook) == "was edited by hand" and not force:
        raise BuildError(
            f"{path.name} was edited by hand. Move what you want to keep to "
            f"course/{chapter.slug}.md, then build with --force."
        )
    execute(notebook)
    path.parent.mkdir(exist_ok=True)
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")
    return path


def check(chapters: Sequence[Chapter], outline: Sequence[Chapter], root: Path) -> list[str]:
    """Return a line for each notebook that does not match its lesson, or has none."""
    lines = []
    for chapter in chapters:
        expected = read_lesson(chapter, outline, root)
        problem = problem_of(root / "notebooks" / chapter.notebook_name, expected)
        if problem:
            cure = f"python -m course.build {chapter.slug}"
            lines.append(f"{chapter.notebook_name} {problem}; to mend it: {cure}")
    names = {chapter.notebook_name for chapter in outline}
    found = sorted(path.name for path in (root / "notebooks").glob("*.ipynb"))
    return lines + [
        f"{name} belongs to no chapter of outline.yml; to mend it: delete it"
        for name in found
        if name not in names
    ]


def choose(outline: Sequence[Chapter], slugs: Sequence[str]) -> list[Chapter]:
    """Return the chapters with these slugs, all of them when none is given."""
    unknown = set(slugs) - {chapter.slug for chapter in outline}
    if unknown:
        known = ", ".join(chapter.slug for chapter in outline)
        raise BuildError(f"no chapter is called {sorted(unknown)}; expected one of: {known}")
    return [chapter for chapter in outline if not slugs or chapter.slug in slugs]


def main(arguments: Sequence[str] | None = None, *, root: Path = ROOT) -> int:
    """Read the command line and build or check; return 1 where something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m course.build", description="Build notebooks.")
    parser.add_argument("slugs", nargs="*", metavar="chapter", help="default: all of them")
    parser.add_argument("--check", action="store_true", help="only look for stale notebooks")
    parser.add_argument("--force", action="store_true", help="overwrite notebooks edited by hand")
    options = parser.parse_args(arguments)
    try:
        outline = read_outline(root)
        chapters = choose(outline, options.slugs)
        stale = check(chapters, outline, root) if options.check else []
        for chapter in [] if options.check else chapters:
            print(f"built {build(chapter, outline, force=options.force, root=root).name}")
    except BuildError as error:
        stale = [str(error)]
    for line in stale:
        print(line, file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
