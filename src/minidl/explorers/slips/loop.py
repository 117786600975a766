"""A training loop as PyTorch's is written, and what becomes of it with one slip.

minidl's own parts do not let most of these slips happen, so each is made on purpose here: gradients
are added up by hand, a softmax is put before the loss, and so on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data import iterate_batches
from minidl.data.digits import digit_rows
from minidl.losses import CrossEntropyLoss
from minidl.nn import Dropout, Linear, ReLU, Sequential, Softmax, he_normal
from minidl.op import Op
from minidl.optim import SGD

Array = npt.NDArray[Any]
Set = tuple[Array, Array]

RIGHT = "none"
ZERO_GRAD = "no zero_grad()"
SOFTMAX = "softmax twice"
EVAL = "no eval()"
SCHEDULER = "scheduler too often"
OPTIMIZER = "wrong optimizer"
SLIPS = (RIGHT, ZERO_GRAD, SOFTMAX, EVAL, SCHEDULER, OPTIMIZER)
"""With two softmaxes, one stands before a loss that has its own; a scheduler steps too often if it
does after each batch; the wrong optimizer was made for another network."""

TRAIN, NEW, HIDDEN = 1000, 400, 32
GAMMA = 0.9
"""By which the schedule multiplies the rate, once an epoch."""
LOOKS = 5
"""How often the new images are judged after each epoch."""


def digit_sets() -> tuple[Set, Set]:
    """Return images to train on and new ones, as rows of 64 pixels, with their digits.

    Examples
    --------
    >>> [X.shape for X, _ in digit_sets()]
    [(1000, 64), (400, 64)]
    """
    X, y = digit_rows()
    return (X[:TRAIN], y[:TRAIN]), (X[TRAIN : TRAIN + NEW], y[TRAIN : TRAIN + NEW])


def network(keep_prob: float, seed: int) -> Sequential:
    """Return a classifier of digits with one hidden layer and dropout.

    Examples
    --------
    >>> network(0.5, seed=0)(np.ones((2, 64))).shape
    (2, 10)
    """
    rng = np.random.default_rng(seed)
    return Sequential(
        Linear(64, HIDDEN, weight_init=he_normal, rng=rng, name="fc1"),
        ReLU(),
        Dropout(keep_prob, rng=rng),
        Linear(HIDDEN, 10, weight_init=he_normal, rng=rng, name="fc2"),
    )


@dataclass(frozen=True)
class Epoch:
    """What a loop prints after an epoch.

    Attributes
    ----------
    loss : float
        The mean of the losses of its batches.
    accuracies : ndarray of shape (LOOKS,)
        On the same new images, as the loop measures them, several times.
    """

    loss: float
    accuracies: Array


def epochs(
    slip: str, *, lr: float, batch_size: int, keep_prob: float, num_epochs: int, seed: int = 0
) -> Iterator[Epoch]:
    """Train with a slip, by plain gradient descent; yield what is seen after each epoch.

    Parameters
    ----------
    slip : str
        One of `SLIPS`.
    lr, batch_size, keep_prob, num_epochs, seed
        As everywhere; the rate is multiplied by `GAMMA` once an epoch.

    Yields
    ------
    Epoch
    """
    net, order = network(keep_prob, seed), np.random.default_rng(seed)
    optimizer = SGD(net, lr=lr)
    for _ in range(num_epochs):
        net.train()
        batches = iterate_batches(*digit_sets()[0], batch_size, rng=order)
        losses = [step(net, optimizer, batch, slip) for batch in batches]
        if slip != SCHEDULER:
            slow_down(optimizer)
        yield Epoch(float(np.mean(losses)), looks(net, slip))


@np.errstate(all="ignore")  # a network that has diverged has NaN for scores, and goes on
def step(net: Op, optimizer: SGD, batch: Set, slip: str) -> float:
    """Take the step that a loop with this slip takes; return the loss of the batch.

    Examples
    --------
    >>> net = network(1.0, seed=0)
    >>> loss = step(net, SGD(net, lr=0.1), digit_sets()[0], RIGHT)
    >>> loss > step(net, SGD(net, lr=0.1), digit_sets()[0], RIGHT)
    True
    """
    X, y = batch
    loss_fn, softmax = CrossEntropyLoss(), Softmax(dim=1)
    left = gradients(net) if slip == ZERO_GRAD else []
    scores = net(X)
    loss = loss_fn(softmax(scores) if slip == SOFTMAX else scores, y)
    grad = loss_fn.backward()
    net.backward(softmax.backward(grad) if slip == SOFTMAX else grad)
    for parameter, before in zip(net.parameters(), left, strict=False):
        parameter.grad += before
    if slip != OPTIMIZER:  # the other network never was on the way back: no gradient, no step
        optimizer.step()
    if slip == SCHEDULER:
        slow_down(optimizer)
    return float(loss)


def gradients(net: Op) -> list[Array]:
    """Return copies of the gradients that the last way back has left, none before the first."""
    if not all(layer.grads for layer in net.layers if layer.params):
        return []
    return [parameter.grad.copy() for parameter in net.parameters()]


def slow_down(optimizer: SGD) -> None:
    """Multiply the rate by `GAMMA`, as `ExponentialLR` does."""
    for group in optimizer.param_groups:
        group["lr"] *= GAMMA


@np.errstate(all="ignore")  # as above
def looks(net: Op, slip: str) -> Array:
    """Return the accuracy on new images, measured several times.

    Examples
    --------
    >>> len(set(looks(network(0.5, seed=0), RIGHT)))
    1
    """
    X, y = digit_sets()[1]
    if slip != EVAL:
        net.eval()
    return np.array([np.mean(net(X).argmax(axis=1) == y) for _ in range(LOOKS)])
