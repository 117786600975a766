"""Mistakes that learners make in "Adam, put together"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes


def quotient(m, v, eps):
    return m / (np.sqrt(v) + eps)


def adam_with(
    correct_m=lambda beta, t: 1 - beta**t,
    correct_v=lambda beta, t: 1 - beta**t,
    ratio=quotient,
    square=lambda grad: grad**2,
    share=lambda beta: 1 - beta,
    sign=-1,
    swap=False,
):
    class Adam:
        def __init__(self, lr, beta1, beta2, eps):
            self.lr, self.eps = lr, eps
            self.beta1, self.beta2 = (beta2, beta1) if swap else (beta1, beta2)
            self.t, self.m, self.v = 0, 0.0, 0.0

        def step(self, x, grad):
            self.t += 1
            self.m = self.beta1 * self.m + share(self.beta1) * grad
            self.v = self.beta2 * self.v + share(self.beta2) * square(grad)
            m = self.m / correct_m(self.beta1, self.t)
            v = self.v / correct_v(self.beta2, self.t)
            return x + sign * self.lr * ratio(m, v, self.eps)

    return Adam


def no_correction(beta, t):
    return 1.0


class FeedsBack:
    def __init__(self, lr, beta1, beta2, eps):
        self.lr, self.beta1, self.beta2, self.eps = lr, beta1, beta2, eps
        self.t, self.m, self.v = 0, 0.0, 0.0

    def step(self, x, grad):
        self.t += 1
        self.m = (self.beta1 * self.m + (1 - self.beta1) * grad) / (1 - self.beta1**self.t)
        self.v = (self.beta2 * self.v + (1 - self.beta2) * grad**2) / (1 - self.beta2**self.t)
        return x - self.lr * quotient(self.m, self.v, self.eps)


class Forgets:
    def __init__(self, lr, beta1, beta2, eps):
        self.lr, self.beta1, self.beta2, self.eps = lr, beta1, beta2, eps
        self.t, self.m, self.v = 0, 0.0, 0.0

    def step(self, x, grad):
        self.t += 1
        m = (self.beta1 * self.m + (1 - self.beta1) * grad) / (1 - self.beta1**self.t)
        v = (self.beta2 * self.v + (1 - self.beta2) * grad**2) / (1 - self.beta2**self.t)
        return x - self.lr * quotient(m, v, self.eps)


class NeverCounts:
    def __init__(self, lr, beta1, beta2, eps):
        self.lr, self.beta1, self.beta2, self.eps = lr, beta1, beta2, eps
        self.m, self.v = 0.0, 0.0

    def step(self, x, grad):
        self.m = self.beta1 * self.m + (1 - self.beta1) * grad
        self.v = self.beta2 * self.v + (1 - self.beta2) * grad**2
        m, v = self.m / (1 - self.beta1), self.v / (1 - self.beta2)
        return x - self.lr * quotient(m, v, self.eps)


KEPT = {}  # one for all objects of the class, by their options


class Shared:
    def __init__(self, *options):
        self.options = options

    def step(self, x, grad):
        inner = KEPT.setdefault(self.options, adam_with()(*self.options))
        return inner.step(x, grad)


MISTAKES = Mistakes(
    Mistake(
        "not-corrected",
        adam_with(no_correction, no_correction),
        "Neither average is corrected. Both begin at 0, v is the further behind, and the first "
        "step comes out too long.",
    ),
    Mistake(
        "m-not-corrected",
        adam_with(correct_m=no_correction),
        "Only the average of squares is corrected; m begins at 0, too.",
    ),
    Mistake(
        "v-not-corrected",
        adam_with(correct_v=no_correction),
        "Only m is corrected; the average of squares begins at 0, too.",
    ),
    Mistake(
        "no-memory",
        Forgets,
        "Nothing is left of the old averages: does your step store the new ones in self?",
    ),
    Mistake("never-counts", NeverCounts, "The correction stays that of step 1: count t."),
    Mistake(
        "counts-ahead",
        adam_with(lambda beta, t: 1 - beta ** (t + 1), lambda beta, t: 1 - beta ** (t + 1)),
        "The powers are one too high: in the first step t is 1.",
    ),
    Mistake(
        "fed-back",
        FeedsBack,
        "The corrected averages go into the next ones. Correct copies, and let m and v go on as "
        "they are.",
    ),
    Mistake(
        "no-root",
        adam_with(ratio=lambda m, v, eps: m / (v + eps)),
        "This divides by the average of squares; its root is missing.",
    ),
    Mistake(
        "eps-under-the-root",
        adam_with(ratio=lambda m, v, eps: m / np.sqrt(v + eps)),
        "ε belongs beside the root, not under it.",
    ),
    Mistake(
        "no-eps",
        adam_with(ratio=lambda m, v, eps: m / np.sqrt(np.maximum(v, 1e-300))),
        "ε is missing: it keeps the quotient finite where all gradients are 0.",
    ),
    Mistake(
        "no-square",
        adam_with(square=np.abs),
        "The second average is that of squares, not of sizes.",
    ),
    Mistake(
        "squares-m",
        adam_with(ratio=lambda m, v, eps: m / (abs(m) + eps)),
        "The second average is not used: the step is divided by m itself.",
    ),
    Mistake(
        "sums",
        adam_with(share=lambda beta: 1.0),
        "New gradients count in full: averages take the share 1 − β of them.",
    ),
    Mistake(
        "swapped", adam_with(swap=True), "beta1 is for m, beta2 for the squares; swapped here."
    ),
    Mistake("uphill", adam_with(sign=1), "The steps go up the slope: mind the sign."),
    Mistake(
        "shared",
        Shared,
        "A new object goes on with the averages of another one. Keep them in self, and set them in "
        "__init__.",
    ),
)
