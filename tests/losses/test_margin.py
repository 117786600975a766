import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from minidl.losses import (
    BCEWithLogitsLoss,
    MarginRankingLoss,
    MulticlassHingeLoss,
    MultiLabelMarginLoss,
    MultiLabelSoftMarginLoss,
    MultiMarginLoss,
    SoftMarginLoss,
    multi_label_margin,
)

numbers = hnp.arrays(np.float64, (4, 3), elements=st.floats(-20, 20))
zeros_and_ones = hnp.arrays(np.int64, (4, 3), elements=st.integers(0, 1))
labels = hnp.arrays(np.int64, 4, elements=st.integers(0, 2))
weights = hnp.arrays(np.float64, 3, elements=st.floats(0, 10))


def test_the_figures_of_margins():
    ranking = MarginRankingLoss(reduction="none")
    first, second = [[1.0], [2.0], [3.0]], np.full((3, 1), 2.0)
    assert ranking(first, second, [[1], [1], [-1]]).tolist() == [[1], [0], [1]]
    assert MultiLabelMarginLoss()([[0.1, 0.2, 0.4, 0.8]], [[0, 3, -1, 1]]) == pytest.approx(0.85)
    x = [[0.1, 0.2, 0.7], [0.2, 0.5, 0.3]]
    assert MultiMarginLoss(reduction="none")(x, [1, 2]) == pytest.approx([0.8, 0.7])
    assert round(MultiLabelSoftMarginLoss()([[0.3, 0.7, 0.8]], [[0, 1, 1]]), 4) == 0.5429


@given(numbers, zeros_and_ones)
def test_a_soft_margin_is_bce_with_the_classes_coded_otherwise(x, y):
    one, other = SoftMarginLoss(), BCEWithLogitsLoss()
    assert one(x, 2 * y - 1) == pytest.approx(other(x, y), rel=1e-12)
    np.testing.assert_allclose(one.backward(), other.backward(), rtol=1e-9, atol=1e-15)


def test_a_soft_margin_is_exact_where_pytorchs_is_infinite():
    loss = SoftMarginLoss(reduction="none")
    assert loss([[-1000.0]], [[1]]).tolist() == [[1000]]
    assert loss.backward().tolist() == [[-1]]


@given(numbers, zeros_and_ones)
def test_several_labels_cost_the_mean_of_bce_over_the_classes(x, y):
    each = BCEWithLogitsLoss(reduction="none")(x, y)
    loss = MultiLabelSoftMarginLoss(reduction="none")
    np.testing.assert_allclose(loss(x, y), each.mean(axis=1), rtol=1e-12)
    assert MultiLabelSoftMarginLoss()(x, y) == pytest.approx(BCEWithLogitsLoss()(x, y), rel=1e-12)


@given(numbers, labels, weights, st.sampled_from([1, 2]))
def test_weights_scale_each_sample_but_not_the_divisor_of_a_multi_margin(x, y, w, p):
    plain = MultiMarginLoss(p, reduction="none")(x, y)
    np.testing.assert_allclose(MultiMarginLoss(p, weight=w, reduction="none")(x, y), w[y] * plain)
    assert MultiMarginLoss(p, weight=w)(x, y) == pytest.approx((w[y] * plain).sum() / 4)


@given(numbers, labels)
def test_the_hinge_loss_is_a_multi_margin_times_the_number_of_classes(x, y):
    one, other = MulticlassHingeLoss(), MultiMarginLoss()
    assert one(x, y) == pytest.approx(3 * other(x, y), rel=1e-12)
    np.testing.assert_allclose(one.backward(), 3 * other.backward(), rtol=1e-12, atol=1e-15)


@given(numbers, labels, st.floats(0.5, 3))
def test_the_hinge_loss_is_its_formula_and_leaves_the_right_class_out(x, y, margin):
    loss = MulticlassHingeLoss(margin, reduction="none")
    terms = [[max(0, s - row[k] + margin) for s in row] for row, k in zip(x, y, strict=True)]
    # A sum over all classes counts the margin once more.
    np.testing.assert_allclose(loss(x, y), np.sum(terms, axis=1) - margin, atol=1e-12)


def test_an_untrained_model_of_C_classes_costs_about_C_minus_1():
    assert MulticlassHingeLoss()(np.zeros((5, 10)), np.arange(5)) == 9
    assert MultiMarginLoss()(np.zeros((5, 10)), np.arange(5)) == pytest.approx(0.9)


@given(numbers, labels)
def test_a_single_right_class_is_a_multi_margin(x, y):
    rows = np.full((4, 3), -1)
    rows[:, 0] = y
    one, other = MultiLabelMarginLoss(), MultiMarginLoss()
    assert one(x, rows) == pytest.approx(other(x, y), rel=1e-12)
    np.testing.assert_allclose(one.backward(), other.backward(), rtol=1e-12, atol=1e-15)


def test_two_numbers_of_a_tie_are_pushed_apart():
    loss = MarginRankingLoss(reduction="none")
    assert loss([[1.0]], [[1.0]], [[1]]).tolist() == [[0]]
    assert [g.item() for g in loss.backward()] == [-1, 1]  # as in PyTorch


def test_exactly_at_the_margin_several_classes_have_no_gradient():
    loss = MultiMarginLoss()  # as in PyTorch, unlike the ranking
    assert loss([[1.0, 0.0]], [0]) == 0
    assert not loss.backward().any()


def test_a_class_that_stands_there_twice_counts_twice_and_none_costs_nothing():
    loss = MultiLabelMarginLoss(reduction="none")
    once, twice, none = loss([[0.0, 1.0]] * 3, [[0, -1], [0, 0], [-1, 0]])
    assert (once, twice, none) == (1, 2, 0)
    assert not loss.backward()[2].any()


def test_blocks_of_samples_are_one_batch(monkeypatch):
    rng = np.random.default_rng(0)
    x, y = (
        rng.standard_normal((7, 4)),
        np.where(rng.random((7, 4)) < 0.7, rng.integers(4, size=(7, 4)), -1),
    )
    whole, parts = MultiLabelMarginLoss(reduction="none"), MultiLabelMarginLoss(reduction="none")
    expected, slope = whole(x, y), whole.backward()
    monkeypatch.setattr(multi_label_margin, "BLOCK", 2 * 16)
    np.testing.assert_array_equal(parts(x, y), expected)
    np.testing.assert_array_equal(parts.backward(), slope)


def test_columns_and_slices_are_read_as_they_stand():
    x = np.asfortranarray(np.random.default_rng(0).standard_normal((4, 3)))
    for loss, y in (
        (MultiMarginLoss(), [0, 1, 2, 0]),
        (MultiLabelMarginLoss(), np.zeros((4, 3), int)),
    ):
        value, slope = loss(x, y), loss.backward()
        assert loss(np.ascontiguousarray(x), y) == value
        np.testing.assert_array_equal(loss.backward(), slope)
