"""A race that has been run, and the step at which it is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.explorers.race.landscapes import LANDSCAPES
from minidl.explorers.race.racers import STEPS, arrival, run
from minidl.explorers.race.rates import RATES

Array = npt.NDArray[Any]


@lru_cache(maxsize=256)  # a box that is ticked adds one run to those that stay
def way_of(name: str, key: str, lr: float, noise: int) -> Array:
    """Return the way of a racer through a landscape; `noise` is 0 for none, else a seed.

    Examples
    --------
    >>> way_of("SGD", "bowl", 0.5, noise=0)[:2].tolist()
    [[-2.2, 0.87], [-1.1, -0.87]]
    """
    landscape = LANDSCAPES[key]
    blur = landscape.noise(STEPS, noise) if noise else np.zeros((STEPS, 2))
    way = run(name, landscape, lr, blur)
    way.setflags(write=False)
    return way


class RaceSession:
    """Some racers in one landscape, each at its best rate times a common factor.

    Parameters
    ----------
    key : str
        One of `LANDSCAPES`.
    names : sequence of str
        Of `RACERS`.
    noise : int
        0 for none, else the seed of the noise, the same for all.
    factor : float
        What the best rates are multiplied by.

    Attributes
    ----------
    rates : dict of str to float
        The rate of each racer.
    ways : dict of str to ndarray
        Its points, from the start on.
    left : dict of str to ndarray
        The share of the height that is left, after each step.
    arrived : dict of str to int or None
        The step after which it stays in the valley.
    step : int
        Where the race is, from 0 to `STEPS`.

    Examples
    --------
    >>> session = RaceSession("bowl", ["SGD", "LBFGS"], noise=0, factor=1.0)
    >>> float(session.left["SGD"][0])
    1.0
    """

    def __init__(self, key: str, names: Sequence[str], *, noise: int, factor: float) -> None:
        self.landscape = LANDSCAPES[key]
        self.noisy = noise > 0
        best = {name: RATES[key][name][int(self.noisy)] for name in names}
        self.rates = {name: factor * rate for name, rate in best.items()}
        with np.errstate(over="ignore", invalid="ignore"):
            self.ways = {n: way_of(n, key, lr, noise) for n, lr in self.rates.items()}
            self.left = {n: self.landscape.share_left(way) for n, way in self.ways.items()}
        self.arrived = {n: arrival(self.landscape, way) for n, way in self.ways.items()}
        self.step = 0

    def ranking(self) -> list[str]:
        """Return the names: who has arrived first, then by what is left at this step."""

        def place(name: str) -> tuple[float, float]:
            arrived = self.arrived[name]
            left = float(self.left[name][self.step])
            there = arrived is not None and arrived <= self.step and not self.noisy
            return (arrived if there and arrived is not None else STEPS + 1, left)

        return sorted(self.ways, key=place)
