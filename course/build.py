"""Build the notebooks from the lessons, and the README's table of chapters.

    python -m course build                  build every chapter
    python -m course build activations      build one
    python -m course build --rerun          run the cells that have not changed, too
    python -m course build --check          fail when a notebook does not match its lesson

A lesson is a MyST Markdown notebook, `course/<slug>.md`. Building adds the chapter's number and
the links to its neighbours, gives every cell an id that its own text decides, runs the notebook
and stores it with its outputs as `notebooks/<number>_<slug>.ipynb`. Where no cell that runs and no
claim has changed, it keeps the outputs: a new chapter in the middle gives those behind it another
number and other links, and runs none of them. After a change of the library, which may change what
the cells print, build with `--rerun`.
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

from course.claims import Claim, read_claims
from course.errors import BuildError
from course.lesson import (
    METADATA,
    ROOT,
    Chapter,
    Notebook,
    read_lesson,
    read_outline,
    text_of,
)
from course.outputs import tidy
from course.proving import take_proofs, with_proofs
from course.readme import table_is_current, write_table
from course.stored import (
    EDITED,
    OLD_TEXT,
    problem_of,
    stored_path,
    take_outputs,
    with_outputs_noted,
)

SECONDS_PER_CELL = 120


def execute(notebook: Notebook, claims: Sequence[Claim], name: str) -> None:
    """Run a notebook in place, in a folder of its own, prove its claims and tidy its outputs."""
    notebook.cells = with_proofs(notebook.cells, claims, name)
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
    notebook.cells, wrong = take_proofs(notebook.cells)
    if wrong:
        raise BuildError("\n".join(["claims are false, nothing was written:", *wrong]))
    notebook.metadata = nbformat.from_dict({**METADATA, "minidl": notebook.metadata["minidl"]})
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = tidy(cell.outputs, alt=cell.metadata.get("alt"))


def build(
    chapter: Chapter, outline: Sequence[Chapter], root: Path, *, force: bool, rerun: bool
) -> str:
    """Build one chapter and say what was done."""
    notebook = read_lesson(chapter, outline, root)
    lesson = f"course/{chapter.slug}.md"
    claims = read_claims(text_of(chapter, root), lesson)
    path = root / "notebooks" / chapter.notebook_name
    stored = stored_path(chapter, root)
    problem = problem_of(stored, notebook)
    if problem == EDITED and not force:
        raise BuildError(
            f"{stored.name} was edited by hand. Move what you want to keep to {lesson}, then: "
            f"python -m course build {chapter.slug} --force"
        )
    kept = not rerun and problem in (None, OLD_TEXT) and take_outputs(notebook, stored)
    if not kept:
        execute(notebook, claims, lesson)
    write(notebook, path)
    if stored != path:
        stored.unlink()
    return f"{'kept the outputs of' if kept else 'built'} {path.name}"


def write(notebook: Notebook, path: Path) -> None:
    """Store a notebook that has run."""
    path.parent.mkdir(exist_ok=True)
    text = nbformat.writes(with_outputs_noted(notebook))
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def check(chapters: Sequence[Chapter], outline: Sequence[Chapter], root: Path) -> list[str]:
    """Return a line for each notebook, and the README, that does not match its lesson."""
    lines = []
    for chapter in chapters:
        problem = problem_of(stored_path(chapter, root), read_lesson(chapter, outline, root))
        if problem:
            force = " --force" if problem == EDITED else ""
            cure = f"python -m course build {chapter.slug}{force}"
            lines.append(f"{chapter.notebook_name} {problem}; to mend it: {cure}")
    if not table_is_current(outline, root):
        lines.append("README.md has an old table of chapters; to mend it: python -m course build")
    return lines + [
        f"{name} belongs to no chapter of outline.yml; to mend it: delete it"
        for name in left_over(outline, root)
    ]


def left_over(outline: Sequence[Chapter], root: Path) -> list[str]:
    """Return the names of notebooks that no chapter has."""
    found = {path.name for path in (root / "notebooks").glob("*.ipynb")}
    return sorted(found - {stored_path(chapter, root).name for chapter in outline})


def choose(outline: Sequence[Chapter], slugs: Sequence[str]) -> list[Chapter]:
    """Return the chapters with these slugs, all of them when none is given."""
    unknown = set(slugs) - {chapter.slug for chapter in outline}
    if unknown:
        known = ", ".join(chapter.slug for chapter in outline)
        raise BuildError(f"no chapter is called {sorted(unknown)}; expected one of: {known}")
    return [chapter for chapter in outline if not slugs or chapter.slug in slugs]


def main(arguments: Sequence[str] | None = None, *, root: Path = ROOT) -> int:
    """Read the command line and build or check; return 1 where something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m course build", description="Build notebooks.")
    parser.add_argument("slugs", nargs="*", metavar="chapter", help="default: all of them")
    parser.add_argument("--check", action="store_true", help="only look for stale notebooks")
    parser.add_argument("--force", action="store_true", help="overwrite notebooks edited by hand")
    parser.add_argument("--rerun", action="store_true", help="run cells that have not changed, too")
    options = parser.parse_args(arguments)
    try:
        outline = read_outline(root)
        chapters = choose(outline, options.slugs)
        stale = check(chapters, outline, root) if options.check else []
        for chapter in [] if options.check else chapters:
            print(build(chapter, outline, root, force=options.force, rerun=options.rerun))
        if not options.check:
            write_table(outline, root)
    except BuildError as error:
        stale = [str(error)]
    for line in stale:
        print(line, file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
