"""A training made of functions, one for each part, and how it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.clinic import healthy
from minidl.data import load_digits
from minidl.numerics import log_softmax
from minidl.op import Op
from minidl.train.listeners.diagnostics import Diagnostics

Array = npt.NDArray[Any]
Set = tuple[Array, Array]

SAMPLES, EPOCHS = 700, 12
DIVERGED = 1e3
"""From this loss on, a training is given up."""


@dataclass(frozen=True)
class Training:
    """A training, a function for each part; the healthy ones by default.

    Attributes
    ----------
    prepare : callable
        (X, y) → train set, dev set, from pixels between 0 and 16.
    build : callable
        (rng) → the network.
    batches : callable
        (X, y, rng) → an epoch's batches.
    gradient : callable
        (scores, labels) → the gradient of the mean cross-entropy.
    update : callable
        Changes the network's parameters by its gradients.
    predict : callable
        (model, X) → the scores by which it is judged.
    end_epoch : callable
        What happens after an epoch to the model, given the best state so far.
    """

    prepare: Callable[[Array, Array], tuple[Set, Set]] = healthy.prepare
    build: Callable[[np.random.Generator], Op] = healthy.build
    batches: Callable[[Array, Array, np.random.Generator], Iterator[Set]] = healthy.batches
    gradient: Callable[[Array, Array], Array] = healthy.gradient
    update: Callable[[Op], None] = healthy.update
    predict: Callable[[Op, Array], Array] = healthy.predict
    end_epoch: Callable[[Op, dict[str, Any]], None] = healthy.end_epoch

    def step(self, model: Op, X: Array, y: Array) -> Array:
        """Take a step on a batch; return its scores before it."""
        scores = model(X)
        model.backward_params(self.gradient(scores, y))
        self.update(model)
        return np.asarray(scores)

    def sets(self, seed: int = 0) -> tuple[Set, Set]:
        """Return train set and dev set, drawn by a seed and prepared."""
        return self.prepare(*drawn(seed))


@dataclass
class Course:
    """How a training has gone so far.

    Attributes
    ----------
    train_losses, dev_losses, dev_scores : list of float
        Of each epoch: the mean over its batches, and what was found after it.
    moves : list of float
        How far from one epoch's end to the next the parameters have moved, over their size.
    step : int
        Steps taken.
    diagnostics : Diagnostics
        What the layers were like meanwhile.
    """

    model: Op
    train_set: Set
    dev_set: Set
    diagnostics: Diagnostics
    train_losses: list[float] = field(default_factory=list)
    dev_losses: list[float] = field(default_factory=list)
    dev_scores: list[float] = field(default_factory=list)
    moves: list[float] = field(default_factory=list)
    step: int = 0


@lru_cache(maxsize=8)
def drawn(seed: int) -> Set:
    """Return images as rows of 64 pixels between 0 and 16, and their digits.

    Examples
    --------
    >>> drawn(0)[0].shape
    (700, 64)
    """
    images, digits = load_digits()
    chosen = np.random.default_rng(seed).permutation(len(digits))[:SAMPLES]
    return images[chosen].reshape(-1, 64), digits[chosen]


def cross_entropy(scores: Array, labels: Array) -> float:
    """Return the mean cross-entropy of scores.

    Examples
    --------
    >>> round(cross_entropy(np.zeros((3, 10)), np.array([1, 2, 3])), 4)
    2.3026
    """
    return float(-np.mean(log_softmax(scores)[np.arange(len(labels)), labels]))


def run(training: Training, sets: tuple[Set, Set], *, seed: int = 0) -> Iterator[Course]:
    """Train until the loss diverges, else for ever; yield the course after each epoch.

    Parameters
    ----------
    training : Training
    sets : (train set, dev set)
        As the training has prepared them.
    seed : int
        Of the first weights, and of what is drawn while training.
    """
    course, rng = begun(training, sets, seed)
    best, before = {}, course.model.state_dict()
    while max(course.train_losses[-1:], default=0.0) < DIVERGED:
        losses = list(_steps(training, course, rng))
        course.train_losses.append(float(np.mean(losses)) if losses[-1] < DIVERGED else DIVERGED)
        if judged(training, course):
            best = course.model.state_dict()
        training.end_epoch(course.model, best)
        after = course.model.state_dict()
        course.moves.append(_distance(before, after))
        before = after
        yield course


def begun(training: Training, sets: tuple[Set, Set], seed: int) -> tuple[Course, Any]:
    """Return a course before its first step, and what it will draw from."""
    rng = np.random.default_rng(seed)
    course = Course(training.build(rng), *sets, Diagnostics(every=5))
    course.diagnostics.on_train_begin(course)  # type: ignore[arg-type]
    return course, rng


def _steps(training: Training, course: Course, rng: np.random.Generator) -> Iterator[float]:
    """Take an epoch's steps, unless the loss diverges; yield the loss before each."""
    for X, y in training.batches(*course.train_set, rng):
        loss = cross_entropy(training.step(course.model, X, y), y)
        course.step += 1
        course.diagnostics.on_step_end(course)  # type: ignore[arg-type]
        yield loss
        if not loss < DIVERGED:
            return


def capped(loss: float) -> float:
    """Return a loss, or DIVERGED in place of a larger one and of NaN.

    Examples
    --------
    >>> capped(2.5), capped(float("nan"))
    (2.5, 1000.0)
    """
    return loss if loss < DIVERGED else DIVERGED


def judged(training: Training, course: Course) -> bool:
    """Judge the model by the dev set; return whether it is better than ever before."""
    X, labels = course.dev_set
    scores = training.predict(course.model, X)
    course.dev_losses.append(capped(cross_entropy(scores, labels)))
    course.dev_scores.append(float(np.mean(scores.argmax(axis=1) == labels)))
    return course.dev_scores[-1] > max(course.dev_scores[:-1], default=-1.0)


def _distance(before: dict[str, Array], after: dict[str, Array]) -> float:
    change = sum(float(np.sum((after[key] - before[key]) ** 2)) for key in after)
    return float(np.sqrt(change / sum(float(np.sum(value**2)) for value in before.values())))


def epochs_of(
    training: Training, sets: tuple[Set, Set], *, seed: int = 0, epochs: int = EPOCHS
) -> Iterator[Course]:
    """Train for so many epochs; yield the course after each."""
    return islice(run(training, sets, seed=seed), epochs)


@lru_cache(maxsize=256)
def course_of(training: Training, seed: int = 0) -> Course:
    """Return the course of a training, to be looked at; it is computed once.

    Examples
    --------
    >>> course = course_of(Training())
    >>> len(course.train_losses), course.step, course.dev_scores[-1] > 0.85
    (12, 240, True)
    """
    *_, course = epochs_of(training, training.sets(seed), seed=seed)
    return course


@lru_cache(maxsize=256)
def first_step_of(training: Training, seed: int = 0) -> Diagnostics:
    """Return what a training's layers are like in its first step.

    Examples
    --------
    >>> first_step_of(Training()).steps
    [1]
    """
    course, rng = begun(training, training.sets(seed), seed)
    next(_steps(training, course, rng))
    return course.diagnostics
