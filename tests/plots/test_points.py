"""Points of two classes in the plane."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.data import make_moons
from minidl.plots import plot_points
from tests.plots.helpers import points_of

X, y = make_moons(60, noise=0.2, rng=0)


@pytest.mark.parametrize("labels", [y, y.reshape(-1, 1), y.astype(float)])
def test_each_class_has_its_own_marks_and_all_its_points(labels):
    zero, one = plot_points(X, labels).lines
    assert points_of(zero) == sorted(map(tuple, X[y == 0]))
    assert points_of(one) == sorted(map(tuple, X[y == 1]))
    assert zero.get_marker() != one.get_marker()
    assert zero.get_markerfacecolor() != one.get_markerfacecolor()


def test_the_three_sets_are_filled_differently():
    looks = set()
    for split in ("train", "dev", "test"):
        line = plot_points(X, y, split=split).lines[0]
        looks.add((line.get_markerfacecolor(), line.get_markeredgecolor()))
    assert len(looks) == 3


def test_an_unknown_set_is_refused():
    with pytest.raises(ValueError, match="split: expected one of 'train', 'dev', 'test'"):
        plot_points(X, y, split="validation")


def test_points_in_three_dimensions_are_refused():
    with pytest.raises(ValueError, match=r"expected points of shape \(N, 2\), received \(4, 3\)"):
        plot_points(np.zeros((4, 3)), [0, 1, 0, 1])
