"""RMSprop: Adagrad that forgets."""

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
class RMSprop(UpdateRule):
    """RMSprop, θ ← θ − α·g / (√v + ε), where v ← ρ·v + (1 − ρ)·g².

    An average takes the place of Adagrad's sum, so that rates recover when gradients become small.
    v begins at 0 and is not corrected, hence the first steps are large: α / √(1 − ρ), ten times
    α by default. Centered, v − (average of g)² stands in place of v: the variance of g, small
    where g hardly changes. With momentum, u ← μ·u + g / (√v + ε) and θ ← θ − α·u.

    Parameters
    ----------
    params : Op, iterable of Parameter, or list of dict
        See `Optimizer`.
    lr : float
        The learning rate α ≥ 0.
    alpha : float
        The share ρ of v that stays, in [0, 1]; PyTorch's name for it.
    eps : float
        ε ≥ 0, which keeps the quotient finite where the gradient has been 0.
    weight_decay : float
        The weight λ ≥ 0 of ½·λ·Σθ² in the loss.
    momentum : float
        The share μ ≥ 0 of u that is kept from step to step.
    centered : bool
        Whether to divide by the deviation of g.
    maximize : bool
        Whether to go up instead of down.

    Notes
    -----
    Names, defaults and numbers are PyTorch's. Sources: Tieleman and Hinton (2012), who add no ε
    outside the root; for `centered` Graves (2013).

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> fc = Linear(1, 1, weight_init=lambda *_: [[2.0]])
    >>> optimizer = RMSprop(fc, lr=0.1)
    >>> _ = fc([[1.0]]), fc.backward([[1000.0]])
    >>> optimizer.step()
    >>> fc.params["W"].round(6)
    array([[1.]])
    """

    options: ClassVar[Options] = {
        "lr": real(low=0),
        "alpha": real(low=0, high=1),
        "eps": real(low=0),
        "weight_decay": real(low=0),
        "momentum": real(low=0),
        "centered": check_bool,
        "maximize": check_bool,
    }

    def __init__(
        self,
        params: Params,
        lr: float = 1e-2,
        alpha: float = 0.99,
        eps: float = 1e-8,
        weight_decay: float = 0,
        momentum: float = 0,
        centered: bool = False,
        *,
        maximize: bool = False,
    ) -> None:
        super().__init__(
            params,
            lr=lr,
            alpha=alpha,
            eps=eps,
            weight_decay=weight_decay,
            momentum=momentum,
            centered=centered,
            maximize=maximize,
        )

    def new_state(self, parameter: Parameter, group: ParamGroup) -> dict[str, Any]:
        """Return v, u and the average of g; the last two wait at 0 for their options."""
        names = ("square_avg", "momentum_buffer", "grad_avg")
        return {name: np.zeros_like(parameter.value) for name in names}

    def update(self, parameter: Parameter, grad: Array, group: ParamGroup) -> None:
        """θ ← θ − α·g / (√v + ε), or θ ← θ − α·u, in place."""
        g = self.regularized(grad, parameter, group)
        state, scratch = self.state_of(parameter, group), self.scratch_for(parameter)
        move_average(state["square_avg"], np.multiply(g, g, out=scratch), group["alpha"], scratch)
        step = np.sqrt(self._mean_square(state, g, group, scratch), out=scratch)
        step += group["eps"]
        np.divide(g, step, out=step)
        if group["momentum"]:
            u = state["momentum_buffer"]
            u *= group["momentum"]
            u += step
            step = u
        value = parameter.value
        value -= np.multiply(step, group["lr"], out=scratch)

    def _mean_square(
        self, state: dict[str, Any], g: Array, group: ParamGroup, scratch: Array
    ) -> Array:
        """Return v or, centered, v less the square of the average of g."""
        if not group["centered"]:
            return state["square_avg"]
        average = state["grad_avg"]
        move_average(average, g, group["alpha"], scratch)
        np.multiply(average, average, out=scratch)
        return np.subtract(state["square_avg"], scratch, out=scratch)
