"""Right answers to the exercises of the lesson on five promises, as others would write them."""

import itertools
import math

import numpy as np


class AdadeltaWithLists:
    def __init__(self, rho, eps):
        self.rho, self.eps, self.grads, self.steps = rho, eps, [], []

    def average(self, values):
        fading = [self.rho**age * v**2 for age, v in enumerate(reversed(values))]
        return (1 - self.rho) * sum(fading, 0.0)

    def step(self, x, grad):
        self.grads.append(np.array(grad))
        above, below = self.average(self.steps), self.average(self.grads)
        self.steps.append(grad * ((above + self.eps) / (below + self.eps)) ** 0.5)
        return x - self.steps[-1]


class AdadeltaInPlace:
    def __init__(self, rho, eps):
        self.rho, self.eps = rho, eps

    def step(self, x, grad):
        if not hasattr(self, "s"):
            self.s, self.D = np.zeros_like(grad, float), np.zeros_like(grad, float)
        self.s += (1 - self.rho) * (np.square(grad) - self.s)
        d = grad * np.sqrt((self.D + self.eps) / (self.s + self.eps))
        self.D += (1 - self.rho) * (np.square(d) - self.D)
        return np.subtract(x, d)


class AdadeltaWithADict:
    def __init__(self, rho, eps):
        self.options, self.state = (rho, eps), {"g": 0, "x": 0}

    def take_in(self, name, value):
        rho = self.options[0]
        self.state[name] = rho * self.state[name] + (1 - rho) * value * value

    def usual(self, name):
        return (self.state[name] + self.options[1]) ** 0.5

    def step(self, x, grad):
        self.take_in("g", grad)
        move = -self.usual("x") / self.usual("g") * grad
        self.take_in("x", move)
        return x + move


def secant_in_the_list(slope, before, x, num_steps):
    way = [before, x]
    while len(way) < num_steps + 2:
        a, b = way[-2:]
        rise = slope(b) - slope(a)
        way.append(b - slope(b) * (b - a) / rise if rise else b)
    return way


def secant_by_recursion(slope, before, x, num_steps):
    if num_steps == 0:
        return [before, x]
    change = slope(x) - slope(before)
    new = x if change == 0 else (before * slope(x) - x * slope(before)) / change
    return [before, *secant_by_recursion(slope, x, new, num_steps - 1)]


def secant_into_an_array(slope, before, x, num_steps):
    way = np.full(num_steps + 2, x, dtype=float)
    way[0] = before
    for k in itertools.takewhile(lambda k: k < num_steps, itertools.count()):
        old, here = float(way[k]), float(way[k + 1])
        curvature = math.inf
        if slope(here) != slope(old):
            curvature = (slope(old) - slope(here)) / (old - here)
        way[k + 2] = here - slope(here) / curvature
    return way


ALTERNATIVES = {
    "adadelta": [AdadeltaWithLists, AdadeltaInPlace, AdadeltaWithADict],
    "secant": [secant_in_the_list, secant_by_recursion, secant_into_an_array],
}
