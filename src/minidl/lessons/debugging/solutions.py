"""Solutions of the exercises in the lesson on finding faults."""

import numpy as np

from minidl.numerics import softmax


def slope_ratio(loss, parameters, h):
    size = np.sqrt(sum(np.sum(p.grad**2) for p in parameters))

    def loss_after(move):
        for p in parameters:
            p.value += move * p.grad / size
        found = loss()
        for p in parameters:
            p.value -= move * p.grad / size
        return found

    return size / ((loss_after(h) - loss_after(-h)) / (2 * h))


def score_gradient(scores, labels):
    g = softmax(scores)
    g[np.arange(len(labels)), labels] -= 1
    return g / len(labels)


def by_heart(step, X, y, count, steps):
    for _ in range(steps):
        loss = step(X[:count], y[:count])
    return loss


def batches(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    chosen = [order[start : start + batch_size] for start in range(0, len(X), batch_size)]
    return [(X[rows], y[rows]) for rows in chosen]


def diagnose(report):
    if report["inputs"] > 3:
        name = "unscaled inputs"
    elif abs(report["slope"] + 1) < 0.01:
        name = "wrong sign"
    elif abs(report["slope"] - report["samples"]) < 0.01:
        name = "missing 1/N"
    elif abs(report["slope"] - 1) > 0.01:
        name = "wrong formula"
    elif report["dead"] > 0.9:
        name = "dead ReLUs"
    elif report["saturated"] > 0.75:
        name = "saturated units"
    elif report["classes"] < 5:
        name = "no shuffling"
    elif report["distinct"] < 0.9:
        name = "drawn with replacement"
    elif report["update"] > 0.12:
        name = "rate too high"
    else:
        name = "nothing yet"
    return name
