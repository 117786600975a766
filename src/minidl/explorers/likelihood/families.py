"""Distributions with one parameter, and the loss that each of them is in disguise."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.losses import BCELoss, L1Loss, Loss, MSELoss, PoissonNLLLoss

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Family:
    """A distribution for each value of a parameter.

    Attributes
    ----------
    log_density : callable
        (labels, parameter) → the logarithm of the density or the probability of each label.
    loss : Loss
        What minidl calls the mean of its negative, perhaps without what no parameter changes.
    control : str
        Which of the explorer's sliders has the parameter.
    symbol : str
        What the parameter is called.
    discrete : bool
        Whether only whole numbers have a probability.
    center : str
        Where in the labels the loss is lowest: "mean" or "median".
    """

    log_density: Callable[[Array, Any], Array]
    loss: Loss
    control: str
    symbol: str
    discrete: bool
    center: str = "mean"

    def labels(self, goals: Array) -> Array:
        """Return what is predicted: the goals, or for a probability whether they are 2 or more.

        Examples
        --------
        >>> FAMILIES["Bernoulli"].labels(np.array([0.0, 2.0, 5.0]))
        array([0., 1., 1.])
        """
        return (goals >= 2) * 1.0 if self.control == "p" else goals

    def surprise(self, labels: Array, parameters: Array) -> Array:
        """Return the mean of −log density over the labels, for each parameter.

        Examples
        --------
        >>> FAMILIES["Bernoulli"].surprise(np.array([0.0, 1.0]), np.array([0.5])).round(4)
        array([0.6931])
        """
        return -self.log_density(labels, parameters[:, np.newaxis]).mean(axis=1)

    def losses(self, labels: Array, parameters: Array) -> Array:
        """Return minidl's loss where each label is predicted by the parameter, for each of them.

        Examples
        --------
        >>> FAMILIES["Normal"].losses(np.array([0.0, 2.0]), np.array([1.0]))
        array([1.])
        """
        return np.array([self.loss(np.full(len(labels), each), labels) for each in parameters])

    def best(self, labels: Array) -> float:
        """Return the parameter of the least surprise.

        Examples
        --------
        >>> FAMILIES["Laplace"].best(np.array([0.0, 1.0, 5.0]))
        1.0
        """
        return float(np.mean(labels) if self.center == "mean" else np.median(labels))


def log_normal(y: Array, mu: Any) -> Array:
    """Return the log density of a normal distribution of standard deviation 1."""
    return np.asarray(-((y - mu) ** 2) / 2 - math.log(2 * math.pi) / 2)


def log_laplace(y: Array, mu: Any) -> Array:
    """Return the log density of a Laplace distribution of scale 1."""
    return np.asarray(-np.abs(y - mu) - math.log(2))


def log_bernoulli(y: Array, p: Any) -> Array:
    """Return the log probability of labels 0 and 1."""
    return np.asarray(y * np.log(p) + (1 - y) * np.log(1 - p))


def log_poisson(y: Array, rate: Any) -> Array:
    """Return the log probability of counts: λ^y e^(−λ) / y!."""
    factorials = np.array([math.lgamma(each + 1) for each in y])
    return np.asarray(y * np.log(rate) - rate - factorials)


FAMILIES = {
    "Normal": Family(log_normal, MSELoss(), "theta", "μ", discrete=False),
    "Laplace": Family(log_laplace, L1Loss(), "theta", "μ", discrete=False, center="median"),
    "Bernoulli": Family(log_bernoulli, BCELoss(), "p", "p", discrete=True),
    "Poisson": Family(log_poisson, PoissonNLLLoss(log_input=False), "theta", "λ", discrete=True),
}
