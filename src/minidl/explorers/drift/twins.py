"""Three programs for one training: they differ in nothing but rounding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data.digits import digit_rows
from minidl.losses import CrossEntropyLoss
from minidl.nn import Linear, ReLU, Sequential, he_normal
from minidl.op import Op
from minidl.optim import SGD

Array = npt.NDArray[Any]

HIDDEN = 32


class Program:
    """A network in training, in one precision, with a batch's samples in one order.

    Parameters
    ----------
    dtype : dtype
        In which it computes.
    backwards : bool
        Whether it takes the samples of each batch from the last to the first, so that its sums
        are added up in another order: the same numbers on paper.

    Examples
    --------
    >>> program, (X, y) = Program(np.float64), digit_rows()
    >>> program.step(X, y, lr=0.1) > program.step(X, y, lr=0.1)
    True
    """

    def __init__(self, dtype: npt.DTypeLike, *, backwards: bool = False) -> None:
        rng = np.random.default_rng(0)
        layers = [
            Linear(*sizes, weight_init=he_normal, rng=rng) for sizes in ((64, HIDDEN), (HIDDEN, 10))
        ]
        drawn = Sequential(layers[0], ReLU(), layers[1]).state_dict()
        self.net = network(dtype)
        self.net.load_state_dict({name: array.astype(dtype) for name, array in drawn.items()})
        self.dtype, self.backwards = dtype, backwards
        self.optimizer = SGD(self.net, lr=1.0)

    @np.errstate(all="ignore")  # far too high a rate ends in NaN, which is told
    def step(self, X: Array, y: Array, lr: float) -> float:
        """Take a step; return the loss before it."""
        if self.backwards:
            X, y = X[::-1], y[::-1]
        loss_fn = CrossEntropyLoss()
        loss = loss_fn(self.net(X.astype(self.dtype)), y)
        self.net.backward(loss_fn.backward())
        self.optimizer.param_groups[0]["lr"] = lr
        self.optimizer.step()
        return float(loss)

    def is_dead(self, X: Array) -> bool:
        """Return whether no hidden unit lets anything of these images through."""
        weights, relu, _ = self.net.layers
        return not np.any(relu(weights(X.astype(self.dtype))))


def network(dtype: npt.DTypeLike) -> Op:
    """Return a classifier of digits with one hidden layer, in a precision.

    Examples
    --------
    >>> network("float32")(np.ones((2, 64), dtype="float32")).dtype
    dtype('float32')
    """
    return Sequential(Linear(64, HIDDEN, dtype=dtype), ReLU(), Linear(HIDDEN, 10, dtype=dtype))


def side_by_side(
    *, lr: float, batch_size: int, num_steps: int
) -> Iterator[tuple[list[float], bool]]:
    """Train in float64, in float64 backwards, and in float32.

    Yields
    ------
    losses : list of float
        The three of a step.
    dead : bool
        Whether after it the first network's hidden units let nothing of its batch through.
    """
    programs = [
        Program(np.float64), Program(np.float64, backwards=True), Program(np.float32),
    ]  # fmt: skip
    X, y = digit_rows()
    rng = np.random.default_rng(1)
    for _ in range(num_steps):
        rows = rng.choice(len(y), batch_size, replace=False)
        losses = [program.step(X[rows], y[rows], lr) for program in programs]
        yield losses, programs[0].is_dead(X[rows])
