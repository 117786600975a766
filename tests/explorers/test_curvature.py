"""The curvature explorer: its tries beside L-BFGS let go at once, descent beside a recursion."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.explorers.curvature.explorer import CurvatureExplorer
from minidl.explorers.curvature.valley import MOST, RATES, START, Valley, search
from minidl.optim import LBFGS
from minidl.parameter import Parameter
from tests.widgets.helpers import opened, put

VALLEYS = [(50, 30, 0.0), (500, 0, 0.1), (1, 45, 0.0), (100, 90, 0.4), (20, 60, 0.2)]


@pytest.fixture(scope="module")
def explorer():
    with opened(CurvatureExplorer) as made:
        yield made


def all_at_once(valley, memory):
    """Return where one long step of L-BFGS asks for gradients."""
    grads, asked = {}, []
    point = Parameter("point", "point", {"point": valley.start}, grads)
    optimizer = LBFGS(
        [point], max_iter=200, max_eval=10_000, history_size=memory, tolerance_grad=1e-12,
        tolerance_change=1e-14, line_search_fn="strong_wolfe",
    )  # fmt: skip

    def closure():
        asked.append(point.value.copy())
        grads["point"] = valley.slope(point.value)
        return float(valley.loss(point.value))

    optimizer.step(closure)
    return np.array(asked)


@pytest.mark.parametrize(("ratio", "degrees", "bend"), VALLEYS)
@pytest.mark.parametrize("memory", [1, 5])
def test_the_tries_are_those_of_one_long_step(explorer, ratio, degrees, bend, memory):
    put(explorer, ratio=ratio, degrees=degrees, bend=bend, memory=memory)
    tries = explorer.view.search.tries
    longer = all_at_once(Valley(ratio, degrees, bend), memory)
    assert 3 <= len(tries) <= MOST
    np.testing.assert_allclose(tries, longer[: len(tries)], atol=1e-9)


@pytest.mark.parametrize(("ratio", "degrees", "bend"), VALLEYS)
def test_the_slope_is_that_of_the_loss(ratio, degrees, bend):
    valley, points = Valley(ratio, degrees, bend), np.random.default_rng(0).normal(size=(5, 2))
    for axis in (0, 1):
        nudge = 1e-6 * np.eye(2)[axis]
        rise = (valley.loss(points + nudge) - valley.loss(points - nudge)) / 2e-6
        np.testing.assert_allclose(valley.slope(points)[:, axis], rise, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("degrees", [0, 35, 90])
def test_a_turned_valley_is_the_same_valley_turned(degrees):
    plain, turned = Valley(50, 0, 0.3), Valley(50, degrees, 0.3)
    for points in ([1.0, 0.5], [-2.0, 0.1], START):
        assert turned.loss(points @ turned.axes) == pytest.approx(plain.loss(np.array(points)))


def test_descent_goes_along_each_axis_by_its_own_factor(explorer):
    put(explorer, ratio=10, degrees=0, bend=0.0, evaluations=20)
    view, k = explorer.view, np.arange(20)
    along, across = (START[i] * (1 - view.rate * h) ** k for i, h in enumerate((1, 10)))
    seen = explorer.picture.artists.descent.get_xydata()
    np.testing.assert_allclose(seen, np.stack([along, across], axis=1), atol=1e-12)


def test_no_other_rate_of_descent_ends_lower(explorer):
    put(explorer, ratio=50, degrees=0, bend=0.0, evaluations=MOST)
    first = np.array(START)
    ends = [first * (1 - rate * np.array([1, 50])) ** (MOST - 1) for rate in RATES]
    heights = [end @ (end * [1, 50]) / (first @ (first * [1, 50])) for end in ends]
    assert explorer.view.rate == RATES[int(np.argmin(heights))]
    assert explorer.view.descent_left[-1] == pytest.approx(min(heights))


@pytest.mark.parametrize("evaluations", [1, 3, 12, MOST])
@pytest.mark.parametrize(("ratio", "degrees", "bend"), VALLEYS)
def test_each_try_is_a_dot_or_a_ring(explorer, ratio, degrees, bend, evaluations):
    put(explorer, ratio=ratio, degrees=degrees, bend=bend, evaluations=evaluations, memory=5)
    artists, view = explorer.picture.artists, explorer.view
    dots, rings = artists.way.get_xydata(), artists.tries.get_xydata()
    shown = view.search.tries[:evaluations]
    assert len(dots) + len(rings) == len(shown)
    drawn = np.concatenate([dots, rings])
    np.testing.assert_array_equal(np.sort(drawn, axis=0), np.sort(shown, axis=0))
    for line, points in ((artists.way_left, dots), (artists.tries_left, rings)):
        left = view.valley.left(points).clip(1e-10, 1e6)
        np.testing.assert_allclose(line.get_ydata(), left)


def test_a_direction_under_way_is_no_end_yet():
    valley = Valley(50, 30, 0.2)  # its first direction takes two tries
    found = search(valley, 5)
    assert found.ends[1] == 3
    assert found.taken[1] == 2
    with opened(CurvatureExplorer, ratio=50, degrees=30, bend=0.2, evaluations=2) as explorer:
        artists = explorer.picture.artists
        assert len(artists.way.get_xydata()) == 1
        np.testing.assert_array_equal(artists.under_way.get_xydata(), found.tries[:2])
        assert "followed 0 directions to the end, with 1 other try, and has 1 of" in explorer.status
        put(explorer, evaluations=3)
        np.testing.assert_array_equal(artists.way.get_xydata(), found.tries[[0, 2]])


def test_directions_along_a_bowl_fall_at_each_end(explorer):
    put(explorer, ratio=100, degrees=50, bend=0.0, memory=5)
    assert np.all(np.diff(explorer.view.way_left) < 0)


def test_the_sentence_says_when_nothing_is_left(explorer):
    put(explorer, ratio=1, degrees=0, bend=0.0, evaluations=40)
    assert "Gradient 3:" in explorer.status
    assert "It has stopped" in explorer.status
    put(explorer, evaluations=2)
    assert "It has stopped" not in explorer.status
