"""Stochastic gradient descent, with momentum."""

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
class SGD(UpdateRule):
    """Stochastic gradient descent, θ ← θ − α·g, with momentum θ ← θ − α·v, where v ← μ·v + g.

    g is the gradient of the batch's loss, plus λ·θ where there is weight decay. The first v is g
    itself. Nesterov's momentum looks one step ahead, θ ← θ − α·(g + μ·v).

    Textbooks often put the rate inside, v ← μ·v − α·g and θ ← θ + v. As long as the rate stays
    the same, both go the same way; when it falls, PyTorch's form, which is this one, slows down
    at once, and the other only as the old v fades.

    Parameters
    ----------
    params : Op, iterable of Parameter, or list of dict
        See `Optimizer`.
    lr : float
        The learning rate α ≥ 0.
    momentum : float
        The share μ ≥ 0 of v that is kept from step to step.
    dampening : float
        τ in v ← μ·v + (1 − τ)·g, from the second step on.
    weight_decay : float
        The weight λ ≥ 0 of ½·λ·Σθ² in the loss, for all parameters, biases too; `L2` is for some.
    nesterov : bool
        Whether to use Nesterov's momentum, which needs momentum > 0 and no dampening.
    maximize : bool
        Whether to go up instead of down.

    Notes
    -----
    A sparse gradient changes only its rows, and is taken without momentum and weight decay, which
    would change every row. Names, defaults and numbers are PyTorch's. Sources: Robbins and Monro
    (1951); Polyak (1964); Sutskever, Martens, Dahl and Hinton (2013).

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> fc = Linear(1, 1, weight_init=lambda *_: [[2.0]])
    >>> optimizer = SGD(fc, lr=0.1, momentum=0.9)
    >>> _ = fc([[1.0]]), fc.backward([[1.0]])  # ∂L/∂W = 1
    >>> optimizer.step()  # v = 1
    >>> optimizer.step()  # v = 1.9
    >>> fc.params["W"]
    array([[1.71]])
    """

    options: ClassVar[Options] = {
        "lr": real(low=0),
        "momentum": real(low=0),
        "dampening": real(),
        "weight_decay": real(low=0),
        "nesterov": check_bool,
        "maximize": check_bool,
    }
    sparse_options: ClassVar[Mapping[str, Any] | None] = {"momentum": 0, "weight_decay": 0}

    def __init__(
        self,
        params: Params,
        lr: float = 1e-3,
        momentum: float = 0,
        dampening: float = 0,
        weight_decay: float = 0,
        nesterov: bool = False,
        *,
        maximize: bool = False,
    ) -> None:
        super().__init__(
            params,
            lr=lr,
            momentum=momentum,
            dampening=dampening,
            weight_decay=weight_decay,
            nesterov=nesterov,
            maximize=maximize,
        )

    @classmethod
    def check_together(cls, options: Mapping[str, Any]) -> None:
        """Refuse Nesterov's momentum without momentum, or with dampening."""
        momentum, dampening = options["momentum"], options["dampening"]
        if options["nesterov"] and (momentum == 0 or dampening != 0):
            raise ValueError(
                "nesterov: expected momentum > 0 and dampening = 0, received "
                f"momentum={momentum:g} and dampening={dampening:g}; try momentum=0.9"
            )

    def new_state(self, parameter: Parameter, group: ParamGroup) -> dict[str, Any]:
        """Return v."""
        return {"momentum_buffer": np.zeros_like(parameter.value)}

    def update(self, parameter: Parameter, grad: Array, group: ParamGroup) -> None:
        """θ ← θ − α·g, or θ ← θ − α·v, in place."""
        step = self.regularized(grad, parameter, group)
        if group["momentum"]:
            step = self._with_momentum(parameter, step, group)
        value = parameter.value
        value -= np.multiply(step, group["lr"], out=self.scratch_for(parameter))

    def _with_momentum(self, parameter: Parameter, grad: Array, group: ParamGroup) -> Array:
        """Make v ← μ·v + (1 − τ)·g; return it, or g + μ·v for Nesterov's."""
        scratch = self.scratch_for(parameter)
        if parameter.name in self.state:
            v = self.state[parameter.name]["momentum_buffer"]
            v *= group["momentum"]
            kept = 1 - group["dampening"]
            v += grad if kept == 1 else np.multiply(grad, kept, out=scratch)
        else:
            v = grad.copy()
            self.state[parameter.name] = {"momentum_buffer": v}
        if not group["nesterov"]:
            return v
        return np.add(grad, np.multiply(v, group["momentum"], out=scratch), out=scratch)

    def update_rows(
        self, parameter: Parameter, rows: Array, grad: Array, group: ParamGroup
    ) -> None:
        """θ ← θ − α·g in these rows, without momentum and weight decay."""
        rate = -group["lr"] if group["maximize"] else group["lr"]
        parameter.value[rows] -= rate * grad
