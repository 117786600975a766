"""Samples of a curve, to fit a function to: made from a formula and noise.

Every maker returns the inputs X of shape (N, 1), drawn uniformly from [−1, 1], and the values y
of shape (N,). The same seed at another noise level keeps the inputs and moves the same values
further up or down.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from minidl.data.disorder import Array, Seed, gaussian, order_of
from minidl.validation import as_generator, check_positive_int


def make_quadratic(
    n_samples: int = 20, *, noise: float | None = None, shuffle: bool = True, rng: Seed = None
) -> tuple[Array, Array]:
    """Make samples of the parabola y = x².

    Parameters
    ----------
    n_samples : int
        The number of samples N, at least 1.
    noise : float, optional
        The standard deviation of the Gaussian noise that is added to every y, ≥ 0.
    shuffle : bool
        Whether the samples come in random order, or from left to right.
    rng : int, numpy.random.Generator or None
        A seed or a generator.

    Returns
    -------
    X : ndarray of float64, shape (N, 1)
        Inputs in [−1, 1].
    y : ndarray of float64, shape (N,)
        Their values; a loss takes them as `y.reshape(-1, 1)`.

    Raises
    ------
    TypeError, ValueError
        If an argument has the wrong type or lies outside its range.

    Examples
    --------
    >>> X, y = make_quadratic(20, noise=0.1, rng=0)
    >>> X.shape, y.shape
    ((20, 1), (20,))
    """
    return _samples(np.square, n_samples, noise, shuffle, rng)


def make_sine(
    n_samples: int = 20, *, noise: float | None = None, shuffle: bool = True, rng: Seed = None
) -> tuple[Array, Array]:
    """Make samples of one period of the sine, y = sin(π·x).

    Parameters
    ----------
    n_samples, noise, shuffle, rng
        As for `make_quadratic`.

    Returns
    -------
    X : ndarray of float64, shape (N, 1)
    y : ndarray of float64, shape (N,)

    Examples
    --------
    >>> X, y = make_sine(20, rng=0)
    >>> bool(np.allclose(y, np.sin(np.pi * X[:, 0])))
    True
    """
    return _samples(lambda x: np.sin(np.pi * x), n_samples, noise, shuffle, rng)


def _samples(
    curve: Callable[[Array], Array],
    n_samples: int,
    noise: float | None,
    shuffle: bool,
    rng: Seed,
) -> tuple[Array, Array]:
    """Draw inputs, shuffle them, and add the noise to their values last."""
    N = check_positive_int(n_samples, "n_samples")
    rng = as_generator(rng)
    x = np.sort(rng.uniform(-1, 1, N))[order_of(N, shuffle, rng)]
    return x.reshape(-1, 1), curve(x) + gaussian((N,), noise, rng)
