"""Who races, and a run of one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.explorers.race.landscapes import Landscape
from minidl.optim import (
    ASGD,
    LBFGS,
    SGD,
    Adadelta,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    Optimizer,
    RMSprop,
    Rprop,
)
from minidl.parameter import Parameter

Array = npt.NDArray[Any]
Racer = Callable[[list[Parameter], float], Optimizer]

STEPS = 200
GOAL = 0.001
"""Who has less than this share of the first height left has arrived."""
WALL = 1e6  # a run that is this far out will not come back


def momentum(params: list[Parameter], lr: float) -> Optimizer:
    """Return SGD with momentum."""
    return SGD(params, lr=lr, momentum=0.9)


def nesterov(params: list[Parameter], lr: float) -> Optimizer:
    """Return SGD with Nesterov's momentum."""
    return SGD(params, lr=lr, momentum=0.9, nesterov=True)


def asgd(params: list[Parameter], lr: float) -> Optimizer:
    """Return averaged descent, which begins to average in the middle of the race."""
    return ASGD(params, lr=lr, t0=STEPS // 2)


def lbfgs(params: list[Parameter], lr: float) -> Optimizer:
    """Return L-BFGS that goes along one direction a step, so that it looks at one gradient."""
    return LBFGS(params, lr=lr, max_iter=1)


RACERS: dict[str, Racer] = {
    "SGD": SGD,
    "momentum": momentum,
    "Nesterov": nesterov,
    "ASGD": asgd,
    "Adagrad": Adagrad,
    "RMSprop": RMSprop,
    "Adadelta": Adadelta,
    "Adam": Adam,
    "AdamW": AdamW,
    "Adamax": Adamax,
    "Rprop": Rprop,
    "LBFGS": lbfgs,
}
"""By name, each made from parameters and a rate, all else as PyTorch has it.

SparseAdam cannot run: it takes sparse gradients only, which say which rows of a table occur, and a
landscape has a slope in each of its two numbers at every point. If both rows occur in each step, it
is Adam.
"""


def run(name: str, landscape: Landscape, lr: float, noise: Array) -> Array:
    """Return the way of a racer, the start and a point for each step.

    Parameters
    ----------
    name : str
        One of `RACERS`.
    landscape : Landscape
    lr : float
        The rate.
    noise : ndarray of shape (steps, 2)
        What is added to the gradients.

    Returns
    -------
    ndarray of shape (steps + 1, 2)
        One that has run far out stays there. Of one that averages, the way is that of its mean.
    """
    grads: dict[str, Array] = {}
    point = Parameter("point", "point", {"point": np.array(landscape.start)}, grads)
    optimizer = RACERS[name]([point], lr)
    way = np.empty((len(noise) + 1, 2))
    way[0] = point.value

    def look() -> float:
        grads["point"] = landscape.slope(point.value) + noise[step]
        return float(landscape.loss(point.value))

    for step in range(len(noise)):
        if np.abs(way[step]).max() < WALL:
            if not optimizer.needs_closure:
                look()
            optimizer.step(look if optimizer.needs_closure else None)
        way[step + 1] = optimizer.state.get("point", {}).get("ax", point.value)
    return way


def arrival(landscape: Landscape, way: Array) -> int | None:
    """Return after which step less than `GOAL` of the height is left for good; None if never."""
    with np.errstate(over="ignore", invalid="ignore"):
        outside = np.flatnonzero(~(landscape.share_left(way) < GOAL))
    last = int(outside[-1]) if len(outside) else -1
    return None if last == len(way) - 1 else last + 1
