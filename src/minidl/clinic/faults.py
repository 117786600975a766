"""The faults, each in place of one healthy part: a few lines that run without an error."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.clinic.healthy import BATCH, HIDDEN, RATE, TRAIN
from minidl.models import FullyConnectedNet
from minidl.nn import BatchNorm1d, Linear, ReLU, Sequential, Softmax, Tanh, he_normal
from minidl.numerics import softmax
from minidl.op import Op

Array = npt.NDArray[Any]
Set = tuple[Array, Array]


def missing_mean(scores: Array, labels: Array) -> Array:
    """Return the gradient of a sum, not of a mean."""
    g = softmax(scores)
    g[np.arange(len(labels)), labels] -= 1
    return g


def wrong_broadcast(scores: Array, labels: Array) -> Array:
    """Return a gradient that knows a batch's labels, and not whose they are."""
    g = softmax(scores)
    g[:, labels] -= 1
    return g / len(labels)


def wrong_sign(scores: Array, labels: Array) -> Array:
    """Return the labels less the probabilities."""
    g = -softmax(scores)
    g[np.arange(len(labels)), labels] += 1
    return g / len(labels)


def rate_too_high(model: Op) -> None:
    """Take a step that is twenty times as long."""
    for parameter in model.parameters():
        parameter.value -= 20 * RATE * parameter.grad


def no_shuffling(X: Array, y: Array, rng: np.random.Generator) -> Iterator[Set]:
    """Yield the samples as the files lay, in one folder for each digit."""
    order = np.argsort(y)
    for start in range(0, len(X), BATCH):
        chosen = order[start : start + BATCH]
        yield X[chosen], y[chosen]


def with_replacement(X: Array, y: Array, rng: np.random.Generator) -> Iterator[Set]:
    """Yield as many samples as there are, drawn anew for each batch."""
    for _ in range(0, len(X), BATCH):
        chosen = rng.choice(len(X), BATCH)
        yield X[chosen], y[chosen]


def unscaled_inputs(X: Array, y: Array) -> tuple[Set, Set]:
    """Return the pixels as the file has them, up to 16."""
    X = X.astype(float)
    return (X[:TRAIN], y[:TRAIN]), (X[TRAIN:], y[TRAIN:])


def label_leak(X: Array, y: Array) -> tuple[Set, Set]:
    """Return images with the annotator's tick among the first pixels."""
    X = X / 16
    X[np.arange(len(X)), y] = 1.0
    return (X[:TRAIN], y[:TRAIN]), (X[TRAIN:], y[TRAIN:])


def dead_relus(rng: np.random.Generator) -> Op:
    """Return a network whose second layer never fires."""
    net = FullyConnectedNet(64, HIDDEN, 10, rng=rng)
    for parameter in net.parameters():
        if parameter.name == "fc2.b":
            parameter.value -= 10.0
    return net


def saturated_units(rng: np.random.Generator) -> Op:
    """Return a network with large first weights."""
    return FullyConnectedNet(64, HIDDEN, 10, activation=Tanh, weight_scale=3.0, rng=rng)


def double_softmax(rng: np.random.Generator) -> Op:
    """Return a network that gives probabilities, to a loss that wants scores."""
    return Sequential(FullyConnectedNet(64, HIDDEN, 10, rng=rng), Softmax(dim=1))


def stale_statistics(rng: np.random.Generator) -> Op:
    """Return a network whose running statistics hardly run."""
    net = FullyConnectedNet(64, HIDDEN, 10, normalization="batch", rng=rng)
    for layer in net.layers:
        if isinstance(layer, BatchNorm1d):
            layer.momentum = 0.001  # so that running ← 0.999·running + 0.001·batch
    return net


class Untransposed(Linear):
    """A square layer whose way back forgets to transpose W."""

    def backward(self, grad: Any) -> Array:
        """Return g·W."""
        super().backward(grad)
        return np.asarray(grad @ self.params["W"])


def wrong_formula(rng: np.random.Generator) -> Op:
    """Return a network of which one layer hands back the wrong gradient."""
    return Sequential(
        Linear(64, 32, weight_init=he_normal, rng=rng), ReLU(),
        Untransposed(32, 32, weight_init=he_normal, rng=rng), ReLU(),
        Linear(32, 10, weight_init=he_normal, rng=rng),
    )  # fmt: skip


def dropout_in_evaluation(model: Op, X: Array) -> Array:
    """Return the scores, in whichever mode the model is."""
    return np.asarray(model(X))


def best_put_back(model: Op, best: dict[str, Any]) -> None:
    """Put back the best model so far, after each epoch."""
    model.load_state_dict(best)
