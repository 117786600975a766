"""Point sets in the plane, made from a formula and noise.

Every maker returns the points X of shape (N, 2) and their classes y of shape (N,). The classes
are as large as each other, to within one point. The same seed at another noise level moves the
same points further along the same directions.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from minidl.data.disorder import Array, Seed, gaussian, order_of
from minidl.validation import as_float_array, as_generator, check_positive_int, check_real


def make_moons(
    n_samples: int = 1000, *, noise: float | None = None, shuffle: bool = True, rng: Seed = None
) -> tuple[Array, Array]:
    """Make two half circles that reach into each other.

    Class 0 lies on (cos t, sin t), class 1 on (1 − cos t, 0.5 − sin t), with t evenly spaced
    over [0, π].

    Parameters
    ----------
    n_samples : int
        The number of points N, at least 2. Where N is odd, class 1 has one more.
    noise : float, optional
        The standard deviation of the Gaussian noise that is added to every coordinate, ≥ 0.
    shuffle : bool
        Whether the points come in random order, or class 0 first.
    rng : int, numpy.random.Generator or None
        A seed or a generator.

    Returns
    -------
    X : ndarray of float64, shape (N, 2)
    y : ndarray of int64, shape (N,)
        Classes 0 and 1.

    Raises
    ------
    TypeError, ValueError
        If an argument has the wrong type or lies outside its range.

    Examples
    --------
    >>> X, y = make_moons(6, shuffle=False)
    >>> X.round(1) + 0.0
    array([[ 1. ,  0. ],
           [ 0. ,  1. ],
           [-1. ,  0. ],
           [ 0. ,  0.5],
           [ 1. , -0.5],
           [ 2. ,  0.5]])
    >>> y
    array([0, 0, 0, 1, 1, 1])
    """
    n0, n1 = _class_sizes(n_samples, 2)
    t0, t1 = np.linspace(0, np.pi, n0), np.linspace(0, np.pi, n1)
    outer = np.column_stack([np.cos(t0), np.sin(t0)])
    inner = np.column_stack([1 - np.cos(t1), 0.5 - np.sin(t1)])
    return _finish([outer, inner], noise, shuffle, rng)


def make_circles(
    n_samples: int = 1000,
    *,
    factor: float = 0.5,
    noise: float | None = None,
    shuffle: bool = True,
    rng: Seed = None,
) -> tuple[Array, Array]:
    """Make a circle of radius 1, class 0, around one of radius `factor`, class 1.

    Parameters
    ----------
    n_samples : int
        The number of points N, at least 2.
    factor : float
        The inner radius, between 0 and 1.
    noise, shuffle, rng
        As for `make_moons`.

    Returns
    -------
    X : ndarray of float64, shape (N, 2)
    y : ndarray of int64, shape (N,)

    Examples
    --------
    >>> X, y = make_circles(200, factor=0.3)
    >>> print(f"{np.hypot(*X[y == 1].T).max():.1f}")
    0.3
    """
    inner = check_real(factor, "factor", low=0, high=1, low_inclusive=False, high_inclusive=False)
    sizes = _class_sizes(n_samples, 2)
    angles = [np.linspace(0, 2 * np.pi, n, endpoint=False) for n in sizes]
    return _finish([_polar(1, angles[0]), _polar(inner, angles[1])], noise, shuffle, rng)


def make_blobs(
    n_samples: int = 1000,
    *,
    centers: Sequence[Sequence[float]] = ((-2, -2), (2, 2)),
    noise: float | None = 1.0,
    shuffle: bool = True,
    rng: Seed = None,
) -> tuple[Array, Array]:
    """Make round clouds of points, a class for each centre.

    Parameters
    ----------
    n_samples : int
        The number of points N, at least one a centre.
    centers : array_like, shape (C, 2)
        The centres of the classes 0 … C − 1.
    noise : float, optional
        The standard deviation of the clouds, ≥ 0.
    shuffle, rng
        As for `make_moons`.

    Returns
    -------
    X : ndarray of float64, shape (N, 2)
    y : ndarray of int64, shape (N,)

    Raises
    ------
    ValueError
        If `centers` has not the shape (C, 2).

    Examples
    --------
    >>> X, y = make_blobs(6, centers=[(0, 0), (5, 0), (0, 5)], shuffle=False)
    >>> y
    array([0, 0, 1, 1, 2, 2])
    """
    middle = as_float_array(centers, "centers", dtype=np.float64)
    if middle.ndim != 2 or middle.shape[1] != 2 or len(middle) == 0:
        raise ValueError(
            f"centers: expected an array of shape (C, 2), received {middle.shape}; "
            "try [(-2, -2), (2, 2)]"
        )
    sizes = _class_sizes(n_samples, len(middle))
    clouds = [np.repeat(row[np.newaxis], n, axis=0) for row, n in zip(middle, sizes, strict=True)]
    return _finish(clouds, noise, shuffle, rng)


def make_xor(
    n_samples: int = 1000, *, noise: float | None = None, shuffle: bool = True, rng: Seed = None
) -> tuple[Array, Array]:
    """Make points in the square [−1, 1]², of class 1 where x₁ and x₂ differ in sign.

    No straight line separates the classes (Minsky and Papert, 1969).

    Parameters
    ----------
    n_samples : int
        The number of points N, at least 2.
    noise, shuffle, rng
        As for `make_moons`; the noise comes after the classes.

    Returns
    -------
    X : ndarray of float64, shape (N, 2)
    y : ndarray of int64, shape (N,)

    Examples
    --------
    >>> X, y = make_xor(100, rng=0)
    >>> bool(((X[:, 0] * X[:, 1] < 0) == (y == 1)).all())
    True
    """
    sizes = _class_sizes(n_samples, 2)
    rng = as_generator(rng)
    squares = [1 - rng.random((n, 2)) for n in sizes]  # in (0, 1], so that no point has two classes
    signs = [rng.choice([-1.0, 1.0], (n, 1)) for n in sizes]
    same, different = squares[0] * signs[0], squares[1] * signs[1] * [1, -1]
    return _finish([same, different], noise, shuffle, rng)


def make_spirals(
    n_samples: int = 1000,
    *,
    turns: float = 1.0,
    noise: float | None = None,
    shuffle: bool = True,
    rng: Seed = None,
) -> tuple[Array, Array]:
    """Make two spirals wound into each other, the second the first turned by half a circle.

    The radius grows from 0.1 to 1 as the angle grows by 2π·turns.

    Parameters
    ----------
    n_samples : int
        The number of points N, at least 2.
    turns : float
        How often each spiral goes round, > 0.
    noise, shuffle, rng
        As for `make_moons`.

    Returns
    -------
    X : ndarray of float64, shape (N, 2)
    y : ndarray of int64, shape (N,)

    Examples
    --------
    >>> X, y = make_spirals(200, turns=2, shuffle=False)
    >>> bool(np.allclose(X[y == 0], -X[y == 1]))
    True
    """
    turns = check_real(turns, "turns", low=0, low_inclusive=False)
    arms = []
    for n, start in zip(_class_sizes(n_samples, 2), (0, np.pi), strict=True):
        angle = start + np.linspace(0, 2 * np.pi * turns, n)
        arms.append(_polar(np.linspace(0.1, 1, n), angle))
    return _finish(arms, noise, shuffle, rng)


def _class_sizes(n_samples: int, n_classes: int) -> list[int]:
    """Return how many points each class gets; the last ones get what is left over."""
    N = check_positive_int(n_samples, "n_samples", minimum=n_classes)
    return [(N + k) // n_classes for k in range(n_classes)]


def _polar(radius: Array | float, angle: Array) -> Array:
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def _finish(
    classes: list[Array], noise: float | None, shuffle: bool, rng: Seed
) -> tuple[Array, Array]:
    """Put the classes together, shuffle them, and add the noise last."""
    rng = as_generator(rng)
    X = np.concatenate(classes)
    y = np.repeat(np.arange(len(classes)), [len(points) for points in classes])
    order = order_of(len(X), shuffle, rng)
    return X[order] + gaussian(X.shape, noise, rng), y[order].astype(np.int64)
