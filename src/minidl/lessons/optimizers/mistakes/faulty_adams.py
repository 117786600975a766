"""Adams with one fault each, for the mistakes that learners make in putting it together."""

import numpy as np


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
