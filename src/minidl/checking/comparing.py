"""What a check can expect of numbers: to be near others, a function's, or those of a slope."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.collecting import differs_already
from minidl.checking.difference import NEAR, Difference, close, differ, tolerances
from minidl.checking.exactness import expect_exact
from minidl.checking.kinds import describe_no_array
from minidl.checking.mistake import Mistake
from minidl.checking.plain import numbers
from minidl.checking.showing import describe_answer, show_arguments
from minidl.checking.verdicts import NotAttempted, WrongAnswer, wrong
from minidl.gradcheck import numerical_gradient

Array = npt.NDArray[Any]


def expect_close(
    received: Any,
    expected: Any,
    *,
    at: Mapping[str, Any] | None = None,
    given: str | Callable[[], str] = "",
    names: Sequence[str] = (),
    what: str = "the result",
    diagnosis: Mistake | str = "values",
    because: str = "",
    rtol: float | None = None,
    atol: float | None = None,
    example_of: bytes = b"",
) -> None:
    """Expect numbers: a known mistake's diagnosis, else `shape`, `not-finite` or `diagnosis`.

    Parameters
    ----------
    received, expected : array_like
        What the learner's code gave and what is right.
    at : mapping of str to array, optional
        For results by elements: the inputs, of the result's shape, from which the smallest
        failing example is taken.
    given : str, or a function that returns it
        Otherwise: what the result was computed from.
    names : sequence of str
        What the elements are called, where they have names: "the new w", "the new b".
    what : str
        What to call the result. A mistake is recognized if it gives the same wrong results as
        the answer in every comparison with this name.
    diagnosis, because : Mistake, or a name and a sentence
        What to say where no mistake is recognized.
    rtol, atol : float
        Tolerances as for `numpy.allclose`. By default what is nearly right (`NEAR`) is
        `inexact` unless it is as near as `tolerances` has it.
    example_of : bytes
        What tells the inputs from others, where the results do not.

    Examples
    --------
    >>> expect_close(0.1 + 0.2, 0.3)
    """
    found = None if isinstance(received, (list, tuple)) else numbers(received)
    if found is None:
        many = np.ndim(expected) > 0
        kind = "an array of numbers" if many else "a number"
        received = describe_no_array(received) if many else describe_answer(received)
        wrong("not-an-array", f"Expected {what} as {kind}, received {received}.")
    if close(found, expected, rtol=rtol, atol=atol):
        return
    given = given if isinstance(given, str) else given()
    relative, absolute = tolerances(expected)
    if rtol is None and atol is None:
        rtol, atol = NEAR
        if close(found, expected, rtol=rtol, atol=atol):
            expect_exact(found, expected, given=given, rtol=relative, atol=absolute)
            return
    differ(
        Difference(
            found, np.array(expected), what, at, given, names, diagnosis, because,
            relative if rtol is None else rtol, absolute if atol is None else atol, example_of,
        )
    )  # fmt: skip


def expect_same(
    function: Any,
    reference: Callable[..., Any],
    *inputs: tuple[Any, ...],
    elementwise: bool = False,
    quiet: bool = False,
    **options: Any,
) -> None:
    """Expect the learner's function to equal a reference on every tuple of arguments.

    Parameters
    ----------
    function : callable
        The learner's.
    reference : callable
        What is right; the names of its parameters appear in the example.
    *inputs : tuple
        Arguments, the smallest first, since the first to fail is shown.
    elementwise : bool
        Whether each element of the result depends on that element of the arguments only, so
        that the example can be a single number.
    quiet : bool
        Whether warnings are faults.
    **options
        Passed on to `expect_close`.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([1.0, 2.0])
    >>> expect_same(lambda x: x + x, lambda x: 2 * x, (1.0,), (x,))
    """
    names = list(inspect.signature(reference).parameters)
    for args in inputs:
        try:
            received = ask(function, *args, quiet=quiet)
        except (WrongAnswer, NotAttempted):
            if differs_already():
                continue  # a mistake that errs on some inputs may explain what it gives on others
            raise
        expect_close(
            received,
            reference(*args),
            example_of=b"".join(np.asarray(arg).tobytes() for arg in args),
            given=lambda args=args: show_arguments(names, args),  # type: ignore[misc]
            at=dict(zip(names, args, strict=False)) if elementwise else None,
            **options,
        )


def expect_gradient(
    gradient: Any,
    f: Callable[[Array], Any],
    x: Array,
    *,
    diagnosis: Mistake | str = "gradient",
    because: str = "The gradient is not the slope that central differences measure.",
    **options: Any,
) -> None:
    """Expect a gradient to agree with central differences of f at x.

    Parameters
    ----------
    gradient : array_like
        What the learner's code returned, of the shape of `x`.
    f : callable
        A function of the array that returns a number, the learner's or a reference.
    x : ndarray of float64
        Where. Keep clear of kinks.
    **options
        Passed on to `expect_close`.

    Examples
    --------
    >>> import numpy as np
    >>> expect_gradient(np.array([6.0]), lambda x: float(x @ x), np.array([3.0]))
    """
    measured = numerical_gradient(lambda moved: float(f(moved)), x.copy())
    close_enough: dict[str, Any] = {"what": "the gradient", "rtol": 1e-5, "atol": 1e-7}
    expect_close(
        gradient, measured, diagnosis=diagnosis, because=because, **(close_enough | options)
    )
