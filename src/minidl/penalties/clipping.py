"""Gradients cut short, so that one bad batch does not throw the parameters far away.

The two functions do it once, by PyTorch's names. The two classes do it at each step of a Runner,
`Runner(…, penalties=[…, ClipGradNorm(1.0)])`: last in the list, so that they see the gradients with
the penalties' share in them. Source: Pascanu, Mikolov and Bengio (2013).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import final

import numpy as np

from minidl.parameter import Parameter
from minidl.penalties.base import Adjustment, Factor
from minidl.penalties.gradients import Parameters, as_parameters, change_grad, norm_of
from minidl.validation import check_real


def clip_grad_norm_(
    parameters: Parameters,
    max_norm: float,
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
) -> float:
    """Shrink all gradients by one factor if their norm, as of one long vector, is too large.

    g ← g · min(1, max_norm / (‖g‖ + 10⁻⁶)): the direction of the step stays. As PyTorch's
    function of this name, but that a parameter without a gradient is an error.

    Parameters
    ----------
    parameters : Op, Parameter or iterable of Parameter
        Whose gradients.
    max_norm : float
        The largest norm ≥ 0 that they may have together.
    norm_type : float
        The p > 0 of the p-norm; `math.inf` for the largest size of a number.
    error_if_nonfinite : bool
        Whether a norm that is NaN or infinite is an error. If not, gradients of infinity become
        NaN, and one NaN makes all of them NaN.

    Returns
    -------
    float
        The norm before.

    Raises
    ------
    RuntimeError
        If there is no gradient, or the norm is not finite where that is an error.

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> fc = Linear(2, 1, rng=0)
    >>> _ = fc([[3.0, 0.0]]), fc.backward([[4.0]])
    >>> clip_grad_norm_(fc, 1.0)  # of 12, 0 and 4
    12.649110640673518
    >>> fc.grads["b"].round(3)
    array([[0.316]])
    """
    max_norm = check_real(max_norm, "max_norm", low=0)
    norm_type = check_norm_type(norm_type)
    chosen = as_parameters(parameters)
    norm = norm_of([parameter.grad for parameter in chosen], norm_type)
    if error_if_nonfinite and not math.isfinite(norm):
        raise RuntimeError(
            f"clip_grad_norm_: expected gradients with a finite norm, received {norm}; "
            "try a smaller learning rate, or error_if_nonfinite=False"
        )
    factor = max_norm / (norm + 1e-6)
    if not factor >= 1:  # NaN is not
        with np.errstate(invalid="ignore", under="ignore"):  # 0·∞ is NaN
            for parameter in chosen:
                change_grad(parameter, lambda g: g * factor)
    return norm


def clip_grad_value_(parameters: Parameters, clip_value: float) -> None:
    """Cut each number of the gradients off at ±clip_value, by itself: the direction may change.

    As PyTorch's function of this name, but that a parameter without a gradient is an error.

    Parameters
    ----------
    parameters : Op, Parameter or iterable of Parameter
        Whose gradients.
    clip_value : float
        The largest size ≥ 0 that a number may have.

    Raises
    ------
    RuntimeError
        If there is no gradient.

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> fc = Linear(2, 1, rng=0)
    >>> _ = fc([[3.0, 0.0]]), fc.backward([[-4.0]])
    >>> clip_grad_value_(fc, 1.0)
    >>> fc.grads["b"]
    array([[-1.]])
    """
    limit = check_real(clip_value, "clip_value", low=0)
    for parameter in as_parameters(parameters):
        change_grad(parameter, lambda g: np.clip(g, -limit, limit))


@final
class ClipGradNorm(Adjustment):
    """Shrink the gradients at each step as `clip_grad_norm_` does.

    Parameters
    ----------
    max_norm : float
        The largest norm ≥ 0 of all gradients together.
    norm_type : float
        The p > 0 of the p-norm.
    pattern : str
        Which parameters' gradients; see `Adjustment`.

    Attributes
    ----------
    last_norm : float or None
        The norm at the last step, before.

    Examples
    --------
    >>> ClipGradNorm(1.0)
    ClipGradNorm(1)
    """

    max_norm = Factor(low=0)

    def __init__(self, max_norm: float, norm_type: float = 2.0, pattern: str = "") -> None:
        super().__init__(pattern)
        self.max_norm = max_norm
        self.norm_type = check_norm_type(norm_type)
        self.last_norm: float | None = None

    def apply(self, parameters: Iterable[Parameter]) -> None:
        """Shrink these parameters' gradients if their norm is too large."""
        self.last_norm = clip_grad_norm_(parameters, self.max_norm, self.norm_type)

    def __repr__(self) -> str:
        kind = "" if self.norm_type == 2 else f", norm_type={self.norm_type:g}"
        return f"ClipGradNorm({self.max_norm:g}{kind})"


@final
class ClipGradValue(Adjustment):
    """Cut the numbers of the gradients off at each step as `clip_grad_value_` does.

    Parameters
    ----------
    clip_value : float
        The largest size ≥ 0 that a number may have.
    pattern : str
        Which parameters' gradients; see `Adjustment`.

    Examples
    --------
    >>> ClipGradValue(0.5)
    ClipGradValue(0.5)
    """

    clip_value = Factor(low=0)

    def __init__(self, clip_value: float, pattern: str = "") -> None:
        super().__init__(pattern)
        self.clip_value = clip_value

    def apply(self, parameters: Iterable[Parameter]) -> None:
        """Cut these parameters' gradients off."""
        clip_grad_value_(parameters, self.clip_value)

    def __repr__(self) -> str:
        return f"ClipGradValue({self.clip_value:g})"


def check_norm_type(norm_type: float) -> float:
    """Return the p of a p-norm as a float.

    Examples
    --------
    >>> check_norm_type(2)
    2.0
    """
    if norm_type == math.inf:
        return math.inf
    return check_real(norm_type, "norm_type", low=0, low_inclusive=False)
