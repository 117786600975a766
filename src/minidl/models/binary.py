"""Two classifiers for two classes: a network with one hidden layer, and none."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from minidl.nn import Linear, Logistic, Sequential
from minidl.nn.activation import Activation
from minidl.validation import as_generator


def two_layer_net(
    input_size: int,
    hidden_size: int,
    output_size: int = 1,
    *,
    activation: type[Activation] = Logistic,
    rng: int | np.random.Generator | None = None,
    dtype: npt.DTypeLike = np.float64,
) -> Sequential:
    """Return the network Linear → activation → Linear → Logistic.

    Weights are standard normal, biases zero.

    Parameters
    ----------
    input_size, hidden_size, output_size : int
        Features, hidden units and outputs.
    activation : type of Activation
        What follows the first affine layer.
    rng : int, numpy.random.Generator or None
        Where the weights come from.
    dtype : dtype
        float64 or float32.

    Returns
    -------
    Sequential
        With layers `fc1`, `act1`, `fc2`, `act2`: inputs (N, input_size) → probabilities
        (N, output_size).

    Examples
    --------
    >>> two_layer_net(2, 5, 1, rng=0)([[0.5, 1.0]]).shape
    (1, 1)
    """
    rng = as_generator(rng)
    return Sequential(
        Linear(input_size, hidden_size, rng=rng, dtype=dtype, name="fc1"),
        activation(name="act1"),
        Linear(hidden_size, output_size, rng=rng, dtype=dtype, name="fc2"),
        Logistic(name="act2"),
    )


def logistic_regression(
    input_size: int,
    *,
    rng: int | np.random.Generator | None = None,
    dtype: npt.DTypeLike = np.float64,
) -> Sequential:
    """Return logistic regression, p = σ(x·w + b): a network without a hidden layer.

    Parameters
    ----------
    input_size : int
        The number of features.
    rng, dtype
        See `two_layer_net`.

    Returns
    -------
    Sequential
        With layers `fc`, `act`: inputs (N, input_size) → probabilities (N, 1).

    Examples
    --------
    >>> logistic_regression(2, rng=0)([[0.5, 1.0]]).shape
    (1, 1)
    """
    return Sequential(Linear(input_size, 1, rng=rng, dtype=dtype, name="fc"), Logistic(name="act"))
