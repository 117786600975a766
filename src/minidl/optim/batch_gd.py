"""Plain gradient descent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, final

from minidl.optim.base import Params
from minidl.optim.groups import ParamGroup
from minidl.optim.options import Options, real
from minidl.optim.update_rule import Array, UpdateRule
from minidl.parameter import Parameter


@final
class BatchGD(UpdateRule):
    """Gradient descent on the whole training set, θ ← θ − α·∂R/∂θ.

    R is the mean loss over the batch, so with the full training set as one batch every step
    follows the exact gradient. Source: Cauchy (1847).

    Parameters
    ----------
    params : Op, iterable of Parameter, or list of dict
        See `Optimizer`.
    lr : float
        The learning rate α ≥ 0.

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> fc = Linear(1, 1, weight_init=lambda *_: [[2.0]])
    >>> optimizer = BatchGD(fc, lr=0.1)
    >>> _ = fc([[3.0]]), fc.backward([[1.0]])  # ∂L/∂W = 3
    >>> optimizer.step()
    >>> fc.params["W"]
    array([[1.7]])
    """

    options: ClassVar[Options] = {"lr": real(low=0)}
    sparse_options: ClassVar[Mapping[str, Any] | None] = {}

    def __init__(self, params: Params, lr: float) -> None:
        super().__init__(params, lr=lr)

    def update(self, parameter: Parameter, grad: Array, group: ParamGroup) -> None:
        """θ ← θ − α·∂R/∂θ, in place."""
        value = parameter.value
        value -= group["lr"] * grad

    def update_rows(
        self, parameter: Parameter, rows: Array, grad: Array, group: ParamGroup
    ) -> None:
        """θ ← θ − α·∂R/∂θ, in these rows; the gradient of the others is 0."""
        parameter.value[rows] -= group["lr"] * grad
