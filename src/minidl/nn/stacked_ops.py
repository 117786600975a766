"""What networks that are stacked into one keep for themselves, such as dropout."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.op import Op
from minidl.validation import as_float_array

Array = npt.NDArray[Any]


class StackedOps(Op):
    """K ops without parameters, each of a network of its own: y_k = f_k(x_k).

    ∂L/∂x_k is what the k-th op's `backward` makes of g_k. An activation serves all networks by
    itself; this is for others, such as dropout, whose masks each network draws from its own
    generator.

    Parameters
    ----------
    ops : sequence of Op
        K of them; they are copied.
    name : str, optional
        What the whole is called in errors and files.

    Raises
    ------
    ValueError
        By `forward`, if x is not of shape (N, K, M), a row for each.

    Examples
    --------
    >>> from minidl.nn import Dropout
    >>> stacked = StackedOps([Dropout(0.5, rng=seed) for seed in (0, 1)])
    >>> stacked(np.ones((1, 2, 4)))
    array([[[0., 2., 2., 2.],
            [0., 0., 2., 0.]]])
    """

    def __init__(self, ops: Sequence[Op], name: str | None = None) -> None:
        super().__init__(name)
        self.layers.extend(copy.deepcopy(list(ops)))

    def forward(self, x: Any) -> Array:
        """Return y of shape (N, K, M) for x of that shape."""
        x, K = as_float_array(x, self), len(self.layers)
        if x.ndim != 3 or x.shape[1] != K:
            raise ValueError(
                f"{self.name or 'StackedOps'}: expected inputs of shape (N, {K}, M), a row for "
                f"each network, received {x.shape}"
            )
        y = _side_by_side([op(x[:, k]) for k, op in enumerate(self.layers)])
        self.save_for_backward(y)
        return y

    def backward(self, grad: Any) -> Array:
        """Return ∂L/∂x, of the shape of x."""
        grad = self.check_grad(grad, self.saved_for_backward())
        return _side_by_side([op.backward(grad[:, k]) for k, op in enumerate(self.layers)])


def _side_by_side(arrays: Sequence[Array]) -> Array:
    """Return K arrays (N, M) as (N, K, M), in memory the samples of a unit side by side."""
    return np.stack([array.T for array in arrays]).transpose(2, 0, 1)
