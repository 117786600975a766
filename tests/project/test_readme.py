"""The README tells the truth about chapters, files and commands."""

from __future__ import annotations

import re

import pytest

from course.__main__ import MODULES
from course.lesson import read_outline
from tests.project.settings import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "course" / "teaching.md").read_text(encoding="utf-8")
OUTLINE = read_outline(ROOT)


@pytest.mark.parametrize(("text", "folder"), [(README, "."), (GUIDE, "course")])
def test_every_link_to_a_file_leads_somewhere(text: str, folder: str) -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)[^)]*\)", text) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / folder / link).exists()] == []


@pytest.mark.parametrize("text", [README, GUIDE])
def test_commands_are_those_that_the_starter_knows(text: str) -> None:
    named = re.findall(r"python -m course +([a-z]\w*)", text)
    assert named
    assert set(named) <= set(MODULES)


def test_the_readmes_example_runs() -> None:
    (example,) = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    scope: dict[str, float] = {}
    exec(example, scope)
    assert scope["accuracy"] > 0.9


def test_lessons_say_the_minutes_of_the_outline() -> None:
    for chapter in OUTLINE:
        text = (ROOT / "course" / f"{chapter.slug}.md").read_text(encoding="utf-8")
        assert f"{chapter.minutes} minutes" in text, chapter.slug
