"""Hostile answers in the lesson on moons that are right: nothing tells them from the solution."""

import numpy as np

from tests.lessons.hostile.equivalence import Explained
from tests.lessons.hostile.legal import Use, numbers


def points(rng):
    return (int(rng.integers(2, 80)),)


def classes_of_any_dtype(two_arcs, n):
    X, y = two_arcs(n)
    return X, y.astype(float)


def network(rng):
    """Draw sizes, a seed, how large weights are, a mode, and two batches with their gradients."""
    sizes = [int(size) for size in rng.integers(1, 8, 3)]
    batches = [
        (numbers(rng, n, sizes[0]).astype(rng.choice(["f4", "f8"])), numbers(rng, n, sizes[2]))
        for n in rng.integers(1, 8, 2)
    ]
    return sizes, int(rng.integers(100)), 10.0 ** rng.uniform(-1, 2), rng.random() < 0.5, batches


def there_and_back(MoonsNet, sizes, seed, scale, training, batches):
    net = MoonsNet(*sizes, rng=seed)
    net.train() if training else net.eval()
    for parameter in net.parameters():
        parameter.value *= scale
    seen = [[type(layer).__name__ for layer in net.layers]]
    for x, grad in batches:
        seen += [net(x), net.training, net.backward(grad), net.training, x, grad]
        seen += [part for p in net.parameters() for part in (p.value.copy(), p.grad.copy())]
    return seen


def labels(rng, n):
    """Draw labels from 0 to 1, in some draws only whole ones."""
    y = rng.random((n, 1))
    return np.round(y) if rng.random() < 0.5 else y


def forecasts(rng):
    """Draw predictions that may be close to 0 and 1, and labels."""
    n = int(rng.integers(1, 10))
    small = 10.0 ** -np.where(rng.random((n, 1)) < 0.3, rng.uniform(0, 300, (n, 1)), rng.random())
    p = np.where(rng.random((n, 1)) < 0.5, small, 1 - np.maximum(small, 1e-16))
    return np.clip(p, 1e-300, 1 - 2**-53), labels(rng, n)


def with_labels_of_any_shape(rng):
    p, y = forecasts(rng)
    if rng.random() < 0.5:
        y = np.round(y).astype(rng.choice(["i8", "f8"]))
    return p, y[:, 0] if rng.random() < 0.5 else y


def to_the_ends(rng):
    p, y = forecasts(rng)
    at_the_end = rng.random(p.shape) < 0.3
    return np.where(at_the_end, rng.random(p.shape) < 0.5, p), y


def layers(old, new):
    """Return the name of a network with another layer in its list."""
    right = (
        "[Linear(input_size, hidden_size, rng=rng, name='fc1'), Logistic(name='act1'), "
        "Linear(hidden_size, output_size, rng=rng, name='fc2'), Logistic(name='act2')]"
    )
    return f"- self.layers = {right} | + self.layers = {right.replace(old, new)}"


MEAN = "-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))"
SAFE_MEAN = "-np.mean(y * log_p + (1 - y) * log_q)"
ZERO = "A loss of labels from 0 to 1 is never below 0; it may be −0, which is 0."
USES = {
    "arcs": Use(points),
    "network": Use(network, there_and_back),
    "bce": Use(forecasts),
    "bce-gradient": Use(forecasts),
    "broadcast": Use(with_labels_of_any_shape),
    "log-of-zero": Use(to_the_ends),
}


def without_sign(mean):
    return Explained(ZERO, (f"- return {mean} | + return hostile.without_sign({mean})",))


EXPLAINED = {
    "arcs": [
        Explained(
            "The text leaves the dtype of the classes open; as numbers they are the same.",
            (
                "- return (X, y) | + return (X, hostile.of_type(y, 'float32'))",
                "- return (X, y) | + return (X, hostile.of_type(y, 'float64'))",
                "- return (X, y) | + return hostile.of_type((X, y), 'float64')",
                "- return (X, y) | + return (X, hostile.limited(y, 10.0))",
                "- return (X, y) | + return (X, hostile.limited(y, 100.0))",
                "- return (X, y) | + return hostile.limited((X, y), 10.0)",
                "- return (X, y) | + return hostile.limited((X, y), 100.0)",
            ),
            Use(points, classes_of_any_dtype),
        ),
    ],
    "network": [
        Explained(
            "A name serves files and messages; a layer without one gets it from its place.",
            (
                layers(", name='fc1'", ""),
                layers("name='act1'", ""),
                layers(", name='fc2'", ""),
                layers("name='act2'", ""),
            ),
        ),
    ],
    "bce": [without_sign(MEAN)],
    "bce-gradient": [
        Explained(
            "There are as many labels as predictions.",
            (
                "- return (p - y) / (p * (1 - p)) / len(p) | "
                "+ return (p - y) / (p * (1 - p)) / len(y)",
            ),
        ),
    ],
    "broadcast": [without_sign(MEAN)],
    "log-of-zero": [
        without_sign(SAFE_MEAN),
        Explained(
            "NumPy warns of log 0, as the text allows, and the result is the same.",
            ("- with np.errstate(divide='ignore'): | + with np.errstate():",),
        ),
    ],
}
