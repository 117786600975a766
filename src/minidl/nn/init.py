"""Initializers: functions (shape, fan_in, fan_out, rng) → array of that shape.

Of the weights' shape, `fan_in` numbers meet in one output and `fan_out` outputs take one input:
D and M for the affine map of D features to M, but C·H·W for a convolution's windows of C
channels. Each is a plain function or returns one, so that a reader can write another.

Sources: the standard normal is the practice book's default; Xavier: Glorot and Bengio (2010);
He: He et al. (2015).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.validation import as_float_array, check_real

Array = npt.NDArray[Any]
Shape = tuple[int, ...]
Initializer = Callable[[Shape, int, int, np.random.Generator], Array]


def zeros(shape: Shape, fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
    """Return zeros, the usual start of a bias.

    Examples
    --------
    >>> zeros((1, 3), 2, 3, np.random.default_rng(0))
    array([[0., 0., 0.]])
    """
    return np.zeros(shape)


def standard_normal(shape: Shape, fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
    """Return draws from N(0, 1), the book's default for weights.

    Examples
    --------
    >>> standard_normal((2, 5), 2, 5, np.random.default_rng(0)).shape
    (2, 5)
    """
    return rng.standard_normal(shape)


def normal(std: float) -> Initializer:
    """Return an initializer that draws from N(0, std²).

    Parameters
    ----------
    std : float
        The standard deviation, ≥ 0.

    Examples
    --------
    >>> normal(0.01)((2, 5), 2, 5, np.random.default_rng(0)).shape
    (2, 5)
    """
    std = check_real(std, "std", low=0)
    return lambda shape, fan_in, fan_out, rng: std * rng.standard_normal(shape)


def xavier_normal(shape: Shape, fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
    """Return draws from N(0, 2 / (fan_in + fan_out)): layers of one width keep the variance.

    Forward, a linear layer multiplies the variance by fan_in·Var(W); backward, by fan_out·Var(W).
    This is the compromise between the two.

    Examples
    --------
    >>> W = xavier_normal((200, 200), 200, 200, np.random.default_rng(0))
    >>> print(f"{W.var() * 200:.2f}")
    1.00
    """
    return math.sqrt(2 / (fan_in + fan_out)) * rng.standard_normal(shape)


def xavier_uniform(shape: Shape, fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
    """Return draws from U(−a, a) with a = √(6 / (fan_in + fan_out)), of the same variance.

    Examples
    --------
    >>> W = xavier_uniform((3, 3), 3, 3, np.random.default_rng(0))
    >>> bool(abs(W).max() <= 1)
    True
    """
    a = math.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-a, a, shape)


def he_normal(shape: Shape, fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
    """Return draws from N(0, 2 / fan_in): keeps variance through ReLU layers.

    Examples
    --------
    >>> W = he_normal((200, 200), 200, 200, np.random.default_rng(0))
    >>> print(f"{W.var() * 200:.1f}")
    2.0
    """
    return math.sqrt(2 / fan_in) * rng.standard_normal(shape)


def he_uniform(shape: Shape, fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
    """Return draws from U(−a, a) with a = √(6 / fan_in), of the same variance.

    Examples
    --------
    >>> W = he_uniform((6, 3), 6, 3, np.random.default_rng(0))
    >>> bool(abs(W).max() <= 1)
    True
    """
    a = math.sqrt(6 / fan_in)
    return rng.uniform(-a, a, shape)


def initial_values(
    init: Initializer,
    shape: Shape,
    fans: tuple[int, int],
    rng: np.random.Generator,
    *,
    dtype: npt.DTypeLike,
    name: object,
) -> Array:
    """Return a new array of what an initializer gives; refuse another shape.

    Parameters
    ----------
    init : callable
        (shape, fan_in, fan_out, rng) → array_like.
    shape : tuple of int
        Of the parameter.
    fans : tuple of int
        fan_in and fan_out of the layer, the same for its weights and its bias.
    rng, dtype
        Where the numbers come from and how they are held.
    name : object
        The layer, for the error.

    Raises
    ------
    ValueError
        If the values have not that shape.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> initial_values(zeros, (1, 2), (3, 2), rng, dtype="float32", name="fc")
    array([[0., 0.]], dtype=float32)
    """
    values = np.array(as_float_array(init(shape, *fans, rng), name, dtype=dtype))
    if values.shape != shape:
        raise ValueError(
            f"{name}: expected initial values of shape {shape}, "
            f"received {values.shape} from {init!r}"
        )
    return values
