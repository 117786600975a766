"""The adaline explorer."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.explorers.adaline.explorer import AdalineExplorer, adaline_step
from minidl.graph import Variable
from tests.widgets.helpers import opened

TRACE = [
    (0.13, 0.10), (0.36, 0.20), (0.58, 0.10), (0.74, 0.00), (1.13, 0.10),
    (1.43, 0.20), (1.62, 0.30), (1.94, 0.20), (1.50, 0.30), (1.87, 0.40),
]  # fmt: skip
XS = [2.6, 4.6, -4.4, -3.2, 7.8, 6.0, 3.8, -6.4, -8.8, 7.4]


@pytest.fixture
def explorer():
    with opened(AdalineExplorer) as made:
        yield made


def by_graph(xs, lr_w, lr_b):
    """Train with minidl.graph, whose gradients know no formula of ours."""
    w, b, x, y = (Variable(0.0) for _ in "wbxy")
    loss = abs(w * x + b - y)
    path = [(0.0, 0.0)]
    for number in xs:
        x.value, y.value = number, 2 * number + 1
        loss.forward()
        loss.backward()
        w.update(lr_w)
        b.update(lr_b)
        path.append((float(w.value), float(b.value)))
    return np.array(path)


def late_ends(path):
    (w_low, b_low), (w_high, b_high) = path.min(axis=0), path.max(axis=0)
    return w_low, w_high, b_low, b_high


def test_the_path_is_that_of_the_graph(explorer):
    explorer.set(lr_w=0.2, lr_b=0.02, count=50, seed=3)
    xs = np.random.default_rng(3).uniform(-10, 10, 50)
    shown = explorer.picture.artists.path.get_xydata()
    np.testing.assert_allclose(shown, by_graph(xs, 0.2, 0.02), atol=1e-9)


def test_the_source_gives_its_printed_trace():
    with opened(AdalineExplorer, xs=XS) as explorer:
        shown = explorer.picture.artists.path.get_xydata()[1:]
        np.testing.assert_allclose(shown, TRACE, atol=1e-9)
        assert explorer.status.startswith("After 10 points: 1.87·x + 0.40, ")


def test_the_sentence_says_between_what_the_line_moves():
    with opened(AdalineExplorer, xs=XS, count=1000) as explorer:
        late = by_graph([*XS, *np.random.default_rng(0).uniform(-10, 10, 990)], 0.05, 0.1)[500:]
        w_low, w_high, b_low, b_high = (f"{end:.2f}" for end in late_ends(late))
        ends = f"w between {w_low} and {w_high}, b between {b_low} and {b_high}."
        assert explorer.status.endswith(ends)
        explorer.set(count=1)
        assert explorer.status.endswith("w between 0.13 and 0.13, b between 0.10 and 0.10.")


def test_own_inputs_come_first_and_after_them_new_ones_by_the_seed():
    with opened(AdalineExplorer, xs=XS, count=20) as explorer:
        first = explorer.view.x
        explorer.set(seed=1)
        other = explorer.view.x
    assert first[:10].tolist() == other[:10].tolist() == XS
    assert not set(first[10:]) & {*XS, *other}
    assert first[10:].tolist() == np.random.default_rng(0).uniform(-10, 10, 20)[:10].tolist()


def test_the_points_lie_on_the_target(explorer):
    x, y = explorer.picture.artists.points.get_data()
    np.testing.assert_allclose(y, 2 * np.asarray(x) + 1)
    assert np.abs(x).max() <= 10


def test_more_points_begin_with_the_same(explorer):
    few = explorer.view.path
    explorer.set(count=100)
    assert np.array_equal(explorer.view.path[:11], few)


def test_falling_rates_shrink_with_the_root_of_the_number_of_points(explorer):
    explorer.set(falling=True, lr_b=0.1, count=100)
    moves = np.abs(np.diff(explorer.view.path[:, 1]))
    np.testing.assert_allclose(moves, 0.1 / np.sqrt(np.arange(1, 101)))


def test_a_fixed_rate_does_not_settle_and_a_falling_one_does(explorer):
    def late_moves():
        return np.abs(np.diff(explorer.view.path[-50:, 0])).mean()

    explorer.set(count=1000)
    fixed = late_moves()
    explorer.set(falling=True)
    assert late_moves() < fixed / 20


def test_the_sentence_gives_the_mean_error(explorer):
    w, b = explorer.view.path[-1]
    x = np.linspace(-10, 10, 20_001)
    measured = np.abs((w - 2) * x + b - 1).mean()
    assert f"on average {measured:.2f} off" in explorer.status


def test_the_errors_are_those_of_the_path_and_the_sentence_gives_the_worst_late_one(explorer):
    x = np.linspace(-10, 10, 2001)
    w, b = explorer.view.path.T[:, :, None]
    measured = np.abs((w - 2) * x + b - 1).mean(axis=1)
    shown = explorer.picture.artists.errors.get_xydata()
    np.testing.assert_allclose(shown[:, 0], range(11))
    np.testing.assert_allclose(shown[:, 1], measured, rtol=2e-3)
    assert f"this average was up to {measured[5:].max():.2f}, w between" in explorer.status


def test_one_point_is_one_point(explorer):
    explorer.set(count=1)
    assert explorer.status.startswith("After 1 point: ")


def test_at_an_error_of_0_nothing_moves():
    assert adaline_step(2.0, 1.0, 3.0, 7.0, 0.05, 0.1) == (2.0, 1.0)


def test_the_readers_own_step_is_taken_and_a_wrong_one_shows():
    def uphill(w, b, x, y, lr_w, lr_b):
        sign = np.sign(w * x + b - y)
        return w + lr_w * sign * x, b + lr_b * sign

    with opened(AdalineExplorer, step=uphill, xs=[1.0], count=1) as explorer:
        assert explorer.view.path.tolist() == [[0, 0], [-0.05, -0.1]]


@pytest.mark.parametrize("answer", [None, 3.0, (1.0, 2.0, 3.0), ("a", "b")])
def test_a_step_that_returns_no_pair_is_reported_in_place(answer):
    with opened(AdalineExplorer, step=lambda *args: answer) as explorer:
        assert "expected the step to return two numbers (w, b), received" in explorer.error


def test_what_cannot_be_called_or_is_empty_is_refused():
    with pytest.raises(TypeError, match=r"expected a function \(w, b, x, y, lr_w, lr_b\)"):
        AdalineExplorer(step=3.0)
    with pytest.raises(ValueError, match="at least one number in xs, received none"):
        AdalineExplorer(xs=[])
