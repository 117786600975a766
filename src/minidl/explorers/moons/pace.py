"""How often the moons explorer evaluates, and when it shows a picture on the way."""

from __future__ import annotations

import time
from collections.abc import Sequence

DEV_EVALUATIONS = 25  # enough for a smooth curve
FIRST_EVALUATIONS = 8
WORK_IN_A_SLICE = 250_000  # points × hidden units × epochs: 2 to 8 ms
SECONDS_BETWEEN_PICTURES = 0.1
MOST_WORK = 50_000_000  # points × hidden units × epochs: a second or two


class Progress:
    """Decides when a picture on the way to the last one is worth its time."""

    def __init__(self, epochs: int) -> None:
        self._epochs = epochs
        self._began = self._pictured_at = time.perf_counter()

    def needs_picture(self, done: int) -> bool:
        """Return whether all epochs are done, or long ago was the last picture and far the next."""
        now = time.perf_counter()
        remaining = (now - self._began) * (self._epochs - done) / done
        due = min(now - self._pictured_at, remaining) > SECONDS_BETWEEN_PICTURES
        if due:
            self._pictured_at = now
        return due or done == self._epochs


def epochs_in_reach(asked: int, size: int, stops: Sequence[int]) -> int:
    """Return how many epochs to train: as many as asked, unless a reader would wait for too long.

    Parameters
    ----------
    asked : int
        Epochs that the reader wants.
    size : int
        Points times hidden units.
    stops : sequence of int
        The numbers of epochs that may be had.

    Examples
    --------
    >>> epochs_in_reach(3000, 640 * 5, [1, 1000, 3000])
    3000
    >>> epochs_in_reach(3000, 640 * 50, [1, 1000, 3000])
    1000
    """
    return min(asked, max(stop for stop in stops if stop * size <= MOST_WORK))


def epochs_between_evaluations(epochs: int, size: int) -> int:
    """Return after how many epochs to evaluate and to let the kernel listen; it divides `epochs`.

    Parameters
    ----------
    epochs : int
        Epochs in all.
    size : int
        Points times hidden units.

    Examples
    --------
    >>> epochs_between_evaluations(1000, size=640 * 5)
    40
    >>> epochs_between_evaluations(1000, size=1000 * 50)
    5
    """
    return _largest_divisor(epochs, min(epochs // DEV_EVALUATIONS, WORK_IN_A_SLICE // size))


def epochs_between_first_evaluations(interval: int) -> int:
    """Return how far apart to evaluate in the first interval, where the losses fall fastest.

    Examples
    --------
    >>> epochs_between_first_evaluations(40)
    5
    """
    return _largest_divisor(interval, interval // FIRST_EVALUATIONS)


def _largest_divisor(number: int, limit: int) -> int:
    """Return the largest divisor of a number that does not exceed the limit, or else 1."""
    return max(divisor for divisor in range(1, max(limit, 1) + 1) if number % divisor == 0)
