"""What the regularization explorer finds: a fitted curve, its losses, its weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.explorers.regularization.curve_fitting import CURVES, Dataset, weights_of
from minidl.train import Runner

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class RegularizationView:
    """A training so far.

    Attributes
    ----------
    train, dev : (ndarray, ndarray)
        The points of both sets.
    true, fit : ndarray
        The true curve and the network's at `inputs_of_curves()`.
    steps, train_losses, dev_losses : list
        When the losses were measured, and what they were.
    noise : float
        The standard deviation of the noise.
    stopped : int or None
        The step at which training was stopped, if it was.
    stop_reason : str or None
        And why.
    best : int or None
        The step with the lowest dev loss, to which a stopped training went back: `fit` and
        `weights` are those of then.
    weights, first_weights : ndarray
        Now and before the first step.
    """

    train: Dataset
    dev: Dataset
    true: Array
    fit: Array
    steps: list[int]
    train_losses: list[float]
    dev_losses: list[float]
    noise: float
    stopped: int | None
    stop_reason: str | None
    best: int | None
    weights: Array
    first_weights: Array


def inputs_of_curves() -> Array:
    """Return the inputs x (201, 1) from −1 to 1 at which curves are drawn.

    Examples
    --------
    >>> x = inputs_of_curves()
    >>> x.shape, float(x[0, 0]), float(x[-1, 0])
    ((201, 1), -1.0, 1.0)
    """
    return np.linspace(-1, 1, 201).reshape(-1, 1)


def view_of(
    runner: Runner,
    sets: tuple[Dataset, Dataset],
    train_losses: list[float],
    first_weights: Array,
    state: Any,
) -> RegularizationView:
    """Return what there is to see of a training so far."""
    x = inputs_of_curves()
    _, true = CURVES[state.curve]
    return RegularizationView(
        train=sets[0],
        dev=sets[1],
        true=true(x)[:, 0],
        fit=runner.predict(x)[:, 0],
        steps=list(runner.history.dev_steps),
        train_losses=list(train_losses),
        dev_losses=list(runner.history.dev_loss),
        noise=state.noise,
        stopped=None if runner.stop_reason is None else runner.step,
        stop_reason=runner.stop_reason,
        best=None if runner.stop_reason is None else runner.best.step,
        weights=weights_of(runner.model),
        first_weights=first_weights,
    )
