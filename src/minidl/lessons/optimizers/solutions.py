"""Solutions of the exercises in the lesson on optimizers."""

import numpy as np


def descend(slope, x, lr, num_steps):
    positions = [x]
    for _ in range(num_steps):
        x = x - lr * slope(x)
        positions.append(x)
    return positions


def averages(values, beta):
    average, found = 0.0, []
    for t, value in enumerate(values, start=1):
        average = beta * average + (1 - beta) * value
        found.append(average / (1 - beta**t))
    return np.array(found)


class Momentum:
    """Descent with momentum; the rate stays outside the average."""

    def __init__(self, momentum):
        self.momentum = momentum
        self.v = 0.0

    def step(self, x, grad, lr):
        self.v = self.momentum * self.v + grad
        return x - lr * self.v


class MyAdam:
    """An average of gradients over the root of an average of squares, both corrected."""

    def __init__(self, lr, beta1, beta2, eps):
        self.lr, self.beta1, self.beta2, self.eps = lr, beta1, beta2, eps
        self.t, self.m, self.s = 0, 0.0, 0.0

    def step(self, x, grad):
        self.t += 1
        self.m = self.beta1 * self.m + (1 - self.beta1) * grad
        self.s = self.beta2 * self.s + (1 - self.beta2) * grad**2
        m = self.m / (1 - self.beta1**self.t)
        s = self.s / (1 - self.beta2**self.t)
        return x - self.lr * m / (np.sqrt(s) + self.eps)


class Checkpoint:
    """All that a training goes on from: the parameters, and what the optimizer remembers."""

    def __init__(self, model, optimizer):
        self.model = model.state_dict()
        self.optimizer = optimizer.state_dict()

    def restore(self, model, optimizer):
        model.load_state_dict(self.model)
        optimizer.load_state_dict(self.optimizer)
