"""The memory of L-BFGS: how far it went lately, and how the gradient changed on the way.

Each pair of a step s and the gradient's change y on it tells of the loss's curvature: y ≈ H·s,
with H the matrix of second derivatives. A handful of them stand in for H, which for P parameters
would have P² numbers. Source: Nocedal and Wright (2006), Numerical Optimization, algorithm 7.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict

import numpy.typing as npt

Array = npt.NDArray[Any]

MIN_CURVATURE = 1e-10  # PyTorch's; a smaller yᵀs would make H⁻¹ explode, or point uphill


class Pair(TypedDict):
    """A step s, the gradient's change y on it, and ρ = 1 / yᵀs."""

    step: Array
    change: Array
    rho: float


def remember(pairs: list[Pair], step: Array, change: Array, size: int) -> float | None:
    """Add a pair to the last `size` ones, unless the loss does not curve upward along the step.

    Returns
    -------
    float or None
        γ = yᵀs / yᵀy, the scale of H⁻¹ along this step; None if the pair was not added.
    """
    curvature = float(change @ step)
    if curvature <= MIN_CURVATURE:
        return None
    del pairs[: max(0, len(pairs) - size + 1)]
    pairs.append({"step": step, "change": change, "rho": 1 / curvature})
    return curvature / float(change @ change)


def newton_direction(pairs: Sequence[Pair], scale: float, grad: Array) -> Array:
    """Return −H⁻¹·∂L/∂θ as the pairs know H, by the two-loop recursion.

    Parameters
    ----------
    pairs : sequence of Pair
        From the oldest to the newest.
    scale : float
        γ in γ·I, from which H⁻¹ is built up.
    grad : ndarray, shape (P,)
        ∂L/∂θ.

    Examples
    --------
    >>> import numpy as np
    >>> pairs: list[Pair] = []  # of the parabola 2·x², whose second derivative is 4
    >>> scale = remember(pairs, np.array([0.5]), np.array([2.0]), size=10)
    >>> newton_direction(pairs, scale, np.array([4.0]))  # at x = 1
    array([-1.])
    """
    direction = -grad
    alphas = []
    for pair in reversed(pairs):
        alpha = pair["rho"] * float(pair["step"] @ direction)
        direction -= alpha * pair["change"]
        alphas.append(alpha)
    direction *= scale
    for pair, alpha in zip(pairs, reversed(alphas), strict=True):
        beta = pair["rho"] * float(pair["change"] @ direction)
        direction += (alpha - beta) * pair["step"]
    return direction
