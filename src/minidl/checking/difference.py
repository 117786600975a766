"""A wrong result beside the right one: what it says, and whether a mistake gives the same."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.mistake import Mistake
from minidl.checking.showing import capital, show, show_pair
from minidl.checking.verdicts import WrongAnswer
from minidl.validation import describe

Array = npt.NDArray[Any]


def close(received: Any, expected: Any, *, rtol: float = 1e-6, atol: float = 1e-8) -> bool:
    """Return whether two results have one shape and agree in every number.

    Examples
    --------
    >>> close(0.1 + 0.2, 0.3), close([1.0], [[1.0]])
    (True, False)
    """
    a, b = np.asarray(received), np.asarray(expected)
    return a.shape == b.shape and np.allclose(a, b, rtol=rtol, atol=atol, equal_nan=True)


@dataclass(frozen=True)
class Difference:
    """A result that is not the right one.

    Attributes
    ----------
    received, expected : ndarray
        What the answer gave and what is right.
    what : str
        What the result is called.
    at : mapping of str to array, optional
        The inputs, of the result's shape, where each number depends on its own inputs only.
    given : str
        Otherwise: what it was computed from.
    names : sequence of str
        What the elements are called, where they have names.
    diagnosis, because : Mistake, or a name and a sentence
        What is said where no mistake is recognized.
    rtol, atol : float
        Which numbers count as equal.
    """

    received: Array
    expected: Array
    what: str
    at: Mapping[str, Any] | None
    given: str
    names: Sequence[str]
    diagnosis: Mistake | str
    because: str
    rtol: float
    atol: float

    def is_like(self, other: Difference) -> bool:
        """Return whether another answer gave the same where the same was asked."""
        return (
            self.what == other.what
            and close(self.expected, other.expected)
            and close(self.received, other.received, rtol=self.rtol, atol=self.atol)
        )

    def verdict(self) -> WrongAnswer:
        """Return `not-one-number`, `shape`, `not-finite`, or the diagnosis, with an example."""
        received, expected = self.received, self.expected
        if expected.ndim == 0 != received.ndim:
            sentence = f"Expected {self.what} to be one number, received {describe(received)}."
            return WrongAnswer("not-one-number", sentence)
        if received.shape != expected.shape:
            place = f" for {self.given}" if self.given else ""
            sentence = f"Expected {self.what} of shape {expected.shape}{place}, "
            return WrongAnswer("shape", f"{sentence}received {received.shape}.")
        if np.isfinite(expected).all() and not np.isfinite(received).all():
            sentence = f"Expected {self.what} to be finite everywhere, but it is not."
            return WrongAnswer("not-finite", f"{sentence} {self._example(~np.isfinite(received))}")
        if isinstance(self.diagnosis, Mistake):
            return self.verdict_of(self.diagnosis)
        because = self.because or f"{capital(self.what)} is not right."
        return WrongAnswer(self.diagnosis, f"{because} {self.example()}")

    def verdict_of(self, mistake: Mistake) -> WrongAnswer:
        """Return the verdict where a mistake explains the difference."""
        return WrongAnswer(mistake.diagnosis, f"{mistake.sentence} {self.example()}")

    def example(self) -> str:
        """Return the smallest failing example as a sentence."""
        if self.expected.ndim == 0 != self.received.ndim:
            return f"{_for(self.given)}expected one number, received {describe(self.received)}."
        if self.received.shape != self.expected.shape:
            shapes = f"expected the shape {self.expected.shape}, received {self.received.shape}."
            return f"{_for(self.given)}{shapes}"
        return self._example(
            ~np.isclose(
                self.received, self.expected, rtol=self.rtol, atol=self.atol, equal_nan=True
            )
        )

    def _example(self, failing: Array) -> str:
        index = self._smallest(failing)
        want, got = show_pair(self.expected[index], self.received[index])
        return f"{_for(self._place(index))}expected {want}, received {got}."

    def _smallest(self, failing: Array) -> tuple[int, ...]:
        """Return the index of the failing element whose inputs are closest to 0."""
        candidates = [tuple(int(i) for i in index) for index in np.argwhere(failing)]
        if self.at is None:
            return candidates[0]
        size = np.asarray(sum(np.abs(np.asarray(x, dtype=float)) for x in self.at.values()))
        return min(candidates, key=lambda index: float(size[index]))

    def _place(self, index: tuple[int, ...]) -> str:
        if self.at is not None:
            return ", ".join(
                f"{name} = {show(np.asarray(x)[index])}" for name, x in self.at.items()
            )
        if self.names:
            return f"{self.given}, {self.names[index[0]]}"
        if index:
            return f"{self.given}, at {list(index)}" if self.given else f"the element {list(index)}"
        return self.given


def _for(place: str) -> str:
    return f"For {place}: " if place else "Here: "


_collected: ContextVar[list[Difference] | None] = ContextVar("_collected", default=None)


@contextlib.contextmanager
def collecting(found: list[Difference]) -> Iterator[None]:
    """Collect in `found` the differences of a check, instead of ending it at the first."""
    token = _collected.set(found)
    try:
        yield
    finally:
        _collected.reset(token)


def differ(difference: Difference) -> None:
    """End the check, or note the difference where they are collected."""
    found = _collected.get()
    if found is None:
        raise difference.verdict()
    found.append(difference)
