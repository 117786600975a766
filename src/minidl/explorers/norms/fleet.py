"""Deep classifiers of digits that train side by side: the same draws, times different scales."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data import iterate_batches
from minidl.data.digits import digit_rows
from minidl.models import FullyConnectedNet
from minidl.numerics import softmax

Array = npt.NDArray[Any]
Set = tuple[Array, Array]

AXES: dict[str, int | None] = {"none": None, "batch norm": -2, "layer norm": -1}
"""The axis of (K, N, units) over which each norm takes mean and variance."""
WIDTH, TRAIN, NEW = 30, 1000, 400
EPS, MOMENTUM = 1e-5, 0.1


def digit_sets() -> tuple[Set, Set]:
    """Return images to train on and new ones, as rows of 64 pixels, with their digits.

    Examples
    --------
    >>> [X.shape for X, _ in digit_sets()]
    [(1000, 64), (400, 64)]
    """
    X, y = digit_rows()
    return (X[:TRAIN], y[:TRAIN]), (X[TRAIN : TRAIN + NEW], y[TRAIN : TRAIN + NEW])


def digit_batches(batch_size: int, num_steps: int) -> Iterator[Set]:
    """Yield so many batches, in an order drawn anew in each epoch.

    Examples
    --------
    >>> [len(labels) for _, labels in digit_batches(500, 3)]
    [500, 500, 500]
    """
    rng, step = np.random.default_rng(1), 0
    while step < num_steps:
        for batch in iterate_batches(*digit_sets()[0], batch_size, rng=rng):
            step += 1
            yield batch
            if step == num_steps:
                return


class Fleet:
    """K networks {affine – [norm] – ReLU} × (depth − 1) – affine, in arrays of K slices.

    Parameters
    ----------
    scales : sequence of float
        By what each network has He's weights multiplied.
    norm : str
        A key of `AXES`.
    depth : int
        The number of affine layers.

    Attributes
    ----------
    weights : list of dict
        W, b, gamma and beta of each layer, (K, …); the last layer has W and b alone.
    running : list of ndarray
        For each hidden layer, running mean and variance of batch norm, (2, K, 1, units).

    Examples
    --------
    >>> Fleet([0.5, 1.0], "batch norm", depth=3).scores(np.ones((4, 64))).shape
    (2, 4, 10)
    """

    def __init__(self, scales: Sequence[float] | Array, norm: str, depth: int) -> None:
        self.axis = AXES[norm]
        drawn = FullyConnectedNet(64, [WIDTH] * (depth - 1), 10, rng=0).numbered()
        stretch = np.reshape(scales, (-1, 1, 1))
        K = len(stretch)
        self.weights: list[dict[str, Array]] = []
        for number in range(1, depth + 1):
            W = stretch * drawn[f"W{number}"].value
            self.weights.append({"W": W, "b": np.zeros((K, 1, W.shape[-1]))})
            if self.axis is not None and number < depth:
                self.weights[-1] |= {
                    "gamma": np.ones((K, 1, WIDTH)), "beta": np.zeros((K, 1, WIDTH)),
                }  # fmt: skip
        self.running = [
            np.stack([np.zeros((K, 1, WIDTH)), np.ones((K, 1, WIDTH))]) for _ in range(depth - 1)
        ]

    @np.errstate(all="ignore")  # a network that has diverged has NaN for scores, and goes on
    def scores(self, X: Array) -> Array:
        """Return the scores (K, N, 10) in evaluation: batch norm by its running statistics."""
        x = X
        for layer, running in zip(self.weights, self.running, strict=False):
            z = x @ layer["W"] + layer["b"]
            if self.axis == -2:
                z = (z - running[0]) / np.sqrt(running[1] + EPS)
            elif self.axis == -1:
                z = standardized(z, -1)[0]
            x = np.maximum(z * layer["gamma"] + layer["beta"] if self.axis else z, 0)
        return x @ self.weights[-1]["W"] + self.weights[-1]["b"]

    def accuracies(self, X: Array, y: Array) -> Array:
        """Return the share of digits that each network gets right."""
        return np.mean(self.scores(X).argmax(axis=-1) == y, axis=-1)

    @np.errstate(all="ignore")  # as above
    def step(self, X: Array, y: Array, lr: float) -> None:
        """Take a step of gradient descent on the mean cross-entropy of a batch."""
        x, kept = X, []
        for layer, running in zip(self.weights, self.running, strict=False):
            x, saved = self._hidden(x, layer, running)
            kept.append(saved)
        last = self.weights[-1]
        g = softmax(x @ last["W"] + last["b"])
        g[:, np.arange(len(y)), y] -= 1
        g = self._back_through_affine(g / len(y), x, last, lr)
        for layer, saved in zip(self.weights[-2::-1], reversed(kept), strict=True):
            g = self._back(g, layer, saved, lr)

    def _hidden(
        self, x: Array, layer: dict[str, Array], running: Array
    ) -> tuple[Array, tuple[Any, ...]]:
        """Return a hidden layer's output, and what its way back needs."""
        y = z = x @ layer["W"] + layer["b"]
        scale = None
        if self.axis is not None:
            z, scale, moments = standardized(z, self.axis)
            y = z * layer["gamma"] + layer["beta"]
            if self.axis == -2:
                N = x.shape[-2]
                moments[1] *= N / (N - 1)
                running += MOMENTUM * (moments - running)
        return np.maximum(y, 0), (x, z, scale, y > 0)

    def _back(self, g: Array, layer: dict[str, Array], saved: tuple[Any, ...], lr: float) -> Array:
        """Change a hidden layer's parameters, return the gradient of its input."""
        x, z, scale, positive = saved
        g = g * positive
        if self.axis is not None:
            d_gamma, d_beta = (part.sum(axis=-2, keepdims=True) for part in (g * z, g))
            g = g * layer["gamma"]
            g = g - g.mean(self.axis, keepdims=True) - z * (g * z).mean(self.axis, keepdims=True)
            g *= scale
            layer["gamma"] -= lr * d_gamma
            layer["beta"] -= lr * d_beta
        return self._back_through_affine(g, x, layer, lr)

    @staticmethod
    def _back_through_affine(g: Array, x: Array, layer: dict[str, Array], lr: float) -> Array:
        back = g @ layer["W"].swapaxes(-1, -2)
        layer["W"] -= lr * (x.swapaxes(-1, -2) @ g)
        layer["b"] -= lr * g.sum(axis=-2, keepdims=True)
        return back


