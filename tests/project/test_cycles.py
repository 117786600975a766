"""No module needs, by any way round, a module that needs it, not even for the name of a type."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.project.settings import ROOT

pytestmark = pytest.mark.once

SOURCES = ROOT / "src"


def module_of(path: Path) -> str:
    parts = path.relative_to(SOURCES).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(tree: ast.AST, known: set[str]) -> set[str]:
    """Return which of the known modules a file imports, wherever in it and whatever for."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            parts = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= parts & known or {node.module}
    return found & known


def imports(sources: dict[str, str]) -> dict[str, set[str]]:
    """Return for each module of a library those that it imports."""
    known = set(sources)
    return {name: imports_of(ast.parse(text), known) for name, text in sources.items()}


def circle_in(graph: dict[str, set[str]]) -> list[str]:
    """Return the modules along one circle, the first again at its end; empty if there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        return circle
    return []


def test_no_imports_go_round_in_a_circle() -> None:
    paths = sorted((SOURCES / "minidl").rglob("*.py"))
    assert len(paths) > 100
    graph = imports({module_of(path): path.read_text(encoding="utf-8") for path in paths})
    assert graph["minidl.train.listeners.base"] == {"minidl.train.training_run"}
    assert circle_in(graph) == []


@pytest.mark.parametrize(
    "line",
    [
        "import a.first",
        "from a.first import something",
        "from a import first",
        "if TYPE_CHECKING:\n    from a.first import Something",
        "def late():\n    import a.first",
    ],
)
def test_a_circle_is_found(line: str) -> None:
    sources = {"a": "", "a.first": "from a.second import x", "a.second": line}
    assert sorted(set(circle_in(imports(sources)))) == ["a.first", "a.second"]


def test_a_package_that_shows_what_its_modules_hold_is_no_circle() -> None:
    sources = {
        "a": "from a.first import x\nfrom a.second import y",
        "a.first": "",
        "a.second": "from a.first import x",
    }
    assert circle_in(imports(sources)) == []
