"""Mistakes that learners make in "Adam, put together"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes


def quotient(m, s, eps):
    return m / (np.sqrt(s) + eps)


def adam_with(
    correct_m=lambda beta, t: 1 - beta**t,
    correct_s=lambda beta, t: 1 - beta**t,
    move=lambda x, lr, m, s, eps: x - lr * quotient(m, s, eps),
    new_m=lambda m, grad, beta: beta * m + (1 - beta) * grad,
    new_s=lambda s, grad, beta: beta * s + (1 - beta) * grad**2,
    swap=False,
):
    class Adam:
        """Adam with one of its lines exchanged."""

        def __init__(self, lr, beta1, beta2, eps):
            self.lr, self.eps = lr, eps
            self.beta1, self.beta2 = (beta2, beta1) if swap else (beta1, beta2)
            self.t, self.m, self.s = 0, 0.0, 0.0

        def step(self, x, grad):
            self.t += 1
            self.m = new_m(self.m, grad, self.beta1)
            self.s = new_s(self.s, grad, self.beta2)
            m = self.m / correct_m(self.beta1, self.t)
            s = self.s / correct_s(self.beta2, self.t)
            return move(x, self.lr, m, s, self.eps)

    return Adam


def adam_of(ratio):
    """Return an Adam whose step is the rate times `ratio(m, s, eps)`."""
    return adam_with(move=lambda x, lr, m, s, eps: x - lr * ratio(m, s, eps))


def root(s):
    return np.sqrt(np.maximum(s, 1e-300))


def no_correction(beta, t):
    return 1.0


class FeedsBack:
    """Keeps the corrected averages."""

    def __init__(self, lr, beta1, beta2, eps):
        self.lr, self.beta1, self.beta2, self.eps = lr, beta1, beta2, eps
        self.t, self.m, self.s = 0, 0.0, 0.0

    def step(self, x, grad):
        self.t += 1
        self.m = (self.beta1 * self.m + (1 - self.beta1) * grad) / (1 - self.beta1**self.t)
        self.s = (self.beta2 * self.s + (1 - self.beta2) * grad**2) / (1 - self.beta2**self.t)
        return x - self.lr * quotient(self.m, self.s, self.eps)


class BeginsAnew:
    """Forgets `self.` in front of t, m and s, which are 0 again in each step."""

    def __init__(self, lr, beta1, beta2, eps):
        self.lr, self.beta1, self.beta2, self.eps = lr, beta1, beta2, eps

    def step(self, x, grad):
        m, s = (1 - self.beta1) * grad, (1 - self.beta2) * grad**2
        m, s = m / (1 - self.beta1), s / (1 - self.beta2)
        return x - self.lr * quotient(m, s, self.eps)


class Forgets:
    """Keeps the count, but not the averages."""

    def __init__(self, lr, beta1, beta2, eps):
        self.lr, self.beta1, self.beta2, self.eps = lr, beta1, beta2, eps
        self.t, self.m, self.s = 0, 0.0, 0.0

    def step(self, x, grad):
        self.t += 1
        m = (self.beta1 * self.m + (1 - self.beta1) * grad) / (1 - self.beta1**self.t)
        s = (self.beta2 * self.s + (1 - self.beta2) * grad**2) / (1 - self.beta2**self.t)
        return x - self.lr * quotient(m, s, self.eps)


class NeverCounts:
    """Corrects as in the first step, always."""

    def __init__(self, lr, beta1, beta2, eps):
        self.lr, self.beta1, self.beta2, self.eps = lr, beta1, beta2, eps
        self.m, self.s = 0.0, 0.0

    def step(self, x, grad):
        self.m = self.beta1 * self.m + (1 - self.beta1) * grad
        self.s = self.beta2 * self.s + (1 - self.beta2) * grad**2
        m, s = self.m / (1 - self.beta1), self.s / (1 - self.beta2)
        return x - self.lr * quotient(m, s, self.eps)


class CountsFromZero:
    """Counts a step after it was taken."""

    def __init__(self, lr, beta1, beta2, eps):
        self.lr, self.beta1, self.beta2, self.eps = lr, beta1, beta2, eps
        self.t, self.m, self.s = 0, 0.0, 0.0

    def step(self, x, grad):
        self.m = self.beta1 * self.m + (1 - self.beta1) * grad
        self.s = self.beta2 * self.s + (1 - self.beta2) * grad**2
        m, s = self.m / (1 - self.beta1**self.t), self.s / (1 - self.beta2**self.t)
        self.t += 1
        return x - self.lr * quotient(m, s, self.eps)


class CountsArraysFromZero(CountsFromZero):
    """The same with averages that are arrays, whose quotients are NaN in place of an error."""

    def step(self, x, grad):
        return super().step(x, np.asarray(grad))


KEPT = {}  # one for all objects of the class, by their options


class Shared:
    """Keeps its averages outside of the object."""

    def __init__(self, *options):
        self.options = options

    def step(self, x, grad):
        inner = KEPT.setdefault(self.options, adam_with()(*self.options))
        return inner.step(x, grad)


FORGOTTEN = "Nothing is left of the old averages: does your step store the new ones in self?"
MISTAKES = Mistakes(
    Mistake(
        "not-corrected",
        adam_with(no_correction, no_correction),
        "Neither average is corrected. Both begin at 0, s is the further behind, and the first "
        "step comes out too long.",
    ),
    Mistake(
        "m-not-corrected",
        adam_with(correct_m=no_correction),
        "Only the average of squares is corrected; m begins at 0, too.",
    ),
    Mistake(
        "s-not-corrected",
        adam_with(correct_s=no_correction),
        "Only m is corrected; the average of squares begins at 0, too.",
    ),
    Mistake(
        "no-memory",
        Forgets,
        FORGOTTEN,
    ),
    Mistake("no-memory", BeginsAnew, FORGOTTEN),
    Mistake("never-counts", NeverCounts, "The correction stays that of step 1: count t."),
    *(
        Mistake(
            "counts-from-zero",
            code,
            "In the first step t is 0, and so is 1 − β⁰, by which nothing can be divided. Count "
            "first: in the first step t is 1.",
        )
        for code in (CountsFromZero, CountsArraysFromZero)
    ),
    Mistake(
        "counts-ahead",
        adam_with(lambda beta, t: 1 - beta ** (t + 1), lambda beta, t: 1 - beta ** (t + 1)),
        "The powers are one too high: in the first step t is 1.",
    ),
    Mistake(
        "fed-back",
        FeedsBack,
        "The corrected averages go into the next ones. Correct copies, and let m and s go on as "
        "they are.",
    ),
    Mistake(
        "no-root",
        adam_of(lambda m, s, eps: m / (s + eps)),
        "This divides by the average of squares; its root is missing.",
    ),
    Mistake(
        "eps-under-the-root",
        adam_of(lambda m, s, eps: m / np.sqrt(s + eps)),
        "ε belongs beside the root, not under it.",
    ),
    Mistake(
        "no-brackets",
        adam_with(move=lambda x, lr, m, s, eps: x - (lr * m / root(s) + eps)),
        "ε is added to the step, not to the root: `m / (np.sqrt(s) + eps)` needs the brackets.",
    ),
    Mistake(
        "no-eps",
        adam_of(lambda m, s, eps: m / root(s)),
        "ε is missing: it keeps the quotient finite where all gradients are 0.",
    ),
    Mistake(
        "no-square",
        adam_with(new_s=lambda s, grad, beta: beta * s + (1 - beta) * np.abs(grad)),
        "The second average is that of squares, not of sizes.",
    ),
    Mistake(
        "squares-m",
        adam_of(lambda m, s, eps: m / (abs(m) + eps)),
        "The second average is not used: the step is divided by m itself.",
    ),
    Mistake(
        "sums",
        adam_with(new_m=lambda m, grad, b: b * m + grad, new_s=lambda s, grad, b: b * s + grad**2),
        "New gradients count in full: averages take the share 1 − β of them.",
    ),
    Mistake(
        "swapped", adam_with(swap=True), "beta1 is for m, beta2 for the squares; swapped here."
    ),
    Mistake(
        "no-rate",
        adam_with(move=lambda x, lr, m, s, eps: x - quotient(m, s, eps)),
        "The quotient is to be multiplied by the rate.",
    ),
    Mistake(
        "gradient-alone",
        adam_with(correct_m=no_correction, new_m=lambda m, grad, beta: grad),
        "The step takes the gradient itself; m, the average of gradients, is not used.",
    ),
    Mistake(
        "squares-the-sum",
        adam_with(new_s=lambda s, grad, beta: (beta * s + (1 - beta) * grad) ** 2),
        "The square is over everything: only the gradient is squared, before it is averaged.",
    ),
    Mistake(
        "uphill",
        adam_with(move=lambda x, lr, m, s, eps: x + lr * quotient(m, s, eps)),
        "The steps go up the slope: mind the sign.",
    ),
    Mistake(
        "shared",
        Shared,
        "A new object goes on with the averages of another one. Keep them in self, and set them in "
        "__init__.",
    ),
)
