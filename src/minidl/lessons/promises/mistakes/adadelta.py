"""Mistakes that learners make in "Steps in the unit of x"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes


def average(old, new, rho):
    return rho * old + (1 - rho) * new


def quotient(D, s, eps, grad):
    return np.sqrt(D + eps) / np.sqrt(s + eps) * grad


def adadelta_with(
    new_s=lambda s, grad, rho: average(s, grad**2, rho),
    make_d=quotient,
    new_D=lambda D, d, grad, rho: average(D, d**2, rho),
    move=lambda x, d: x - d,
):
    class MyAdadelta:
        """Adadelta with another average, or another step."""

        def __init__(self, rho, eps):
            self.rho, self.eps, self.s, self.D = rho, eps, 0.0, 0.0

        def step(self, x, grad):
            self.s = new_s(self.s, grad, self.rho)
            d = make_d(self.D, self.s, self.eps, grad)
            self.D = new_D(self.D, d, grad, self.rho)
            return move(x, d)

    return MyAdadelta


class OldSlopes:
    """Takes the slope in after the step."""

    def __init__(self, rho, eps):
        self.rho, self.eps, self.s, self.D = rho, eps, 0.0, 0.0

    def step(self, x, grad):
        d = quotient(self.D, self.s, self.eps, grad)
        self.s = average(self.s, grad**2, self.rho)
        self.D = average(self.D, d**2, self.rho)
        return x - d


class OfTheSlopesFirst:
    """Lets D take the step in before the step is long."""

    def __init__(self, rho, eps):
        self.rho, self.eps, self.s, self.D = rho, eps, 0.0, 0.0

    def step(self, x, grad):
        self.s = average(self.s, grad**2, self.rho)
        d = quotient(self.D, self.s, self.eps, grad)
        self.D = average(self.D, d**2, self.rho)
        return x - quotient(self.D, self.s, self.eps, grad)


class Corrected:
    """Corrects both averages, as Adam does."""

    def __init__(self, rho, eps):
        self.rho, self.eps, self.s, self.D, self.t = rho, eps, 0.0, 0.0, 0

    def step(self, x, grad):
        self.t += 1
        self.s = average(self.s, grad**2, self.rho)
        whole = 1 - self.rho**self.t
        d = quotient(self.D / whole, self.s / whole, self.eps, grad)
        self.D = average(self.D, d**2, self.rho)
        return x - d


PAST = {}  # one for all objects of the class


class Shared:
    """Keeps its averages outside of the object."""

    def __init__(self, rho, eps):
        self.rho, self.eps = rho, eps

    def step(self, x, grad):
        s, D = PAST.get((self.rho, self.eps), (0.0, 0.0))
        s = average(s, grad**2, self.rho)
        d = quotient(D, s, self.eps, grad)
        PAST[self.rho, self.eps] = s, average(D, d**2, self.rho)
        return x - d


class Forgetful:
    """Begins anew in each step."""

    def __init__(self, rho, eps):
        self.rho, self.eps = rho, eps

    def step(self, x, grad):
        s = average(0.0, grad**2, self.rho)
        return x - quotient(0.0, s, self.eps, grad)


MISTAKES = Mistakes(
    Mistake(
        "no-step-before",
        adadelta_with(make_d=lambda D, s, eps, grad: grad / np.sqrt(s + eps)),
        "This is RMSprop with the rate 1: the root of D, the usual step, is missing.",
    ),
    Mistake(
        "nothing-moves",
        adadelta_with(make_d=lambda D, s, eps, grad: np.sqrt(D) / np.sqrt(s + eps) * grad),
        "Nothing ever moves: D begins at 0, and so every step is 0. ε stands below both roots.",
    ),
    Mistake(
        "eps-outside",
        adadelta_with(
            make_d=lambda D, s, eps, grad: (np.sqrt(D) + eps) / (np.sqrt(s) + eps) * grad
        ),
        "ε stands below the roots here: √(D + ε), not √D + ε.",
    ),
    Mistake(
        "eps-outside",
        adadelta_with(make_d=lambda D, s, eps, grad: np.sqrt(D + eps) / (np.sqrt(s) + eps) * grad),
        "ε stands below both roots: √(s + ε), not √s + ε.",
    ),
    Mistake(
        "eps-missing",
        adadelta_with(make_d=lambda D, s, eps, grad: np.sqrt(D + eps) / np.sqrt(s) * grad),
        "ε stands below both roots: in √(s + ε) it is missing.",
    ),
    Mistake(
        "upside-down",
        adadelta_with(make_d=lambda D, s, eps, grad: np.sqrt(s + eps) / np.sqrt(D + eps) * grad),
        "The quotient is upside down: √(D + ε), the usual step, is above.",
    ),
    Mistake(
        "no-root",
        adadelta_with(make_d=lambda D, s, eps, grad: (D + eps) / (s + eps) * grad),
        "D and s are averages of squares: their roots are missing.",
    ),
    Mistake(
        "slopes-in-both",
        adadelta_with(new_D=lambda D, d, grad, rho: average(D, grad**2, rho)),
        "D averages squared slopes, as s does. It is to average the squared steps d².",
    ),
    Mistake(
        "steps-not-squared",
        adadelta_with(new_D=lambda D, d, grad, rho: average(D, np.abs(d), rho)),
        "D averages the steps themselves, not their squares.",
    ),
    Mistake(
        "steps-not-squared",
        adadelta_with(new_D=lambda D, d, grad, rho: average(D, d, rho)),
        "D averages the steps themselves, not their squares.",
    ),
    Mistake(
        "slopes-not-squared",
        adadelta_with(new_s=lambda s, grad, rho: average(s, np.abs(grad), rho)),
        "s averages the slopes themselves, not their squares.",
    ),
    Mistake(
        "no-slope",
        adadelta_with(make_d=lambda D, s, eps, grad: quotient(D, s, eps, 1.0)),
        "The quotient of the roots is to be multiplied by the slope: the factor g is missing.",
    ),
    Mistake(
        "divides-by-the-slope",
        adadelta_with(make_d=lambda D, s, eps, grad: quotient(D, s, eps, 1 / grad)),
        "You divide by the slope g. It stands behind the fraction: multiply by it.",
    ),
    Mistake(
        "forgetful",
        Forgetful,
        "s and D begin at 0 anew in each step. Set them in __init__, and keep them in self.",
    ),
    Mistake(
        "never-remembered",
        adadelta_with(new_D=lambda D, d, grad, rho: D),
        "D stays 0: let it take in each step, once it is made.",
    ),
    Mistake(
        "old-slopes",
        OldSlopes,
        "The step takes the old s. First let s take the new slope in.",
    ),
    Mistake(
        "step-of-its-own",
        OfTheSlopesFirst,
        "The step is made with a D that knows it already. Make d with the old D, and move by d.",
    ),
    Mistake(
        "swapped",
        adadelta_with(
            new_s=lambda s, grad, rho: average(s, grad**2, 1 - rho),
            new_D=lambda D, d, grad, rho: average(D, d**2, 1 - rho),
        ),
        "ρ and 1 − ρ are swapped: ρ is the share of the old average.",
    ),
    Mistake(
        "sums",
        adadelta_with(
            new_s=lambda s, grad, rho: rho * s + grad**2,
            new_D=lambda D, d, grad, rho: rho * D + d**2,
        ),
        "These are sums that fade: times 1 − ρ the new square makes an average.",
    ),
    Mistake(
        "corrected",
        Corrected,
        "You correct the averages, as Adam does. Adadelta takes them as they are.",
    ),
    Mistake(
        "uphill",
        adadelta_with(move=lambda x, d: x + d),
        "The steps go up the slope: mind the sign.",
    ),
    Mistake(
        "returns-the-step",
        adadelta_with(move=lambda x, d: d),
        "You return the step d. Return the new x, which is x − d.",
    ),
    Mistake(
        "shared",
        Shared,
        "A new object goes on with the averages of another one. Keep them in self, and set them in "
        "__init__.",
    ),
)
