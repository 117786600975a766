import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from minidl.losses import BCEWithLogitsLoss, CrossEntropyLoss, NLLLoss

X, Y = [[1, 2], [1, 3], [1, 3]], [0, 1, 1]
logits = hnp.arrays(np.float64, (5, 3), elements=st.floats(-30, 30))
labels = hnp.arrays(np.int64, 5, elements=st.integers(0, 2))
weights = hnp.arrays(np.float64, 3, elements=st.floats(0.1, 10))


def figures(value):
    return np.round(value, 4).tolist()


def test_the_figures_of_three_samples_of_two_classes():
    assert figures(CrossEntropyLoss(reduction="none")(X, Y)) == [1.3133, 0.1269, 0.1269]
    assert figures(CrossEntropyLoss(reduction="sum")(X, Y)) == 1.5671
    assert figures(CrossEntropyLoss()(X, Y)) == 0.5224


def test_the_figures_with_weights_of_one_and_two():
    assert figures(CrossEntropyLoss([1, 2], reduction="none")(X, Y)) == [1.3133, 0.2539, 0.2539]
    assert figures(CrossEntropyLoss([1, 2], reduction="sum")(X, Y)) == 1.8210
    assert figures(CrossEntropyLoss([1, 2])(X, Y)) == 0.3642


@pytest.mark.parametrize("C", [2, 10])
def test_a_classifier_that_knows_nothing_loses_log_c(C):
    assert CrossEntropyLoss()(np.zeros((4, C)), [0, 1, 1, 0]) == pytest.approx(math.log(C))


@given(logits, labels)
def test_it_is_minus_the_logarithm_of_the_labels_probability(x, y):
    p = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
    expected = -np.log(p[np.arange(5), y])
    np.testing.assert_allclose(
        CrossEntropyLoss(reduction="none")(x, y), expected, rtol=1e-9, atol=1e-14
    )


@given(logits, labels, st.floats(-50, 50))
def test_a_number_added_to_all_logits_changes_nothing(x, y, shift):
    assert CrossEntropyLoss()(x + shift, y) == pytest.approx(CrossEntropyLoss()(x, y), abs=1e-12)


@given(logits, labels, weights)
def test_the_gradients_of_a_sample_add_up_to_zero(x, y, w):
    loss = CrossEntropyLoss(w, label_smoothing=0.1)
    loss(x, y)
    assert np.abs(loss.backward().sum(axis=1)).max() < 1e-12


@given(logits, labels, weights, st.floats(0, 1))
def test_a_label_is_a_probability_of_one(x, y, w, smoothing):
    options = {"weight": w, "label_smoothing": smoothing, "reduction": "none"}
    one, other = CrossEntropyLoss(**options), CrossEntropyLoss(**options)
    np.testing.assert_allclose(one(x, y), other(x, np.eye(3)[y]), rtol=1e-12)
    np.testing.assert_allclose(one.backward(), other.backward(), rtol=1e-12, atol=1e-14)


@given(hnp.arrays(np.float64, 5, elements=st.floats(-30, 30)), st.data())
def test_two_classes_are_binary_cross_entropy_of_the_difference(x, data):
    y = data.draw(hnp.arrays(np.int64, 5, elements=st.integers(0, 1)))
    both = np.stack([np.zeros(5), x], axis=1)
    assert CrossEntropyLoss()(both, y) == pytest.approx(BCEWithLogitsLoss()(x, y), abs=1e-14)


def test_the_mean_divides_by_the_weights_of_labels_but_not_by_those_of_probabilities():
    w = np.array([1.0, 2.0])
    total = CrossEntropyLoss(w, reduction="sum")(X, Y)
    assert CrossEntropyLoss(w)(X, Y) == pytest.approx(total / 5)
    assert CrossEntropyLoss(w)(X, np.eye(2)[Y]) == pytest.approx(total / 3)


def test_ignored_samples_leave_the_others_as_if_they_were_not_there():
    x, y = np.arange(12.0).reshape(4, 3) % 5, np.array([2, -100, 0, -100])
    loss, rest = CrossEntropyLoss(label_smoothing=0.1), CrossEntropyLoss(label_smoothing=0.1)
    assert loss(x, y) == pytest.approx(rest(x[::2], y[::2]), rel=1e-14)
    assert np.allclose(loss.backward()[::2], rest.backward(), rtol=1e-14)
    assert not loss.backward()[1::2].any()


