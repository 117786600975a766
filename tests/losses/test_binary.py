import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from minidl.losses import BCELoss, BCEWithLogitsLoss
from minidl.nn import Logistic

logits = hnp.arrays(np.float64, (5, 2), elements=st.floats(-30, 30))
labels = hnp.arrays(np.float64, (5, 2), elements=st.sampled_from([0.0, 1.0]))
soft_labels = hnp.arrays(np.float64, (5, 2), elements=st.floats(0, 1))
both = pytest.mark.parametrize("kind", [BCELoss, BCEWithLogitsLoss])


def test_a_classifier_that_knows_nothing_loses_log_two():
    value = BCELoss()(np.full((3, 1), 0.5), np.ones((3, 1)))
    assert value == pytest.approx(math.log(2), abs=1e-15)
    assert f"{value:.4f}" == "0.6931"


def test_the_gradient_of_three_halves():
    loss = BCELoss()
    loss(np.full((3, 1), 0.5), np.ones((3, 1)))
    assert np.allclose(loss.backward(), -2 / 3, rtol=1e-15)


@given(logits, soft_labels)
def test_it_is_the_cross_entropy_of_every_element(x, y):
    p = Logistic().function(x)
    by_hand = [
        -(b * math.log(a) + (1 - b) * math.log(1 - a)) for a, b in zip(p.flat, y.flat, strict=True)
    ]
    assert np.allclose(BCELoss(reduction="none")(p, y).ravel(), by_hand, rtol=1e-12)


@given(logits, soft_labels)
def test_from_logits_is_bce_after_the_logistic_function(x, y):
    logistic, of_probabilities, of_logits = Logistic(), BCELoss(), BCEWithLogitsLoss()
    assert np.allclose(of_logits(x, y), of_probabilities(logistic(x), y), rtol=1e-3, atol=1e-3)
    x = x / 3  # where p and 1 − p have digits left
    assert np.allclose(of_logits(x, y), of_probabilities(logistic(x), y), rtol=1e-10)
    through = logistic.backward(of_probabilities.backward())
    assert np.allclose(of_logits.backward(), through, rtol=1e-10, atol=1e-12)


@given(logits, soft_labels)
def test_the_gradient_in_the_logits_is_sigma_minus_label(x, y):
    loss = BCEWithLogitsLoss(reduction="sum")
    loss(x, y)
    assert np.allclose(loss.backward(), Logistic().function(x) - y, atol=1e-14)


@given(logits, labels)
def test_swapping_the_classes_swaps_the_probabilities(x, y):
    loss = BCEWithLogitsLoss()
    assert loss(x, y) == pytest.approx(loss(-x, 1 - y), rel=1e-14)


@given(logits, labels)
def test_no_loss_is_negative(x, y):
    assert (BCELoss(reduction="none")(Logistic().function(x), y) >= 0).all()
    assert (BCEWithLogitsLoss(reduction="none")(x, y) >= 0).all()


@given(logits, labels, st.floats(0, 10))
def test_pos_weight_multiplies_the_loss_of_positives(x, y, w):
    plain = BCEWithLogitsLoss(reduction="none")(x, y)
    weighted = BCEWithLogitsLoss(reduction="none", pos_weight=w)(x, y)
    assert np.allclose(weighted, np.where(y == 1, w * plain, plain), rtol=1e-14)


def test_the_logarithms_are_clamped_at_minus_one_hundred():
    loss = BCELoss(reduction="none")
    assert loss([[0.0], [1.0], [1e-60]], [[1], [0], [1]]).tolist() == [[100], [100], [100]]
    assert loss([[1e-43]], [[1]])[0, 0] == pytest.approx(-math.log(1e-43), rel=1e-15)


def test_the_gradient_at_zero_and_one_is_divided_by_1e_minus_12():
    loss = BCELoss(reduction="sum")
    loss([[0.0], [1.0], [0.0], [1.0], [1e-6]], [[1], [0], [0], [1], [1]])
    expected = [[-1e12], [1e12], [0], [0], [(1e-6 - 1) / (1e-6 * (1 - 1e-6))]]
    assert np.allclose(loss.backward(), expected, rtol=1e-15)


def test_logits_of_a_thousand_are_exact():
    loss = BCEWithLogitsLoss(reduction="none")
    x, y = [[1000.0], [1000.0], [-1000.0], [-1000.0]], [[0], [1], [0], [1]]
    assert loss(x, y).tolist() == [[1000], [0], [0], [1000]]
    assert loss.backward().round(300).tolist() == [[1], [0], [0], [-1]]


@both
@pytest.mark.parametrize("strange", [-1, 2, 1.0001, -0.0001, np.nan])
def test_labels_that_are_no_probabilities_are_refused(kind, strange):
    words = rf"{kind.__name__}: expected labels in \[0, 1\], received values from .* try coding"
    with pytest.raises(ValueError, match=words):
        kind()([[0.5], [0.5]], [[0], [strange]])


@pytest.mark.parametrize("strange", [-0.1, 1.1, -np.inf, np.inf, -5e-324, 1e308])
def test_predictions_that_are_no_probabilities_are_refused(strange):
    words = r"BCELoss: expected probabilities in \[0, 1\], received .* try a Logistic layer"
    for label in (0, 1):
        with pytest.raises(ValueError, match=words):
            BCELoss()([[0.5], [strange]], [[0], [label]])


@both
def test_nan_in_predictions_is_passed_on_for_the_runner_to_explain(kind):
    assert np.isnan(kind()([[np.nan], [0.5]], [[0], [1]]))


@both
@pytest.mark.parametrize("dtype", [bool, int, np.uint8, np.float32])
def test_labels_may_be_of_any_number_type(kind, dtype):
    y = np.array([[0], [1]])
    assert kind()([[0.3], [0.9]], y.astype(dtype)) == kind()([[0.3], [0.9]], y)


@both
def test_weights_of_zero_leave_elements_out_but_count_in_the_mean(kind):
    p, y = np.array([[0.3], [0.9]]), np.array([[1.0], [1.0]])
    loss = kind(weight=[[1.0], [0.0]])
    assert loss(p, y) == pytest.approx(kind()(p[:1], y[:1]) / 2)
    assert loss.backward()[1] == 0


@pytest.mark.parametrize("weight", [np.nan, [[1.0, -np.inf]]])
def test_a_pos_weight_that_is_not_finite_is_refused(weight):
    with pytest.raises(ValueError, match=r"^pos_weight: expected finite numbers, received"):
        BCEWithLogitsLoss(pos_weight=weight)


def test_logits_of_any_size_do_not_raise_where_the_session_lets_numpy_raise():
    loss = BCEWithLogitsLoss()
    with np.errstate(all="raise"):
        assert loss([[-1000.0], [1000.0], [0.0]], [[0], [1], [1]]) == pytest.approx(np.log(2) / 3)
        assert loss.backward().ravel() == pytest.approx([0, 0, -1 / 6])
