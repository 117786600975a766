"""The check of the exercise "backpropagation/loss"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask, make
from minidl.checking.borrowing import expect_own
from minidl.checking.comparing import expect_close, expect_gradient
from minidl.checking.exactness import expect_exact
from minidl.checking.exercise import Exercise
from minidl.checking.mistake import Mistake
from minidl.checking.showing import describe_answer
from minidl.checking.verdicts import expect
from minidl.lessons.backpropagation import solutions as solutions
from minidl.lessons.backpropagation.mistakes.loss import MISTAKES


def check_bce(MyBCE: Any) -> None:
    """Check the gradient of the mean cross-entropy, against a formula and against differences."""
    p, y = np.array([[0.9], [0.2], [0.6]]), np.array([[1.0], [0.0], [0.0]])
    loss, reference = make(MyBCE), solutions.MyBCE()
    value = reference(p, y)
    expect_close(ask(loss, p, y), value, what="the loss", diagnosis="forward")
    expect(
        callable(getattr(loss, "backward", None)),
        MISTAKES["no-backward"],
        kind=describe_answer(MyBCE),
    )
    right = reference.backward()
    gradient = ask(loss.backward)
    given = "p = 0.9, 0.2, 0.6 and labels 1, 0, 0"
    expect_close(gradient, right, given=given, what="the gradient")
    rng = np.random.default_rng(0)
    p, y = rng.uniform(0.1, 0.9, (7, 1)), rng.integers(0, 2, (7, 1)).astype(float)
    ask(loss, p, y)
    expect_gradient(ask(loss.backward), lambda p: solutions.MyBCE()(p, y), p)
    for size in (3, 1, 2, 4, 5, 6, 4):
        p, y = rng.uniform(0.05, 0.95, (size, 1)), 1.0 * (rng.random((size, 1)) < 0.6)
        _expect_gradient(MyBCE, p, y, "the gradient")
    expect_own(lambda: _backward(MyBCE, p, y))
    for soft in (0.23456789 + 0.5 * y, 0.8 - 0.7 * y):
        _expect_gradient(MyBCE, p, soft, "the gradient at soft labels", MISTAKES["one-term"])
    _expect_close_to_the_ends(MyBCE)


def _expect_close_to_the_ends(MyBCE: Any) -> None:
    """Expect the gradient where a prediction is nearly 0 or 1, also where all are."""
    p, y = np.array([[1e-9], [1e-4], [1 - 2**-20], [1e-12]]), np.array([[1.0], [0], [0], [1]])
    what = "the gradient at predictions close to 0 and 1"
    for part in (slice(4), slice(2)):
        _expect_gradient(MyBCE, p[part], y[part], what, MISTAKES["moves-p"])
    for tiny in (1e-200, 1e-150):  # losses of 461 and 345
        p, y = np.array([[tiny]]), np.array([[1.0]])
        _expect_gradient(MyBCE, p, y, what, MISTAKES["moves-p"])


def _expect_gradient(
    MyBCE: Any, p: Any, y: Any, what: str, diagnosis: Mistake | str = "values"
) -> None:
    """Expect value and gradient, twice the same, and the arrays left as they were."""
    kept = p.copy(), y.copy()
    value, first, second = _backward(MyBCE, p, y)
    reference = solutions.MyBCE()
    expect_close(value, reference(*kept), what="the loss", diagnosis="forward")
    expect_exact(value, reference(*kept), given="the loss")
    right = reference.backward()
    expect_close(first, right, what=what, diagnosis=diagnosis)
    expect_exact(first, right, given=what, rtol=1e-11)
    same = np.array_equal(first, second) and np.array_equal((p, y), kept)
    expect(same, MISTAKES["changes-what-it-keeps"])


def _backward(MyBCE: Any, p: Any, y: Any) -> tuple[Any, Any, Any]:
    """Return the loss and the gradients of two ways back, for these very arrays."""
    loss = make(MyBCE)
    value = ask(lambda: loss(p, y))
    return value, np.array(ask(loss.backward)), ask(loss.backward)


LOSS = Exercise(
    name="backpropagation/loss",
    title="Find the fault: every gradient four times too large",
    check=check_bce,
    solution=solutions.MyBCE,
    mistakes=MISTAKES,
    hints=(
        "The factor is the number of samples. Where, in the loss, are the samples counted?",
        "A mean is a sum divided by N, and so is its gradient.",
        "The whole of it: `(p - y) / (p * (1 - p)) / len(p)`.",
    ),
    takeaway="One factor at the start of the way back is in every gradient at its end.",
)
