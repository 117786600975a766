"""A value that remembers what it was made from; the lesson writes it in a cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


class Recorded:
    """A value that remembers what it was made from, and how its gradient goes back.

    Parameters
    ----------
    data : ndarray or float
        The value.
    parents : tuple of Recorded
        What it was made from.
    pass_back : callable
        (its gradient) → a tuple with a gradient for each parent.

    Examples
    --------
    >>> x = Recorded(np.array([1.0, 2.0]))
    >>> double = Recorded(2 * x.data, (x,), lambda grad: (2 * grad,))
    >>> double.backward()
    >>> double.backward()
    >>> x.grad
    array([4., 4.])
    """

    def __init__(
        self,
        data: Any,
        parents: tuple[Recorded, ...] = (),
        pass_back: Callable[[Any], tuple[Any, ...]] = lambda grad: (),
    ) -> None:
        self.data, self.grad = data, 0.0
        self.parents, self.pass_back = parents, pass_back

    def backward(self) -> None:
        """Add to the gradient of everything that this was made from."""
        order: list[Recorded] = []

        def visit(node: Recorded) -> None:
            if node not in order:
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        arrived: dict[Recorded, Any] = dict.fromkeys(order, 0.0)
        arrived[self] = np.ones_like(self.data)
        for node in reversed(order):
            node.grad = node.grad + arrived[node]
            for parent, grad in zip(node.parents, node.pass_back(arrived[node]), strict=True):
                arrived[parent] = arrived[parent] + grad
