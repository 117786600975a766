"""A network with one hidden layer whose every number can be set by hand, or trained."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.explorers.bends.tasks import REACH, Task
from minidl.losses import BCEWithLogitsLoss, MSELoss
from minidl.nn import Activation, Linear, Sequential
from minidl.optim import Adam

Array = npt.NDArray[Any]
Unit = tuple[float, float, float, float]
"""A hidden unit's w₁, w₂ and b, and the weight v of its share in the sum."""

MOST = 8
LAST_EPOCH = 5000
RATE = 0.03  # of Adam, at which both kinds of tasks settle within a few hundred steps
DIRECTIONS = ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1))
SIGNS = (1, 1, -1, -1, -1, -1, 1, 1)  # weights of both signs, since ReLUs seldom change theirs
JOINTS = (-2.0, -1.0, 0.0, 1.0, -1.5, -0.5, 0.5, 1.5)


def tidy_start(*, curve: bool) -> tuple[list[Unit], float]:
    """Return eight units with round numbers, and the bias of the sum."""
    if curve:
        return [(1.0, 0.0, -joint, (-1) ** k * 0.5) for k, joint in enumerate(JOINTS)], 0.0
    units = zip(DIRECTIONS, SIGNS, strict=True)
    return [(float(w1), float(w2), 0.0, float(v)) for (w1, w2), v in units], -0.5


def random_start(seed: int, *, curve: bool) -> tuple[list[Unit], float]:
    """Return eight units at random, and the bias of the sum."""
    rng = np.random.default_rng(seed)
    W, v = rng.standard_normal((MOST, 2)), rng.standard_normal(MOST)
    b = rng.uniform(-1, 1, MOST)
    W[:, 1] *= not curve
    rows = np.column_stack([W, b, v]).tolist()
    return [(w1, w2, bias, weight) for w1, w2, bias, weight in rows], 0.0


class BendsSession:
    """Some hidden units, their bend, and the sum of their shares: c + Σ vⱼ·a(zⱼ).

    Parameters
    ----------
    task : Task
        What they are to build.
    bend : callable
        Makes the activation.
    start : sequence of Unit
        The numbers of eight units, of which the first `units` are there.
    c : float
        The bias of the sum.
    units : int

    Attributes
    ----------
    epoch : int
        How many steps it has been trained.
    unit : int
        The unit that is looked at, from 0.
    place : (float, float)
        Where a point would be put.

    Examples
    --------
    >>> from minidl.explorers.bends.tasks import BENDS, TASKS
    >>> fold = (1.0, -1.0, 0.0, 1.0), (-1.0, 1.0, 0.0, 1.0)
    >>> session = BendsSession(TASKS["XOR"](), BENDS["ReLU"], fold, -1.0, units=2)
    >>> session.right()
    4
    """

    def __init__(
        self,
        task: Task,
        bend: Callable[[], Activation],
        start: Sequence[Unit],
        c: float,
        *,
        units: int,
    ) -> None:
        self.task, self.unit, self.place, self.epoch = task, 0, (0.0, 0.0), 0
        self._bend, self._start = bend, np.array(start, dtype=float)
        self._build(self._start[:units], c)

    @property
    def units(self) -> int:
        """How many units there are."""
        return len(self.rows)

    @property
    def rows(self) -> Array:
        """The numbers w₁, w₂, b, v of each unit, shape (units, 4)."""
        hidden, out = self._hidden.params, self._out.params
        return np.column_stack([hidden["W"].T, hidden["b"][0], out["W"][:, 0]])

    @property
    def c(self) -> float:
        """The bias of the sum."""
        return float(self._out.params["b"][0, 0])

    def set(self, name: str, value: float) -> None:
        """Set one number of the unit that is looked at, or the sum's bias `c`."""
        hidden, out, j = self._hidden.params, self._out.params, self.unit
        if name == "c":
            out["b"][...] = value
        elif name == "v":
            out["W"][j, 0] = value
        elif name == "b":
            hidden["b"][0, j] = value
        else:
            hidden["W"][("w1", "w2").index(name), j] = value

    def resize(self, units: int) -> None:
        """Keep the first units; further ones are as they were at the start."""
        kept = self.rows[:units]
        self._build(np.concatenate([kept, self._start[len(kept) : units]]), self.c)

    def bend_by(self, bend: Callable[[], Activation]) -> None:
        """Give all units another bend, and leave their numbers."""
        self._bend = bend
        self._build(self.rows, self.c)

    def shares(self, points: Array) -> Array:
        """Return vⱼ·a(zⱼ) of each unit at each of N points, shape (units, N)."""
        z = self._hidden(points)
        return (self._act(z) * self._out.params["W"][:, 0]).T

    def sums(self, points: Array) -> Array:
        """Return the sum at each of N points, shape (N,)."""
        return self._model(points)[:, 0]

    def joints(self) -> Array:
        """Return the x of each unit's joint on a curve, NaN where it has none in sight."""
        w1, _, b, _ = self.rows.T
        with np.errstate(divide="ignore", invalid="ignore"):
            joints = np.where(w1 == 0, np.nan, -b / w1)
        return np.where(np.abs(joints) <= REACH, joints, np.nan)

    def right(self) -> int:
        """Return how many points are on their side: a sum above 0 for class 1, else below."""
        signs = np.sign(self.sums(self.task.X))
        return int(np.sum(signs == 2 * self.task.y[:, 0] - 1))

    def farthest(self) -> float:
        """Return by how much the sum misses the curve where it misses it most."""
        return float(np.max(np.abs(self.sums(self.task.X) - self.task.y[:, 0])))

    def train(self, epochs: int) -> None:
        """Take steps of Adam down the cross-entropy, or the squared error of a curve."""
        loss = MSELoss() if self.task.curve else BCEWithLogitsLoss()
        for _ in range(epochs if len(self.task.X) else 0):
            loss(self._model(self.task.X), self.task.y)
            self._model.backward(loss.backward())
            self._optimizer.step()
            self.epoch += 1

    def _build(self, rows: Array, c: float) -> None:
        """Make the network of these units."""
        self._hidden, self._out = Linear(2, len(rows)), Linear(len(rows), 1)
        self._hidden.params["W"][...] = rows[:, :2].T
        self._hidden.params["b"][...] = rows[:, 2]
        self._out.params["W"][...] = rows[:, 3:]
        self._out.params["b"][...] = c
        self._act = self._bend()
        self._model = Sequential(self._hidden, self._act, self._out)
        self._optimizer = Adam(self._model, lr=RATE)
