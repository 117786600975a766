"""A notebook as it is stored: where it lies, whether it is stale, and its outputs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat

from course.lesson import Chapter, Notebook, digest, hashes_of

MISSING = "is missing"
EDITED = "was edited by hand"
OLD_CODE = "is older than its lesson"
UNPROVED = "has claims that were never put to the test"
OLD_TEXT = "has older words, links or another number than its lesson, and good outputs"


def stored_path(chapter: Chapter, root: Path) -> Path:
    """Return where a chapter's notebook lies or belongs; it may still have another number."""
    folder = root / "notebooks"
    path = folder / chapter.notebook_name
    name = re.compile(rf"\d+_{re.escape(chapter.slug)}\.ipynb")
    others = [other for other in sorted(folder.glob("*.ipynb")) if name.fullmatch(other.name)]
    return path if path.exists() or not others else others[0]


def problem_of(path: Path, expected: Notebook) -> str | None:
    """Return how a notebook differs from its lesson, None where it does not."""
    if not path.exists():
        return MISSING
    try:
        notebook = nbformat.read(path, as_version=4)
    except (nbformat.reader.NotJSONError, nbformat.ValidationError):
        return EDITED  # it may hold the marks of a merge
    wanted, noted = expected.metadata["minidl"], notebook.metadata.get("minidl", {})
    found = hashes_of(notebook.cells)
    if any(noted.get(part) != found[part] for part in found):
        return EDITED
    if found["code"] != wanted["code"]:
        return OLD_CODE
    if noted.get("claims") != wanted["claims"]:
        return UNPROVED
    return None if found["text"] == wanted["text"] else OLD_TEXT


def take_outputs(notebook: Notebook, path: Path) -> bool:
    """Give a notebook the outputs stored for the same code; say whether they are the build's own.

    A reader who runs a notebook and saves it has not edited it, but stores other outputs.
    """
    stored = nbformat.read(path, as_version=4)
    if stored.metadata["minidl"].get("outputs") != hash_of_outputs(stored):
        return False
    for cell, ran in zip(code_cells(notebook), code_cells(stored), strict=True):
        cell.outputs, cell.execution_count = ran.outputs, ran.execution_count
    return True


def with_outputs_noted(notebook: Notebook) -> Notebook:
    """Return a notebook as it will be read, with a hash of its outputs in the metadata."""
    notebook = nbformat.reads(nbformat.writes(notebook), as_version=4)
    notebook.metadata["minidl"]["outputs"] = hash_of_outputs(notebook)
    return notebook


def hash_of_outputs(notebook: Notebook) -> str:
    """Return a hash of what the cells have shown, and in which order they ran."""
    shown = [[cell.execution_count, cell.outputs] for cell in code_cells(notebook)]
    return digest(json.dumps(shown, sort_keys=True))


def code_cells(notebook: Notebook) -> list[Notebook]:
    """Return the cells that hold code."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]
