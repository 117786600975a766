"""Adagrad: a rate for each number that falls with what its gradient has been."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, final

import numpy as np

from minidl.optim.base import Params
from minidl.optim.groups import ParamGroup
from minidl.optim.options import Options, real
from minidl.optim.update_rule import Array, UpdateRule
from minidl.parameter import Parameter
from minidl.validation import check_bool


@final
class Adagrad(UpdateRule):
    """Adagrad, θ ← θ − α·g / (√s + ε), where s ← s + g².

    s adds up what the gradient of a number has been, so that rare features, whose gradients are
    mostly 0, keep a large rate. It never falls: in a long run all rates die away.

    Parameters
    ----------
    params : Op, iterable of Parameter, or list of dict
        See `Optimizer`.
    lr : float
        The learning rate α ≥ 0.
    lr_decay : float
        η ≥ 0: the rate of step t is α / (1 + (t − 1)·η).
    weight_decay : float
        The weight λ ≥ 0 of ½·λ·Σθ² in the loss.
    initial_accumulator_value : float
        What s begins with, ≥ 0.
    eps : float
        ε ≥ 0, which keeps the quotient finite where the gradient has been 0.
    maximize : bool
        Whether to go up instead of down.

    Notes
    -----
    A sparse gradient changes only its rows, and is taken without weight decay. Names, defaults
    and numbers are PyTorch's. Source: Duchi, Hazan and Singer (2011).

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> fc = Linear(1, 1, weight_init=lambda *_: [[2.0]])
    >>> optimizer = Adagrad(fc, lr=0.1)
    >>> _ = fc([[1.0]]), fc.backward([[1000.0]])
    >>> optimizer.step()  # by 0.1
    >>> optimizer.step()  # by 0.1 / √2
    >>> fc.params["W"].round(4)
    array([[1.8293]])
    """

    options: ClassVar[Options] = {
        "lr": real(low=0),
        "lr_decay": real(low=0),
        "weight_decay": real(low=0),
        "initial_accumulator_value": real(low=0),
        "eps": real(low=0),
        "maximize": check_bool,
    }
    sparse_options: ClassVar[Mapping[str, Any] | None] = {"weight_decay": 0}

    def __init__(
        self,
        params: Params,
        lr: float = 1e-2,
        lr_decay: float = 0,
        weight_decay: float = 0,
        initial_accumulator_value: float = 0,
        eps: float = 1e-10,
        *,
        maximize: bool = False,
    ) -> None:
        super().__init__(
            params,
            lr=lr,
            lr_decay=lr_decay,
            weight_decay=weight_decay,
            initial_accumulator_value=initial_accumulator_value,
            eps=eps,
            maximize=maximize,
        )

    def new_state(self, parameter: Parameter, group: ParamGroup) -> dict[str, Any]:
        """Return t and s."""
        start = np.full_like(parameter.value, group["initial_accumulator_value"])
        return {"step": 0, "sum": start}

    def update(self, parameter: Parameter, grad: Array, group: ParamGroup) -> None:
        """θ ← θ − α·g / (√s + ε), in place."""
        g = self.regularized(grad, parameter, group)
        state, scratch = self.state_of(parameter, group), self.scratch_for(parameter)
        state["step"] += 1
        s = state["sum"]
        s += np.multiply(g, g, out=scratch)
        np.sqrt(s, out=scratch)
        scratch += group["eps"]
        np.divide(g, scratch, out=scratch)
        scratch *= _rate(state, group)
        value = parameter.value
        value -= scratch

    def update_rows(
        self, parameter: Parameter, rows: Array, grad: Array, group: ParamGroup
    ) -> None:
        """θ ← θ − α·g / (√s + ε), in these rows; the gradient of the others is 0."""
        state = self.state_of(parameter, group)
        state["step"] += 1
        g = -grad if group["maximize"] else grad
        state["sum"][rows] += g * g
        step = g / (np.sqrt(state["sum"][rows]) + group["eps"])
        parameter.value[rows] -= _rate(state, group) * step


def _rate(state: dict[str, Any], group: ParamGroup) -> float:
    return float(group["lr"] / (1 + (state["step"] - 1) * group["lr_decay"]))
