"""Some of a sweep's networks, stacked into one: how all of them take a step."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.losses import Loss
from minidl.nn import Sequential, stack
from minidl.parameter import Parameter
from minidl.penalties import L2, Adjustment

Array = npt.NDArray[Any]

SAMPLES_AT_ONCE = 256
"""In a prediction, so that what lies between two layers stays in the processor's cache."""


class SweepGroup:
    """Networks that are stacked into one."""

    def __init__(
        self,
        networks: Sequence[Sequential],
        loss_fn: Loss,
        lr: Array,
        l2: Array,
        penalties: Sequence[Adjustment],
    ) -> None:
        self.model = stack(networks)
        self._loss_fn = loss_fn
        self._parameters = list(self.model.parameters())
        self._weights = {parameter.name for parameter in L2(0).select(self._parameters)}
        self._views = [[_view(p, k) for p in self._parameters] for k in range(len(networks))]
        self._penalties = [(each, each.select(own)) for own in self._views for each in penalties]
        dtype = self._parameters[0].value.dtype
        self._lr, self._l2 = (each.astype(dtype).reshape(-1, 1, 1) for each in (lr, l2))

    def step(self, X: Any, y: Any) -> Array:
        """Take one step; return the losses before it."""
        losses = self._forward(X, y)
        self.model.backward_params(self._backward(losses))
        if self._penalties:
            self._penalize()
        for parameter in self._parameters:
            grad = parameter.grad
            if parameter.name in self._weights:
                grad = grad + self._l2 * parameter.value
            parameter.value -= self._lr * grad
        return _means(losses)

    def _penalize(self) -> None:
        """Let the penalties act on each network by itself."""
        for k, own in enumerate(self._views):
            for parameter, view in zip(self._parameters, own, strict=True):
                view.grad = parameter.grad[k]
        for penalty, parameters in self._penalties:
            penalty.apply(parameters)
        for parameter, *own in zip(self._parameters, *self._views, strict=True):
            parameter.grad = np.stack([view.grad for view in own])

    def losses(self, X: Any, y: Any) -> Array:
        """Return the loss of each network, in evaluation."""
        with self._evaluating():
            return _means(self._forward(X, y))

    def predict(self, X: Any) -> Array:
        """Return the predictions of each network, in evaluation."""
        with self._evaluating():
            starts = range(0, len(X), SAMPLES_AT_ONCE)
            return np.concatenate([self.model(X[at : at + SAMPLES_AT_ONCE]) for at in starts])

    @contextlib.contextmanager
    def _evaluating(self) -> Iterator[None]:
        """Let dropout rest meanwhile, and keep nothing for backward."""
        self.model.eval()
        try:
            yield
        finally:
            self.model.train()
            self.model.forget()

    def _forward(self, X: Any, y: Any) -> Array:
        """Return the losses of each sample under each network, (N, K, M) or (N, K)."""
        predicts = self.model(X)
        check_labels(y, predicts.shape)
        if y.ndim == 2:  # of classes by their index, losses take (N, C, K) and (N, K)
            predicts = predicts.swapaxes(1, 2)
        shape = predicts.shape if y.ndim > 2 else (len(y), predicts.shape[2])
        losses: Array = self._loss_fn(predicts, np.broadcast_to(y, shape))
        return losses

    def _backward(self, losses: Array) -> Array:
        """Return the gradient of the sum of the networks' mean losses, (N, K, M)."""
        grad: Array = self._loss_fn.backward(losses.shape[1] / losses.size)
        return grad if losses.ndim == 3 else grad.swapaxes(1, 2)


def check_labels(y: Array, shape: tuple[int, ...]) -> None:
    """Refuse labels that are not one for each prediction: NumPy would repeat some of them.

    Parameters
    ----------
    y : ndarray, shape (N, k, M) or (N, k)
        The labels, or classes by their index; k is 1 if they are the same for all networks.
    shape : (N, K, M)
        That of the predictions.

    Raises
    ------
    ValueError
        If they have another shape.

    Examples
    --------
    >>> check_labels(np.zeros((5, 1, 1)), (5, 32, 3))
    Traceback (most recent call last):
    ValueError: Sweep: expected y of shape (5, 3) or, of classes, (5,), received (5, 1)
    """
    N, K, M = shape
    if y.shape not in ((N, 1, M), (N, K, M), (N, 1), (N, K)):
        raise ValueError(
            f"Sweep: expected y of shape ({N}, {M}) or, of classes, ({N},), "
            f"received {(len(y), *y.shape[2:])}"
        )


def _view(parameter: Parameter, number: int) -> Parameter:
    """Return the slice of a stacked parameter that belongs to one network."""
    return Parameter(parameter.name, "own", {"own": parameter.value[number]}, {})


def _means(losses: Array) -> Array:
    """Return the mean loss of each network."""
    means: Array = losses.mean(axis=(0, 2) if losses.ndim == 3 else 0)
    return means
