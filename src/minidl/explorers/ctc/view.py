"""What the CTC explorer finds: how the paths of a label share its probability."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.losses.lattice import Lattice
from minidl.numerics import log_softmax

Array = npt.NDArray[Any]

CLASSES = "-ACT"


@dataclass(frozen=True)
class CtcView:
    """The paths that read as a label.

    Attributes
    ----------
    states : str
        What the states stand for, such as "-A-T-".
    probs, shares : ndarray, shape (T, C)
        What the network says of each class at each moment, and the share of the paths that say it.
    visits : ndarray, shape (T, L)
        The share of the paths that are in a state.
    moves : list of (moment, from, to)
        All moves of paths between states, moments from 0.
    move_shares : ndarray
        The share of the paths that take each move.
    count : int
        How many paths there are.
    loss : float
        −log of their probability; infinite if there is none.
    best : list of int
        The states of the likeliest path; empty if there is none.
    best_share : float
        The part of the paths' probability that it has.
    """

    states: str
    probs: Array
    shares: Array
    visits: Array
    moves: list[tuple[int, int, int]]
    move_shares: Array
    count: int
    loss: float
    best: list[int]
    best_share: float

    @property
    def all_alike(self) -> bool:
        """Whether there are several paths, all equally likely."""
        return self.count > 1 and abs(self.best_share * self.count - 1) < 1e-6


def lattice_of(scores: Array, label: str) -> Lattice:
    """Return the lattice of a label for scores (T, C)."""
    target = np.array([[CLASSES.index(letter) for letter in label]])
    lengths = np.array([len(scores)]), np.array([len(label)])
    return Lattice(log_softmax(scores)[:, None], target, *lengths, blank=0)


def descend(scores: Array, label: str, *, lr: float, steps: int) -> Array:
    """Return scores after steps of gradient descent on the loss; as they are if it is infinite."""
    scores = scores.copy()
    for _ in range(steps):
        lattice = lattice_of(scores, label)
        losses = lattice.losses()
        if losses[0] == np.inf:
            break
        scores -= lr * lattice.slope(losses)[:, 0]
    return scores


def view_of(scores: Array, label: str) -> CtcView:
    """Return how the paths that read as `label` share its probability."""
    lattice = lattice_of(scores, label)
    (loss,) = losses = lattice.losses()
    uniform = lattice_of(np.zeros_like(scores), label).losses()[0]
    possible = bool(loss < np.inf)
    probs = np.exp(lattice.log_probs[:, 0])
    alpha, beta = lattice.sums[1:, 0, 2:], lattice.sums_from_behind()[:, 0]
    moves = _moves(alpha, beta, lattice.labels[0]) if possible else []
    t, s, after = np.array(moves, int).reshape(-1, 3).T
    best = _likeliest(lattice) if possible else []
    emitted = lattice.emitted[:, 0]
    at_best = sum(float(emitted[moment, state]) for moment, state in enumerate(best))
    return CtcView(
        states="".join(CLASSES[k] for k in lattice.labels[0]),
        probs=probs,
        shares=probs - lattice.slope(losses)[:, 0] if possible else np.zeros_like(probs),
        visits=np.exp(alpha + beta - emitted + loss) if possible else np.zeros_like(alpha),
        moves=moves,
        move_shares=np.exp(alpha[t, s] + beta[t + 1, after] + loss) if possible else np.zeros(0),
        count=round(float(np.exp(len(scores) * np.log(len(CLASSES)) - uniform))),
        loss=float(loss),
        best=best,
        best_share=float(np.exp(at_best + loss)) if possible else 0.0,
    )


def origins(s: int, labels: Array) -> list[int]:
    """Return the states from which a path may come to state s.

    Examples
    --------
    >>> origins(3, np.array([0, 1, 0, 2, 0])), origins(3, np.array([0, 1, 0, 1, 0]))
    ([3, 2, 1], [3, 2])
    """
    jump = s > 1 and labels[s] != labels[s - 2]
    return [s] + [s - 1] * (s > 0) + [s - 2] * bool(jump)


def _moves(alpha: Array, beta: Array, labels: Array) -> list[tuple[int, int, int]]:
    """Return the moves that paths take from the beginning to the end."""
    T, L = alpha.shape
    reached, leaving = alpha > -1e29, beta > -1e29
    return [
        (t, s, after)
        for t in range(T - 1)
        for after in range(L)
        for s in origins(after, labels)
        if reached[t, s] and leaving[t + 1, after]
    ]


def _likeliest(lattice: Lattice) -> list[int]:
    """Return the states of the likeliest path."""
    emitted, labels = lattice.emitted[:, 0], lattice.labels[0]
    best = np.where(np.arange(len(labels)) < 2, emitted[0], -np.inf)
    came_from = []
    for now in emitted[1:]:
        choices = [max(origins(s, labels), key=lambda o: best[o]) for s in range(len(labels))]
        came_from.append(choices)
        best = best[choices] + now
    path = [max(len(labels) - 1, len(labels) - 2, key=lambda s: best[s])]
    for choices in reversed(came_from):
        path.append(choices[path[-1]])
    return path[::-1]
