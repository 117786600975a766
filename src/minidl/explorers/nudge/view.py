"""What there is to see of a nudge in one step of its way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy.typing as npt

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class NudgeView:
    """A nudge on its way forward, and slopes on their way back.

    Attributes
    ----------
    dial : str
        Which dial is nudged.
    turn : tuple of str
        What is reached in this step.
    before : mapping of str to float
        Every value, by name.
    after : mapping of str to float
        Those after the nudge, as far as it has come.
    slopes : mapping of str to float
        How many times as far y moves, as far as they have come back.
    factors : mapping of (str, str) to float
        What each link multiplies by.
    measured : mapping of str to float
        For each dial how many times as far y moves when it alone is nudged.
    curve : ndarray of shape (2, N)
        The dial, and y.
    """

    dial: str
    turn: tuple[str, ...]
    before: Mapping[str, float]
    after: Mapping[str, float]
    slopes: Mapping[str, float]
    factors: Mapping[tuple[str, str], float]
    measured: Mapping[str, float]
    curve: Array

    @property
    def returns(self) -> bool:
        """Whether slopes are on their way back."""
        return bool(self.slopes)

    def moved(self, name: str) -> bool:
        """Return whether the nudge has moved a value."""
        return self.after.get(name, self.before[name]) != self.before[name]
