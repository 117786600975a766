"""A deep classifier of digits, measured on one way forward and back, layer by layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data.digits import digit_rows
from minidl.losses import CrossEntropyLoss
from minidl.nn import (
    Activation,
    BatchNorm1d,
    LayerNorm,
    Linear,
    Logistic,
    ReLU,
    Sequential,
    Tanh,
    he_normal,
)
from minidl.op import Op
from minidl.plots.activation import SHUT

Array = npt.NDArray[Any]

ACTIVATIONS: dict[str, type[Activation]] = {"ReLU": ReLU, "Tanh": Tanh, "Logistic": Logistic}
NORMS: dict[str, type[BatchNorm1d] | type[LayerNorm] | None] = {
    "none": None,
    "batch norm": BatchNorm1d,
    "layer norm": LayerNorm,
}
WIDTH, IMAGES, CLASSES = 50, 200, 10


@dataclass(frozen=True)
class Signals:
    """What each layer of a network gets, the first layer first and the scores last.

    Attributes
    ----------
    activations : list of ndarray of shape (N, units)
        What the layer hands on.
    gradients : list of ndarray of shape (N, units)
        The gradient of each image's own loss with respect to these.
    shut : list of ndarray of shape (N, units)
        Whether the activation has a slope below 0.05; never for the scores.
    weights : list of (ndarray, ndarray)
        W, and its gradient of the mean loss.
    """

    activations: list[Array]
    gradients: list[Array]
    shut: list[Array]
    weights: list[tuple[Array, Array]]


def digits() -> tuple[Array, Array]:
    """Return some images as rows of 64 pixels, and their digits.

    Examples
    --------
    >>> digits()[0].shape
    (200, 64)
    """
    X, y = digit_rows()
    return X[:IMAGES], y[:IMAGES]


def deep_blocks(depth: int, scale: float, activation: str, norm: str) -> list[Sequential]:
    """Return the blocks {affine – [norm] – activation} × (depth − 1) and an affine layer.

    Parameters
    ----------
    depth : int
        The number of affine layers.
    scale : float
        By what He's weights are multiplied.
    activation, norm : str
        Keys of `ACTIVATIONS` and `NORMS`.

    Examples
    --------
    >>> deep_blocks(2, 1.0, "ReLU", "batch norm")[0]
    Sequential(
      (layer0): Linear(64, 50)
      (layer1): BatchNorm1d(50)
      (layer2): ReLU()
    )
    """
    rng = np.random.default_rng(1)

    def scaled(*args: Any) -> Array:
        return scale * he_normal(*args)

    def block(inputs: int, outputs: int) -> Sequential:
        parts: list[Op] = [Linear(inputs, outputs, weight_init=scaled, rng=rng)]
        kind = NORMS[norm]
        parts += [] if kind is None else [kind(outputs)]
        return Sequential(*parts, ACTIVATIONS[activation]())

    blocks = [block(*sizes) for sizes in pairwise([64] + (depth - 1) * [WIDTH])]
    return [*blocks, Sequential(Linear(WIDTH, CLASSES, weight_init=scaled, rng=rng))]


def measure(blocks: Sequence[Sequential], *, shortcuts: bool) -> Signals:
    """Send the digits forward through the blocks, and the gradient back.

    Parameters
    ----------
    blocks : sequence of Sequential
        From the pixels to the scores; of one layer at least two.
    shortcuts : bool
        Whether each block between the first and the last has its input added to its output.
    """
    x, labels = digits()
    around = [shortcuts and 0 < place < len(blocks) - 1 for place in range(len(blocks))]
    activations = []
    for block, added in zip(blocks, around, strict=True):
        x = x + block(x) if added else block(x)
        activations.append(x)
    loss_fn = CrossEntropyLoss(reduction="sum")
    loss_fn(x, labels)
    g, gradients = loss_fn.backward(), []
    for block, added in zip(reversed(blocks), reversed(around), strict=True):
        gradients.append(g)
        g = g + block.backward(g) if added else block.backward(g)
    return Signals(
        activations, gradients[::-1], [shut_in(block) for block in blocks], weights_of(blocks)
    )


def shut_in(block: Sequential) -> Array:
    """Return for which images which units of a block have an activation of little slope."""
    last = block.layers[-1]
    if not isinstance(last, Activation):
        return np.zeros((IMAGES, CLASSES), bool)
    return np.asarray(np.abs(last.slope(*last.saved_for_backward())) < SHUT)


def weights_of(blocks: Sequence[Sequential]) -> list[tuple[Array, Array]]:
    """Return each W with its gradient of the mean loss."""
    layers = [block.layers[0] for block in blocks]
    return [(layer.params["W"], layer.grads["W"] / IMAGES) for layer in layers]
