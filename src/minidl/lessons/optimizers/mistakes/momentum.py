"""Mistakes that learners make in "Where the rate belongs"."""

from minidl.checking.mistake import Mistake, Mistakes


def momentum_with(new_v, move):
    class Momentum:
        """Momentum with another average, or another move."""

        def __init__(self, momentum):
            self.momentum = momentum
            self.v = 0.0

        def step(self, x, grad, lr):
            self.v = new_v(self.v, grad, lr, self.momentum)
            return move(x, self.v, grad, lr, self.momentum)

    return Momentum


def outside(x, v, grad, lr, rho):
    return x - lr * v


def summed(v, grad, lr, rho):
    return rho * v + grad


class StepsBefore:
    """Steps along the old v, then takes the gradient in."""

    def __init__(self, momentum):
        self.momentum = momentum
        self.v = 0.0

    def step(self, x, grad, lr):
        x = x - lr * self.v
        self.v = self.momentum * self.v + grad
        return x


PAST = {}  # one for all objects of the class, by their momentum


class SharedMomentum:
    """Keeps v outside of the object."""

    def __init__(self, momentum):
        self.momentum = momentum

    def step(self, x, grad, lr):
        v = PAST.get(self.momentum, 0.0)
        PAST[self.momentum] = self.momentum * v + grad
        return x - lr * PAST[self.momentum]


MISTAKES = Mistakes(
    Mistake(
        "rate-inside",
        momentum_with(
            lambda v, grad, lr, rho: rho * v + lr * grad, lambda x, v, grad, lr, rho: x - v
        ),
        "Old gradients still carry the old rate: it is multiplied into v. Multiply where x is "
        "changed.",
    ),
    Mistake(
        "rate-twice",
        momentum_with(lambda v, grad, lr, rho: rho * v + lr * grad, outside),
        "The rate is there twice, in v and in the step.",
    ),
    Mistake(
        "no-rate",
        momentum_with(summed, lambda x, v, grad, lr, rho: x - v),
        "The rate is missing: the step is lr times v.",
    ),
    Mistake(
        "average",
        momentum_with(lambda v, grad, lr, rho: rho * v + (1 - rho) * grad, outside),
        "This v is an average, with the factor 1 − ρ. Momentum adds the gradient in full.",
    ),
    Mistake(
        "no-memory",
        momentum_with(lambda v, grad, lr, rho: grad, outside),
        "Nothing is left of the old v: does your step store the new one in self.v?",
    ),
    Mistake(
        "ahead",
        momentum_with(summed, lambda x, v, grad, lr, rho: x - lr * (grad + rho * v)),
        "This is Nesterov's form, which looks a step ahead. Here the step is lr times v.",
    ),
    Mistake(
        "step-before",
        StepsBefore,
        "The step takes the old v. First take the new gradient in, then step.",
    ),
    Mistake(
        "uphill",
        momentum_with(summed, lambda x, v, grad, lr, rho: x + lr * v),
        "The steps go up the slope: mind the sign.",
    ),
    Mistake(
        "shared",
        SharedMomentum,
        "A new object goes on with the v of another one. Keep v in self, and set it in __init__.",
    ),
)
