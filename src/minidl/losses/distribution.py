"""Losses that compare whole distributions, or predict the parameter of one."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.losses.elementwise import ElementwiseLoss
from minidl.validation import check_bool, check_real, extremes

Array = npt.NDArray[Any]


class KLDivLoss(ElementwiseLoss):
    """Kullback–Leibler divergence of log-probabilities x from probabilities t: t·(log t − x).

    Summed over a distribution it is how many nats a code made for exp(x) wastes on what is
    distributed as t. Its gradient is −t. As in PyTorch the predictions are logarithms, such as
    `nn.LogSoftmax` gives, while the labels are probabilities unless `log_target` is set.

    Parameters
    ----------
    reduction : {"mean", "sum", "none", "batchmean"}
        See `Loss`. "batchmean" divides by the number N of samples, which gives the divergence of
        the definition. "mean" divides by the number of elements, N·C, and so by C too much: a
        quirk that is PyTorch's, kept here, and there announced to change.
    log_target : bool
        Whether the labels are log-probabilities as well: exp(t)·(t − x).

    Raises
    ------
    ValueError
        If labels lie outside [0, 1], or are no logarithms of such numbers.

    Examples
    --------
    >>> x = np.log([[0.5, 0.3, 0.2], [0.2, 0.3, 0.5]])
    >>> t = [[0.9, 0.05, 0.05], [0.1, 0.7, 0.2]]
    >>> KLDivLoss(reduction="none")(x, t).round(4)
    array([[ 0.529 , -0.0896, -0.0693],
           [-0.0693,  0.5931, -0.1833]])
    >>> print(f"{KLDivLoss()(x, t):.4f} {KLDivLoss(reduction='batchmean')(x, t):.4f}")
    0.1184 0.3553
    """

    reductions = ("mean", "sum", "none", "batchmean")

    def __init__(self, *, reduction: str = "mean", log_target: bool = False) -> None:
        super().__init__(reduction=reduction)
        self.log_target = check_bool(log_target, "log_target")

    def check_labels(self, labels: Array) -> None:
        """Refuse labels that are no probabilities, or no logarithms of them."""
        low, high = extremes(labels)
        if self.log_target and not high < 1e-3:  # what was rounded may be just above 0
            raise ValueError(
                f"KLDivLoss: expected labels ≤ 0, logarithms of probabilities, received values up "
                f"to {high:g}; try log_target=False if they are probabilities"
            )
        if not self.log_target and not (low >= 0 and high <= 1 + 1e-3):
            raise ValueError(
                f"KLDivLoss: expected labels in [0, 1], received values from {low:g} to {high:g}; "
                "try log_target=True if they are logarithms of probabilities"
            )

    def unreduced(self, predicts: Array, labels: Array) -> Array:
        """Return t·(log t − x), which for t = 0 is 0."""
        if self.log_target:
            losses = labels - predicts
            losses *= np.exp(labels)
            return losses
        if labels.item(labels.argmin()) > 0:
            losses = np.log(labels)
        else:
            losses = np.log(labels, out=np.zeros_like(labels), where=labels > 0)
        losses -= predicts
        losses *= labels
        return losses

    def vjp(self, grad: Array, predicts: Array, labels: Array) -> Array:
        """Return −grad · t."""
        slope = np.exp(labels) if self.log_target else labels
        return slope * -grad

    def divisor(self, losses: Array, predicts: Array, labels: Array) -> int:
        """Return the number of elements, or for "batchmean" that of samples."""
        if self.reduction == "batchmean":
            return len(predicts) if predicts.ndim else 1
        return losses.size


class PoissonNLLLoss(ElementwiseLoss):
    """Negative log-likelihood of counts y with a Poisson distribution of rate λ: λ − y·log λ.

    The predictions are x = log λ, so that the loss is exp(x) − y·x with gradient exp(x) − y; or
    λ itself, then it is x − y·log(x + ε) with gradient 1 − y/(x + ε).

    Parameters
    ----------
    log_input : bool
        Whether predictions are log λ and not λ.
    full : bool
        Whether to add the part without λ, log y!, by Stirling's formula: y·log y − y + ½·log(2πy)
        for y > 1. As in PyTorch it is 0 for y ≤ 1.
    eps : float
        The ε ≥ 0 that keeps log(x + ε) finite if log_input is False.
    reduction : {"mean", "sum", "none"}
        See `Loss`.

    Raises
    ------
    ValueError
        If labels are negative, which no count is, though PyTorch takes them; or predicted rates.

    Examples
    --------
    >>> loss = PoissonNLLLoss(reduction="none")
    >>> loss([[0.0], [1.0]], [[3], [3]]).round(4)
    array([[ 1.    ],
           [-0.2817]])
    >>> loss.backward().round(4)
    array([[-2.    ],
           [-0.2817]])
    """

    def __init__(
        self,
        log_input: bool = True,
        full: bool = False,
        *,
        eps: float = 1e-8,
        reduction: str = "mean",
    ) -> None:
        super().__init__(reduction=reduction)
        self.log_input = check_bool(log_input, "log_input")
        self.full = check_bool(full, "full")
        self.eps = check_real(eps, "eps", low=0)

    def check_labels(self, labels: Array) -> None:
        """Refuse negative labels."""
        low = labels.item(labels.argmin())
        if not low >= 0:
            raise ValueError(
                f"PoissonNLLLoss: expected labels ≥ 0, numbers of events, received {low:g}; "
                "try MSELoss for numbers of either sign"
            )

    @np.errstate(over="ignore")  # ∞, which is looked for where it matters
    def shared(self, predicts: Array, labels: Array) -> tuple[Array]:
        """Return the rates, exp(x) or x + ε."""
        return (np.exp(predicts) if self.log_input else predicts + self.eps,)

    @np.errstate(divide="ignore", invalid="ignore")  # NaN of a rate below 0 is looked for
    def unreduced(self, predicts: Array, labels: Array, rates: Array) -> Array:
        """Return λ − y·log λ, and what `full` adds."""
        if self.log_input:
            losses = labels * predicts
            losses = np.subtract(rates, losses, out=losses if losses.ndim else None)
        else:
            losses = predicts - labels * np.log(rates)
        return losses + log_factorial(labels) if self.full else losses

    @np.errstate(divide="ignore")
    def vjp(self, grad: Array, predicts: Array, labels: Array, rates: Array) -> Array:
        """Return grad · (exp(x) − y), or grad · (1 − y/(x + ε))."""
        slope = rates - labels if self.log_input else 1 - labels / rates
        slope *= grad
        return slope

    def explain_nan(self, predicts: Array, *_: Array) -> None:
        """Refuse negative rates."""
        low = np.nanmin(predicts)
        if not self.log_input and low < 0:
            raise ValueError(
                f"PoissonNLLLoss: expected rates ≥ 0, received {low:g}; try a Softplus layer at "
                "the end of the model, or log_input=True"
            )


def log_factorial(y: Array) -> Array:
    """Return Stirling's approximation of log y!, y·log y − y + ½·log(2πy), and 0 for y ≤ 1.

    Examples
    --------
    >>> log_factorial(np.array([1.0, 10.0])).round(2), round(math.lgamma(11), 2)
    (array([ 0. , 15.1]), 15.1)
    """
    above = np.maximum(y, 1)
    logarithm = np.log(above)
    return np.where(y > 1, (above + 0.5) * logarithm - above + 0.5 * math.log(2 * math.pi), 0)
