"""The descent explorer: its picture compared with the recursion of momentum written out."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.explorers.descent.bowl import STEPS, shrinking_factor
from minidl.explorers.descent.explorer import DescentExplorer
from tests.widgets.helpers import opened, put


@pytest.fixture(scope="module")
def explorer():
    with opened(DescentExplorer) as made:
        yield made


def by_hand(start, curvature, lr, momentum):
    x, v, xs = start, 0.0, [start]
    for _ in range(STEPS):
        v = momentum * v + curvature * x
        x -= lr * v
        xs.append(x)
    return np.array(xs)


@pytest.mark.parametrize(
    ("lr", "momentum", "ratio"), [(0.1, 0.0, 20), (0.3, 0.7, 100), (0.005, 0.99, 1), (0.25, 0.0, 5)]
)
def test_the_way_is_the_recursion_along_each_axis(explorer, lr, momentum, ratio):
    put(explorer, lr=lr, momentum=momentum, ratio=ratio, x=-1.7, y=0.6)
    x, y = by_hand(-1.7, 8 / ratio, lr, momentum), by_hand(0.6, 8, lr, momentum)
    artists = explorer.picture.artists
    np.testing.assert_allclose(artists.way.get_xydata(), np.stack([x, y], axis=1), rtol=1e-9)
    losses = (8 / ratio * x**2 + 8 * y**2) / 2
    seen = artists.losses.get_ydata()
    inside = (losses > 1e-8) & (losses < 1e4)
    np.testing.assert_allclose(seen[inside], losses[inside], rtol=1e-9)


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("lr", [0.02, 0.1, 0.3])
@pytest.mark.parametrize("curvature", [0.08, 8.0])
def test_the_factor_is_the_largest_eigenvalue_of_a_step(lr, momentum, curvature):
    step = np.array([[1 - lr * curvature, -lr * momentum], [curvature, momentum]])  # of (x, v)
    largest = np.abs(np.linalg.eigvals(step)).max()
    assert shrinking_factor(lr, curvature, momentum) == pytest.approx(largest)


def test_a_long_run_shrinks_by_the_factor(explorer):
    put(explorer, lr=0.2, momentum=0.3, ratio=50)
    flat, _ = explorer.view.factors
    x = explorer.view.way[:, 0]
    assert x[-1] / x[-2] == pytest.approx(flat, rel=1e-6)


def test_the_marks_stand_on_the_curves_at_the_chosen_rate(explorer):
    put(explorer, lr=0.2, momentum=0.5)
    artists = explorer.picture.artists
    for curve, mark in zip(artists.curves, artists.here, strict=True):
        (at,), (height,) = mark.get_data()
        assert at == 0.2
        assert height == pytest.approx(np.interp(0.2, *curve.get_data()), abs=1e-3)


def test_the_contours_are_ellipses_of_equal_loss(explorer):
    put(explorer, ratio=10)
    for line in explorer.picture.artists.contours.get_segments():
        losses = line**2 @ [0.8, 8] / 2
        assert np.ptp(losses) < 1e-9 * losses.max()


def test_in_one_dimension_it_tells_the_lessons_story(explorer):
    for lr, momentum, arrived in (
        (0.125, 0.0, 1),
        (0.03, 0.0, 10),
        (0.01, 0.63, 9),
        (0.01, 0.9, 46),
    ):
        put(explorer, lr=lr, momentum=momentum, ratio=1, x=0.0, y=2.0)
        assert explorer.view.arrived == arrived
        assert explorer.status.endswith(f"It stays below 0.1 from step {arrived} on.")


def test_an_explosion_leaves_the_picture_and_says_so(explorer):
    put(explorer, lr=0.5, x=0.0, y=2.0)
    assert explorer.error == ""
    assert explorer.view.arrived is None
    assert "3.000 along y" in explorer.status
    assert "It stays" not in explorer.status
    assert len(explorer.picture.artists.way.get_xdata()) < 6
