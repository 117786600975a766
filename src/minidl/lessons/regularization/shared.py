"""What the exercises on regularization share: small models, and what to train them on."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.losses.elementwise import ElementwiseLoss
from minidl.nn import Linear, Sequential, Tanh
from minidl.op import Op

Array = npt.NDArray[Any]
LR = 0.1
EXACT: dict[str, Any] = {"rtol": 1e-9, "atol": 1e-12}  # no single precision, no rounding


def small_model(inputs: int = 1, hidden: int = 3) -> Sequential:
    """Return a network of two layers with biases that are not 0.

    Parameters
    ----------
    inputs, hidden : int
        Its sizes.

    Examples
    --------
    >>> [parameter.name for parameter in small_model().parameters()]
    ['fc1.W', 'fc1.b', 'fc2.W', 'fc2.b']
    """
    rng = np.random.default_rng(3)
    first, second = (
        Linear(size, to, rng=rng, name=name)
        for size, to, name in ((inputs, hidden, "fc1"), (hidden, 1, "fc2"))
    )
    return _with_values(Sequential(first, Tanh(), second), rng)


def uneven_model() -> Sequential:
    """Return a network of three layers: the first has no bias, and the second a W in its name.

    Examples
    --------
    >>> [parameter.name for parameter in uneven_model().parameters()]
    ['low.W', 'Wide.W', 'Wide.b', 'top.W', 'top.b']
    """
    rng = np.random.default_rng(7)
    low = Linear(4, 4, bias=False, rng=rng, name="low")
    wide, top = Linear(4, 6, rng=rng, name="Wide"), Linear(6, 1, rng=rng, name="top")
    return _with_values(Sequential(low, Tanh(), wide, Tanh(), top), rng)


def _with_values(model: Sequential, rng: np.random.Generator) -> Sequential:
    for parameter in model.parameters():
        parameter.value = np.round(rng.uniform(0.5, 2, parameter.value.shape), 1)
    return model


class Modes(Op):
    """A layer that changes nothing, and notes in `seen` whether each pass was one of training.

    Examples
    --------
    >>> modes = Modes()
    >>> _ = modes(1.0)
    >>> modes.seen
    [True]
    """

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[bool] = []

    def forward(self, x: Any) -> Any:
        """Return x."""
        self.seen.append(self.training)
        return x

    def backward(self, grad: Any) -> Any:
        """Return the gradient."""
        return grad


class LowLoss(ElementwiseLoss):
    """log cosh(p − y) − 3, which is mostly below 0, with gradient tanh(p − y).

    Examples
    --------
    >>> LowLoss()([[1.0]], [[1.0]])
    -3.0
    """

    def unreduced(self, predicts: Array, labels: Array) -> Array:
        """Return log cosh(p − y) − 3."""
        return np.logaddexp(predicts - labels, labels - predicts) - np.log(2) - 3

    def vjp(self, grad: Array, predicts: Array, labels: Array) -> Array:
        """Return grad · tanh(p − y)."""
        return grad * np.tanh(predicts - labels)


def small_batches(
    sizes: tuple[int, ...] = (4, 4, 2), *, inputs: int = 1, scale: float = 1.0
) -> list[tuple[Array, Array]]:
    """Return points in batches of some sizes, whose labels are as large as `scale`."""
    X = np.linspace(-1, 1, sum(sizes) * inputs).reshape(-1, inputs)
    batches = np.split(X, np.cumsum(sizes)[:-1])
    return [(part, scale * (part**2).mean(axis=1, keepdims=True)) for part in batches]
