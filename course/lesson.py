"""The outline of the course, and a lesson's text as a notebook that has not run yet."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jupytext
import nbformat
import yaml

from course.claims import Claim, read_claims, without_claims
from course.errors import BuildError

ROOT = Path(__file__).resolve().parent.parent
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "pygments_lexer": "ipython3",
    },
}

Notebook = Any  # nbformat has no types
Cell = Any


@dataclass(frozen=True)
class Demands:
    """What the tests demand of a lesson.

    Parameters
    ----------
    words
        Of prose, at most; code, formulas and references are not counted.
    exercises, most_exercises
        At least and at most.
    explorers
        At least.
    """

    words: int
    exercises: int
    most_exercises: int
    explorers: int


KINDS = {
    "lesson": Demands(words=1800, exercises=4, most_exercises=6, explorers=2),
    "short": Demands(words=900, exercises=2, most_exercises=3, explorers=1),
}


@dataclass(frozen=True)
class Chapter:
    """A chapter of the outline.

    Parameters
    ----------
    number
        Its place in the course, from 1.
    slug, title, question, minutes, kind, prerequisites
        As `outline.yml` has them.
    """

    number: int
    slug: str
    title: str
    question: str
    minutes: int
    kind: str
    prerequisites: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise BuildError(
                f"outline.yml: expected the kind of {self.slug!r} to be one of "
                f"{', '.join(KINDS)}, received {self.kind!r}"
            )

    @property
    def demands(self) -> Demands:
        """What the tests demand of a lesson of this kind."""
        return KINDS[self.kind]

    @property
    def notebook_name(self) -> str:
        """File name of the built notebook, `01_neurons.ipynb`."""
        return f"{self.number:02d}_{self.slug}.ipynb"


def read_outline(root: Path = ROOT) -> list[Chapter]:
    """Return the chapters of the course in `root`, in order."""
    outline = yaml.safe_load((root / "course" / "outline.yml").read_text(encoding="utf-8"))
    return [
        Chapter(number, **{**entry, "prerequisites": tuple(entry.get("prerequisites", ()))})
        for number, entry in enumerate(outline["chapters"], start=1)
    ]


def text_of(chapter: Chapter, root: Path = ROOT) -> str:
    """Return the text of a lesson, as its author writes it."""
    path = root / "course" / f"{chapter.slug}.md"
    if not path.exists():
        raise BuildError(f"course/{path.name} does not exist, though outline.yml lists it")
    return path.read_text(encoding="utf-8")


def read_lesson(chapter: Chapter, outline: Sequence[Chapter], root: Path = ROOT) -> Notebook:
    """Return a lesson as a notebook that is not executed: numbered, linked, with stable ids."""
    text = text_of(chapter, root)
    notebook = jupytext.reads(without_claims(text), fmt="md:myst")
    cells = notebook.cells
    number_title(cells, chapter)
    cells.append(nbformat.v4.new_markdown_cell(navigation(chapter, outline)))
    for cell in cells:
        if cell.cell_type == "markdown":
            cell.source = link_to_notebooks(cell.source, outline)
    set_ids(cells)
    claims = read_claims(text, f"course/{chapter.slug}.md")
    hashes = {**hashes_of(cells), "claims": hash_of_claims(claims)}
    notebook.metadata = nbformat.from_dict({**METADATA, "minidl": hashes})
    return notebook


def number_title(cells: Sequence[Cell], chapter: Chapter) -> None:
    """Put the chapter's number before the title that the lesson starts with."""
    heading = f"# {chapter.title}"
    if not cells or cells[0].source.partition("\n")[0].strip() != heading:
        raise BuildError(f"{chapter.slug}.md: expected the first line to be {heading!r}")
    rest = cells[0].source.partition("\n")[2]
    cells[0].source = f"# {chapter.number}. {chapter.title}\n{rest}".rstrip("\n")


def navigation(chapter: Chapter, outline: Sequence[Chapter]) -> str:
    """Return the last cell of a lesson: links to the chapters before and after it."""
    links = {
        chapter.number - 1: "← Previous: [{0.number}. {0.title}]({0.slug}.md)",
        chapter.number + 1: "Next: [{0.number}. {0.title}]({0.slug}.md) →",
    }
    found = [links[other.number].format(other) for other in outline if other.number in links]
    return "---\n\n" + " | ".join(found)


def link_to_notebooks(text: str, outline: Sequence[Chapter]) -> str:
    """Turn links to lessons, `(activations.md)`, into links to notebooks."""
    for chapter in outline:
        link = rf"\]\((?:\./)?{chapter.slug}\.md(#[^)]*)?\)"
        text = re.sub(link, rf"]({chapter.notebook_name}\1)", text)
    return text


def digest(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def set_ids(cells: Sequence[Cell]) -> None:
    """Give each cell an id from its own text, so that editing one leaves the others' alone."""
    seen: Counter[str] = Counter()
    for cell in cells:
        text = f"{cell.cell_type}\n{cell.source}"
        seen[text] += 1
        cell.id = digest(f"{text}\n{seen[text]}" if seen[text] > 1 else text)[:8]


def hash_of_claims(claims: Sequence[Claim]) -> str:
    """Return a hash of what has to be true, and after which cells."""
    return digest(json.dumps([[claim.after, claim.written] for claim in claims if claim.code]))


def hashes_of(cells: Sequence[Cell]) -> dict[str, str]:
    """Return two hashes of what a lesson decides about its cells.

    `code` is made of the cells that run, with all that their outputs depend on; `text` of the
    others and of their places. Where only `text` changes, as in every chapter behind one that is
    put in, stored outputs stay good.
    """
    kept = ("tags", "exercise", "alt")
    code = [
        [cell.source, {key: cell.metadata.get(key) for key in kept}]
        for cell in cells
        if cell.cell_type == "code"
    ]
    text = [[cell.cell_type, cell.source * (cell.cell_type != "code")] for cell in cells]
    return {"code": digest(json.dumps(code, sort_keys=True)), "text": digest(json.dumps(text))}
