"""Claims put to the test, in the kernel in which a lesson has run."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

NAMES = "_names_of_claims"  # in the lesson's namespace: what claims have named for later ones


def prove(claims: Iterable[tuple[str, str]], cells: dict[str, Any]) -> str:
    """Return as JSON, for each claim, an empty text or what makes it false.

    Parameters
    ----------
    claims
        What each says, for people, and its code.
    cells
        The lesson's namespace. Claims read it and leave it as it is.
    """
    names: dict[str, Any] = cells.setdefault(NAMES, {})
    found = []
    for says, code in claims:
        scope = {**cells, **names, "shown": lambda **values: shown(cells, **values)}
        wrong = problem(code, scope)
        found.append(wrong and f"{says}\n  but {wrong}")
        for target in assigned(code):
            names[target] = scope.get(target)
    return json.dumps(found)


def problem(code: str, scope: dict[str, Any]) -> str:
    """Return what is wrong with a claim, an empty text if it is true."""
    try:
        if assigned(code):
            exec(code, scope)
            return ""
        value = eval(code, scope)
        if not isinstance(value, bool | np.bool_):
            return f"{code} is neither true nor false, it is {value!r}"
        return "" if value else f"{code} is false; " + ", ".join(explained(code, scope))
    except Exception as error:
        return f"{code} raises {type(error).__name__}: {error}"


def assigned(code: str) -> list[str]:
    """Return the names that a statement assigns, none for an expression."""
    (statement,) = ast.parse(code).body
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return [
        node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)
    ]


def explained(code: str, scope: dict[str, Any]) -> Iterator[str]:
    """Yield what is compared in a claim, with its value."""
    tree = ast.parse(code, mode="eval").body
    parts = tree.values if isinstance(tree, ast.BoolOp) else [tree]
    for part in parts:
        sides = [part.left, *part.comparators] if isinstance(part, ast.Compare) else [part]
        for side in sides:
            if any(isinstance(node, ast.Name) for node in ast.walk(side)):
                source = ast.unparse(side)
                yield f"{source} is {eval(source, scope)!s}"


def shown(cells: dict[str, Any], **values: Any) -> Any:
    """Return what the lesson's last explorer has found once its controls have these values."""
    from minidl.widgets.stage import Stage

    outputs = [cells["Out"][number] for number in sorted(cells["Out"], reverse=True)]
    return next(output for output in outputs if isinstance(output, Stage)).view_at(**values)
