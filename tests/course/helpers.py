"""A small course in a temporary folder."""

from __future__ import annotations

from pathlib import Path

OUTLINE = """
title: A small course
chapters:
  - {slug: first, title: First, minutes: 5}
  - {slug: second, title: Second, minutes: 5, prerequisites: [first]}
  - {slug: third, title: Third, minutes: 5, prerequisites: [first]}
"""
FIRST = """# First

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
    """Write an outline and three lessons, of which the first may be given."""
    folder = root / "course"
    folder.mkdir(exist_ok=True)
    (folder / "outline.yml").write_text(OUTLINE, encoding="utf-8")
    for slug, text in {"first": first, "second": "# Second\n", "third": "# Third\n"}.items():
        (folder / f"{slug}.md").write_text(text, encoding="utf-8")
