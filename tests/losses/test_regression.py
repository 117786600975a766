import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from minidl.losses import L1Loss, MSELoss, SmoothL1Loss

numbers = hnp.arrays(np.float64, (4, 2), elements=st.floats(-1e3, 1e3))


@given(numbers, numbers)
def test_it_is_the_mean_of_the_squares_without_a_half(p, y):
    assert MSELoss()(p, y) == pytest.approx(np.mean((p - y) ** 2), rel=1e-14)


@given(numbers, numbers)
def test_it_does_not_care_which_is_which_but_its_gradient_does(p, y):
    one, other = MSELoss(), MSELoss()
    assert one(p, y) == other(y, p)
    assert np.array_equal(one.backward(), -other.backward())


@given(numbers, numbers)
def test_a_step_along_the_gradient_reaches_the_labels(p, y):
    loss = MSELoss(reduction="sum")
    loss(p, y)
    assert np.allclose(p - loss.backward() / 2, y, rtol=1e-12, atol=1e-12)


def test_the_mean_is_over_all_elements_and_not_over_samples():
    loss = MSELoss()
    assert loss(np.ones((4, 2)), np.zeros((4, 2))) == 1
    assert np.array_equal(loss.backward(), np.full((4, 2), 2 / 8))


def test_it_takes_no_weight():
    with pytest.raises(TypeError, match="weight"):
        MSELoss(weight=2.0)


def test_the_figures_of_ones_against_threes():
    ones, threes = np.ones((2, 2)), np.full((2, 2), 3.0)
    assert L1Loss(reduction="none")(ones, threes).tolist() == [[2, 2], [2, 2]]
    assert MSELoss(reduction="none")(ones, threes).tolist() == [[4, 4], [4, 4]]


@given(numbers, numbers, st.floats(0.01, 10))
def test_a_smooth_error_is_a_parabola_inside_and_a_line_outside(p, y, beta):
    size = np.abs(p - y)
    expected = np.where(size < beta, size**2 / (2 * beta), size - beta / 2)
    loss = SmoothL1Loss(beta=beta, reduction="none")
    np.testing.assert_allclose(loss(p, y), expected, rtol=1e-12, atol=1e-12)
    assert (np.abs(loss.backward()) <= 1).all()


@given(numbers, numbers)
def test_without_a_parabola_it_is_the_absolute_error(p, y):
    smooth, plain = SmoothL1Loss(beta=0), L1Loss()
    assert smooth(p, y) == plain(p, y)
    assert np.array_equal(smooth.backward(), plain.backward())


def test_an_outlier_pulls_no_harder_than_its_neighbours():
    loss = L1Loss(reduction="sum")
    loss([0.0, 0.0, 0.0], [1.0, 1e9, 0.0])
    assert loss.backward().tolist() == [-1, -1, 0]
