"""Cheap examinations of a training: each asks one question and answers with one number."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.clinic.training import (
    DIVERGED,
    Training,
    capped,
    course_of,
    cross_entropy,
    drawn,
    epochs_of,
    first_step_of,
)

Array = npt.NDArray[Any]

HEART, HEART_STEPS = 30, 150
CHECKED = 50
"""Samples on which the gradient is compared with the slope."""
SHORT = 5
"""Epochs of an examination that trains."""


def start_loss(training: Training, seed: int = 0) -> float:
    """Return the loss before the first step: log C, if nothing is known and nothing is claimed."""
    (X, y), _ = training.sets(seed)
    return cross_entropy(training.build(np.random.default_rng(seed))(X), y)


def input_size(training: Training, seed: int = 0) -> float:
    """Return the size of the inputs, the root of their mean square."""
    (X, _), _ = training.sets(seed)
    return float(np.sqrt(np.mean(X**2)))


@np.errstate(all="ignore")  # slopes of 0
def slope_ratio(
    training: Training, seed: int = 0, samples: int = CHECKED, h: float = 1e-7
) -> float:
    """Return the gradient's size over the slope that is measured along it: 1 if it is right.

    A step of length h along the gradient, and one against it, are measured on a few samples.
    """
    (X, y), _ = training.sets(seed)
    X, y = X[:samples], y[:samples]
    model = training.build(np.random.default_rng(seed))
    for _, part in model.named_layers():
        if hasattr(part, "keep_prob"):
            part.keep_prob = 1.0  # else the loss changes by itself
    model.backward_params(training.gradient(model(X), y))
    grads = [parameter.grad.copy() for parameter in model.parameters()]
    size = float(np.sqrt(sum(np.sum(grad**2) for grad in grads)))
    losses = []
    for move in (h, -2 * h):
        for parameter, grad in zip(model.parameters(), grads, strict=True):
            parameter.value += move * grad / size
        losses.append(cross_entropy(model(X), y))
    return float(np.divide(size, (losses[0] - losses[1]) / (2 * h)))


def by_heart(training: Training, seed: int = 0) -> float:
    """Return the loss on 30 samples after 150 steps on them alone: near 0, if it can learn."""
    (X, y), _ = training.sets(seed)
    X, y = X[:HEART], y[:HEART]
    model = training.build(np.random.default_rng(seed))
    for _ in range(HEART_STEPS):
        loss = cross_entropy(training.step(model, X, y), y)
        if not loss < DIVERGED:
            return DIVERGED
    return capped(cross_entropy(training.predict(model, X), y))


def on_shuffled_labels(training: Training, seed: int = 0) -> Iterator[float]:
    """Yield the dev accuracies while training on labels in a random order."""
    X, y = drawn(seed)
    sets = training.prepare(X, np.random.default_rng(seed).permutation(y))
    for course in epochs_of(training, sets, seed=seed, epochs=SHORT):
        yield course.dev_scores[-1]


def on_constant_inputs(training: Training, seed: int = 0) -> Iterator[float]:
    """Yield the losses while training on inputs that are all alike."""
    (X, y), (dev_X, dev_y) = training.sets(seed)
    sets = (0 * X, y), (0 * dev_X, dev_y)
    for course in epochs_of(training, sets, seed=seed, epochs=SHORT):
        yield course.train_losses[-1]


def shuffled_accuracy(training: Training, seed: int = 0) -> float:
    """Return the last dev accuracy with shuffled labels: 0.1, if nothing leaks."""
    *_, accuracy = on_shuffled_labels(training, seed)
    return accuracy


def constant_loss(training: Training, seed: int = 0) -> float:
    """Return the last loss with constant inputs: what is to be had without looking."""
    *_, loss = on_constant_inputs(training, seed)
    return loss


def disagreement(training: Training, seed: int = 0) -> float:
    """Return by how much two evaluations of one model differ: 0, if nothing is left to chance."""
    course = course_of(training, seed)
    model = copy.deepcopy(course.model)  # what it draws must not depend on who has asked before
    scores = [training.predict(model, course.dev_set[0]) for _ in range(2)]
    return float(np.mean(np.abs(scores[0] - scores[1])))


def mode_gap(training: Training, seed: int = 0) -> float:
    """Return the loss on the train set as it is judged, less that in the training mode."""
    course = course_of(training, seed)
    (X, y), model = course.train_set, copy.deepcopy(course.model)
    judged = cross_entropy(training.predict(model, X), y)
    model.train()
    return judged - cross_entropy(model(X), y)


def distinct_share(training: Training, seed: int = 0) -> float:
    """Return which share of the samples an epoch sees: 1, if it is one."""
    (X, y), _ = training.sets(seed)
    places = np.arange(len(X))
    order = [batch for batch, _ in training.batches(places, y, np.random.default_rng(seed))]
    return len(np.unique(np.concatenate(order))) / len(X)


def classes_in_a_batch(training: Training, seed: int = 0) -> float:
    """Return how many of the ten classes a batch has, on average."""
    (X, y), _ = training.sets(seed)
    batches = training.batches(X, y, np.random.default_rng(seed))
    return float(np.mean([len(np.unique(labels)) for _, labels in batches]))


def idle_share(training: Training, seed: int = 0) -> float:
    """Return the share of epochs after which the parameters are back where they were."""
    return float(np.mean(np.array(course_of(training, seed).moves) == 0))


def dead_share(training: Training, seed: int = 0) -> float:
    """Return the share of dead units at the first step, in the worst of the layers."""
    return max(shares[0] for shares in first_step_of(training, seed).dead.values())


def saturated_share(training: Training, seed: int = 0) -> float:
    """Return the share of saturated numbers at the first step, in the worst of the layers."""
    return max(shares[0] for shares in first_step_of(training, seed).saturated.values())


def first_update(training: Training, seed: int = 0) -> float:
    """Return the size of the first step over that of the weights, in the liveliest layer."""
    return max(ratios[0] for ratios in first_step_of(training, seed).updates.values())


AT_THE_START: dict[str, Callable[[Training, int], float]] = {
    "start": start_loss,
    "inputs": input_size,
    "slope": slope_ratio,
    "dead": dead_share,
    "saturated": saturated_share,
    "update": first_update,
    "classes": classes_in_a_batch,
    "distinct": distinct_share,
}
"""What can be asked before anything is trained."""
EXAMINATIONS: dict[str, Callable[[Training, int], float]] = AT_THE_START | {
    "by heart": by_heart,
    "shuffled": shuffled_accuracy,
    "constant": constant_loss,
    "twice": disagreement,
    "modes": mode_gap,
    "idle": idle_share,
}


def first_look(training: Training, seed: int = 0, samples: int = CHECKED) -> dict[str, float]:
    """Return what can be asked before anything is trained, and `samples`, those of the slope.

    Examples
    --------
    >>> look = first_look(Training())
    >>> round(look["slope"], 4), look["samples"], look["classes"] > 8
    (1.0, 50, True)
    """
    found = {name: examine(training, seed) for name, examine in AT_THE_START.items()}
    return found | {"slope": slope_ratio(training, seed, samples), "samples": samples}
