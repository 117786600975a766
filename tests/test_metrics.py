import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidl.metrics import (
    LOWER_IS_BETTER,
    accuracy,
    mean_absolute_error,
    r2_score,
    sign_of,
)


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from([0, 1])), min_size=1))
def test_binary_accuracy_is_the_share_of_rounded_probabilities_that_are_right(pairs):
    p, y = np.array(pairs, dtype=float).T[..., None]
    expected = sum((a >= 0.5) == b for a, b in pairs) / len(pairs)
    assert accuracy(p, y) == pytest.approx(expected)
    assert type(accuracy(p, y)) is float


@given(st.integers(0, 2**32), st.integers(2, 5), st.integers(1, 20))
def test_accuracy_over_classes_is_the_share_of_highest_scores_that_are_right(seed, C, N):
    rng = np.random.default_rng(seed)
    scores, labels = rng.standard_normal((N, C)), rng.integers(C, size=N)
    expected = np.mean([row.argmax() == label for row, label in zip(scores, labels, strict=True)])
    assert accuracy(scores, labels) == pytest.approx(expected)
    assert accuracy(scores, labels[:, None]) == pytest.approx(expected)


def test_one_half_predicts_class_one():
    assert accuracy([[0.5]], [[1]]) == 1
    assert accuracy([[np.nextafter(0.5, 0)]], [[0]]) == 1


@pytest.mark.parametrize("dtype", [bool, np.int64, np.uint8, np.float32, np.float64])
def test_labels_may_be_of_any_number_type(dtype):
    labels = np.array([[0], [1], [1]]).astype(dtype)
    assert accuracy([[0.1], [0.9], [0.2]], labels) == pytest.approx(2 / 3)


def test_logits_take_a_threshold():
    logits, labels = [[-3.0], [0.2], [5.0]], [[0], [1], [0]]
    assert accuracy(logits, labels, threshold=0) == pytest.approx(2 / 3)
    assert accuracy(logits, labels, threshold=1.0) == pytest.approx(1 / 3)


@pytest.mark.parametrize("scores", [[[-0.1], [0.5]], [[0.5], [1.1]], [[-3.0], [4.0]]])
def test_scores_outside_zero_to_one_are_refused_without_a_threshold(scores):
    with pytest.raises(ValueError, match=r"probabilities in \[0, 1\], .* try threshold=0"):
        accuracy(scores, [[0], [1]])


@pytest.mark.parametrize(
    ("predicts", "labels", "words"),
    [
        ([0.1, 0.9], [0, 1], r"shape \(N, 1\) or \(N, C\), .* \(2,\); try predicts.reshape"),
        ([[[0.1]]], [[[0]]], r"shape \(N, 1\) or \(N, C\), received \(1, 1, 1\)"),
        (0.1, 0, r"shape \(N, 1\) or \(N, C\), received \(\)"),
        (np.empty((0, 1)), np.empty((0, 1)), r"received \(0, 1\)"),
        (np.empty((0, 3)), np.empty(0), r"received \(0, 3\)"),
        ([[0.1], [0.9]], [0, 1], r"labels of shape \(2, 1\), .* \(2,\); try labels.reshape"),
        ([[0.1], [0.9]], [[0]], r"labels of shape \(2, 1\), received \(1, 1\)"),
        ([[0.1], [0.9]], [[0, 1]], r"labels of shape \(2, 1\), received \(1, 2\)"),
        ([[0.1], [0.9]], [[-1], [1]], "labels 0 and 1, received -1"),
        ([[0.1], [0.9]], [[0], [2]], "labels 0 and 1, received 2"),
        ([[0.1], [0.9]], [[0], [0.5]], "labels 0 and 1, received 0.5"),
        ([[0.1], [0.9]], [[0], [np.nan]], "labels 0 and 1, received nan"),
        ([[0.1], [np.nan]], [[0], [1]], "received NaN"),
        (np.eye(3), [0, 1], r"labels of shape \(3,\), received \(2,\)"),
        (np.eye(3), np.eye(3), r"labels of shape \(3,\), received \(3, 3\)"),
        (np.eye(3), [0, 1, 3], "labels among 0 … 2, received values from 0 to 3"),
        (np.eye(3), [0, -1, 2], "labels among 0 … 2, received values from -1 to 2"),
        (np.eye(3), [0, 0.5, 2], "labels among 0 … 2"),
        (np.eye(3), [0, np.nan, 2], "labels among 0 … 2"),
        ([[np.nan, 1.0]], [1], "received NaN"),
    ],
)
def test_what_cannot_be_counted_is_refused(predicts, labels, words):
    with pytest.raises(ValueError, match=f"accuracy: expected .*{words}"):
        accuracy(predicts, labels)


