"""Adam for tables of which a step sees but a few rows."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, ClassVar, final

import numpy as np

from minidl.optim.averages import move_average
from minidl.optim.base import Params
from minidl.optim.groups import ParamGroup
from minidl.optim.options import Options, pair, real, share
from minidl.optim.update_rule import Array, UpdateRule
from minidl.parameter import Parameter
from minidl.validation import check_bool


@final
class SparseAdam(UpdateRule):
    """Adam on the rows that a sparse gradient names; averages and values of all others rest.

    With `Adam`, a row that was once looked up goes on moving by its fading momentum, at every step
    and at the price of the whole table. Here it waits as it is until it is looked up again. The
    number of steps t that corrects the averages counts those of the table, not of the row.

    Parameters
    ----------
    params : Op, iterable of Parameter, or list of dict
        See `Optimizer`. Their gradients must be sparse, as those of `Embedding(sparse=True)`.
    lr : float
        The learning rate α ≥ 0; PyTorch refuses 0 here.
    betas : pair of float
        β₁ and β₂, each ≥ 0 and < 1.
    eps : float
        ε > 0, which keeps the quotient finite.
    maximize : bool
        Whether to go up instead of down.

    Raises
    ------
    TypeError
        By `step`, if a gradient is an array.

    Notes
    -----
    As in PyTorch, ε stands beside √v here, not beside √v̂ as in `Adam`: in the first steps it counts
    for more, up to 32 times with the usual β₂. Names, defaults and numbers are PyTorch's. Source:
    Kingma and Ba (2015).

    Examples
    --------
    >>> from minidl.nn import Embedding
    >>> table = Embedding(3, 1, sparse=True, weight_init=lambda shape, *_: np.ones(shape))
    >>> optimizer = SparseAdam(table, lr=0.1)
    >>> _ = table(np.array([2])), table.backward([[1000.0]])
    >>> optimizer.step()
    >>> table.params["W"].ravel().round(6)
    array([1. , 1. , 0.9])
    """

    options: ClassVar[Options] = {
        "lr": real(low=0),
        "betas": pair(share, share),
        "eps": real(low=0, low_inclusive=False),
        "maximize": check_bool,
    }
    sparse_options: ClassVar[Mapping[str, Any] | None] = {}
    takes_dense: ClassVar[bool] = False

    def __init__(
        self,
        params: Params,
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        maximize: bool = False,
    ) -> None:
        super().__init__(params, lr=lr, betas=betas, eps=eps, maximize=maximize)

    def new_state(self, parameter: Parameter, group: ParamGroup) -> dict[str, Any]:
        """Return t, m and v."""
        m, v = np.zeros_like(parameter.value), np.zeros_like(parameter.value)
        return {"step": 0, "exp_avg": m, "exp_avg_sq": v}

    def update_rows(
        self, parameter: Parameter, rows: Array, grad: Array, group: ParamGroup
    ) -> None:
        """θ ← θ − α·m̂ / (√v̂ + ε), in these rows."""
        state = self.state_of(parameter, group)
        state["step"] += 1
        g = -grad if group["maximize"] else grad
        m = _moved(state["exp_avg"], rows, g, group["betas"][0])
        v = _moved(state["exp_avg_sq"], rows, g * g, group["betas"][1])
        found, spread = (1 - beta ** state["step"] for beta in group["betas"])
        rate = group["lr"] * math.sqrt(spread) / found
        parameter.value[rows] -= rate * (m / (np.sqrt(v) + group["eps"]))


def _moved(averages: Array, rows: Array, new: Array, beta: float) -> Array:
    """Move the averages of these rows; return them."""
    moved = averages[rows]
    move_average(moved, new, beta, np.empty_like(moved))
    averages[rows] = moved
    return moved
