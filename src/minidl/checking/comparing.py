"""Comparing a learner's result with the right one, and naming the mistake behind a wrong one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from minidl.checking.expecting import expect_array
from minidl.checking.showing import capital, describe_answer, show, show_pair
from minidl.checking.verdicts import wrong

Array = npt.NDArray[Any]


class Suspect(NamedTuple):
    """A wrong result that tells which mistake was made.

    Parameters
    ----------
    diagnosis : str
        The mistake's name, such as `missing-mean`.
    value : array_like or callable
        What the mistake gives instead of the expected result, of any shape; for `expect_same`
        also the mistaken function.
    sentence : str
        What to say; the failing example is added.
    """

    diagnosis: str
    value: Any
    sentence: str

    def applied_to(self, args: tuple[Any, ...]) -> Suspect:
        """Return the suspect with its function's value at the arguments."""
        return self._replace(value=self.value(*args)) if callable(self.value) else self


def close(received: Any, expected: Any, *, rtol: float = 1e-6, atol: float = 1e-8) -> bool:
    """Return whether two results have one shape and agree in every number.

    Examples
    --------
    >>> close(0.1 + 0.2, 0.3), close([1.0], [[1.0]])
    (True, False)
    """
    a, b = np.asarray(received), np.asarray(expected)
    return a.shape == b.shape and np.allclose(a, b, rtol=rtol, atol=atol, equal_nan=True)


def expect_close(
    received: Any,
    expected: Any,
    *,
    at: Mapping[str, Any] | None = None,
    given: str = "",
    what: str = "the result",
    diagnosis: str = "values",
    because: str = "",
    suspects: Sequence[Suspect] = (),
    rtol: float = 1e-6,
    atol: float = 1e-8,
) -> None:
    """Expect numbers: a suspect's diagnosis, else `shape`, `not-finite` or `diagnosis`.

    Parameters
    ----------
    received, expected : array_like
        What the learner's code gave and what is right.
    at : mapping of str to array, optional
        For results by elements: the inputs, of the result's shape, from which the smallest
        failing example is taken.
    given : str
        Otherwise: what the result was computed from.
    what, diagnosis, because : str
        What to call the result, the diagnosis and its sentence where no suspect fits.
    suspects : sequence of Suspect
        Wrong results to recognize.
    rtol, atol : float
        Tolerances as for `numpy.allclose`.

    Examples
    --------
    >>> expect_close(0.1 + 0.2, 0.3)
    """
    if isinstance(received, (list, tuple)) or np.asarray(received).dtype.kind not in "fiub":
        kind = "an array of numbers" if np.ndim(expected) else "a number"
        received = describe_answer(received)
        wrong("not-an-array", f"Expected {what} as {kind}, received {received}.")
    if close(received, expected, rtol=rtol, atol=atol):
        return
    for suspect in suspects:
        if close(received, suspect.value, rtol=rtol, atol=atol):
            _fail(suspect.diagnosis, suspect.sentence, received, expected, at, given, (rtol, atol))
    received = expect_array(np.asarray(received), shape=np.shape(expected), what=what, given=given)
    if np.isfinite(expected).all() and not np.isfinite(received).all():
        because = f"Expected {what} to be finite everywhere, but it is not."
        _fail("not-finite", because, received, expected, at, given, (np.inf, np.inf))
    _fail(
        diagnosis,
        because or f"{capital(what)} is not right.",
        received,
        expected,
        at,
        given,
        (rtol, atol),
    )


def _fail(
    diagnosis: str,
    sentence: str,
    received: Any,
    expected: Any,
    at: Mapping[str, Any] | None,
    given: str,
    tolerances: tuple[float, float],
) -> None:
    """Add the smallest failing example to the sentence, and end the check."""
    received, expected = np.asarray(received), np.asarray(expected)
    if received.shape != expected.shape:
        example = f"expected the shape {expected.shape}, received {received.shape}"
        wrong(diagnosis, f"{sentence} {_for(given)}{example}.")
    rtol, atol = tolerances
    if np.isinf(rtol):
        failing = ~np.isfinite(received)
    else:
        failing = ~np.isclose(received, expected, rtol=rtol, atol=atol, equal_nan=True)
    index = _smallest(failing, at)
    want, got = show_pair(expected[index], received[index])
    if at is not None:
        given = ", ".join(f"{name} = {show(np.asarray(x)[index])}" for name, x in at.items())
    elif index:
        given = f"{given}, at {list(index)}" if given else f"the element {list(index)}"
    wrong(diagnosis, f"{sentence} {_for(given)}expected {want}, received {got}.")


def _for(given: str) -> str:
    return f"For {given}: " if given else "Here: "


def _smallest(failing: Array, at: Mapping[str, Any] | None) -> tuple[int, ...]:
    """Return the index of the failing element whose inputs are closest to 0."""
    candidates = [tuple(int(i) for i in index) for index in np.argwhere(failing)]
    if at is None:
        return candidates[0]
    size = sum(np.abs(np.asarray(x, dtype=float)) for x in at.values())
    return min(candidates, key=lambda index: float(np.asarray(size)[index]))
