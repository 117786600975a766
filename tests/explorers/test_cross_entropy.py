import math

import numpy as np
import pytest

from minidl.explorers.cross_entropy.explorer import CrossEntropyExplorer
from minidl.gradcheck import numerical_gradient
from minidl.losses import BCELoss


@pytest.fixture
def explorer():
    made = CrossEntropyExplorer()
    yield made
    made.close()


def careless(p, y):
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@pytest.mark.parametrize("label", [0, 1])
@pytest.mark.parametrize("p", [0.01, 0.3, 0.5, 0.99])
def test_the_point_in_the_picture_lies_at_the_loss(explorer, label, p):
    explorer.set(label=label, p=p)
    x, y = explorer.picture.artists.loss.point.get_data()
    expected = -math.log(p if label else 1 - p)
    assert (x[0], y[0]) == pytest.approx((p, expected))
    assert f"loss is {expected:.4f}" in explorer.status


@pytest.mark.parametrize("label", [0, 1])
def test_the_slope_is_what_differences_measure(explorer, label):
    explorer.set(label=label, p=0.3)
    loss = BCELoss()
    measured = numerical_gradient(lambda p: loss(p, [label]), np.array([0.3]))
    assert explorer.view.slope_at_p == pytest.approx(measured[0], rel=1e-6)
    curve = explorer.picture.artists.slope.curve
    assert np.interp(0.3, *curve.get_data()) == pytest.approx(measured[0], rel=1e-6)


def test_curves_are_the_logarithm_and_its_mirror_image(explorer):
    curve, other = explorer.picture.artists.loss.curve, explorer.picture.artists.loss.other
    p = curve.get_xdata()
    inside = (p > 0) & (p < 1)
    assert np.allclose(curve.get_ydata()[inside], -np.log(p[inside]))
    assert np.allclose(other.get_ydata()[inside], -np.log(1 - p[inside]))
    color = curve.get_color()
    explorer.set(label=0)
    assert np.allclose(curve.get_ydata()[inside], -np.log(1 - p[inside]))
    assert other.get_color() == color


def test_an_undecided_prediction_costs_log_2_whatever_the_label(explorer):
    for label in (0, 1):
        explorer.set(label=label, p=0.5)
        assert "probability 0.50, so the loss is 0.6931" in explorer.status


@pytest.mark.parametrize(("label", "p", "sign"), [(1, 0, "−"), (0, 1, "")])
def test_certain_and_wrong_is_infinite_and_noted_at_the_edge(explorer, label, p, sign):
    explorer.set(label=label, p=p)
    assert explorer.status.endswith(f"so the loss is ∞ and its slope {sign}∞.")
    assert explorer.picture.artists.loss.beyond.get_text() == "∞"
    assert explorer.picture.artists.loss.point.get_marker() == "^"
    assert explorer.picture.artists.slope.beyond.get_text() == f"{sign}∞"
    explorer.set(p=0.5)
    assert not explorer.picture.artists.loss.beyond.get_visible()
    assert explorer.picture.artists.loss.point.get_marker() == "o"


@pytest.mark.parametrize("label", [0, 1])
def test_a_careless_loss_is_seen_failing_where_it_should_be_0_and_not_where_infinite(label):
    explorer = CrossEntropyExplorer(careless, label=label, p=label)
    assert explorer.error == ""
    assert explorer.status.endswith("so the loss should be 0.0000, but yours is nan.")
    explorer.set(p=1 - label)
    assert "so the loss is ∞ and" in explorer.status
    explorer.set(p=0.5)
    assert "so the loss is 0.6931" in explorer.status
    explorer.close()


def test_a_loss_with_the_wrong_sign_is_seen_failing():
    explorer = CrossEntropyExplorer(lambda p, y: -careless(p, y), p=0.5)
    assert explorer.status.endswith("so the loss should be 0.6931, but yours is −0.6931.")
    explorer.close()


def test_a_loss_that_is_no_number_says_so_in_place():
    explorer = CrossEntropyExplorer(lambda p, y: [1.0])
    assert "expected the loss of one point to be one number" in explorer.error
    explorer.close()


def test_the_explorer_starts_where_it_is_told_to_and_returns_there():
    explorer = CrossEntropyExplorer(label=0, p=0.9)
    explorer.set(label=1, p=0.2)
    explorer.reset()
    assert explorer.status.startswith("Label 0, prediction 0.90")
    explorer.close()


@pytest.mark.parametrize(("label", "p", "slope"), [(1, 1, -1), (0, 0, 1)])
def test_at_a_perfect_prediction_the_dot_stays_on_the_formula(explorer, label, p, slope):
    explorer.set(label=label, p=p)
    assert explorer.picture.artists.slope.point.get_data()[1] == [slope]
    curve_x, curve_y = explorer.picture.artists.slope.curve.get_data()
    assert curve_y[curve_x == p] == [slope]
    says = "1.00" if slope > 0 else "−1.00"
    assert explorer.status.endswith(f"so the loss is 0.0000 and its slope {says}.")


def test_a_loss_that_is_cut_off_is_told_from_the_truth():
    explorer = CrossEntropyExplorer(lambda p, y: BCELoss()(p, y), label=1, p=0)
    assert explorer.status.endswith("so the loss should be ∞, but yours is 100.0000.")
    assert explorer.picture.artists.loss.beyond.get_text() == "100"
    explorer.close()


def test_a_value_that_is_no_number_is_marked_in_the_margin_and_has_no_slope():
    explorer = CrossEntropyExplorer(careless, label=1, p=1)
    for panel in (explorer.picture.artists.loss, explorer.picture.artists.slope):
        (y,) = panel.point.get_data()[1]
        assert y > panel.point.axes.get_ylim()[1]
        assert panel.beyond.get_text() == "nan"
    explorer.close()