def test_if_all_are_ignored_the_mean_is_nan_and_the_gradient_zero():
    loss = CrossEntropyLoss()
    assert math.isnan(loss(np.ones((2, 3)), [-100, -100]))
    assert not loss.backward().any()
    assert CrossEntropyLoss(reduction="sum")(np.ones((2, 3)), [-100, -100]) == 0


def test_any_class_may_be_the_ignored_one():
    x = np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 5.0]])
    assert CrossEntropyLoss(ignore_index=0)(x, [0, 1]) == CrossEntropyLoss()(x[1:], [1])


def test_places_of_a_picture_are_samples():
    rng = np.random.default_rng(0)
    x, y = rng.standard_normal((2, 3, 5, 4)), rng.integers(0, 3, (2, 5, 4))
    flat = CrossEntropyLoss([1, 2, 3])
    loss = CrossEntropyLoss([1, 2, 3])
    rows = x.transpose(0, 2, 3, 1).reshape(-1, 3)
    assert loss(x, y) == pytest.approx(flat(rows, y.ravel()), rel=1e-14)
    gradient = loss.backward().transpose(0, 2, 3, 1).reshape(-1, 3)
    assert np.allclose(gradient, flat.backward(), rtol=1e-13)


def test_a_class_that_is_ruled_out_has_no_gradient():
    loss = CrossEntropyLoss()
    x = [[-np.inf, 1.0, 2.0]]
    assert loss(x, [1]) == pytest.approx(math.log(1 + math.e))
    assert loss.backward()[0, 0] == 0
    assert loss(x, [[0.0, 1.0, 0.0]]) == pytest.approx(math.log(1 + math.e))


@pytest.mark.parametrize("dtype", [bool, np.uint8, np.int8, np.int32, np.uint64])
def test_labels_may_be_of_any_whole_numbers_type(dtype):
    assert CrossEntropyLoss()(X, np.array(Y, dtype=dtype)) == CrossEntropyLoss()(X, Y)


def test_nan_in_logits_is_passed_on_for_the_runner_to_explain():
    assert math.isnan(CrossEntropyLoss()([[np.nan, 1.0]], [1]))
    assert math.isnan(CrossEntropyLoss()([[np.inf, 1.0]], [1]))


def test_probabilities_cannot_be_ignored():
    with pytest.raises(ValueError, match="expected labels that are indices, since ignore_index"):
        CrossEntropyLoss(ignore_index=1)(X, np.eye(2)[Y])


def test_the_figures_of_the_likelihood():
    assert figures(NLLLoss(reduction="none")(X, Y)) == [-1, -3, -3]
    assert figures(NLLLoss(reduction="sum")(X, Y)) == -7
    assert figures(NLLLoss()(X, Y)) == -2.3333


def test_a_weighted_mean_is_not_the_mean_of_the_unreduced_losses():
    unreduced = NLLLoss([1, 2], reduction="none")(X, Y)
    assert NLLLoss([1, 2])(X, Y) == pytest.approx(unreduced.sum() / 5)
    assert NLLLoss([3, 6])(X, Y) == NLLLoss([1, 2])(X, Y)


def test_a_weight_of_zero_leaves_even_an_infinite_loss_out():
    x, w = [[-np.inf, 0.0], [0.0, -1.0]], [0, 1]
    for loss in (NLLLoss(w), NLLLoss(ignore_index=0)):
        assert loss(x, [0, 1]) == 1
        assert loss.backward().tolist() == [[0, 0], [0, -1]]


def test_columns_are_read_as_they_stand():
    x = np.asfortranarray(np.random.default_rng(0).standard_normal((4, 3)))
    for loss in (NLLLoss(), CrossEntropyLoss(), CrossEntropyLoss(label_smoothing=0.1)):
        value, slope = loss(x, [0, 1, 2, 0]), loss.backward()
        assert loss(np.ascontiguousarray(x), [0, 1, 2, 0]) == value
        np.testing.assert_array_equal(loss.backward(), slope)
