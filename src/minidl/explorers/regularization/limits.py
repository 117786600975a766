"""Where the axes of losses and weights end: at few places, so that they seldom jump."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

LOSS_LIMITS = (0.01, 0.5)
"""What the axis of the losses shows at least, so that the gaps of two trainings compare."""
LIMITS = (0.5, 1.0, 2.0, 5.0, 10.0)
"""Where the histogram's axes may end."""


def loss_limits(losses: Sequence[float]) -> tuple[float, float]:
    """Return limits with losses inside them: always the same where they will do.

    Examples
    --------
    >>> loss_limits([0.5, 0.05]), loss_limits([0.005, 3.0])
    ((0.01, 0.5), (0.001, 10.0))
    """
    low, high = LOSS_LIMITS
    if (smallest := max(min(losses), 1e-8)) < low:
        low = 10.0 ** math.floor(math.log10(smallest))
    if (largest := min(max(losses), 1e8)) > high:
        high = 10.0 ** math.ceil(math.log10(largest))
    return low, high


def weight_limit(weights: Array) -> float:
    """Return a limit between which nearly all weights lie; those beyond count in the last bins.

    Examples
    --------
    >>> weight_limit(np.array([-0.3, 0.1, 0.2]))
    0.5
    """
    if weights.size == 0:
        return LIMITS[0]
    widest = float(np.quantile(np.abs(weights), 0.98))
    return next((limit for limit in LIMITS if limit >= widest), LIMITS[-1])
