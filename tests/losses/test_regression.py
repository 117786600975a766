import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from minidl.losses import MSELoss

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
