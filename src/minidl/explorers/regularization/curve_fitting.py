"""What the regularization explorer starts from: samples of a curve, and a network to fit them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data import make_quadratic, make_sine
from minidl.nn import Dropout, Linear, ReLU, Sequential, he_normal
from minidl.op import Op
from minidl.penalties import WEIGHTS
from minidl.validation import as_generator

Array = npt.NDArray[Any]
Dataset = tuple[Array, Array]

DEV = 100
"""Points that training does not see."""
FIRST_DEV_SEED = 1000  # so that no training set has the seed of a dev set
CURVES: dict[str, tuple[Callable[..., Dataset], Callable[[Array], Array]]] = {
    "x²": (make_quadratic, np.square),
    "sin πx": (make_sine, lambda x: np.sin(np.pi * x)),
}
"""What makes the samples of a curve, and the curve itself."""


def relu_regression(
    input_size: int,
    hidden_size: int,
    output_size: int,
    *,
    keep_prob: float = 1.0,
    rng: int | np.random.Generator | None = None,
    dtype: npt.DTypeLike = np.float64,
) -> Sequential:
    """Return Linear → ReLU → Linear → ReLU → Dropout → Linear, h and 2·h units wide.

    The first biases are spread over [−1, 1], so that the bends of the units lie at many places.

    Parameters
    ----------
    input_size, hidden_size, output_size : int
        D inputs, h units in the first hidden layer, outputs.
    keep_prob : float
        See `minidl.nn.Dropout`.
    rng : int, numpy.random.Generator or None
        Where weights and masks come from.
    dtype : dtype
        Of the parameters. A long training at a high rate magnifies rounding: after 2,000 steps,
        processors agree on 7 digits in float64, and in float32 on none of the dev loss.

    Examples
    --------
    >>> relu_regression(1, 8, 1, rng=0)([[0.5], [1.0]]).shape
    (2, 1)
    """
    rng = as_generator(rng)
    he: dict[str, Any] = {"weight_init": he_normal, "rng": rng, "dtype": dtype}
    return Sequential(
        Linear(input_size, hidden_size, bias_init=spread, name="fc1", **he),
        ReLU(name="act1"),
        Linear(hidden_size, 2 * hidden_size, name="fc2", **he),
        ReLU(name="act2"),
        Dropout(keep_prob, rng=rng, name="dropout"),
        Linear(2 * hidden_size, output_size, name="fc3", **he),
    )


def spread(shape: tuple[int, ...], fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
    """Return draws from U(−1, 1)."""
    return rng.uniform(-1, 1, shape)


def dropout_layers(network: Op) -> list[Any]:
    """Return the layers of a network that have a keep probability.

    Examples
    --------
    >>> dropout_layers(relu_regression(1, 4, 1, rng=0))
    [Dropout(keep_prob=1)]
    """
    return [layer for _, layer in network.named_layers() if "keep_prob" in vars(layer)]


def weights_of(network: Op) -> Array:
    """Return a copy of all weights of a network, without the biases, in a row.

    Examples
    --------
    >>> weights_of(relu_regression(1, 4, 1, rng=0)).shape  # 4 + 4 · 8 + 8
    (44,)
    """
    weights = [p.value.ravel() for p in network.parameters() if re.search(WEIGHTS, p.name)]
    return np.concatenate([np.zeros(0), *weights])


def curve_sets(curve: str, points: int, noise: float, seed: int) -> tuple[Dataset, Dataset]:
    """Return training and dev set; the dev set of a seed stays as the training points change.

    Examples
    --------
    >>> (X, y), (X_dev, y_dev) = curve_sets("x²", points=20, noise=0.3, seed=0)
    >>> X.shape, y.shape, X_dev.shape, X.dtype
    ((20, 1), (20, 1), (100, 1), dtype('float32'))
    """
    make, _ = CURVES[curve]
    samples = ((points, seed), (DEV, FIRST_DEV_SEED + seed))
    train, dev = (make(size, noise=noise, rng=rng) for size, rng in samples)
    return _as_float32(*train), _as_float32(*dev)


def _as_float32(X: Array, y: Array) -> Dataset:
    """Return inputs and values, these as a column, in the precision of the networks."""
    return X.astype(np.float32), y.reshape(-1, 1).astype(np.float32)
