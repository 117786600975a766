"""The schedules of the explorer, all made from the same three numbers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from minidl.schedules import (
    ConstantLR,
    CosineAnnealingLR,
    CosineAnnealingWarmRestarts,
    CyclicLR,
    ExponentialLR,
    LambdaLR,
    LinearLR,
    MultiStepLR,
    OneCycleLR,
    PolynomialLR,
    ReduceLROnPlateau,
    Schedule,
    SequentialLR,
    StepLR,
)

Array = npt.NDArray[np.float64]
Shape = Callable[[float, float, int], Schedule]

WARM_START = 0.01  # of the rate, in the first step of a warm-up


def _step(lr: float, fall: float, steps: int) -> Schedule:
    return StepLR(-(-steps // 4), gamma=fall ** (-1 / 3))


def _multi_step(lr: float, fall: float, steps: int) -> Schedule:
    return MultiStepLR([steps // 2, 3 * steps // 4], gamma=fall**-0.5)


def _one_over_time(lr: float, fall: float, steps: int) -> Schedule:
    return LambdaLR(lambda step: 1 / (1 + (fall - 1) * step / steps))


def _restarts(lr: float, fall: float, steps: int) -> Schedule:
    return CosineAnnealingWarmRestarts(-(-steps // 7), T_mult=2, eta_min=lr / fall)


def _cyclic(lr: float, fall: float, steps: int) -> Schedule:
    up = max(steps // 8, 1)
    return CyclicLR(lr / fall, lr, step_size_up=up, cycle_momentum=False)


def _one_cycle(lr: float, fall: float, steps: int) -> Schedule:
    return OneCycleLR(lr, steps, div_factor=25, final_div_factor=fall / 25, cycle_momentum=False)


SHAPES: dict[str, Shape] = {
    "constant": lambda lr, fall, steps: ConstantLR(1.0, total_iters=0),
    "StepLR": _step,
    "MultiStepLR": _multi_step,
    "ExponentialLR": lambda lr, fall, steps: ExponentialLR(fall ** (-1 / steps)),
    "LambdaLR: 1 / time": _one_over_time,
    "LinearLR": lambda lr, fall, steps: LinearLR(1.0, 1 / fall, total_iters=steps),
    "PolynomialLR: square": lambda lr, fall, steps: PolynomialLR(steps, power=2.0),
    "CosineAnnealingLR": lambda lr, fall, steps: CosineAnnealingLR(steps, eta_min=lr / fall),
    "CosineAnnealingWarmRestarts": _restarts,
    "CyclicLR": _cyclic,
    "OneCycleLR": _one_cycle,
    "ConstantLR: low, then high": lambda lr, fall, steps: ConstantLR(
        1 / fall, total_iters=steps // 2
    ),
}
"""From the largest rate, the factor by which it falls and the number of steps to a schedule."""


PLATEAU = "ReduceLROnPlateau"
"""The one that is no function of time: the losses of a training tell when its rate falls."""
PATIENCE = 5


def plateau_of(lr: float, fall: float) -> ReduceLROnPlateau:
    """Return a plateau that lets the rate fall three times, in the end by this factor, above 1.

    Examples
    --------
    >>> round(plateau_of(2.0, fall=1000).reduced(2.0), 9)
    0.2
    """
    return ReduceLROnPlateau(factor=fall ** (-1 / 3), patience=PATIENCE, min_lr=lr / fall)


def composed(shape: str, lr: float, fall: float, warm_up: int, steps: int) -> Schedule:
    """Return a schedule of so many steps, the first of them a warm-up in a straight line.

    Parameters
    ----------
    shape : str
        One of `SHAPES`.
    lr, fall : float
        The largest rate, and the factor by which it falls in the end.
    warm_up, steps : int
        Steps of the warm-up, and of all.

    Examples
    --------
    >>> schedule = composed("LinearLR", 1.0, fall=5, warm_up=2, steps=6)
    >>> [round(schedule.lr_at(step, base_lr=1.0), 3) for step in range(7)]
    [0.01, 0.505, 1.0, 0.8, 0.6, 0.4, 0.2]
    """
    main = SHAPES[shape](lr, fall, steps - warm_up)
    if not warm_up:
        return main
    return SequentialLR([LinearLR(WARM_START, total_iters=warm_up), main], [warm_up])
