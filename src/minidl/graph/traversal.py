"""The order in which a graph is computed."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Protocol, TypeVar


class HasParents(Hashable, Protocol):
    """What comes after others: a node, as far as its place in the order goes."""

    @property
    def parents(self) -> Sequence[Any]:
        """The nodes that it is computed from."""


N = TypeVar("N", bound=HasParents)


def topological_order(last: N) -> list[N]:
    """Return every node that `last` depends on, and itself, each once and after its parents.

    A depth-first search: a node is put in the list when all its parents are in. The nodes still
    to be looked at are on a list of our own, since Python's recursion would end after a thousand
    nodes in a row. Each node and each edge is handled once.

    Parameters
    ----------
    last : Node
        Where the search begins.

    Returns
    -------
    list of Node
        Parents first, `last` at the end.

    Examples
    --------
    >>> from minidl.graph import Variable
    >>> a = Variable(2.0, name="a")
    >>> b = a * a
    >>> c = a + b
    >>> [node.name or node.operation for node in topological_order(c)]
    ['a', '·', '+']
    """
    order: list[N] = []
    seen: set[N] = set()
    stack = [(last, False)]
    while stack:
        node, parents_are_in = stack.pop()
        if parents_are_in:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            stack.append((node, True))  # met again when all that is put above it is done
            stack.extend([(parent, False) for parent in reversed(node.parents)])
    return order
