"""Penalties on large weights, which hold a model back from fitting the noise in its data.

Of a sparse gradient, `L2` and `L1` make a dense one, since they pull at every row.
"""

from __future__ import annotations

from typing import Any, final

import numpy as np
import numpy.typing as npt

from minidl.parameter import Parameter
from minidl.penalties.base import WEIGHTS, Factor, Penalty
from minidl.sparse import SparseGradient

Array = npt.NDArray[Any]


def _add_to_gradient(parameter: Parameter, pull: Array) -> None:
    """Add the gradient to the penalty's new array, since an op may share its own with others.

    A penalty pulls at every row, so that a sparse gradient becomes a dense one.
    """
    grad = parameter.grad
    if isinstance(grad, SparseGradient):
        grad.add_to(pull)
    else:
        pull += grad
    parameter.grad = pull


@final
class L2(Penalty):
    """The squared norm as a term of the loss, ½·λ·ΣW², with gradient λ·W.

    Also known as ridge regression and as Tikhonov's regularization. Under plain gradient descent
    it is PyTorch's `weight_decay=λ`, on the parameters that match.

    Parameters
    ----------
    lam : float
        The weight λ ≥ 0 of the term; `lambda` is a word of Python's own.
    pattern : str
        See `Penalty`.

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> fc = Linear(2, 1, weight_init=lambda *_: [[3.0], [-1.0]])
    >>> _ = fc([[0.0, 0.0]]), fc.backward([[1.0]])  # ∂L/∂W = 0
    >>> penalty = L2(0.1)
    >>> weights = penalty.select(fc)
    >>> penalty.value(weights)
    0.5
    >>> penalty.apply(weights)
    >>> weights[0].grad
    array([[ 0.3],
           [-0.1]])
    """

    lam = Factor(low=0)

    def __init__(self, lam: float, pattern: str = WEIGHTS) -> None:
        super().__init__(pattern)
        self.lam = lam

    def value_of(self, parameter: Parameter) -> float:
        """Return ½·λ·ΣW²."""
        return 0.5 * self.lam * float((parameter.value**2).sum())

    def apply_to(self, parameter: Parameter) -> None:
        """∂L/∂W ← ∂L/∂W + λ·W."""
        if self.lam:
            _add_to_gradient(parameter, self.lam * parameter.value)

    def __repr__(self) -> str:
        return f"L2({self.lam:g}, {self.pattern!r})"


@final
class L1(Penalty):
    """The sum of sizes as a term of the loss, λ·Σ|W|, with gradient λ·sign(W).

    Its pull does not weaken as a weight gets small, so it drives weights to 0 where L2 only
    shrinks them. Also known as the lasso, Tibshirani (1996). The slope at 0 is taken as 0.

    Parameters
    ----------
    lam : float
        The weight λ ≥ 0 of the term.
    pattern : str
        See `Penalty`.

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> fc = Linear(2, 1, weight_init=lambda *_: [[3.0], [-1.0]])
    >>> penalty = L1(0.5)
    >>> penalty.value(penalty.select(fc))
    2.0
    """

    lam = Factor(low=0)

    def __init__(self, lam: float, pattern: str = WEIGHTS) -> None:
        super().__init__(pattern)
        self.lam = lam

    def value_of(self, parameter: Parameter) -> float:
        """Return λ·Σ|W|."""
        return self.lam * float(np.abs(parameter.value).sum())

    def apply_to(self, parameter: Parameter) -> None:
        """∂L/∂W ← ∂L/∂W + λ·sign(W)."""
        _add_to_gradient(parameter, self.lam * np.sign(parameter.value))

    def __repr__(self) -> str:
        return f"L1({self.lam:g}, {self.pattern!r})"


@final
class WeightDecay(Penalty):
    """Shrink the weights a little before each step, W ← (1 − δ)·W; no term of the loss.

    Under plain gradient descent with a learning rate α it is the same step as `L2` with
    δ = α·λ. The two part when the rate changes, since δ is not multiplied by it. Beside `L1` or
    `L2`, list it last: their gradients are those of the weights as they find them. Source: Hanson
    and Pratt (1988); PyTorch's AdamW decays by α·λ instead.

    Parameters
    ----------
    damping : float
        The share δ that a weight loses at each step, 0 ≤ δ < 1.
    pattern : str
        See `Penalty`.

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> fc = Linear(2, 1, weight_init=lambda *_: [[3.0], [-1.0]])
    >>> penalty = WeightDecay(0.1)
    >>> penalty.apply(penalty.select(fc))
    >>> fc.params["W"]
    array([[ 2.7],
           [-0.9]])
    """

    damping = Factor(low=0, high=1, high_inclusive=False)

    def __init__(self, damping: float, pattern: str = WEIGHTS) -> None:
        super().__init__(pattern)
        self.damping = damping

    def value_of(self, parameter: Parameter) -> float:
        """Return 0."""
        return 0.0

    def apply_to(self, parameter: Parameter) -> None:
        """W ← (1 − δ)·W, in place."""
        parameter.value *= 1 - self.damping

    def __repr__(self) -> str:
        return f"WeightDecay({self.damping:g}, {self.pattern!r})"
