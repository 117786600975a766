"""Averaged gradient descent: the mean of the way is better than its end."""

from __future__ import annotations

from typing import Any, ClassVar, final

import numpy as np

from minidl.optim.base import Params
from minidl.optim.groups import ParamGroup
from minidl.optim.options import Options, real
from minidl.optim.update_rule import Array, UpdateRule
from minidl.parameter import Parameter
from minidl.validation import check_bool


@final
class ASGD(UpdateRule):
    """Averaged stochastic gradient descent, θ ← (1 − λ·η)·θ − η·g, and beside it the mean of θ.

    Noisy gradients let θ dance about the minimum; the mean of its way, `state[name]["ax"]`, lies
    nearer to it. From step t₀ on it is a true mean, before it is θ itself. The rate falls slowly,
    η = α / (1 + λ·α·t)^κ in step t + 1.

    Parameters
    ----------
    params : Op, iterable of Parameter, or list of dict
        See `Optimizer`.
    lr : float
        The first learning rate α ≥ 0.
    lambd : float
        The decay λ ≥ 0.
    alpha : float
        The power κ ≥ 0 by which the rate falls; PyTorch's name for it.
    t0 : float
        The step t₀ ≥ 0 from which on θ is averaged.
    weight_decay : float
        The weight of ½·Σθ² in the loss, ≥ 0.
    maximize : bool
        Whether to go up instead of down.

    Notes
    -----
    As in PyTorch, η is computed at the end of a step for the next, so that a new rate takes effect
    one step later, and averaging begins in the step after t₀ + 1. PyTorch keeps η in its default
    dtype: its steps in float64 equal these only after `torch.set_default_dtype(torch.float64)`,
    and differ by 1e-7 of their length otherwise. Names and defaults are PyTorch's. Source: Polyak
    and Juditsky (1992).

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> fc = Linear(1, 1, weight_init=lambda *_: [[2.0]])
    >>> optimizer = ASGD(fc, lr=0.1, lambd=0, t0=0)
    >>> for slope in (1.0, 1.0, -1.0):  # to 1.9, 1.8 and 1.9
    ...     _ = fc([[1.0]]), fc.backward([[slope]])
    ...     optimizer.step()
    >>> optimizer.state["W"]["ax"].round(3)
    array([[1.85]])
    """

    options: ClassVar[Options] = {
        "lr": real(low=0),
        "lambd": real(low=0),
        "alpha": real(low=0),
        "t0": real(low=0),
        "weight_decay": real(low=0),
        "maximize": check_bool,
    }

    def __init__(
        self,
        params: Params,
        lr: float = 1e-2,
        lambd: float = 1e-4,
        alpha: float = 0.75,
        t0: float = 1e6,
        weight_decay: float = 0,
        *,
        maximize: bool = False,
    ) -> None:
        super().__init__(
            params,
            lr=lr,
            lambd=lambd,
            alpha=alpha,
            t0=t0,
            weight_decay=weight_decay,
            maximize=maximize,
        )

    def new_state(self, parameter: Parameter, group: ParamGroup) -> dict[str, Any]:
        """Return t, the next η, the weight μ of the next θ in the mean, and the mean."""
        mean = np.zeros_like(parameter.value)
        return {"step": 0, "eta": group["lr"], "mu": 1.0, "ax": mean}

    def update(self, parameter: Parameter, grad: Array, group: ParamGroup) -> None:
        """θ ← (1 − λ·η)·θ − η·g, in place; mean ← mean + μ·(θ − mean)."""
        g = self.regularized(grad, parameter, group)
        state, scratch = self.state_of(parameter, group), self.scratch_for(parameter)
        value, mean = parameter.value, state["ax"]
        value *= 1 - group["lambd"] * state["eta"]
        value -= np.multiply(g, state["eta"], out=scratch)
        if state["mu"] == 1:
            np.copyto(mean, value)
        else:
            np.subtract(value, mean, out=scratch)
            scratch *= state["mu"]
            mean += scratch
        _count(state, group)


def _count(state: dict[str, Any], group: ParamGroup) -> None:
    """Count a step; choose η and μ for the next."""
    state["step"] += 1
    t, lr = state["step"], group["lr"]
    state["eta"] = float(lr / (1 + group["lambd"] * lr * t) ** group["alpha"])
    state["mu"] = float(1 / max(1, t - group["t0"]))
