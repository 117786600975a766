"""Where a search looks, and what its networks come to: all trials of a search learn as one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from minidl.data import make_moons
from minidl.losses import BCEWithLogitsLoss
from minidl.nn import Linear, Sequential, Tanh, xavier_normal
from minidl.train import Sweep

Array = npt.NDArray[Any]
Sets = tuple[tuple[Array, Array], tuple[Array, Array]]

POINTS, DEV_POINTS, NOISE, HIDDEN = 40, 200, 0.3, 20
EVERY = 10
"""Epochs from one look at the dev set to the next, and to what the reader does meanwhile."""
FINENESS = 2.0**26
"""Weights are multiples of one through this."""
DOT = 0.22
"""How large a trial at a random place is drawn, in factors of ten."""


class Window(NamedTuple):
    """A part of the map: from where to where, in powers of ten."""

    rate: tuple[float, float]
    l2: tuple[float, float]


WHOLE = Window((-2.0, 2.0), (-5.0, 0.0))
"""Rates from 0.01 to 100, penalties from 0.00001 to 1."""


class Trials(NamedTuple):
    """Settings to try, each of shape (K,): rates, penalties, and the sizes of their cells."""

    rates: Array
    l2: Array
    widths: Array
    heights: Array


def around(rate: float, l2: float) -> Window:
    """Return the window of a quarter of the map's sides around a place, all of it on the map.

    Examples
    --------
    >>> around(1.0, 1e-5)
    Window(rate=(-0.5, 0.5), l2=(-5.0, -3.75))
    """

    def side(at: float, low: float, high: float) -> tuple[float, float]:
        length = (high - low) / 4
        start = min(max(at - length / 2, low), high - length)
        return float(start), float(start + length)

    return Window(side(np.log10(rate), *WHOLE.rate), side(np.log10(l2), *WHOLE.l2))


def grid_trials(across: int, up: int, window: Window = WHOLE) -> Trials:
    """Return settings in the middle of equal cells, rates by penalties.

    Examples
    --------
    >>> trials = grid_trials(2, 1)
    >>> trials.rates.round(3), trials.widths
    (array([ 0.1, 10. ]), array([2., 2.]))
    """
    (x, width), (y, height) = (
        _middles(count, *ends) for count, ends in ((across, window.rate), (up, window.l2))
    )
    rates, l2 = (10 ** part.ravel() for part in np.meshgrid(x, y))
    return Trials(rates, l2, np.full(rates.shape, width), np.full(rates.shape, height))


def _middles(count: int, low: float, high: float) -> tuple[Array, float]:
    size = (high - low) / count
    return low + size * (np.arange(count) + 0.5), size


def random_trials(count: int, seed: int) -> Trials:
    """Return settings anywhere on the map, as likely in one factor of ten as in another.

    Examples
    --------
    >>> random_trials(3, seed=0).rates.shape
    (3,)
    """
    places = np.random.default_rng(seed).random((2, count))
    rates, l2 = (
        10 ** (low + (high - low) * place) for place, (low, high) in zip(places, WHOLE, strict=True)
    )
    return Trials(rates, l2, np.full(count, DOT), np.full(count, DOT))


@lru_cache(maxsize=4)
def moons_sets(seed: int) -> Sets:
    """Return the points of a seed: 40 to train on, and 200 to choose by.

    Examples
    --------
    >>> [X.shape for X, _ in moons_sets(0)]
    [(40, 2), (200, 2)]
    """
    X, y = make_moons(POINTS + DEV_POINTS, noise=NOISE, rng=seed)
    y = y.reshape(-1, 1)
    return (X[:POINTS], y[:POINTS]), (X[POINTS:], y[POINTS:])


def first_network(seed: int) -> Sequential:
    """Return the network of a seed before training: 2 inputs, 20 Tanh units, a logit.

    Examples
    --------
    >>> first_network(0)([[0.5, 1.0]]).shape
    (1, 1)
    """
    rng = np.random.default_rng(seed)
    init: dict[str, Any] = {"weight_init": xavier_normal, "rng": rng}
    return Sequential(Linear(2, HIDDEN, **init), Tanh(), Linear(HIDDEN, 1, **init))


def train(
    rates: Array, l2: Array, weight_seeds: list[int], sets: Sets, epochs: int
) -> Iterator[tuple[int, Array]]:
    """Train a network for each setting; every few epochs yield the epoch and the dev losses.

    Parameters
    ----------
    rates, l2 : ndarray of shape (K,)
        The settings.
    weight_seeds : list of K int
        Where each network's first weights come from.
    sets : (train, dev)
        The points.
    epochs : int
        Steps on all points.
    """
    networks = [first_network(seed) for seed in weight_seeds]
    sweep = Sweep(networks, BCEWithLogitsLoss(reduction="none"), lr=rates, l2=l2)
    (X, y), dev = sets
    yield 0, sweep.losses(*dev)
    for epoch in range(1, epochs + 1):
        sweep.step(X, y)
        for parameter in sweep.parameters():
            put_on_grid(parameter.value)
        if epoch % EVERY == 0:
            yield epoch, sweep.losses(*dev)


@np.errstate(over="ignore", invalid="ignore")  # some have diverged
def put_on_grid(weights: Array) -> None:
    """Round weights in place, so that every processor goes the same way.

    Processors add up in another order, and differ in the last digit. At a high rate such a
    difference grows, step by step, until two trainings have nothing in common.

    Examples
    --------
    >>> weights = np.array([0.1, 0.1 + 1e-16])
    >>> put_on_grid(weights)
    >>> bool(weights[0] == weights[1])
    True
    """
    weights *= FINENESS
    np.rint(weights, out=weights)
    weights /= FINENESS
