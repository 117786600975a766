"""Mistakes that learners make in "A step by hand"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.graph import solutions as right


def new_w_for_b(w, b, x, y, lr_w, lr_b):
    w = w - lr_w * np.sign(w * x + b - y) * x
    return w, b - lr_b * np.sign(w * x + b - y)


def in_order(choose):
    """Return a step with this choice of (w, b, next w, next b)."""

    def step(w, b, x, y, lr_w, lr_b):
        return choose(w, b, *right.step(w, b, x, y, lr_w, lr_b))

    return step


def moved(pull=None, w_factor=None, b_factor=None, at_zero=0):
    """Return a step with another pull, a function of the error, or factors, functions of x."""

    def step(w, b, x, y, lr_w, lr_b):
        e = w * x + b - y
        s = (np.sign(e) or at_zero) if pull is None else pull(e)
        return (
            w - lr_w * s * (x if w_factor is None else w_factor(x)),
            b - lr_b * s * (1 if b_factor is None else b_factor(x)),
        )

    return step


def without_b(w, b, x, y, lr_w, lr_b):
    s = np.sign(w * x - y)
    return w - lr_w * s * x, b - lr_b * s


SOFT_SIGN = (
    "Right where the error is large, but not where it is tiny: only an error of exactly 0 has the "
    "slope 0, and any other, however small, 1 or −1, as `np.sign` gives it."
)
MISTAKES = Mistakes(
    Mistake("soft-sign", moved(lambda e: np.tanh(100 * e)), SOFT_SIGN),
    Mistake("soft-sign", moved(lambda e: np.sign(e) * (abs(e) > 1e-9)), SOFT_SIGN),
    Mistake("soft-sign", moved(lambda e: np.clip(1e3 * e, -1, 1)), SOFT_SIGN),
    Mistake(
        "step",
        lambda *args: tuple(round(float(number), 6) for number in right.step(*args)),
    ),
    Mistake(
        "uphill",
        moved(lambda e: -np.sign(e)),
        "This makes the error larger: against the gradient is minus. Or is your error "
        "turned round? e = w·x + b − y.",
    ),
    Mistake(
        "sign-left-out",
        moved(lambda e: 1),
        "Right above the line, and wrong below it: where is the sign of the error?",
    ),
    Mistake(
        "b-left-out",
        without_b,
        "Here b alone lifts the line above the point. Is + b in your error, w·x + b − y?",
    ),
    Mistake("size-counts", moved(lambda e: e), "The slope of |e| is 1 or −1, however large e is."),
    Mistake(
        "size-counts", moved(abs), "|e| is the loss; its slope is the sign of e, `np.sign(e)`."
    ),
    Mistake(
        "w-without-x",
        moved(w_factor=lambda x: 1),
        "w acts through w·x: its gradient has the factor x.",
    ),
    Mistake("b-with-x", moved(b_factor=lambda x: x), "b is added as it is: no factor x."),
    Mistake(
        "rates-swapped",
        lambda w, b, x, y, lr_w, lr_b: right.step(w, b, x, y, lr_b, lr_w),
        "Each has its own rate.",
    ),
    Mistake("w-stays", moved(w_factor=lambda x: 0), "w has to move, too."),
    Mistake("order", in_order(lambda w, b, next_w, next_b: (next_b, next_w)), "The order is w, b."),
    Mistake(
        "moves-only",
        in_order(lambda w, b, next_w, next_b: (next_w - w, next_b - b)),
        "These are the moves: add the old w and b.",
    ),
    Mistake(
        "moves-only",
        lambda w, b, x, y, lr_w, lr_b: (
            lr_w * np.sign(w * x + b - y) * x,
            lr_b * np.sign(w * x + b - y),
        ),
        "This is what a step subtracts: take it from the old w and b.",
    ),
    Mistake(
        "gradients-only",
        lambda w, b, x, y, lr_w, lr_b: (
            np.sign(w * x + b - y) * x,
            np.sign(w * x + b - y),
        ),
        "These are the gradients. A step subtracts each, times its rate, from the old w and b.",
    ),
    Mistake("new-w-for-b", new_w_for_b, "b's step has to take the error from before w has moved."),
    Mistake(
        "divides-by-zero",
        moved(lambda e: e / abs(e)),
        "{found} Where the error is exactly 0, nothing can be divided by it: take the slope 0.",
    ),
    Mistake(
        "moves-at-zero",
        moved(at_zero=-1),
        "With an error of exactly 0 the line moves to ({w}, {b}). There we take the "
        "slope 0, as PyTorch does: `np.sign(0)` is 0.",
    ),
    Mistake("step", moved(lambda e: np.sign(e) / 2)),
    Mistake("not-a-pair", lambda w, b, x, y, lr_w, lr_b: w - lr_w * x),
)
