"""How far to go along a direction: a search for a point that meets the strong Wolfe conditions.

The conditions ask, with slopes taken along the direction, that the loss has fallen by at least
C1 = 1/10000 of what the slope at the start promised, and that the slope has become flatter than
C2 = 9/10 of that at the start. The search first widens its step until such a point must lie in a
bracket, then narrows the bracket. Source: Nocedal and Wright (2006), Numerical Optimization,
algorithms 3.5 and 3.6.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy.typing as npt

Array = npt.NDArray[Any]

C1 = 1e-4
C2 = 0.9
EDGE = 0.1  # a trial nearer to an end of the bracket than this share of it makes too little way


class Trial(NamedTuple):
    """A point of the search: t steps along the direction, with its loss, gradient and slope."""

    t: float
    loss: float
    grad: Array
    slope: float


class Line(NamedTuple):
    """What is searched: from `start`, by `evaluate(t)`, at most `evals` times after the first.

    `reach` is how far the parameter that moves most gets with t = 1, and a bracket in which none
    moves by `min_change` is narrow enough.
    """

    start: Trial
    evaluate: Callable[[float], Trial]
    evals: int
    reach: float
    min_change: float

    def has_fallen(self, trial: Trial) -> bool:
        """Whether the loss is low enough, the first condition."""
        return trial.loss <= self.start.loss + C1 * trial.t * self.start.slope

    def is_flat(self, trial: Trial) -> bool:
        """Whether the slope is small enough, the second condition."""
        return abs(trial.slope) <= -C2 * self.start.slope

    def is_narrow(self, bracket: list[Trial]) -> bool:
        """Whether it hardly matters any more which point of the bracket is taken."""
        return abs(bracket[1].t - bracket[0].t) * self.reach < self.min_change


def strong_wolfe(line: Line, t: float) -> Trial:
    """Return a point that meets both conditions, or the best one when evaluations run out.

    Parameters
    ----------
    line : Line
        Its start must slope downward.
    t : float
        The first step to try.
    """
    bracket, used = _widen(line, t)
    return bracket[0] if len(bracket) == 1 else _narrow(line, bracket, used)


def _widen(line: Line, t: float) -> tuple[list[Trial], int]:
    """Return the point found or two that enclose one, and how many trials followed the first."""
    previous, trial = line.start, line.evaluate(t)
    for used in range(line.evals):
        rises = used > 1 and trial.loss >= previous.loss
        if not line.has_fallen(trial) or rises:
            return [previous, trial], used
        if line.is_flat(trial):
            return [trial], used
        if trial.slope >= 0:
            return [previous, trial], used
        shortest, longest = trial.t + 0.01 * (trial.t - previous.t), 10 * trial.t
        previous, trial = trial, line.evaluate(cubic_minimum(previous, trial, shortest, longest))
    return [line.start, trial], line.evals


def _narrow(line: Line, bracket: list[Trial], used: int) -> Trial:
    """Shrink a bracket around a point that meets both conditions, and return the lowest point."""
    stalled = False
    low = _lower(bracket)
    for _ in range(used, line.evals):
        if line.is_narrow(bracket):
            break
        left, right = sorted(bracket, key=_place)
        t, stalled = _off_the_edges(left, right, stalled)
        trial = line.evaluate(t)
        if not line.has_fallen(trial) or trial.loss >= bracket[low].loss:
            bracket[1 - low] = trial
            low = _lower(bracket)
            continue
        if trial.slope * (bracket[1 - low].t - bracket[low].t) >= 0:
            bracket[1 - low] = bracket[low]
        bracket[low] = trial
        if line.is_flat(trial):
            break
    return bracket[low]


def _lower(bracket: list[Trial]) -> int:
    return 0 if bracket[0].loss <= bracket[1].loss else 1


def _place(trial: Trial) -> float:
    return trial.t


def _off_the_edges(left: Trial, right: Trial, stalled: bool) -> tuple[float, bool]:
    """Return where to try next, and whether that makes too little way.

    The second time in a row it does, and whenever the cubic's minimum is an end of the bracket,
    the trial is moved away from the end.
    """
    t = cubic_minimum(left, right, left.t, right.t)
    edge = EDGE * (right.t - left.t)
    if min(right.t - t, t - left.t) >= edge:
        return t, False
    if not stalled and left.t < t < right.t:
        return t, True
    nearer_right = abs(t - right.t) < abs(t - left.t)
    return (right.t - edge if nearer_right else left.t + edge), False


def cubic_minimum(first: Trial, second: Trial, low: float, high: float) -> float:
    """Return where the cubic through two points with these slopes is lowest, within [low, high].

    Where it has no minimum, or both points are one, the middle. Source: Nocedal and Wright (2006),
    equation 3.59.

    Examples
    --------
    >>> points = [Trial(x, (x - 1) ** 2, None, 2 * (x - 1)) for x in (0.0, 3.0)]
    >>> cubic_minimum(*points, 0.0, 3.0)
    1.0
    """
    a, b = (first, second) if first.t <= second.t else (second, first)
    if a.t == b.t:  # as where steps are so small that nothing lies between them
        return (low + high) / 2
    d1 = a.slope + b.slope - 3 * (a.loss - b.loss) / (a.t - b.t)
    square = d1 * d1 - a.slope * b.slope
    if square < 0:
        return (low + high) / 2
    d2 = math.sqrt(square)
    width = b.slope - a.slope + 2 * d2
    if width == 0 or not math.isfinite(width):  # as where a loss was infinite
        return (low + high) / 2
    return min(max(b.t - (b.t - a.t) * ((b.slope + d2 - d1) / width), low), high)
