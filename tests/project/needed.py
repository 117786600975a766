"""Which cells of a solved lesson can show something that its run with blanks has not shown.

A cell that takes an answer only by `mine if right else solved.mine` computes with the same code
in both, since the answer that is pasted in is the source of `solved.mine`. It runs a second time
only where a cell that is to be looked at needs its names.
"""

from __future__ import annotations

import ast
import symtable
from collections.abc import Collection, Iterator, Sequence
from copy import copy


def needed(sources: Sequence[str], wanted: Collection[int]) -> list[int]:
    """Return the numbers of the cells that are wanted, and of those whose names they need."""
    found, missing = set(wanted), set()
    for number, source in reversed(list(enumerate(sources))):
        made, read = names_in(source)
        if number in found or missing & (made | changed_in(source)):
            found.add(number)
            missing = (missing - made) | read
    return sorted(found)


def names_in(source: str) -> tuple[set[str], set[str]]:
    """Return the names that a cell makes, and those that it reads without having made them."""
    made: set[str] = set()
    read: set[str] = set()
    for statement in statements_of(ast.parse(source).body):
        makes, reads = names_in_statement(ast.unparse(statement))
        read |= reads - made
        made |= makes
    return made, read


def statements_of(block: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield statements in order, of loops and the like first the head and then what is inside."""
    for statement in block:
        head, inside = copy(statement), []
        if not isinstance(statement, ast.FunctionDef | ast.ClassDef):
            for part in ("body", "orelse", "finalbody"):
                if found := getattr(statement, part, None):
                    setattr(head, part, [ast.Pass()])
                    inside += found
        yield head
        yield from statements_of(inside)


def names_in_statement(source: str) -> tuple[set[str], set[str]]:
    """Return the names that a statement makes, and those that it reads, in functions too."""
    top, *inner = scopes_of(symtable.symtable(source, "cell", "exec"))
    made = {s.get_name() for s in top.get_symbols() if s.is_assigned() or s.is_imported()}
    read = {s.get_name() for s in top.get_symbols() if s.is_referenced()}
    return made, read | {
        s.get_name() for scope in inner for s in scope.get_symbols() if s.is_global()
    }


def scopes_of(scope: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    """Yield a scope and those within it."""
    yield scope
    for part in scope.get_children():
        yield from scopes_of(part)


def changed_in(source: str) -> set[str]:
    """Return the names whose objects a cell changes: a part is assigned, or a method called."""
    parts = [
        node.value.func if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) else node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr) or isinstance(getattr(node, "ctx", None), ast.Store)
    ]
    return {
        ast.unparse(root_of(part))
        for part in parts
        if isinstance(part, ast.Attribute | ast.Subscript)
    }


def root_of(node: ast.AST) -> ast.AST:
    """Return what stands first in `first.second[0].third()`."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node


def looks_at_answers(source: str, answers: Collection[str], verdicts: Collection[str]) -> bool:
    """Tell whether a cell does more with answers than take them, if right, for the solutions."""
    tree = WithoutFallbacks(answers).visit(ast.parse(source))
    _, read = names_in(ast.unparse(tree))
    return bool(read & {*answers, *verdicts, "exercise"})


def verdicts_in(source: str) -> set[str]:
    """Return the names that a cell gives to whether answers are right."""
    return {node.targets[0].id for node in ast.parse(source).body if is_verdict(node)}


def is_verdict(node: ast.AST) -> bool:
    """Tell whether a statement is `right = exercise(…)(…).right`."""
    return (
        isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "right"
        and ast.unparse(root_of(node.value)) == "exercise"
    )


class WithoutFallbacks(ast.NodeTransformer):
    """Take verdicts, and the choices between an answer and its solution, out of a cell."""

    def __init__(self, answers: Collection[str]) -> None:
        self.answers = answers

    def visit_Assign(self, node: ast.Assign) -> ast.AST | None:
        return None if is_verdict(node) else self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        mine, other = node.body, node.orelse
        is_answer = isinstance(mine, ast.Name) and mine.id in self.answers
        if is_answer and ast.unparse(other) == f"solved.{ast.unparse(mine)}":
            return ast.Constant(None)
        return self.generic_visit(node)
