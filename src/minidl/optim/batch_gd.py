"""Plain gradient descent."""

from __future__ import annotations

from minidl.optim.base import Group, Optimizer, Params
from minidl.parameter import Parameter
from minidl.validation import check_real


class BatchGD(Optimizer):
    """Gradient descent on the whole training set, θ ← θ − α·∂R/∂θ.

    R is the mean loss over the batch, so with the full training set as one batch every step
    follows the exact gradient. Source: Cauchy (1847).

    Parameters
    ----------
    params : Op, iterable of Parameter, or list of dict
        See `Optimizer`.
    lr : float
        The learning rate α > 0.

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

    def __init__(self, params: Params, lr: float) -> None:
        super().__init__(params, {"lr": lr})

    def check_options(self, group: Group) -> None:
        """Refuse a learning rate that is not positive, and make it a plain number."""
        group["lr"] = check_real(group["lr"], "lr", low=0, low_inclusive=False)

    def update(self, parameter: Parameter, group: Group) -> None:
        """θ ← θ − α·∂R/∂θ, in place."""
        value = parameter.value
        value -= float(group["lr"]) * parameter.grad  # NumPy's float64 would widen a float32
