"""Adamax: Adam that divides by the largest gradient of late."""

from __future__ import annotations

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
class Adamax(UpdateRule):
    """Adamax, θ ← θ − α / (1 − β₁ᵗ) · m / u, where u ← max(β₂·u, |g| + ε).

    m ← β₁·m + (1 − β₁)·g is Adam's. In place of the root of an average of squares stands u, the
    largest |g| of late, which fades by β₂ a step: one outlier counts at once and in full.

    Parameters
    ----------
    params : Op, iterable of Parameter, or list of dict
        See `Optimizer`.
    lr : float
        The learning rate α ≥ 0.
    betas : pair of float
        β₁ and β₂, each ≥ 0 and < 1.
    eps : float
        ε ≥ 0, which keeps the quotient finite where the gradient has been 0.
    weight_decay : float
        The weight λ ≥ 0 of ½·λ·Σθ² in the loss.
    maximize : bool
        Whether to go up instead of down.

    Notes
    -----
    Names, defaults and numbers are PyTorch's. Source: Kingma and Ba (2015), section 7.1.

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> fc = Linear(1, 1, weight_init=lambda *_: [[2.0]])
    >>> optimizer = Adamax(fc, lr=0.1)
    >>> _ = fc([[1.0]]), fc.backward([[1000.0]])
    >>> optimizer.step()
    >>> fc.params["W"].round(6)
    array([[1.9]])
    """

    options: ClassVar[Options] = {
        "lr": real(low=0),
        "betas": pair(share, share),
        "eps": real(low=0),
        "weight_decay": real(low=0),
        "maximize": check_bool,
    }

    def __init__(
        self,
        params: Params,
        lr: float = 2e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        *,
        maximize: bool = False,
    ) -> None:
        super().__init__(
            params, lr=lr, betas=betas, eps=eps, weight_decay=weight_decay, maximize=maximize
        )

    def new_state(self, parameter: Parameter, group: ParamGroup) -> dict[str, Any]:
        """Return t, m and u."""
        m, u = np.zeros_like(parameter.value), np.zeros_like(parameter.value)
        return {"step": 0, "exp_avg": m, "exp_inf": u}

    def update(self, parameter: Parameter, grad: Array, group: ParamGroup) -> None:
        """θ ← θ − α / (1 − β₁ᵗ) · m / u, in place."""
        g = self.regularized(grad, parameter, group)
        state, scratch = self.state_of(parameter, group), self.scratch_for(parameter)
        beta1, beta2 = group["betas"]
        state["step"] += 1
        m, u = state["exp_avg"], state["exp_inf"]
        move_average(m, g, beta1, scratch)
        u *= beta2
        np.abs(g, out=scratch)
        scratch += group["eps"]
        np.maximum(u, scratch, out=u)
        np.divide(m, u, out=scratch)
        scratch *= group["lr"] / (1 - beta1 ** state["step"])
        value = parameter.value
        value -= scratch
