"""Hostile answers in the lesson on faults that are right, and how its answers are used."""

from functools import cache

import numpy as np

from minidl.clinic import PATIENTS, first_look
from minidl.parameter import Parameter
from tests.lessons.hostile.equivalence import Explained
from tests.lessons.hostile.legal import Use, numbers


def parameters_and_h(rng):
    shapes = [tuple(rng.integers(1, 6, 2)) for _ in range(rng.integers(1, 5))]
    values = [rng.normal(size=shape) for shape in shapes]
    lines = [rng.normal(size=shape) + 0.1 for shape in shapes]
    factor = float(rng.choice([1.0, -1.0, 30.0]))
    parameters = [
        Parameter(f"fc{k}.W", "W", {"W": value}, {"W": factor * (3 * value**2 + line)})
        for k, (value, line) in enumerate(zip(values, lines, strict=True))
    ]

    def loss():
        pairs = zip(values, lines, strict=True)
        return float(sum(np.sum(value**3 + line * value) for value, line in pairs))

    return loss, parameters, float(10.0 ** rng.uniform(-3, -1))


def ratio_and_state(slope_ratio, loss, parameters, h):
    ratio = float(slope_ratio(loss, parameters, h))
    return round(ratio, 6), [np.round(p.value, 9) for p in parameters], [p.grad for p in parameters]


def scores_and_labels(rng):
    N, C = rng.integers(1, 9, 2)
    return numbers(rng, N, C), rng.integers(0, C, N)


def learner(rng):
    size, steps = rng.integers(1, 12, 2)
    weights = rng.normal(size=2)
    state = {"w": np.zeros(2)}

    def step(X, y):
        error = X @ state["w"] - y
        state["w"] = state["w"] - 0.5 * X.T @ error / len(X) + 0.01 * weights
        return float(np.mean(error**2))

    X, y = rng.normal(size=(size, 2)), rng.normal(size=size)
    return step, X, y, int(rng.integers(1, size + 1)), int(steps)


def rows(rng):
    N, batch_size, seed = rng.integers(1, 30), rng.integers(1, 9), rng.integers(1000)
    X = numbers(rng, N, int(rng.integers(1, 5)))
    return X, rng.integers(0, 9, N), int(batch_size), np.random.default_rng(seed)


@cache
def looked_at():
    """Return first looks at all patients, of some seeds and numbers of samples."""
    seeds = zip((200, 205, 202, 203), (50, 25, 40, 60), strict=True)
    return [first_look(each.training, *pair) for pair in seeds for each in PATIENTS]


USES = {
    "slope": Use(parameters_and_h, ratio_and_state),
    "gradient": Use(scores_and_labels),
    "by-heart": Use(learner),
    "batches": Use(rows),
    "diagnose": Use(lambda rng: (dict(looked_at()[rng.integers(len(looked_at()))]),)),
}


def moved(test, right, *others):
    """Return the lines in which a threshold has been put elsewhere."""
    return [f"- {test.format(right)}: | + {test.format(other)}:" for other in others]


THRESHOLDS = (
    *moved(
        "if report['inputs'] {}", "> 3", ">= 3", "> 4", "> 2", "> 3.3000000000000003", "> 6", "> 1"
    ),
    *moved(
        "elif abs(report['slope'] + 1) {}",
        "< 0.01",
        "<= 0.01",
        "< 1.01",
        "< 0.011000000000000001",
        "< 0.02",
        "< 1",
    ),
    *moved(
        "elif abs(report['slope'] - report['samples']) {}",
        "< 0.01",
        "<= 0.01",
        "< 0.011000000000000001",
        "< 0.02",
    ),
    "- elif abs(report['slope'] - report['samples']) < 0.01: | "
    "+ elif abs(report['samples'] - report['slope']) < 0.01:",
    *moved(
        "elif abs(report['slope'] - 1) {}", "> 0.01", ">= 0.01", "> 0.011000000000000001", "> 0.02"
    ),
    "- elif abs(report['slope'] - 1) > 0.01: | + elif abs(1 - report['slope']) > 0.01:",
    *moved("elif report['dead'] {}", "> 0.9", ">= 0.9", "> 0.9900000000000001"),
    *moved("elif report['saturated'] {}", "> 0.75", ">= 0.75", "> 0.8250000000000001"),
    *moved("elif report['classes'] {}", "< 5", "<= 5", "< 6", "< 4", "< 5.5"),
    *moved("elif report['distinct'] {}", "< 0.9", "<= 0.9", "< 0.9900000000000001", "< 1"),
    *moved("elif report['update'] {}", "> 0.12", ">= 0.12", "> 0.132"),
)
EXPLAINED = {
    "slope": [
        Explained(
            "In which order the parameters are taken makes no difference.",
            (
                "- size = np.sqrt(sum((np.sum(p.grad ** 2) for p in parameters))) | "
                "+ size = np.sqrt(sum((np.sum(p.grad ** 2) for p in list(parameters)[::-1])))",
                "- for p in parameters: | + for p in list(parameters)[::-1]:",
            ),
        )
    ],
    "gradient": [
        Explained(
            "There are as many labels as rows of scores.",
            (
                "- g[np.arange(len(labels)), labels] -= 1 | "
                "+ g[np.arange(len(scores)), labels] -= 1",
                "- return g / len(labels) | + return g / len(scores)",
            ),
        )
    ],
    "by-heart": [
        Explained(
            "Only how often it goes round counts.",
            ("- for _ in range(steps): | + for _ in list(range(steps))[::-1]:",),
        )
    ],
    "batches": [
        Explained(
            "There are as many labels as samples.",
            (
                "- order = rng.permutation(len(X)) | + order = rng.permutation(len(y))",
                "- chosen = [order[start:start + batch_size] for start in "
                "range(0, len(X), batch_size)] | + chosen = [order[start:start + batch_size] "
                "for start in range(0, len(y), batch_size)]",
            ),
        )
    ],
    "diagnose": [
        Explained(
            "Between the ill and the well there is a wide gap; a threshold anywhere in it will do.",
            THRESHOLDS,
        )
    ],
}
