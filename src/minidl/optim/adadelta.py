"""Adadelta: steps in the unit of the parameters, without a rate to choose."""

from __future__ import annotations

from typing import Any, ClassVar, final

import numpy as np

from minidl.optim.averages import move_average
from minidl.optim.base import Params
from minidl.optim.groups import ParamGroup
from minidl.optim.options import Options, real
from minidl.optim.update_rule import Array, UpdateRule
from minidl.parameter import Parameter
from minidl.validation import check_bool


@final
class Adadelta(UpdateRule):
    """Adadelta, θ ← θ − α·d, where d = √(D + ε) / √(v + ε) · g.

    v ← ρ·v + (1 − ρ)·g² is RMSprop's, D ← ρ·D + (1 − ρ)·d² the same for the steps. g / √v has
    no unit; times √D, the usual step of late, it has that of θ, so that no rate has to supply one.
    D begins at 0, and only ε, whose unit is that of θ², lets it grow: the first steps are short.

    Parameters
    ----------
    params : Op, iterable of Parameter, or list of dict
        See `Optimizer`.
    lr : float
        The factor α ≥ 0, usually 1.
    rho : float
        The share ρ of both averages that stays, in [0, 1].
    eps : float
        ε ≥ 0; at 0 nothing moves.
    weight_decay : float
        The weight λ ≥ 0 of ½·λ·Σθ² in the loss.
    maximize : bool
        Whether to go up instead of down.

    Notes
    -----
    Names, defaults and numbers are PyTorch's. Source: Zeiler (2012).

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> fc = Linear(1, 1, weight_init=lambda *_: [[2.0]])
    >>> optimizer = Adadelta(fc)
    >>> _ = fc([[1.0]]), fc.backward([[1000.0]])
    >>> optimizer.step()  # by √(ε / 0.1)
    >>> fc.params["W"].round(6)
    array([[1.996838]])
    """

    options: ClassVar[Options] = {
        "lr": real(low=0),
        "rho": real(low=0, high=1),
        "eps": real(low=0),
        "weight_decay": real(low=0),
        "maximize": check_bool,
    }

    def __init__(
        self,
        params: Params,
        lr: float = 1.0,
        rho: float = 0.9,
        eps: float = 1e-6,
        weight_decay: float = 0,
        *,
        maximize: bool = False,
    ) -> None:
        super().__init__(
            params, lr=lr, rho=rho, eps=eps, weight_decay=weight_decay, maximize=maximize
        )

    def new_state(self, parameter: Parameter, group: ParamGroup) -> dict[str, Any]:
        """Return v and D."""
        v, D = np.zeros_like(parameter.value), np.zeros_like(parameter.value)
        return {"square_avg": v, "acc_delta": D}

    def update(self, parameter: Parameter, grad: Array, group: ParamGroup) -> None:
        """θ ← θ − α·√(D + ε) / √(v + ε) · g, in place."""
        g = self.regularized(grad, parameter, group)
        state, rho, eps = self.state_of(parameter, group), group["rho"], group["eps"]
        step, scratch = self.scratch_for(parameter, 2), self.scratch_for(parameter)
        v, D = state["square_avg"], state["acc_delta"]
        move_average(v, np.multiply(g, g, out=scratch), rho, scratch)
        np.sqrt(np.add(D, eps, out=step), out=step)
        step /= np.sqrt(np.add(v, eps, out=scratch), out=scratch)
        step *= g
        move_average(D, np.multiply(step, step, out=scratch), rho, scratch)
        step *= group["lr"]
        value = parameter.value
        value -= step
