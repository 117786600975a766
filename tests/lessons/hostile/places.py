"""The places of a syntax tree at which something can be put in place of something else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


def unparse(tree: ast.AST) -> str:
    """Return the source of a tree as Python 3.11 and later write it.

    Python 3.10 puts parentheses around several names that are set, and a space behind `lambda`.

    Examples
    --------
    >>> print(unparse(ast.parse("a, b = f(lambda: 1)")))
    a, b = f(lambda: 1)
    >>> print(unparse(ast.parse("for a, b in c: pass")))
    for a, b in c:
        pass
    """
    text = ast.unparse(tree).replace("lambda :", "lambda:")
    text = re.sub(r"^( *)\(([^()]*)\)(?= = )", r"\1\2", text, flags=re.MULTILINE)
    return re.sub(r"\bfor \(([^()]*)\) in ", r"for \1 in ", text)


@dataclass(frozen=True)
class Place:
    """A node, where it hangs, and the function around it."""

    tree: ast.Module
    parent: ast.AST
    field: str
    index: int | None
    node: Any
    function: ast.FunctionDef | None

    def replaced(self, new: ast.AST | list[ast.stmt]) -> str:
        """Return the source with `new` in place of the node; the tree stays as it is."""
        before = getattr(self.parent, self.field)
        if self.index is None:
            setattr(self.parent, self.field, new)
        else:
            after = list(before)
            after[self.index : self.index + 1] = new if isinstance(new, list) else [new]
            setattr(self.parent, self.field, after)
        source = unparse(ast.fix_missing_locations(self.tree))
        setattr(self.parent, self.field, before)
        return source

    @property
    def parameters(self) -> list[str]:
        """Return the names of the parameters of the function around it, without self."""
        return parameters_of(self.function) if self.function else []


def parameters_of(function: ast.FunctionDef) -> list[str]:
    arguments = [*function.args.args, *function.args.kwonlyargs]
    return [argument.arg for argument in arguments if argument.arg != "self"]


def places(tree: ast.Module) -> Iterator[Place]:
    """Yield the places of a tree, each before those inside it."""
    yield from _below(tree, tree, None)


def _below(tree: ast.Module, parent: ast.AST, function: ast.FunctionDef | None) -> Iterator[Place]:
    for field, value in ast.iter_fields(parent):
        several = isinstance(value, list)
        for index, node in enumerate(value if several else [value]):
            if isinstance(node, ast.AST):
                yield Place(tree, parent, field, index if several else None, node, function)
                inner = node if isinstance(node, ast.FunctionDef) else function
                yield from _below(tree, node, inner)


def without_docstrings(tree: ast.Module) -> ast.Module:
    """Drop the docstrings, so that nobody changes a letter in one and calls it an answer."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]
    return tree


def expression(text: str, **parts: ast.expr) -> ast.expr:
    """Return the expression of a text, with parts in place of names.

    Examples
    --------
    >>> ast.unparse(expression("first(x)", x=ast.Name("a", ast.Load())))
    'first(a)'
    """

    class Filled(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.expr:
            return parts.get(node.id, node)

    return Filled().visit(ast.parse(text, mode="eval").body)


def statement(text: str) -> ast.stmt:
    return ast.parse(text).body[0]
