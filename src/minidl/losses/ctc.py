"""Connectionist temporal classification: a loss of sequences that nobody has aligned."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.losses.base import Loss
from minidl.losses.class_indexed import as_whole_numbers
from minidl.losses.lattice import Lattice
from minidl.validation import check_bool, check_positive_int

Array = npt.NDArray[Any]


class CTCLoss(Loss):
    """Connectionist temporal classification, −log P(target) for log-probabilities at T moments.

    A path says one of C classes at every moment. It reads as a target if the target is what is
    left after merging repeats and then leaving blanks out: with - for the blank, `a-ab` and `aaab`
    read `aab` and `ab`. P(target) is the sum over all paths that read so of their probabilities,
    which are products over the moments; `lattice.Lattice` adds them up.

    The gradient, as in PyTorch, is exp(x) − q, where q is the share of P(target) of the paths that
    say a class at a moment. That is the gradient for what goes *into* the log-softmax that made
    x; for x itself as independent numbers it would be −q. Both are the same on the way back
    through `nn.LogSoftmax`, which takes nothing off what sums to 0 over the classes.

    Parameters
    ----------
    blank : int
        The class that stands for no label, from 0 to C − 1.
    reduction : {"mean", "sum", "none"}
        See `Loss`. As in PyTorch, "mean" divides each loss by its target's length, or by 1 for
        an empty one, before it takes the mean over samples.
    zero_infinity : bool
        Whether a target that no path reads as costs 0, with a gradient of 0. Otherwise its loss
        is infinite and its gradient NaN. It takes as many moments as the target has labels, and
        one more between each two that are the same.

    Raises
    ------
    TypeError, ValueError
        If targets are no classes, or the blank, or lengths and shapes do not fit.

    Notes
    -----
    Called with log-probabilities of shape (T, N, C) as `nn.LogSoftmax` gives; targets of shape
    (N, S), filled up with anything, or all of them one after the other in one row; the number of
    moments of each sample, and the length of each target, as arrays or lists of N. A single
    sample has the shapes (T, C) and (S,), and a number for each length.

    A. Graves et al., *Connectionist Temporal Classification*, 2006.

    Examples
    --------
    >>> x = np.log(np.full((3, 1, 2), 0.5))  # 3 moments, the blank and one label
    >>> loss = CTCLoss(reduction="none")
    >>> loss(x, [[1]], [3], [1]).round(4)  # six of the 8 paths; not --- and 1-1
    array([0.2877])
    >>> loss(x, [[1, 1]], [3], [2]).round(4)  # only 1-1
    array([2.0794])
    >>> loss(x, [[1, 1]], [2], [2])  # none: it takes a moment between the two
    array([inf])
    """

    inputs = ("log_probs", "targets", "input_lengths", "target_lengths")
    batch_axis = 1

    def __init__(
        self, blank: int = 0, *, reduction: str = "mean", zero_infinity: bool = False
    ) -> None:
        super().__init__(reduction=reduction)
        self.blank = check_positive_int(blank, "blank", minimum=0)
        self.zero_infinity = check_bool(zero_infinity, "zero_infinity")

    def prepare(self, log_probs: Any, targets: Any, *lengths: Any) -> tuple[Any, ...]:
        """Return the log-probabilities, targets (N, S), lengths (N,), and those of the targets."""
        (log_probs,) = self.as_floats(log_probs)
        if log_probs.ndim not in (2, 3):
            raise ValueError(
                "CTCLoss: expected log-probabilities of shape (T, N, C) or (T, C), received "
                f"{log_probs.shape}"
            )
        N, C = 1 if log_probs.ndim == 2 else log_probs.shape[1], log_probs.shape[-1]
        if self.blank >= C:
            raise ValueError(
                f"CTCLoss: expected a blank in 0 … {C - 1} for log-probabilities of shape "
                f"{log_probs.shape}, received {self.blank}"
            )
        input_lengths, target_lengths = (
            self._as_lengths(values, name, N)
            for values, name in zip(lengths, self.inputs[2:], strict=True)
        )
        self._refuse_longer(input_lengths, "input_lengths", len(log_probs))
        targets = self._as_padded(targets, target_lengths)
        self._refuse_unknown(targets, target_lengths, C)
        return log_probs, targets, input_lengths, target_lengths

    def shared(
        self, log_probs: Array, targets: Array, input_lengths: Array, target_lengths: Array
    ) -> tuple[Lattice, Array]:
        """Return the lattice of paths and −log P of each target, infinite where there is none."""
        batch = log_probs if log_probs.ndim == 3 else log_probs[:, None]
        lattice = Lattice(batch, targets, input_lengths, target_lengths, self.blank)
        return lattice, lattice.losses()

    def unreduced(self, log_probs: Array, *others: Any) -> Array:
        """Return −log P(target)."""
        losses = others[-1]
        if self.zero_infinity:
            losses = np.where(losses == np.inf, 0, losses)
        return losses.reshape(log_probs.shape[1:-1])

    def vjp(self, grad: Array, log_probs: Array, *others: Any) -> Array:
        """Return grad · (exp(x) − q), 0 at moments after a sample's last."""
        lattice, losses = others[-2:]
        slope = lattice.slope(losses)
        slope *= np.reshape(grad, (-1, 1))
        slope[:, losses == np.inf] = 0 if self.zero_infinity else np.nan
        slope[~lattice.is_running] = 0
        return slope.reshape(log_probs.shape)

    def weigh(self, values: Any, *others: Any) -> Any:
        """Return `values` over the targets' lengths for "mean", as they are otherwise."""
        if self.reduction != "mean":
            return values
        target_lengths = others[3].reshape(np.shape(values))
        return values / np.maximum(target_lengths, 1).astype(values.dtype)

    # Checks

    def _as_lengths(self, values: Any, name: str, N: int) -> Array:
        """Return lengths as an array of shape (N,)."""
        lengths = as_whole_numbers(values, self.name_of(name), "whole numbers, a length a sample")
        if lengths.shape != (N,) and not (N == 1 and lengths.ndim == 0):
            raise ValueError(
                f"CTCLoss: {name}: expected {N}, one for each sample, received the shape "
                f"{lengths.shape}"
            )
        return lengths.reshape(N)

    def _refuse_longer(self, lengths: Array, name: str, longest: int) -> None:
        low, high = lengths.min(), lengths.max()
        if low < 0 or high > longest:
            raise ValueError(
                f"CTCLoss: {name}: expected lengths from 0 to {longest}, received values from "
                f"{low} to {high}"
            )

    def _as_padded(self, values: Any, lengths: Array) -> Array:
        """Return targets in a row each, the shorter ones filled up with the blank."""
        name = self.name_of("targets")
        targets = as_whole_numbers(values, name, "the indices of classes, whole numbers")
        N, total = len(lengths), int(lengths.sum())
        if targets.ndim == 2 and len(targets) == N:
            self._refuse_longer(lengths, "target_lengths", targets.shape[1])
            targets = targets[np.arange(targets.shape[1]) < lengths[:, None]]
        elif lengths.min() < 0 or targets.shape != (total,):
            raise ValueError(
                f"{name}: expected the shape ({N}, S), or ({total},) for target_lengths that add "
                f"up to {total}, received {targets.shape}"
            )
        padded = np.full((N, lengths.max()), self.blank)
        padded[np.arange(padded.shape[1]) < lengths[:, None]] = targets
        return padded

    def _refuse_unknown(self, targets: Array, lengths: Array, C: int) -> None:
        counted = np.arange(targets.shape[1]) < lengths[:, None]
        unknown = counted & ((targets < 0) | (targets >= C) | (targets == self.blank))
        if unknown.any():
            where = tuple(int(i) for i in np.argwhere(unknown)[0])
            raise ValueError(
                f"CTCLoss: targets: expected classes in 0 … {C - 1} other than the blank, "
                f"{self.blank}, received {targets[where]} as label {where[1]} of sample {where[0]}"
                "; try counting the blank as a class of its own"
            )
