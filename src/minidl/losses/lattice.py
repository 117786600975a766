"""The lattice of CTC: all paths through a target's labels, added up state by state."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

Array = npt.NDArray[Any]

# Stands for log 0. Unlike −∞ it can be subtracted from itself, and no sum of probable steps comes
# near it, nor does it overflow in single precision.
IMPOSSIBLE = -1e30


class Lattice:
    """The paths that read as a target, for a batch of them.

    A target a b has the states - a - b -, with the blank - between, before and after its labels. A
    path begins in one of the first two, and at each moment stays, goes to the next state, or to
    the one after that, past a blank, if the labels on both sides of it differ. It ends in one of
    the last two. So the paths to a state need not be told apart: for s states at t moments

        α(t, s) = log Σ exp(α(t − 1, s), α(t − 1, s − 1), α(t − 1, s − 2)) + x(t, label of s)

    is the logarithm of the probability of all paths that have come there. The same seen from
    behind, with moments and states in the opposite order, tells how they go on.

    Parameters
    ----------
    log_probs : ndarray, shape (T, N, C)
        The logarithm x of each class's probability.
    targets : ndarray of int, shape (N, S)
        The labels; what is beyond a target's length does not matter.
    input_lengths, target_lengths : ndarray of int, shape (N,)
        The number of moments and of labels of each sample.
    blank : int
        The class between labels.

    Examples
    --------
    >>> x = np.log(np.full((3, 1, 2), 0.5))
    >>> three = Lattice(x, np.array([[1]]), np.array([3]), np.array([1]), blank=0)
    >>> np.exp(-three.losses())  # six of the eight paths
    array([0.75])
    """

    def __init__(
        self,
        log_probs: Array,
        targets: Array,
        input_lengths: Array,
        target_lengths: Array,
        blank: int,
    ) -> None:
        self.log_probs = np.maximum(log_probs, IMPOSSIBLE)
        self.moments, self.states = input_lengths, 2 * target_lengths + 1
        self.labels = np.full((len(targets), 2 * targets.shape[1] + 1), blank)
        self.labels[:, 1::2] = targets
        T, N, C = log_probs.shape
        self.is_running = np.arange(T)[:, None] < self.moments
        self.sample = np.arange(N)
        time = np.arange(T)[:, None, None]
        self.places = (time * N + self.sample[:, None]) * C + self.labels
        self.emitted = self._emitted(self.places)
        self.sums = path_sums(self.emitted, self.labels)

    def _emitted(self, places: Array) -> Array:
        """Return x of each moment and state, (T, N, 2S + 1); impossible past a target's end."""
        emitted = self.log_probs.take(places)
        ended = np.arange(self.labels.shape[1]) >= self.states[:, None]
        np.copyto(emitted, emitted.dtype.type(IMPOSSIBLE), where=ended)
        return emitted

    def losses(self) -> Array:
        """Return −log of the probability of all paths, (N,); infinite where there is none."""
        last = self.sums[self.moments, self.sample]  # past two columns for states before the first
        ends = last[self.sample, self.states + 1], last[self.sample, self.states]
        with np.errstate(invalid="ignore"):  # of NaN, which is passed on
            losses = np.asarray(0.0 - np.logaddexp(*ends))
        losses[losses > -IMPOSSIBLE / 2] = np.inf
        return losses

    def slope(self, losses: Array) -> Array:
        """Return exp(x) − q, (T, N, C), where q is the share of the paths that say a class.

        Paths in state s at moment t have a probability of exp(α + β − x): x is in both.
        """
        shares = self.sums[1:, :, 2:] + self.sums_from_behind()
        shares -= self.emitted
        shares += np.where(losses < np.inf, losses, 0)[:, None]
        np.exp(shares, out=shares)
        size = self.log_probs.size
        q = np.bincount(self.places.ravel(), shares.ravel(), size).reshape(self.log_probs.shape)
        slope = np.exp(self.log_probs)
        slope -= q
        return slope

    def sums_from_behind(self) -> Array:
        """Return β(t, s), the logarithm of the probability of all paths from there to the end."""
        T, N, C = self.log_probs.shape
        L = self.labels.shape[1]
        state = self.states[:, None] - 1 - np.arange(L)  # in the opposite order
        state[state < 0] = -2  # there is none: the first column of the sums, impossible
        left = np.maximum(self.moments - np.arange(T)[:, None], 0)[..., None]
        labels = self.labels[self.sample[:, None], state]
        places = (np.maximum(left - 1, 0) * N + self.sample[:, None]) * C + labels
        sums = path_sums(self._emitted(places), labels)
        return sums.take((left * N + self.sample[:, None]) * (L + 2) + state + 2)


def path_sums(emitted: Array, labels: Array) -> Array:
    """Return α(t, s) of the states s of each sample at the moments t, after some filling.

    Parameters
    ----------
    emitted : ndarray, shape (T, N, L)
        The logarithm of the probability of each state's label at each moment.
    labels : ndarray of int, shape (N, L)
        The states' labels.

    Returns
    -------
    ndarray, shape (T + 1, N, L + 2)
        Before the first moment, all paths are in a state of their own, just before the first two,
        for which there are two columns; from there they step into one of these.
    """
    T, N, L = emitted.shape
    sums = np.full((T + 1, N, L + 2), IMPOSSIBLE, emitted.dtype)
    sums[0, :, 1] = 0
    steps = np.zeros((3, N, L), emitted.dtype)
    steps[0, :, 2:][labels[:, 2:] == labels[:, :-2]] = IMPOSSIBLE  # so are two blanks
    steps[0, :, 0] = IMPOSSIBLE
    origins = np.moveaxis(sliding_window_view(sums, 3, axis=2), 3, 1)  # s − 2, s − 1, s
    terms = np.empty_like(steps)
    for t in range(T):
        now = sums[t + 1, :, 2:]
        np.add(origins[t], steps, out=terms)
        largest = np.maximum.reduce(terms, axis=0)
        terms -= largest
        np.exp(terms, out=terms)
        np.add.reduce(terms, axis=0, out=now)
        np.log(now, out=now)
        now += largest
        now += emitted[t]
    return sums