def standardized(z: Array, axis: int) -> tuple[Array, Array, Array]:
    """Return (z − μ) / √(σ² + ε), 1 / √(σ² + ε), and μ and σ² one behind the other.

    Examples
    --------
    >>> standardized(np.array([[1.0, 3.0]]), -1)[0].round(2)
    array([[-1.,  1.]])
    """
    mean, var = z.mean(axis, keepdims=True), z.var(axis, keepdims=True)
    scale = 1 / np.sqrt(var + EPS)
    return (z - mean) * scale, scale, np.stack([mean, var])


def train_fleets(
    scales: Sequence[float] | Array,
    *,
    depth: int,
    batch_size: int,
    lr: float,
    steps: int,
    every: int,
) -> Iterator[tuple[int, Array] | None]:
    """Train a fleet for each norm on the same batches.

    Yields
    ------
    (int, ndarray of shape (norms, K)) or None
        The steps so far and the accuracies on new images, before the first step and after every
        few; None after each other step.
    """
    fleets = [Fleet(scales, norm, depth) for norm in AXES]
    new = digit_sets()[1]
    yield 0, np.array([fleet.accuracies(*new) for fleet in fleets])
    for step, batch in enumerate(digit_batches(batch_size, steps), start=1):
        for fleet in fleets:
            fleet.step(*batch, lr)
        measured = step % every == 0 or step == steps
        yield (step, np.array([f.accuracies(*new) for f in fleets])) if measured else None
