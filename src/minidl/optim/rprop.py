"""Rprop: steps that look at the sign of the gradient alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, final

import numpy as np

from minidl.optim.base import Params
from minidl.optim.groups import ParamGroup
from minidl.optim.options import Options, pair, real
from minidl.optim.update_rule import Array, UpdateRule
from minidl.parameter import Parameter
from minidl.validation import check_bool


@final
class Rprop(UpdateRule):
    """Resilient backpropagation, θ ← θ − Δ·sign(g), with a step Δ for each number of its own.

    While g keeps its sign, Δ grows by the factor η⁺. When it turns, a minimum was jumped over: Δ
    shrinks by η⁻, and this number rests for one step. Only signs count, so the gradient must be
    that of the whole training set: from small batches its sign is mostly noise.

    Parameters
    ----------
    params : Op, iterable of Parameter, or list of dict
        See `Optimizer`.
    lr : float
        The first Δ ≥ 0. Later a change of it changes nothing.
    etas : pair of float
        η⁻ and η⁺, with 0 < η⁻ < 1 < η⁺.
    step_sizes : pair of float
        The smallest and the largest Δ.
    maximize : bool
        Whether to go up instead of down.

    Raises
    ------
    ValueError
        If the smallest step is larger than the largest.

    Notes
    -----
    As in PyTorch, Δ is held above the smallest step before the first move, so that even a rate
    of 0 moves by it. Names, defaults and numbers are PyTorch's. Source: Riedmiller and Braun
    (1993).

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> fc = Linear(1, 1, weight_init=lambda *_: [[2.0]])
    >>> optimizer = Rprop(fc, lr=0.1)
    >>> for slope in (1000.0, 0.001, -5.0):  # by 0.1, by 0.12, not at all
    ...     _ = fc([[1.0]]), fc.backward([[slope]])
    ...     optimizer.step()
    >>> fc.params["W"]
    array([[1.78]])
    """

    options: ClassVar[Options] = {
        "lr": real(low=0),
        "etas": pair(
            real(low=0, high=1, low_inclusive=False, high_inclusive=False),
            real(low=1, low_inclusive=False),
        ),
        "step_sizes": pair(real(low=0), real(low=0)),
        "maximize": check_bool,
    }

    def __init__(
        self,
        params: Params,
        lr: float = 1e-2,
        etas: tuple[float, float] = (0.5, 1.2),
        step_sizes: tuple[float, float] = (1e-6, 50),
        *,
        maximize: bool = False,
    ) -> None:
        super().__init__(params, lr=lr, etas=etas, step_sizes=step_sizes, maximize=maximize)

    @classmethod
    def check_together(cls, options: Mapping[str, Any]) -> None:
        """Refuse a smallest step above the largest."""
        smallest, largest = options["step_sizes"]
        if smallest > largest:
            raise ValueError(
                f"step_sizes: expected the smallest step first, received {smallest:g} and "
                f"{largest:g}; try {(largest, smallest)}"
            )

    def new_state(self, parameter: Parameter, group: ParamGroup) -> dict[str, Any]:
        """Return the last g, 0 where it turned, and Δ."""
        value = parameter.value
        return {"prev": np.zeros_like(value), "step_size": np.full_like(value, group["lr"])}

    def update(self, parameter: Parameter, grad: Array, group: ParamGroup) -> None:
        """θ ← θ − Δ·sign(g), in place."""
        g = self.turned(grad, parameter, group)
        state, scratch = self.state_of(parameter, group), self.scratch_for(parameter)
        last, delta = state["prev"], state["step_size"]
        shrink, grow = group["etas"]
        agreement = np.multiply(g, last, out=last)
        turns = agreement < 0
        np.multiply(delta, grow, out=delta, where=agreement > 0)
        np.multiply(delta, shrink, out=delta, where=turns)
        np.clip(delta, *group["step_sizes"], out=delta)
        np.copyto(last, g)
        np.copyto(last, 0, where=turns)
        value = parameter.value
        value -= np.multiply(np.sign(last, out=scratch), delta, out=scratch)
