import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidl.losses import CTCLoss
from minidl.losses.lattice import Lattice
from minidl.nn import LogSoftmax
from minidl.numerics import log_softmax

rng = np.random.default_rng(0)


def of_batch(T, lengths, C=4, seed=0):
    """Return log-probabilities of (T, N, C) and targets filled up with −1, which does not count."""
    draw = np.random.default_rng(seed)
    targets = draw.integers(1, C, (len(lengths), max(lengths)))
    targets[np.arange(max(lengths)) >= np.array(lengths)[:, None]] = -1
    return log_softmax(2 * draw.standard_normal((T, len(lengths), C))), targets


def by_paths(log_probs, target):
    """Return −log of the sum of the probabilities of all paths that read as a target."""
    T, C = log_probs.shape
    total = 0.0
    for path in itertools.product(range(C), repeat=T):
        if [a for a, _ in itertools.groupby(path) if a] == list(target):
            total += math.exp(sum(log_probs[t, a] for t, a in enumerate(path)))
    return -math.log(total) if total else math.inf


@pytest.mark.parametrize("target", [[], [1], [2, 1], [1, 1], [1, 2, 1], [2, 2, 1], [1, 1, 1]])
def test_it_is_the_sum_over_all_paths(target):
    x = log_softmax(rng.standard_normal((4, 3)))
    found = CTCLoss(reduction="sum")(x, target, 4, len(target))
    assert found == pytest.approx(by_paths(x, target), rel=1e-12)


@given(st.integers(0, 10**6))
def test_all_targets_together_have_a_probability_of_one(seed):
    x = log_softmax(3 * np.random.default_rng(seed).standard_normal((3, 3)))
    targets = [t for n in range(4) for t in itertools.product([1, 2], repeat=n)]
    losses = [CTCLoss(reduction="sum")(x, t, 3, len(t)) for t in targets]
    assert np.exp(-np.array(losses)).sum() == pytest.approx(1, rel=1e-12)


def test_a_batch_is_its_samples_one_by_one():
    lengths, moments = [3, 0, 2, 1], [6, 5, 3, 0]
    x, targets = of_batch(6, lengths)
    batch, one = CTCLoss(reduction="none"), CTCLoss(reduction="none")
    losses = batch(x, targets, moments, lengths)
    slope = batch.backward()
    assert math.isinf(losses[3])
    for n in range(3):
        T = moments[n]
        assert losses[n] == pytest.approx(one(x[:T, n], targets[n, : lengths[n]], T, lengths[n]))
        np.testing.assert_allclose(slope[:T, n], one.backward(), rtol=1e-10, atol=1e-14)
        assert not slope[T:, n].any()


def test_padded_targets_are_those_in_one_row_and_lengths_may_be_lists():
    lengths = np.array([3, 1, 2])
    x, targets = of_batch(5, list(lengths))
    row = np.concatenate([t[:n] for t, n in zip(targets, lengths, strict=True)])
    loss = CTCLoss()
    padded = loss(x, targets, np.full(3, 5), lengths)
    assert loss(x, row, [5, 5, 5], [3, 1, 2]) == padded
    assert loss(x, row.tolist(), (5, 5, 5), (3, 1, 2)) == padded


def test_the_mean_is_over_labels_first_and_the_empty_target_counts_as_one():
    lengths = [3, 0, 1]
    x, targets = of_batch(5, lengths)
    each = CTCLoss(reduction="none")(x, targets, [5] * 3, lengths)
    assert CTCLoss()(x, targets, [5] * 3, lengths) == pytest.approx(
        (each[0] / 3 + each[1] + each[2]) / 3
    )


def test_an_empty_target_is_read_from_blanks_alone():
    x = log_softmax(rng.standard_normal((4, 1, 3)))
    assert CTCLoss()(x, np.zeros((1, 0), int), [4], [0]) == pytest.approx(-x[:, 0, 0].sum())
    assert CTCLoss(reduction="sum")(x, [[1]], [0], [0]) == 0  # no moment, no label


def test_what_no_path_reads_as_is_infinite_or_left_out():
    x, targets = log_softmax(rng.standard_normal((3, 2, 3))), [[1, 1], [1, 1]]
    loss = CTCLoss(reduction="none")
    assert np.isinf(loss(x, targets, [2, 3], [2, 2])).tolist() == [True, False]
    slope = loss.backward()
    assert np.isnan(slope[:2, 0]).all()
    assert np.isfinite(slope[:, 1]).all()
    assert not slope[2, 0].any()  # after its last moment
    loss = CTCLoss(reduction="none", zero_infinity=True)
    assert (loss(x, targets, [2, 3], [2, 2]) == 0).tolist() == [True, False]
    assert loss.backward().any(axis=(0, 2)).tolist() == [False, True]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_classes_of_probability_zero_have_no_gradient(dtype):
    x = np.full((2, 1, 3), -np.inf, dtype)
    x[0, 0, :2] = np.log([0.25, 0.75])
    x[1, 0, 1] = 0
    loss = CTCLoss(reduction="sum")
    assert loss(x, [[1]], [2], [1]) == pytest.approx(0, abs=1e-7)  # -a and aa
    assert np.abs(loss.backward()).max() < 1e-7
    assert math.isinf(loss(x, [[2]], [2], [1]))


def test_long_sequences_neither_over_nor_underflow():
    T, S = 2000, 300
    x = log_softmax(rng.standard_normal((T, 1, 5)).astype(np.float32))
    loss = CTCLoss()
    value = loss(x, rng.integers(1, 5, (1, S)), [T], [S])
    assert np.isfinite(value)
    assert np.isfinite(loss.backward()).all()


def test_the_gradient_is_that_of_the_scores_and_passes_a_log_softmax_unchanged():
    layer, loss = LogSoftmax(-1), CTCLoss()
    loss(layer(rng.standard_normal((5, 2, 3))), [[1, 2], [1, 1]], [5, 4], [2, 2])
    slope = loss.backward()
    np.testing.assert_allclose(slope.sum(axis=-1), 0, atol=1e-12)
    np.testing.assert_allclose(layer.backward(slope), slope, atol=1e-12)


def test_paths_from_the_front_and_from_behind_meet_at_every_moment():
    x = log_softmax(rng.standard_normal((5, 1, 3)))
    lattice = Lattice(x, np.array([[1, 1]]), np.array([5]), np.array([2]), blank=0)
    met = lattice.sums[1:, 0, 2:] + lattice.sums_from_behind()[:, 0] - lattice.emitted[:, 0]
    np.testing.assert_allclose(-np.log(np.exp(met).sum(axis=1)), lattice.losses()[0], rtol=1e-12)


def test_nan_in_log_probabilities_is_passed_on():
    x = np.zeros((2, 1, 2))
    x[1, 0, 1] = np.nan
    assert math.isnan(CTCLoss()(x, [[1]], [2], [1]))
