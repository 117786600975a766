"""A small course in a temporary folder."""

from __future__ import annotations

from pathlib import Path

OUTLINE = """
title: A small course
chapters:
  - slug: first
    title: First
    question: What is one and one?
    minutes: 5
    kind: short

  - slug: second
    title: Second
    question: Why second?
    minutes: 5
    kind: short
    prerequisites: [first]

  - slug: third
    title: Third
    question: Why third?
    minutes: 5
    kind: short
    prerequisites: [first]
"""
README = """# A small course

<!-- chapters -->
<!-- end of chapters -->
"""
FIRST = """# First

**What is one
and one?**

A word on it; see [the next](second.md).

```{code-cell} ipython3
print(1 + 1)
```

```{code-cell} ipython3
:tags: [exercise]
:exercise: first/one

answer = ...
```
"""


def write_course(root: Path, *, first: str = FIRST) -> None:
    """Write a README, an outline and three lessons, of which the first may be given."""
    folder = root / "course"
    folder.mkdir(exist_ok=True)
    (root / "README.md").write_text(README, encoding="utf-8")
    (folder / "outline.yml").write_text(OUTLINE, encoding="utf-8")
    others = {slug: f"# {slug.title()}\n\n**Why {slug}?**\n" for slug in ("second", "third")}
    for slug, text in {"first": first, **others}.items():
        (folder / f"{slug}.md").write_text(text, encoding="utf-8")
