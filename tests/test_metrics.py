import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidl.metrics import accuracy


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
