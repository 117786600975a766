"""Right answers to the exercises of the lesson on faults, as somebody else would write them."""

import numpy as np

from minidl.numerics import one_hot, softmax


def ratio_by_copies(loss, parameters, h):
    before = [parameter.value.copy() for parameter in parameters]
    squares = [(parameter.grad**2).sum() for parameter in parameters]
    size = sum(squares) ** 0.5
    losses = {}
    for sign in (1, -1):
        for parameter, value in zip(parameters, before, strict=True):
            parameter.value[...] = value + sign * h / size * parameter.grad
        losses[sign] = loss()
    for parameter, value in zip(parameters, before, strict=True):
        parameter.value[...] = value
    return 2 * h * size / (losses[1] - losses[-1])


def ratio_in_one_go(loss, parameters, h):
    size = np.linalg.norm(np.concatenate([p.grad.ravel() for p in parameters]))
    found = []
    for step in (h, -2 * h, h):
        for p in parameters:
            p.value += step * p.grad / size
        found.append(loss())
    return size * 2 * h / (found[0] - found[1])


def ratio_by_directions(loss, parameters, h):
    size = np.sqrt(np.sum([np.sum(np.square(p.grad)) for p in parameters]))
    directions = [p.grad / size for p in parameters]

    def move(distance):
        for p, direction in zip(parameters, directions, strict=True):
            p.value = p.value + distance * direction

    move(h)
    above = loss()
    move(-2 * h)
    below = loss()
    move(h)
    slope = (above - below) / (2 * h)
    return float(size / slope)


def gradient_by_one_hot(scores, labels):
    return (softmax(scores) - one_hot(labels, scores.shape[1])) / len(scores)


def gradient_by_hand(scores, labels):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p[range(len(labels)), labels] -= 1.0
    p /= scores.shape[0]
    return p


def gradient_by_rows(scores, labels):
    g = np.zeros(scores.shape)
    for n, label in enumerate(labels):
        g[n] = softmax(scores[n])
        g[n, label] -= 1
    return g / labels.size


def heart_by_a_list(step, X, y, count, steps):
    few, names = X[0:count], y[0:count]
    return [step(few, names) for _ in range(steps)][-1]


def heart_by_while(step, X, y, count, steps):
    done, loss = 0, None
    while done < steps:
        loss = float(step(X[:count], y[:count]))
        done += 1
    return loss


def heart_by_rows(step, X, y, count, steps):
    rows = np.arange(count)
    for _ in range(steps - 1):
        step(X[rows], y[rows])
    return step(X[rows], y[rows])


def batches_by_a_generator(X, y, batch_size, rng):
    order = rng.permutation(len(y))
    while len(order):
        yield X[order[:batch_size]], y[order[:batch_size]]
        order = order[batch_size:]


def batches_of_shuffled_copies(X, y, batch_size, rng):
    order = np.arange(len(X))
    rng.shuffle(order)
    X, y = X[order], y[order]
    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(X), batch_size)]


def batches_by_choice(X, y, batch_size, rng):
    order = rng.choice(len(X), len(X), replace=False)
    cuts = range(batch_size, len(X), batch_size)
    return [[X[rows], y[rows]] for rows in np.split(order, cuts)]


def diagnose_by_a_table(report):
    slope = report["slope"]
    table = [
        ("unscaled inputs", report["inputs"] > 5),
        ("wrong sign", np.isclose(slope, -1, atol=0.001)),
        ("missing 1/N", np.isclose(slope, report["samples"], rtol=0.001)),
        ("wrong formula", not np.isclose(slope, 1, atol=0.001)),
        ("dead ReLUs", report["dead"] >= 0.95),
        ("saturated units", report["saturated"] > 0.8),
        ("no shuffling", report["classes"] <= 3),
        ("drawn with replacement", report["distinct"] < 1),
        ("rate too high", report["update"] > 0.14),
        ("nothing yet", True),
    ]
    return next(name for name, found in table if found)


def diagnose_in_another_order(report):
    if round(report["classes"]) <= 2:
        return "no shuffling"
    if report["distinct"] < 0.8:
        return "drawn with replacement"
    if report["dead"] == 1:
        return "dead ReLUs"
    slope = round(report["slope"], 2)
    if slope != 1:
        return {-1: "wrong sign", report["samples"]: "missing 1/N"}.get(slope, "wrong formula")
    if report["inputs"] > 2:
        return "unscaled inputs"
    if report["start"] > 10:
        return "saturated units"
    return "rate too high" if report["update"] >= 0.15 else "nothing yet"


def diagnose_by_words(report):
    findings = {
        "inputs": (report["inputs"] > 4, "unscaled inputs"),
        "dead": (report["dead"] > 0.8, "dead ReLUs"),
        "saturated": (0.8 < report["saturated"] < 0.99, "saturated units"),
        "classes": (report["classes"] < 4, "no shuffling"),
        "distinct": (report["distinct"] < 0.95, "drawn with replacement"),
    }
    for found, name in findings.values():
        if found:
            return name
    away = {"wrong sign": -1, "missing 1/N": report["samples"], "right": 1}
    near = [name for name, value in away.items() if abs(report["slope"] - value) < 1e-3]
    if near != ["right"]:
        return near[0] if near else "wrong formula"
    return "rate too high" if report["update"] > 0.13 else "nothing yet"


ALTERNATIVES = {
    "slope": [ratio_by_copies, ratio_in_one_go, ratio_by_directions],
    "gradient": [gradient_by_one_hot, gradient_by_hand, gradient_by_rows],
    "by-heart": [heart_by_a_list, heart_by_while, heart_by_rows],
    "batches": [batches_by_a_generator, batches_of_shuffled_copies, batches_by_choice],
    "diagnose": [diagnose_by_a_table, diagnose_in_another_order, diagnose_by_words],
}
