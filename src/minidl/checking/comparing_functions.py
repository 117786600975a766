"""Comparing a learner's function with a reference, and its gradient with central differences."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import Suspect, expect_close
from minidl.checking.showing import show_arguments
from minidl.gradcheck import numerical_gradient

Array = npt.NDArray[Any]


def expect_same(
    function: Any,
    reference: Callable[..., Any],
    *inputs: tuple[Any, ...],
    elementwise: bool = False,
    quiet: bool = False,
    suspects: Sequence[Suspect] = (),
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
    suspects : sequence of Suspect
        Wrong results, or wrong functions, to recognize.
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
        expected = reference(*args)
        received = ask(function, *args, quiet=quiet)
        expect_close(
            received,
            expected,
            given=show_arguments(names, args),
            at=dict(zip(names, args, strict=False)) if elementwise else None,
            suspects=[suspect.applied_to(args) for suspect in suspects],
            **options,
        )


def expect_gradient(
    gradient: Any,
    f: Callable[[Array], Any],
    x: Array,
    *,
    diagnosis: str = "gradient",
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
