"""Lay out a new lesson: its text, its room, an explorer, a test, and its place in the outline.

    python -m course new attention --title "Attention" --after backpropagation

What is laid out runs and passes its tests, but for those that ask for content: they go on asking
until the lesson says something of its own. The files are copies of those in `course/template`.
"""

from __future__ import annotations

import argparse
import json
import keyword
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from course.errors import BuildError
from course.lesson import KINDS, ROOT, Chapter, read_outline

TEMPLATE = Path(__file__).parent / "template"
PLACES = {  # in the template → in the course
    "lesson.md": "course/{slug}.md",
    "room": "src/minidl/lessons/{slug}",
    "explorer": "src/minidl/explorers/{slug}",
    "test_explorer.py": "tests/explorers/test_{slug}.py",
}
QUESTION = "To write: what drives the chapter, in words that need none of it?"
MINUTES = {"lesson": 45, "short": 25}
SLUG = re.compile(r"(?=.{1,24}$)[a-z][a-z0-9]*(_[a-z0-9]+)*")  # longer ones fill no line of code


@dataclass(frozen=True)
class NewLesson:
    """What the author has chosen."""

    slug: str
    title: str
    kind: str
    after: str

    @property
    def class_name(self) -> str:
        """The slug as the first part of a class's name."""
        return self.slug.title().replace("_", "")

    def fill(self, text: str) -> str:
        """Put the lesson's names in the place of the template's."""
        names = {
            "example_lesson": self.slug,
            "ExampleLesson": self.class_name,
            "Example lesson": self.title,
            "About 45 minutes": f"About {MINUTES[self.kind]} minutes",
        }
        for old, new in names.items():
            text = text.replace(old, new)
        return text


def check_slug(slug: str, outline: Sequence[Chapter], root: Path) -> None:
    """Refuse a slug that is no name of a package, or that something has already."""
    if not SLUG.fullmatch(slug) or keyword.iskeyword(slug):
        raise BuildError(
            "new: expected a slug of at most 24 small letters, digits and single underscores that "
            f"begins with a letter, received {slug!r}; try a name such as batch_norm"
        )
    if slug in {chapter.slug for chapter in outline}:
        raise BuildError(
            f"new: expected a slug that no chapter has, received {slug!r}; try another, or edit "
            f"course/{slug}.md"
        )
    taken = [place.format(slug=slug) for place in PLACES.values()]
    taken = [place for place in taken if (root / place).exists()]
    if taken:
        raise BuildError(
            f"new: expected a slug that nothing is called yet, received {slug!r}; try another, or "
            f"move {' and '.join(taken)} away"
        )


def check_after(after: str, outline: Sequence[Chapter]) -> None:
    """Refuse a place behind a chapter that does not exist."""
    slugs = [chapter.slug for chapter in outline]
    if after not in slugs:
        raise BuildError(
            f"new: --after: expected one of {', '.join(slugs)}, received {after!r}; "
            "without it the lesson becomes the last one"
        )


def copies(lesson: NewLesson, root: Path) -> Iterator[tuple[Path, Path]]:
    """Yield each file of the template and where its copy belongs."""
    for name, place in PLACES.items():
        source, target = TEMPLATE / name, root / place.format(slug=lesson.slug)
        files = sorted(source.rglob("*.py")) if source.is_dir() else [source]
        yield from ((file, target / file.relative_to(source)) for file in files)


def add_to_outline(lesson: NewLesson, root: Path) -> None:
    """Write the lesson's chapter behind the one that it follows."""
    path = root / "course" / "outline.yml"
    entry = (
        f"  - slug: {lesson.slug}\n    title: {json.dumps(lesson.title, ensure_ascii=False)}\n"
        f"    question: {json.dumps(QUESTION)}\n"
        f"    minutes: {MINUTES[lesson.kind]}\n    kind: {lesson.kind}\n"
        f"    prerequisites: [{lesson.after}]"
    )
    chapters = path.read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    (place,) = [i for i, text in enumerate(chapters) if f"- slug: {lesson.after}\n" in text]
    chapters.insert(place + 1, entry)
    path.write_text("\n\n".join(chapters) + "\n", encoding="utf-8", newline="\n")


def export_explorer(lesson: NewLesson, root: Path) -> None:
    """Let `minidl.explorers` export the lesson's explorer, by both of its names."""
    path = root / "src" / "minidl" / "explorers" / "__init__.py"
    name, call = f"{lesson.class_name}Explorer", f"{lesson.slug}_explorer"
    statement = f"from minidl.explorers.{lesson.slug}.explorer import {name}"
    start, *lines = path.read_text(encoding="utf-8").split("\nfrom ", 1)
    imports, calls, exported = f"from {lines[0]}".rstrip("\n").split("\n\n")
    opening, *names, closing = exported.split("\n")
    parts = (
        add_line(imports.split("\n"), statement),
        add_line(calls.split("\n"), f"{call} = {name}"),
        [opening, *add_line(add_line(names, f'    "{name}",'), f'    "{call}",'), closing],
    )
    text = "\n\n".join("\n".join(part) for part in parts)
    path.write_text(f"{start}\n{text}\n", encoding="utf-8", newline="\n")


def add_line(lines: Iterable[str], line: str) -> list[str]:
    """Return lines with one more, in the order in which ruff wants them."""
    return sorted({*lines, line})


def lay_out(lesson: NewLesson, root: Path) -> list[Path]:
    """Write everything that a new lesson needs; return the files."""
    written = []
    for source, target in copies(lesson, root):
        target.parent.mkdir(parents=True, exist_ok=True)
        text = lesson.fill(source.read_text(encoding="utf-8"))
        target.write_text(text, encoding="utf-8", newline="\n")
        written.append(target)
    add_to_outline(lesson, root)
    export_explorer(lesson, root)
    return written


def read_arguments(arguments: Sequence[str] | None, outline: Sequence[Chapter]) -> NewLesson:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m course new", description="Lay out a lesson.")
    parser.add_argument("slug", help="its name in files and links, such as batch_norm")
    parser.add_argument("--title", help="its title; default: the slug in words")
    parser.add_argument("--kind", choices=KINDS, default="lesson", help="default: lesson")
    parser.add_argument("--after", metavar="SLUG", help="the chapter before it; default: the last")
    options = parser.parse_args(arguments)
    title = options.title or options.slug.replace("_", " ").capitalize()
    after = outline[-1].slug if options.after is None else options.after
    return NewLesson(options.slug, title, options.kind, after)


def main(arguments: Sequence[str] | None = None, *, root: Path = ROOT) -> int:
    """Read the command line and lay out a lesson; return 1 where that is not possible."""
    try:
        outline = read_outline(root)
        lesson = read_arguments(arguments, outline)
        check_slug(lesson.slug, outline, root)
        check_after(lesson.after, outline)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    for path in lay_out(lesson, root):
        print(f"wrote {path.relative_to(root).as_posix()}")
    print(
        f"Now write course/{lesson.slug}.md, then: python -m course build; "
        f"python -m course test -k {lesson.slug}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
