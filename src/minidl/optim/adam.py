"""Adam: momentum, and a rate for each number of its own; AdamW beside it."""

from __future__ import annotations

import math
from typing import Any, ClassVar, final

import numpy as np

from minidl.optim.averages import move_average
from minidl.optim.base import Params
from minidl.optim.groups import ParamGroup
from minidl.optim.options import Options, pair, real, share
from minidl.optim.update_rule import Array, UpdateRule
from minidl.parameter import Parameter
from minidl.validation import check_bool


class AdaptiveMoments(UpdateRule):
    """The step of Adam and AdamW, which treat weight decay differently."""

    options: ClassVar[Options] = {
        "lr": real(low=0),
        "betas": pair(share, share),
        "eps": real(low=0),
        "weight_decay": real(low=0),
        "amsgrad": check_bool,
        "maximize": check_bool,
    }

    def new_state(self, parameter: Parameter, group: ParamGroup) -> dict[str, Any]:
        """Return t, m, v and the largest v, which waits at 0 for `amsgrad` to be switched on."""
        names = ("exp_avg", "exp_avg_sq", "max_exp_avg_sq")
        return {"step": 0, **{name: np.zeros_like(parameter.value) for name in names}}

    def update(self, parameter: Parameter, grad: Array, group: ParamGroup) -> None:
        """θ ← θ − α·m̂ / (√v̂ + ε), in place."""
        g = self.with_decay(grad, parameter, group)
        state = self.state_of(parameter, group)
        state["step"] += 1
        self._move_averages(state, g, group, self.scratch_for(parameter))
        self._move(parameter, state, group)

    def with_decay(self, grad: Array, parameter: Parameter, group: ParamGroup) -> Array:
        """Return the gradient that the averages take up, or let the parameter decay itself."""
        raise NotImplementedError

    def decayed_apart(self, grad: Array, parameter: Parameter, group: ParamGroup) -> Array:
        """Make θ ← θ − α·λ·θ, in place; return the gradient, turned if need be."""
        if group["weight_decay"]:
            value = parameter.value
            value *= 1 - group["lr"] * group["weight_decay"]
        return self.turned(grad, parameter, group)

    def _move_averages(
        self, state: dict[str, Any], g: Array, group: ParamGroup, scratch: Array
    ) -> None:
        beta1, beta2 = group["betas"]
        move_average(state["exp_avg"], g, beta1, scratch)
        move_average(state["exp_avg_sq"], np.multiply(g, g, out=scratch), beta2, scratch)
        if group["amsgrad"]:
            largest = state["max_exp_avg_sq"]
            np.maximum(largest, state["exp_avg_sq"], out=largest)

    def _move(self, parameter: Parameter, state: dict[str, Any], group: ParamGroup) -> None:
        beta1, beta2 = group["betas"]
        found = 1 - beta1 ** state["step"]  # m̂ = m / found
        spread = math.sqrt(1 - beta2 ** state["step"])  # √v̂ = √v / spread
        v = state["max_exp_avg_sq" if group["amsgrad"] else "exp_avg_sq"]
        # m̂ / (√v̂ + ε) = spread / found · m / (√v + spread·ε), with fewer divisions of arrays.
        quotient = np.sqrt(v, out=self.scratch_for(parameter))
        quotient += spread * group["eps"]
        np.divide(state["exp_avg"], quotient, out=quotient)
        quotient *= group["lr"] * spread / found
        value = parameter.value
        value -= quotient


@final
class Adam(AdaptiveMoments):
    """Adam, θ ← θ − α·m̂ / (√v̂ + ε): an average of g, divided by its usual size.

    m ← β₁·m + (1 − β₁)·g and v ← β₂·v + (1 − β₂)·g² begin at 0 and are therefore too small
    in the first steps: m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ) make up for it in step t. Since
    m̂ / √v̂ is about 1 in size where the gradient keeps its sign, a step is about α long for every
    number, whatever the scale of its gradient.

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
        The weight λ ≥ 0 of ½·λ·Σθ² in the loss. It goes through m and v like any gradient.
    amsgrad : bool
        Whether the largest v so far stands in place of v, so that the rates never grow again.
    maximize : bool
        Whether to go up instead of down.
    decoupled_weight_decay : bool
        Whether the decay is θ ← θ − α·λ·θ instead, past m and v, as in `AdamW`.

    Notes
    -----
    Names, defaults and numbers are PyTorch's. Sources: Kingma and Ba (2015); for `amsgrad`
    Reddi, Kale and Kumar (2018).

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> fc = Linear(1, 1, weight_init=lambda *_: [[2.0]])
    >>> optimizer = Adam(fc, lr=0.1)
    >>> _ = fc([[1.0]]), fc.backward([[1000.0]])
    >>> optimizer.step()
    >>> fc.params["W"].round(6)
    array([[1.9]])
    """

    options: ClassVar[Options] = {**AdaptiveMoments.options, "decoupled_weight_decay": check_bool}

    def __init__(
        self,
        params: Params,
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        amsgrad: bool = False,
        *,
        maximize: bool = False,
        decoupled_weight_decay: bool = False,
    ) -> None:
        super().__init__(
            params,
            lr=lr,
            betas=betas,
            eps=eps,
            weight_decay=weight_decay,
            amsgrad=amsgrad,
            maximize=maximize,
            decoupled_weight_decay=decoupled_weight_decay,
        )

    def with_decay(self, grad: Array, parameter: Parameter, group: ParamGroup) -> Array:
        """Return g + λ·θ or, decoupled, let θ decay and return g."""
        if group["decoupled_weight_decay"]:
            return self.decayed_apart(grad, parameter, group)
        return self.regularized(grad, parameter, group)


@final
class AdamW(AdaptiveMoments):
    """Adam whose weight decay, θ ← θ − α·λ·θ, goes past the averages.

    In `Adam`, λ·θ is divided by √v̂ like the rest of the gradient, so that weights with large
    gradients hardly decay. Here all decay by the same share.

    Parameters
    ----------
    params, lr, betas, eps, amsgrad, maximize
        As for `Adam`.
    weight_decay : float
        λ ≥ 0, by default 0.01.

    Notes
    -----
    Names, defaults and numbers are PyTorch's. Source: Loshchilov and Hutter (2019).

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> fc = Linear(1, 1, weight_init=lambda *_: [[2.0]])
    >>> optimizer = AdamW(fc, lr=0.1, weight_decay=0.5)
    >>> _ = fc([[1.0]]), fc.backward([[0.0]])
    >>> optimizer.step()
    >>> fc.params["W"]
    array([[1.9]])
    """

    def __init__(
        self,
        params: Params,
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
        amsgrad: bool = False,
        *,
        maximize: bool = False,
    ) -> None:
        super().__init__(
            params,
            lr=lr,
            betas=betas,
            eps=eps,
            weight_decay=weight_decay,
            amsgrad=amsgrad,
            maximize=maximize,
        )

    def with_decay(self, grad: Array, parameter: Parameter, group: ParamGroup) -> Array:
        """Let θ decay, and return g."""
        return self.decayed_apart(grad, parameter, group)
