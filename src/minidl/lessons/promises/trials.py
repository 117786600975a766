"""The five trials that the lesson opens with, in each Adam and one other optimizer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data import load_digits
from minidl.losses import CrossEntropyLoss
from minidl.nn import Embedding, Linear, Sequential, Tanh
from minidl.optim import ASGD, LBFGS, Adadelta, Adam, Adamax, Optimizer, SparseAdam
from minidl.parameter import Parameter

Array = npt.NDArray[Any]
Maker = Callable[[Any], Optimizer]

LR = 0.01
ADAM_RATES = (0.03, 0.1, 0.2, 0.3)
"""Of these Adam has the best one where gradients are counted."""
MOST = 400  # gradients
ENOUGH = 0.01


def walk(
    make: Maker, slope: Callable[[Array, int], Any], x: Any, steps: int
) -> tuple[Array, dict[str, Any]]:
    """Return all places of an optimizer, from the start on, and what it remembers in the end.

    Parameters
    ----------
    make : callable
        Makes the optimizer from a list of one parameter.
    slope : callable
        The place and the number of the step, from 0 → the slope that the optimizer is given.
    x : float or array_like
        The start.
    steps : int

    Examples
    --------
    >>> way, _ = walk(partial(Adamax, lr=0.5), lambda x, step: 8 * x, 2.0, steps=2)
    >>> way.round(2)
    array([2.  , 1.5 , 1.07])
    """
    grads: dict[str, Array] = {}
    place = Parameter("x", "x", {"x": np.array(x, dtype=np.float64)}, grads)
    optimizer, way = make([place]), [place.value.copy()]
    for step in range(steps):
        grads["x"] = np.asarray(slope(place.value, step))
        optimizer.step()
        way.append(place.value.copy())
    return np.array(way), optimizer.state.get("x", {})


def thrown(make: Callable[..., Optimizer]) -> float:
    """Return how many rates far a slope of 1000 throws, after 2000 of ±1."""
    slopes = np.random.default_rng(0).choice([-1.0, 1.0], 2050)
    slopes[2000] = 1000
    way, _ = walk(partial(make, lr=LR), lambda _, step: slopes[step], 0.0, steps=2050)
    return float(way[2000] - way[2000:].min()) / LR


def moved_unasked(make: Callable[..., Optimizer], *, sparse: bool) -> int:
    """Return how many rows of a table of 1000 words move in a step that looks up 10 others.

    The second word is half as frequent as the first, the third a third, and so on.
    """
    rng, table = np.random.default_rng(0), Embedding(1000, 3, sparse=sparse, rng=0)
    optimizer, often = make(table, lr=LR), 1 / np.arange(1, 1001)
    for _ in range(1000):
        words = rng.choice(1000, 10, p=often / often.sum())
        before = table.params["W"].copy()
        table(words)
        table.backward(rng.normal(size=(10, 3)))
        optimizer.step()
    moved = np.flatnonzero(np.any(table.params["W"] != before, axis=1))
    return len(np.setdiff1d(moved, words))


def in_noise(make: Maker, steps: int, runs: int = 200) -> tuple[Array, dict[str, Any]]:
    """Return the last places of many runs, from 2 beside the valley 4·x², and what is remembered.

    The slopes have a noise of standard deviation 4.
    """
    noise = np.random.default_rng(steps).normal(0, 4, (steps, runs))
    way, memory = walk(make, lambda x, step: 8 * x + noise[step], np.full(runs, 2.0), steps)
    return way[-1], memory


def typical(distances: Array) -> float:
    """Return the root of the mean square.

    Examples
    --------
    >>> round(typical(np.array([-3.0, 4.0])), 3)
    3.536
    """
    return float(np.sqrt(np.mean(distances**2)))


def averaging(steps: int) -> Maker:
    """Return what makes an ASGD of rate 0.1 that begins to average half-way."""
    return partial(ASGD, lr=0.1, lambd=0, t0=steps // 2)


def steps_in(unit: float, make: Maker) -> int:
    """Return the steps down 4·(x / unit)², from x = 2 units to a hundredth of that.

    Examples
    --------
    >>> steps_in(1, partial(Adam, lr=0.1)), steps_in(10, partial(Adam, lr=1))
    (24, 24)
    """
    way, _ = walk(make, lambda x, _: 8 * x / unit**2, 2.0 * unit, steps=4000)
    return int(np.argmax(np.abs(way) < 0.02 * unit))


def gradients_asked(make: Maker, seed: int) -> int:
    """Return how many gradients a network needs until its loss on 500 digits is 0.01."""
    images, kinds, *_ = load_digits()
    X, y, loss_fn = images[:500].reshape(500, -1) / 16, kinds[:500], CrossEntropyLoss()
    model = Sequential(Linear(64, 16, rng=seed), Tanh(), Linear(16, 10, rng=seed + 100))
    optimizer, losses = make(model), [np.inf]

    def closure() -> float:
        losses.append(float(loss_fn(model(X), y)))
        model.backward(loss_fn.backward())
        return losses[-1]

    while len(losses) <= MOST and min(losses) > ENOUGH:
        if not optimizer.needs_closure:
            closure()
        optimizer.step(closure if optimizer.needs_closure else None)
    return next((n for n, loss in enumerate(losses) if loss <= ENOUGH), MOST)


def best_adam(seed: int) -> int:
    """Return how many gradients Adam needs, at the best of `ADAM_RATES`."""
    return min(gradients_asked(partial(Adam, lr=lr), seed) for lr in ADAM_RATES)


def lbfgs(memory: int) -> Maker:
    """Return what makes an L-BFGS that searches along its directions."""
    return partial(LBFGS, history_size=memory, line_search_fn="strong_wolfe")


def run_trials() -> dict[str, tuple[float, str, float]]:
    """Return for each trial what Adam makes of it, who else takes part, and what that one does."""
    adam, n = partial(Adam, lr=0.1), 1000
    of_adam, (_, of_asgd) = in_noise(adam, n)[0], in_noise(averaging(n), n)
    unasked = moved_unasked(Adam, sparse=False), moved_unasked(SparseAdam, sparse=True)
    slower = [steps_in(10, make) / steps_in(1, make) for make in (adam, Adadelta)]
    asked = best_adam(0), gradients_asked(lbfgs(10), 0)
    return {
        "thrown by one huge slope, in rates": (thrown(Adam), "Adamax", thrown(Adamax)),
        "rows moved that were not looked up": (unasked[0], "SparseAdam", unasked[1]),
        "distance after 1000 noisy steps": (typical(of_adam), "ASGD", typical(of_asgd["ax"])),
        "steps in decimetres / steps in metres": (slower[0], "Adadelta", slower[1]),
        "gradients until digits are learned": (asked[0], "LBFGS", asked[1]),
    }
