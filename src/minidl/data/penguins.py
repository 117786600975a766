"""Penguins of three species, by their measures."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data.bundled import read_bundled
from minidl.validation import describe

Array = npt.NDArray[Any]

PENGUIN_SPECIES = ("Adelie", "Chinstrap", "Gentoo")
"""The species that the labels 0, 1 and 2 of `load_penguins` stand for."""

PENGUIN_FEATURES = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")
"""What was measured of each penguin: lengths in millimetres, the mass in grams."""

MISSING = "NA"


def load_penguins(features: Sequence[str] = PENGUIN_FEATURES) -> tuple[Array, Array]:
    """Return the measures and the species of penguins of the Palmer Archipelago, Antarctica.

    Of the 344 penguins, two were not measured and are left out. The features differ in size by a
    factor of 200: see `StandardScaler`.

    Parameters
    ----------
    features : sequence of str
        Which of `PENGUIN_FEATURES` to return, in this order.

    Returns
    -------
    X : ndarray of float64, shape (N, D)
        A column for each feature, in millimetres or grams.
    y : ndarray of int64, shape (N,)
        The species: `PENGUIN_SPECIES[label]` is its name.

    Raises
    ------
    ValueError
        If a feature is unknown or named twice, or there is none.

    Notes
    -----
    Source: Gorman, Williams and Fraser (2014), PLoS ONE 9(3): e90081,
    https://doi.org/10.1371/journal.pone.0090081, as prepared by Horst, Hill and Gorman,
    https://allisonhorst.github.io/palmerpenguins/. Licence: CC0 1.0.

    Examples
    --------
    >>> X, y = load_penguins(features=("bill_length_mm", "flipper_length_mm"))
    >>> X.shape
    (342, 2)
    >>> X[0], PENGUIN_SPECIES[y[0]]
    (array([ 39.1, 181. ]), 'Adelie')
    """
    _check_features(features)
    rows = csv.DictReader(read_bundled("penguins.csv").decode("ascii").splitlines())
    measured = [row for row in rows if MISSING not in (row[feature] for feature in features)]
    X = np.array([[float(row[feature]) for feature in features] for row in measured])
    y = np.array([PENGUIN_SPECIES.index(row["species"]) for row in measured], dtype=np.int64)
    return X, y


def _check_features(features: Sequence[str]) -> None:
    names = [] if isinstance(features, str) else list(features)
    if not names or len(set(names)) < len(names) or not set(names) <= set(PENGUIN_FEATURES):
        raise ValueError(
            f"features: expected different ones among {', '.join(PENGUIN_FEATURES)}, "
            f"received {describe(features)}; try features=('bill_length_mm', 'body_mass_g')"
        )
