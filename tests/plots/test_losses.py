"""Slices of the eighteen losses, and their picture."""

from __future__ import annotations

import numpy as np
import pytest

import minidl.losses
from minidl.losses import Loss
from minidl.plots.loss_slices import SLICES
from minidl.plots.losses import ROWS, plot_losses

EVERY = pytest.mark.parametrize("each", SLICES.values(), ids=SLICES)
BOTH = pytest.mark.parametrize("first", [True, False], ids=["first", "second"])
BASES = {
    *("Loss", "ClassIndexedLoss", "ElementwiseLoss", "MarginOverClasses"),
    "WeightedElementwiseLoss",
}
NOT_PYTORCHS = {"MulticlassHingeLoss"}  # a variant of MultiMarginLoss


def log_softmax(*scores):
    scores = np.broadcast_arrays(*scores)
    return scores[0] - np.log(np.exp(scores).sum(axis=0))


def hinge(x):
    return np.maximum(x, 0)


def plus(x):
    return np.log(1 + np.exp(x))


# What the curves are by the book, for the first label and the second.
BY_THE_BOOK = {
    "L1Loss": (lambda x: abs(x), lambda x: abs(x - 1)),
    "MSELoss": (lambda x: x**2, lambda x: (x - 1) ** 2),
    "SmoothL1Loss": (
        lambda x: np.where(abs(x) < 1, x**2 / 2, abs(x) - 0.5),
        lambda x: np.where(abs(x - 1) < 1, (x - 1) ** 2 / 2, abs(x - 1) - 0.5),
    ),
    "PoissonNLLLoss": (lambda x: np.exp(x) - 3 * x, np.exp),
    "BCELoss": (lambda p: -np.log(p), lambda p: -np.log(1 - p)),
    "BCEWithLogitsLoss": (lambda x: plus(-x), plus),
    "SoftMarginLoss": (lambda x: plus(-x), plus),
    "CrossEntropyLoss": (lambda x: -log_softmax(x, 1, 0), lambda x: -log_softmax(1, x, 0)),
    "NLLLoss": (lambda p: -np.log(p), lambda p: -np.log(1 - p)),
    "KLDivLoss": (
        lambda p: 0.8 * np.log(0.8 / p) + 0.2 * np.log(0.2 / (1 - p)),
        lambda p: 0.3 * np.log(0.3 / p) + 0.7 * np.log(0.7 / (1 - p)),
    ),
    "MultiLabelSoftMarginLoss": (
        lambda x: (plus(-x) + plus(-1) + plus(0)) / 3,
        lambda x: (plus(x) + plus(-1) + plus(0)) / 3,
    ),
    "MultiMarginLoss": (
        lambda x: (hinge(2 - x) + hinge(1 - x)) / 3,
        lambda x: hinge(x) / 3,
    ),
    "MultiLabelMarginLoss": (
        lambda x: hinge(1 - x) / 3,
        lambda x: (hinge(x) + hinge(1 + x)) / 3,
    ),
    "MarginRankingLoss": (lambda x: hinge(-x), lambda x: hinge(x)),
    "HingeEmbeddingLoss": (lambda d: d, lambda d: hinge(1 - d)),
    "CosineEmbeddingLoss": (
        lambda a: 1 - np.cos(np.radians(a)),
        lambda a: hinge(np.cos(np.radians(a))),
    ),
    "TripletMarginLoss": (lambda d: hinge(2 - d), lambda d: hinge(3 - d)),
    "CTCLoss": (
        lambda x: -np.log(1 - (1 + np.exp(x)) ** -3.0 - np.exp(2 * x) / (1 + np.exp(x)) ** 3),
        lambda x: 3 * plus(x),
    ),
}


def test_all_eighteen_have_a_slice():
    kinds = {name for name in minidl.losses.__all__ if issubclass(vars(minidl.losses)[name], Loss)}
    assert set(SLICES) == kinds - BASES - NOT_PYTORCHS
    assert len(SLICES) == 18 == len(BY_THE_BOOK)


@BOTH
@EVERY
def test_a_curve_is_what_the_book_says(each, first):
    x = each.grid(50)
    expected = BY_THE_BOOK[each.name][not first](x)
    np.testing.assert_allclose(each.curve(x, first)[0], expected, atol=1e-5)


@BOTH
@EVERY
def test_a_slope_is_that_of_the_curve(each, first):
    x = each.grid(38)[1:-1] + 0.0137  # not on a kink
    above, below = (each.curve(x + step, first)[0] for step in (1e-6, -1e-6))
    np.testing.assert_allclose(each.curve(x, first)[1], (above - below) / 2e-6, atol=1e-4)


@BOTH
@EVERY
def test_a_slope_does_not_turn_round_at_the_edge(each, first):
    x = each.grid(2)
    inside = x + np.array([1e-3, -1e-3]) * (x[1] - x[0])
    slopes, beside = each.curve(x, first)[1], each.curve(inside, first)[1]
    np.testing.assert_allclose(slopes, beside, rtol=0.15, atol=0.05)


@EVERY
def test_its_options_are_heard(each):
    x = each.grid(50)
    for name, value in each.options.items():
        other = {"p": 2, "pos_weight": 3.0}.get(name, value + 0.5)
        assert np.any(each.curve(x, True, **{name: other})[0] != each.curve(x, True)[0]) or np.any(
            each.curve(x, False, **{name: other})[0] != each.curve(x, False)[0]
        ), name


@pytest.fixture(scope="module")
def axes():
    return plot_losses()


def test_the_picture_shows_each_loss_once_beside_its_family(axes):
    for families, row in zip(ROWS, axes, strict=True):
        titles = [ax.get_title("left") for ax in row if ax.axison]
        assert titles == [each.name for each in SLICES.values() if each.family in families]
        named = [ax.get_ylabel().lower() for ax in row if ax.get_ylabel()]
        assert named == list(families)


@EVERY
def test_the_picture_has_both_curves_and_their_labels(axes, each):
    (ax,) = [ax for ax in axes.flat if ax.get_title("left") == each.name]
    for line, label, first in zip(ax.lines, each.labels, (True, False), strict=True):
        assert line.get_label() == label
        np.testing.assert_array_equal(line.get_ydata(), each.curve(each.grid(), first)[0])
