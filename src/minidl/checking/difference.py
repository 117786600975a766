"""A wrong result beside the right one: what it says, and whether a mistake gives the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.collecting import collect
from minidl.checking.mistake import Mistake
from minidl.checking.plain import numbers
from minidl.checking.showing import capital, show, show_pair
from minidl.checking.verdicts import WrongAnswer
from minidl.validation import describe

Array = npt.NDArray[Any]


TOLERANCES = {2: (2e-3, 1e-4), 4: (1e-6, 1e-7)}
"""Relative and absolute, by bytes of a number: for float16 and float32 some ten times what the
last digit is worth at 1, since two ways to write a formula differ by a few of these."""
IN_64_BITS = 1e-9, 1e-12
"""For float64 and whole numbers: a million times what the last digit is worth, as sums of many
products and differences of near numbers lose digits, and a sixtieth of what float32 does."""

NEAR = 1e-6, 1e-8
"""Nearly right: rounded, or measured, or in too few bits, but of the right formula."""


def tolerances(expected: Any) -> tuple[float, float]:
    """Return how far from what is right, relatively and absolutely, is still right.

    The dtype of the right result decides, not that of the answer's: an answer that is cut to
    float32, where float64 is right, is wrong. Where less is asked (measured slopes) or more, a
    check says so itself.

    Examples
    --------
    >>> tolerances(0.5), tolerances(np.float32(0.5))
    ((1e-09, 1e-12), (1e-06, 1e-07))
    """
    dtype = np.asarray(expected).dtype
    return TOLERANCES.get(dtype.itemsize, IN_64_BITS) if dtype.kind == "f" else IN_64_BITS


def close(
    received: Any, expected: Any, *, rtol: float | None = None, atol: float | None = None
) -> bool:
    """Return whether two results are plain numbers of one shape that agree, every one.

    The tolerances are as for `numpy.allclose`, by default those of `tolerances`.

    Examples
    --------
    >>> close(0.1 + 0.2, 0.3), close([1.0], [[1.0]]), close(0.3 + 1e-8, 0.3)
    (True, False, False)
    """
    a, b = numbers(received), np.asarray(expected)
    if a is None or a.shape != b.shape:
        return False
    if (a == b).all():  # as most results are, and this takes a twentieth of the time
        return True
    relative, absolute = tolerances(b)
    return np.allclose(
        a,
        b,
        rtol=relative if rtol is None else rtol,
        atol=absolute if atol is None else atol,
        equal_nan=True,
    )


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
    example_of : bytes
        What tells the inputs from others, where they are known.
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
    example_of: bytes = b""

    def examples(self) -> set[bytes]:
        """Return what tells the inputs apart on which the result is wrong.

        These are the inputs themselves, or, where they are not known, the right and the wrong
        result. Where each number depends on its own inputs only, each is an example.
        """
        if self.at is not None and self.received.shape == self.expected.shape:
            inputs = [np.asarray(x, dtype=float) for x in self.at.values()]
            if all(x.shape == self.expected.shape for x in inputs):
                failing = self._failing()
                return {column.tobytes() for column in np.array([x[failing] for x in inputs]).T}
        results = self.expected.tobytes() + self.received.tobytes()
        return {self.example_of or results}

    def is_like(self, other: Difference) -> bool:
        """Return whether another answer gave the same where the same was asked."""
        return (
            self.what == other.what
            and close(self.expected, other.expected)
            and close(self.received, other.received, rtol=self.rtol, atol=self.atol)
        )

    def verdict(self, *, sure: bool = True) -> WrongAnswer:
        """Return `not-one-number`, `shape`, `not-finite`, or the diagnosis, with an example.

        Parameters
        ----------
        sure : bool
            Whether a mistake may be named, for which one wrong result is not enough.
        """
        received, expected = self.received, self.expected
        if expected.ndim == 0 != received.ndim:
            out = ": `.item()` takes the number out" if received.size == 1 else ""
            sentence = f"Expected {self.what} to be one number, received {describe(received)}{out}."
            return WrongAnswer("not-one-number", sentence)
        if received.shape != expected.shape:
            place = f" for {self.given}" if self.given else ""
            sentence = f"Expected {self.what} of shape {expected.shape}{place}, "
            return WrongAnswer("shape", f"{sentence}received {received.shape}.")
        if np.isfinite(expected).all() and not np.isfinite(received).all():
            sentence = f"Expected {self.what} to be finite everywhere."
            return WrongAnswer("not-finite", f"{sentence} {self._example(~np.isfinite(received))}")
        because = self.because or f"{capital(self.what)} is not right."
        if not isinstance(self.diagnosis, Mistake):
            return WrongAnswer(self.diagnosis, f"{because} {self.example()}")
        if sure:
            return self.verdict_of(self.diagnosis)
        return WrongAnswer("values", f"{because} {self.example()}")

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
        return self._example(self._failing())

    def _failing(self) -> Array:
        return ~np.isclose(
            self.received, self.expected, rtol=self.rtol, atol=self.atol, equal_nan=True
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


def differ(difference: Difference) -> None:
    """End the check, or note the difference where they are collected."""
    if not collect(difference):
        raise difference.verdict()
