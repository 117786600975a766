"""Mistakes that learners make in "The way back"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.convolution.solutions import slide, slide_gradients


def back(dx=None, dw=None):
    """Return an answer that is right but for one of its two results."""

    def answer(x, w, g):
        right = slide_gradients(x, w, g)
        return dx(x, w, g) if dx else right[0], dw(x, w, g) if dw else right[1]

    return answer


def not_turned(x, w, g):
    return slide(np.pad(g, len(w) - 1), w)


def last_only(x, w, g):
    dx = np.zeros(len(x))
    for i in range(len(g)):
        dx[i : i + len(w)] = g[i] * w
    return dx


def last_window(x, w, g):
    return g[-1] * x[len(g) - 1 :]


def first_numbers(x, w, g):
    return np.pad(g * w[0], (0, len(w) - 1))


def all_alike(x, w, g):
    return np.full(len(x), g.sum() * w.sum())


MISTAKES = Mistakes(
    Mistake("not-a-pair", lambda x, w, g: slide_gradients(x, w, g)[1]),
    Mistake(
        "swapped",
        lambda x, w, g: slide_gradients(x, w, g)[::-1],
        "The two are exchanged: first ∂L/∂x, as long as x, then ∂L/∂w, as long as w.",
    ),
    Mistake(
        "not-turned",
        back(dx=not_turned),
        "The window for ∂L/∂x is not turned round. A number x[j] meets the weight w[j − i] in "
        "window i: the later the window, the earlier the weight.",
    ),
    Mistake(
        "last-only",
        back(dx=last_only),
        "In ∂L/∂x a later window overwrites what an earlier one has left: use `+=`.",
    ),
    Mistake(
        "last-window",
        back(dw=last_window),
        "∂L/∂w holds the last window alone. Each weight was used at every place: add up.",
    ),
    Mistake(
        "mean",
        back(dw=lambda x, w, g: slide(x, g) / len(g)),
        "∂L/∂w is a mean over the places; a sum is what the chain rule asks for.",
    ),
    Mistake(
        "dw-turned",
        back(dw=lambda x, w, g: slide(x, g)[::-1]),
        "∂L/∂w is turned round: its first number belongs to the first weight.",
    ),
    Mistake(
        "g-turned",
        back(dw=lambda x, w, g: np.convolve(x, g, "valid")),
        "For ∂L/∂w, g is turned round: g[i] belongs to the window that begins at x[i].",
    ),
    Mistake(
        "no-g",
        lambda x, w, g: slide_gradients(x, w, np.ones(len(g))),
        "This is the gradient of the sum of all outputs; each output's share has to be "
        "multiplied by its g.",
    ),
    Mistake(
        "first-weight",
        back(dx=first_numbers),
        "In ∂L/∂x each number gets its share from one window only; it lies in up to k of them.",
    ),
    Mistake(
        "all-alike",
        back(dx=all_alike),
        "All numbers of ∂L/∂x are the same, but each lies in windows of its own.",
    ),
    Mistake("values", back(dx=lambda x, w, g: slide_gradients(x, w, g)[0] + 1)),
)
