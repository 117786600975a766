"""How pytest-xdist shares the tests out: what runs one lesson, or stands in one file, together."""

from __future__ import annotations

import re
from typing import Any

import pytest

LESSON = re.compile(
    r"^(?:notebooks/\d+_(\w+)\.ipynb::|tests/browser/test_lessons\.py::.*\[(\w+)\]$)"
)
LONG_FIRST = (
    "notebooks/",
    "tests/browser/",
    "tests/explorers/",
    "",
)  # so that workers end together


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
