"""Many small trainings at once: the same tasks under several schedules, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data import iterate_batches, make_moons
from minidl.models import two_layer_net
from minidl.nn import Tanh
from minidl.numerics import sigmoid
from minidl.schedules import Schedule

Array = npt.NDArray[Any]

POINTS, NEW_POINTS, NOISE = 1280, 640, 0.3
HIDDEN, BATCH = 8, 8
FIRST_NEW_SEED = 1000  # so that no training set has the seed of new points


@dataclass(frozen=True)
class Tasks:
    """What S trainings start from: their batches in order, new points, first weights.

    Attributes
    ----------
    X, y : ndarray of shape (S, steps, batch, 2) and (S, steps, batch, 1)
        The batches.
    new_X, new_y : ndarray of shape (S, N, 2) and (S, N, 1)
        Points that the loss is measured on.
    weights : list of ndarray
        W and b of both layers, for S networks.
    """

    X: Array
    y: Array
    new_X: Array
    new_y: Array
    weights: list[Array]


def moons_network(seed: int) -> Any:
    """Return the network of a seed: 2 inputs, 8 Tanh units, a probability.

    Examples
    --------
    >>> moons_network(0)([[0.5, 1.0]]).shape
    (1, 1)
    """
    return two_layer_net(2, HIDDEN, activation=Tanh, rng=seed)


def moons_sets(seed: int) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    """Return the 1,280 points that a seed trains on, and 640 new ones.

    Examples
    --------
    >>> (X, y), (new_X, new_y) = moons_sets(0)
    >>> X.shape, y.shape, new_X.shape
    ((1280, 2), (1280, 1), (640, 2))
    """
    samples = (POINTS, seed), (NEW_POINTS, FIRST_NEW_SEED + seed)
    train, new = (make_moons(size, noise=NOISE, rng=rng) for size, rng in samples)
    return (train[0], train[1].reshape(-1, 1)), (new[0], new[1].reshape(-1, 1))


def moons_batches(seed: int, num_steps: int) -> list[tuple[Array, Array]]:
    """Return the batches of 8 points that a seed trains on, shuffled anew in each epoch.

    Examples
    --------
    >>> len(moons_batches(0, 200))
    200
    """
    train, _ = moons_sets(seed)
    rng = np.random.default_rng(seed)
    batches: list[tuple[Array, Array]] = []
    while len(batches) < num_steps:
        batches += list(iterate_batches(*train, BATCH, rng=rng))
    return batches[:num_steps]


def moons_tasks(seeds: Sequence[int], num_steps: int) -> Tasks:
    """Return the tasks of several seeds."""
    orders = [moons_batches(seed, num_steps) for seed in seeds]
    X, y = (np.stack([[batch[i] for batch in order] for order in orders]) for i in (0, 1))
    new = [moons_sets(seed)[1] for seed in seeds]
    new_X, new_y = (np.stack([points[i] for points in new]) for i in (0, 1))
    networks = [[p.value for p in moons_network(seed).parameters()] for seed in seeds]
    weights = [np.stack(values) for values in zip(*networks, strict=True)]
    return Tasks(X, y, new_X, new_y, weights)


def rates_of(schedule: Schedule, base_lr: float, num_steps: int) -> Array:
    """Return the rate of each step: a schedule can be written down before anything is trained.

    Examples
    --------
    >>> from minidl.schedules import StepLR
    >>> rates_of(StepLR(2, gamma=0.5), 1.0, 4)
    array([1. , 1. , 0.5, 0.5])
    """
    return np.array([schedule.lr_at(step, base_lr) for step in range(num_steps)])


def momenta_of(schedule: Schedule, num_steps: int, otherwise: float = 0.0) -> Array:
    """Return the momentum of each step, where a schedule moves it."""
    found = [schedule.momentum_at(step) for step in range(num_steps)]
    return np.array([otherwise if momentum is None else momentum for momentum in found])


def train_fleet(
    tasks: Tasks, rates: Array, momenta: Array | None = None, *, every: int = 20
) -> Iterator[tuple[int, Array]]:
    """Train every task under every schedule by SGD; yield the losses on new points now and then.

    Parameters
    ----------
    tasks : Tasks
        S of them.
    rates : ndarray of shape (K, steps) or (K, steps, S)
        Of K schedules, for all tasks or for each. What is yet to come may be changed on the way.
    momenta : ndarray of shape (K, steps), optional
        No momentum by default.
    every : int
        Steps between two measurements.

    Yields
    ------
    (int, ndarray of shape (K, S))
        The steps done so far, and the losses: before the first step, and then after every few.
    """
    num_runs, num_steps = rates.shape[:2]
    weights = [np.repeat(value[np.newaxis], num_runs, axis=0) for value in tasks.weights]
    velocities = [np.zeros_like(value) for value in weights]
    yield 0, losses_of(weights, tasks.new_X, tasks.new_y)
    for step in range(num_steps):
        rate = rates[:, step].reshape(num_runs, -1, 1, 1)
        momentum = 0.0 if momenta is None else momenta[:, step].reshape(-1, 1, 1, 1)
        gradients = gradients_of(weights, tasks.X[:, step], tasks.y[:, step])
        for value, velocity, gradient in zip(weights, velocities, gradients, strict=True):
            velocity *= momentum
            velocity += gradient
            value -= rate * velocity
        if (step + 1) % every == 0 or step + 1 == num_steps:
            yield step + 1, losses_of(weights, tasks.new_X, tasks.new_y)


def losses_of(weights: list[Array], X: Array, y: Array) -> Array:
    """Return the binary cross-entropy of each network: log(1 + eᶻ) − y·z, z before the logistic."""
    W1, b1, W2, b2 = weights
    z = np.tanh(X @ W1 + b1) @ W2 + b2
    return np.mean(np.logaddexp(0, z) - y * z, axis=(-2, -1))


def gradients_of(weights: list[Array], X: Array, y: Array) -> list[Array]:
    """Return the gradients of the mean loss of a batch with respect to W and b of both layers."""
    W1, b1, W2, b2 = weights
    hidden = np.tanh(X @ W1 + b1)
    output = (sigmoid(hidden @ W2 + b2) - y) / y.shape[-2]
    inner = (output @ W2.swapaxes(-1, -2)) * (1 - hidden**2)
    return [
        X.swapaxes(-1, -2) @ inner,
        inner.sum(axis=-2, keepdims=True),
        hidden.swapaxes(-1, -2) @ output,
        output.sum(axis=-2, keepdims=True),
    ]
