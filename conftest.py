"""Lessons under nbval, and how pytest-xdist shares the tests out.

What runs one lesson, or stands in one file, stays together.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

# On its way in with nbval, jsonschema would build 38 grammars for kinds of addresses that no
# notebook has: nearly two seconds in each process.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
pytest_plugins = ["nbval.plugin"]

SANITIZED = Path(__file__).parent / "tests" / "project" / "nbval.cfg"
LESSON = re.compile(
    r"^(?:notebooks/\d+_(\w+)\.ipynb::|tests/browser/test_lessons\.py::.*\[(\w+)\]$)"
)
LONG_FIRST = (  # so that workers end together
    *("notebooks/", "tests/browser/", "tests/course/test_new.py", "tests/explorers/"),
    *("tests/lessons/", "tests/train/", ""),
)


def pytest_configure(config: pytest.Config) -> None:
    """Let nbval overlook the line with which a cell says that it shows what it once printed."""
    config.option.nbval_sanitize_with = config.option.nbval_sanitize_with or str(SANITIZED)


def scope_of(nodeid: str) -> str:
    """Return the lesson that a test runs, else its file: fixtures and kernels are shared there."""
    lesson = LESSON.match(nodeid)
    return (lesson[1] or lesson[2]) if lesson else nodeid.partition("::")[0]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let workers begin with the files that take longest; alone, pytest keeps its order."""
    if hasattr(config, "workerinput"):
        items.sort(
            key=lambda item: [item.nodeid.startswith(part) for part in LONG_FIRST].index(True)
        )


@pytest.hookimpl(optionalhook=True)  # without xdist there is nothing to share out
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Return a scheduler that hands out lessons and files in order."""
    from xdist.scheduler import LoadScopeScheduling

    class Scopes(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return scope_of(nodeid)

    config.option.loadscopereorder = False
    return Scopes(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Once a cell of a lesson has shown what is stored, prove in its kernel what is said of it."""
    yield
    if item.path.suffix == ".ipynb":
        from course.proven import false_claims

        proof = proofs_of(item.path).get(item.cell_num + 1)
        if wrong := false_claims(item.parent.kernel, item.cell.source, proof):
            item.raise_cell_error("\n".join(["what is said of it is false:", *wrong]))


@cache
def proofs_of(path: Any) -> dict[int, Any]:
    """Return the claims of a lesson; see `course.proven`."""
    from course import proven

    return proven.proofs_of(path)
