"""Right answers to the exercises of the lesson on optimizers, as somebody else would write them."""

import copy
import itertools
import math

import numpy as np


def descend_by_recursion(slope, x, lr, num_steps):
    if num_steps == 0:
        return [x]
    return [x, *descend_by_recursion(slope, x - lr * slope(x), lr, num_steps - 1)]


def descend_into_an_array(slope, x, lr, num_steps):
    positions = np.empty((num_steps + 1, *np.shape(x)))
    positions[0] = x
    for step in range(num_steps):
        positions[step + 1] = positions[step] - lr * slope(positions[step])
    return positions


def descend_with_accumulate(slope, x, lr, num_steps):
    steps = itertools.repeat(None, num_steps)
    return tuple(itertools.accumulate(steps, lambda x, _: x - lr * slope(x), initial=x))


def averages_by_weights(values, beta):
    found = []
    for t in range(1, len(values) + 1):
        weights = (1 - beta) * beta ** np.arange(t)[::-1]
        found.append(np.sum(weights * values[:t]) / np.sum(weights))
    return np.array(found)


def averages_towards_the_value(values, beta):
    found, v = np.empty(len(values)), 0
    for t, value in enumerate(values):
        v += (1 - beta) * (value - v)
        found[t] = v / (1 - beta ** (t + 1))
    return found


def averages_corrected_at_the_end(values, beta):
    raw = [0.0]
    for value in values:
        raw.append(beta * raw[-1] + (1 - beta) * value)
    return np.array(raw[1:]) / (1 - beta ** np.arange(1, len(raw)))


class MomentumFromNothing:
    def __init__(self, momentum):
        self.rho, self.v = momentum, None

    def step(self, x, grad, lr):
        self.v = grad if self.v is None else self.rho * self.v + grad
        return x - lr * self.v


class MomentumOfAllGradients:
    def __init__(self, momentum):
        self.momentum, self.grads = momentum, []

    def step(self, x, grad, lr):
        self.grads.append(np.array(grad))
        weights = [self.momentum**age for age in range(len(self.grads))]
        return x - lr * sum(w * g for w, g in zip(weights, reversed(self.grads), strict=True))


class MomentumInPlace:
    def __init__(self, momentum):
        self.momentum = momentum

    def step(self, x, grad, lr):
        if not hasattr(self, "v"):
            self.v = np.zeros_like(grad, dtype=float)
        self.v *= self.momentum
        self.v += grad
        return x + -lr * self.v


class AdamWithLists:
    def __init__(self, lr, beta1, beta2, eps):
        self.options, self.grads = (lr, beta1, beta2, eps), []

    def step(self, x, grad):
        lr, beta1, beta2, eps = self.options
        self.grads.append(np.array(grad))

        def average(beta, values):
            weights = [beta**age for age in range(len(values))][::-1]
            return sum(w * v for w, v in zip(weights, values, strict=True)) / sum(weights)

        m, s = average(beta1, self.grads), average(beta2, [g * g for g in self.grads])
        return x - lr * m / (s**0.5 + eps)


class AdamWithOneRate:
    def __init__(self, lr, beta1, beta2, eps):
        self.lr, self.beta1, self.beta2, self.eps = lr, beta1, beta2, eps
        self.m = self.s = 0
        self.left1 = self.left2 = 1

    def step(self, x, grad):
        self.left1, self.left2 = self.left1 * self.beta1, self.left2 * self.beta2
        self.m = self.m + (1 - self.beta1) * (grad - self.m)
        self.s = self.s + (1 - self.beta2) * (np.square(grad) - self.s)
        root = math.sqrt(1 - self.left2)
        lr = self.lr * root / (1 - self.left1)
        return x - lr * self.m / (np.sqrt(self.s) + self.eps * root)


class AdamWithADict:
    def __init__(self, lr, beta1, beta2, eps):
        self.state = {"lr": lr, "betas": (beta1, beta2), "eps": eps, "t": 0, "means": [0, 0]}

    def step(self, x, grad):
        state = self.state
        state["t"] += 1
        corrected = []
        for i, (beta, new) in enumerate(zip(state["betas"], (grad, grad * grad), strict=True)):
            state["means"][i] = beta * state["means"][i] + (1 - beta) * new
            corrected.append(state["means"][i] / (1 - beta ** state["t"]))
        return np.subtract(x, state["lr"] * corrected[0] / (corrected[1] ** 0.5 + state["eps"]))


class CheckpointInATuple:
    def __init__(self, *parts):
        self.states = [part.state_dict() for part in parts]

    def restore(self, *parts):
        for part, state in zip(parts, self.states, strict=True):
            part.load_state_dict(state)


class CheckpointOfCopies:
    def __init__(self, model, optimizer):
        self.values = {p.name: p.value.copy() for p in model.parameters()}
        self.optimizer = copy.deepcopy(optimizer.state_dict())

    def restore(self, model, optimizer):
        for parameter in model.parameters():
            parameter.value = self.values[parameter.name]
        optimizer.load_state_dict(copy.deepcopy(self.optimizer))


class CheckpointByHand:
    def __init__(self, model, optimizer):
        self.model, self.state = model.state_dict(), copy.deepcopy(optimizer.state)
        self.options = [dict(group.options) for group in optimizer.param_groups]

    def restore(self, model, optimizer):
        model.load_state_dict(self.model)
        optimizer.state = copy.deepcopy(self.state)
        for group, options in zip(optimizer.param_groups, self.options, strict=True):
            for name, value in options.items():
                group[name] = value


ALTERNATIVES = {
    "descend": [descend_by_recursion, descend_into_an_array, descend_with_accumulate],
    "average": [averages_by_weights, averages_towards_the_value, averages_corrected_at_the_end],
    "momentum": [MomentumFromNothing, MomentumOfAllGradients, MomentumInPlace],
    "adam": [AdamWithLists, AdamWithOneRate, AdamWithADict],
    "resume": [CheckpointInATuple, CheckpointOfCopies, CheckpointByHand],
}
