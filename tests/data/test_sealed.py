"""A test set under seal."""

import numpy as np
import pytest

from minidl.data import SealedSet, SealError

X = np.arange(10.0).reshape(5, 2)
Y = np.array([0, 1, 1, 2, 2])


def all_ones(X):
    return np.ones(len(X), dtype=int)


@pytest.fixture
def sealed():
    return SealedSet(X, Y)


def test_it_counts_what_a_model_has_right_beside_the_claim(sealed):
    sealed.claim(0.3, 0.5)
    opening = sealed.open(all_ones)
    assert (opening.right, opening.total, opening.accuracy) == (2, 5, 0.4)
    assert (opening.low, opening.high, opening.held) == (0.3, 0.5, True)
    np.testing.assert_array_equal(opening.X, X)
    np.testing.assert_array_equal(opening.y, Y)


@pytest.mark.parametrize(
    ("low", "high", "held"), [(0.4, 0.4, True), (0.41, 1, False), (0, 0.39, False)]
)
def test_a_claim_holds_between_its_ends(sealed, low, high, held):
    sealed.claim(low, high)
    opening = sealed.open(all_ones)
    assert opening.held is held
    assert ("held" in str(opening)) is held


def test_it_cannot_be_opened_before_a_claim(sealed):
    with pytest.raises(SealError, match=r"expected a claim .* try sealed\.claim\(low, high\)"):
        sealed.open(all_ones)
    assert repr(sealed) == "SealedSet(5 samples, sealed)"


def test_it_can_be_opened_once(sealed):
    sealed.claim(0, 1)
    sealed.open(all_ones)
    assert repr(sealed) == "SealedSet(5 samples, opened)"
    with pytest.raises(SealError, match="opened before"):
        sealed.open(all_ones)
    with pytest.raises(SealError, match="opened before"):
        sealed.claim(0.3, 0.5)


def test_a_claim_can_be_written_anew_under_seal(sealed):
    sealed.claim(0.9, 1)
    sealed.claim(0.3, 0.5)
    assert sealed.open(all_ones).held


@pytest.mark.parametrize("predict", [lambda X: 1 / 0, lambda X: np.ones((len(X), 3))])
def test_a_model_that_fails_leaves_the_seal_whole(sealed, predict):
    sealed.claim(0, 1)
    with pytest.raises((ZeroDivisionError, ValueError)):
        sealed.open(predict)
    assert sealed.open(all_ones).right == 2


def test_scores_in_place_of_classes_are_refused_with_advice(sealed):
    sealed.claim(0, 1)
    with pytest.raises(ValueError, match=r"shape \(5,\), received shape \(5, 3\); try .*argmax"):
        sealed.open(lambda X: np.ones((len(X), 3)))


def test_a_model_that_changes_what_it_is_given_changes_no_sample(sealed):
    def spoil(X):
        X *= 0
        return all_ones(X)

    before = X.copy()
    sealed.claim(0, 1)
    np.testing.assert_array_equal(sealed.open(spoil).X, before)
    np.testing.assert_array_equal(before, X)


@pytest.mark.parametrize(("low", "high"), [(-0.1, 0.5), (0.5, 1.1), (0.6, 0.5), (np.nan, 1)])
def test_a_claim_is_an_interval_within_0_and_1(sealed, low, high):
    with pytest.raises(ValueError, match="expected"):
        sealed.claim(low, high)


@pytest.mark.parametrize(("x", "y"), [(X, Y[:4]), (X[:0], Y[:0]), (X, X), (3.0, 1)])
def test_a_set_has_a_class_for_each_of_its_samples(x, y):
    with pytest.raises(ValueError, match="a class for each sample"):
        SealedSet(x, y)


def test_its_size_is_known_beforehand(sealed):
    assert len(sealed) == 5