def test_nan_is_refused_with_a_threshold_too():
    with pytest.raises(ValueError, match="received NaN"):
        accuracy([[np.nan]], [[0]], threshold=0)


@pytest.mark.parametrize("threshold", [np.nan, np.inf, "0", True])
def test_a_threshold_that_is_no_number_is_refused(threshold):
    with pytest.raises((ValueError, TypeError), match="threshold: expected a"):
        accuracy([[0.3]], [[0]], threshold=threshold)


def test_a_threshold_for_several_columns_is_refused():
    with pytest.raises(ValueError, match=r"expected no threshold for 3 columns, received 0.5"):
        accuracy(np.eye(3), [0, 1, 2], threshold=0.5)


@pytest.mark.parametrize("labels", [[["a"]], [[None]], [[1j]]])
def test_labels_that_are_no_numbers_are_refused(labels):
    with pytest.raises(TypeError, match="accuracy: labels: expected an array of real numbers"):
        accuracy([[0.3]], labels)


def test_predictions_that_are_no_numbers_are_refused():
    with pytest.raises(TypeError, match="accuracy: predicts: expected an array of real numbers"):
        accuracy([["0.3"]], [[0]])


def test_inputs_are_left_as_they_were():
    p, y = np.array([[0.2], [0.7]]), np.array([[0], [1]])
    p.setflags(write=False)
    y.setflags(write=False)
    assert accuracy(p, y) == 1


# Of numbers

both_errors = pytest.mark.parametrize("metric", [mean_absolute_error, r2_score])
numbers = st.lists(st.tuples(st.floats(-100, 100), st.floats(-100, 100)), min_size=1)


@given(numbers)
def test_the_mean_absolute_error_is_the_mean_distance(pairs):
    p, y = np.array(pairs).T[..., None]
    expected = sum(abs(a - b) for a, b in pairs) / len(pairs)
    assert mean_absolute_error(p, y) == pytest.approx(expected)
    assert type(mean_absolute_error(p, y)) is float


@given(st.integers(0, 2**32), st.integers(2, 20), st.integers(1, 3))
def test_r2_compares_the_squared_errors_with_those_of_the_mean(seed, N, M):
    p, y = np.random.default_rng(seed).standard_normal((2, N, M))
    columns = [
        1
        - sum((a - b) ** 2 for a, b in zip(pm, ym, strict=True))
        / sum((b - ym.mean()) ** 2 for b in ym)
        for pm, ym in zip(p.T, y.T, strict=True)
    ]
    assert r2_score(p, y) == pytest.approx(sum(columns) / M)
    assert type(r2_score(p, y)) is float


def test_r2_of_scikit_learns_examples():
    assert r2_score([2.5, 0.0, 2, 8], [3, -0.5, 2, 7]) == pytest.approx(0.9486, abs=5e-5)
    many = ([[0, 2], [-1, 2], [8, -5]], [[0.5, 1], [-1, 1], [7, -6]])
    assert r2_score(*many) == pytest.approx(0.9368, abs=5e-5)
    assert mean_absolute_error([2.5, 0.0, 2, 8], [3, -0.5, 2, 7]) == 0.5
    assert mean_absolute_error(*many) == 0.75


def test_r2_is_one_for_the_labels_and_zero_for_their_mean():
    y = np.random.default_rng(0).standard_normal((9, 1))
    assert r2_score(y, y) == 1
    assert r2_score(np.full_like(y, y.mean()), y) == pytest.approx(0)
    assert r2_score(-y, y) < 0


@pytest.mark.parametrize("y", [[[0.1]] * 3, [[2.0]], [[0.1]] * 10])
def test_r2_of_labels_that_do_not_vary_is_one_or_zero(y):
    y = np.array(y)
    assert r2_score(y, y) == 1
    assert r2_score(y + 1, y) == 0


@pytest.mark.parametrize("unit", [1e-300, 1e-200, 1.0, 1e200, 1e307])
def test_r2_knows_no_unit(unit):
    y = np.array([[0.0], [1.0], [5.0], [6.0]])
    p = np.array([[0.0], [2.0], [5.0], [4.0]])
    with np.errstate(all="raise"):
        assert r2_score(p * unit, y * unit) == pytest.approx(1 - 5 / 26)


def test_r2_of_a_million_single_numbers_around_1000_is_that_of_their_deviations():
    deviations = np.tile(np.float32([-0.5, 0.5, 0.5, -0.5]), 250_000)
    y = np.float32(1000) + deviations
    assert r2_score(y - deviations / 2, y) == pytest.approx(0.75)
    assert r2_score(y + np.float32(1), y) == pytest.approx(-3)


def test_r2_of_predictions_far_from_tiny_labels_is_without_bound():
    with np.errstate(all="raise"):
        assert r2_score([[1e200], [0.0]], [[1e-200], [0.0]]) == -np.inf
        assert r2_score([[1e-200], [0.0]], [[0.0], [0.0]]) == 0  # nearly right is not right


@both_errors
def test_single_precision_and_whole_numbers_are_taken(metric):
    p, y = np.array([[1.5], [2.0], [4.0]], dtype=np.float32), np.array([[1], [2], [3]])
    assert metric(p, y) == metric(p.astype(float), y.astype(float))


@both_errors
def test_sums_are_exact_enough_in_single_precision(metric):
    y = np.arange(100_000, dtype=np.float32).reshape(-1, 1) / 1000
    p = y + np.float32(0.125)
    assert metric(p, y) == pytest.approx(metric(p.astype(float), y.astype(float)), rel=1e-12)


@both_errors
@pytest.mark.parametrize(
    ("predicts", "labels", "words"),
    [
        ([[1.0], [2.0]], [1.0, 2.0], r"one shape, .* \(2, 1\) and \(2,\); try labels.reshape"),
        ([[1.0], [2.0]], [[1.0]], r"one shape, received \(2, 1\) and \(1, 1\)"),
        (np.empty((0, 1)), np.empty((0, 1)), r"at least one sample, received \(0, 1\)"),
        (1.0, 1.0, r"at least one sample, received \(\)"),
        ([[np.nan]], [[1.0]], r"finite numbers, received nan at index \(0, 0\)"),
        ([[1.0]], [[np.inf]], r"finite numbers, received inf at index \(0, 0\)"),
    ],
)
def test_what_cannot_be_compared_is_refused(metric, predicts, labels, words):
    with pytest.raises(ValueError, match=f"{metric.__name__}: .*expected .*{words}"):
        metric(predicts, labels)


@both_errors
def test_what_is_no_number_is_refused(metric):
    with pytest.raises(TypeError, match="labels: expected an array of real numbers"):
        metric([[0.3]], [["a"]])


# Which way is better


def test_errors_are_better_when_lower_and_scores_when_higher():
    y = np.array([[1.0], [2.0], [4.0]])
    for metric in (mean_absolute_error, r2_score):
        good, bad = metric(y + 0.1, y), metric(y + 0.5, y)
        assert sign_of(metric) * good > sign_of(metric) * bad
        assert (metric in LOWER_IS_BETTER) == (good < bad)


def test_other_metrics_are_better_when_higher():
    class Metric:
        """Compares by value, so that it has no hash."""

        def __call__(self, predicts, labels):
            return 0.0

        def __eq__(self, other):
            return True

    assert sign_of(accuracy) == sign_of(Metric()) == sign_of(lambda p, y: 1.0) == 1


@pytest.mark.parametrize("kind", ["int64", "uint8", "bool", "float32", "float64"])
def test_accuracy_takes_labels_of_any_kind_of_number(kind):
    labels = np.array([0, 1, 1, 0]).astype(kind)
    assert accuracy(np.array([[0.2], [0.9], [0.3], [0.4]]), labels.reshape(-1, 1)) == 0.75
    assert accuracy(np.array([[2, 1], [0, 3], [1, 0], [1, 0]]), labels) == 0.75


@pytest.mark.parametrize("label", [-1, 3])
@pytest.mark.parametrize("kind", ["int64", "float64"])
def test_labels_that_are_no_classes_are_refused_in_any_kind_of_number(label, kind):
    with pytest.raises(ValueError, match="expected labels among 0 … 2, received values from"):
        accuracy(np.eye(3), np.array([0, 1, label]).astype(kind))
    with pytest.raises(ValueError, match=f"expected labels 0 and 1, received {label}"):
        accuracy(np.full((2, 1), 0.5), np.array([[1], [label]]).astype(kind))


@pytest.mark.parametrize(
    ("predicts", "labels", "mean"),
    [
        ([1e308, 1e308, 1e308], [0.0, 0.0, 0.0], 1e308),  # their sum has no room
        ([1e308, 0.0], [-1e308, 0.0], 1e308),  # nor has a difference
        ([1.7e308], [-1.7e308], np.inf),  # nor the mean
    ],
)
def test_a_mean_absolute_error_that_fits_a_float_is_found(predicts, labels, mean):
    assert mean_absolute_error(predicts, labels) == pytest.approx(mean, rel=1e-12)
