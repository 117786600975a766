"""The samples follow the published recipe, step by step, and are as hard as published."""

import itertools

import numpy as np
import pytest

from minidl.data import make_mnist1d, mnist1d_templates
from minidl.data.mnist1d import _draw, _values_at


def test_sets_are_those_of_the_recipe():
    (X, y), (X_test, y_test) = make_mnist1d(rng=0)
    assert (X.shape, X_test.shape, X.dtype) == ((4000, 40), (1000, 40), np.float64)
    assert (y.shape, y_test.shape, y.dtype) == ((4000,), (1000,), np.int64)
    assert np.bincount(np.concatenate([y, y_test])).tolist() == [500] * 10
    assert abs(X.mean()) < 1e-12
    assert abs(X.std() - 1) < 1e-12
    assert 0.9 < X_test.std() < 1.1


def test_a_seed_repeats_them_and_another_does_not():
    (X, y), _ = make_mnist1d(50, 10, rng=3)
    (again, y_again), _ = make_mnist1d(50, 10, rng=np.random.default_rng(3))
    (other, _), _ = make_mnist1d(50, 10, rng=4)
    assert np.array_equal(X, again)
    assert np.array_equal(y, y_again)
    assert not np.array_equal(X, other)


def test_the_same_seed_with_more_noise_keeps_the_digits():
    (X, y), _ = make_mnist1d(50, 10, noise=0, rng=3)
    (noisy, y_noisy), _ = make_mnist1d(50, 10, noise=1, rng=3)
    assert np.array_equal(y, y_noisy)
    assert not np.allclose(X, noisy)


def test_templates_begin_and_end_at_0_and_are_ten_different_ones():
    templates = mnist1d_templates()
    assert templates.shape == (10, 12)
    assert not templates[:, [0, -1]].any()
    np.testing.assert_allclose(templates.std(axis=1), 1 / 6)
    assert len(np.unique(templates.round(6), axis=0)) == 10


def test_values_between_numbers_lie_on_straight_lines_up_to_the_ends():
    curves = np.array([[0.0, 10.0, 40.0]])
    at = np.array([[0.0, 0.5, 1.0, 1.9, 2.0]])
    np.testing.assert_allclose(_values_at(curves, at), [[0, 5, 10, 37, 40]])


def smoothed(noise):
    """Gaussian means one by one; the mirror of place −1 is place 0, that of −2 is 1."""
    weights = {offset: np.exp(-(offset**2) / 8) for offset in range(-8, 9)}
    means = np.zeros(72)
    for place, (offset, weight) in itertools.product(range(72), weights.items()):
        at = place + offset
        at = -1 - at if at < 0 else 143 - at if at > 71 else at
        means[place] += weight / sum(weights.values()) * noise[at]
    return means


def made_one_by_one(y, places, noise, rng):
    """The recipe, a sample at a time and a step a line, with the same random numbers."""
    N = len(y)
    padding, scale = rng.integers(36, 60, N, endpoint=True), rng.random(N)
    shift, around = rng.integers(places, size=N), noise * rng.standard_normal((N, 72))
    fine, tilt = 0.02 * rng.standard_normal((N, 72)), rng.random(N)
    for k, digit in enumerate(y):
        padded = np.concatenate([mnist1d_templates()[digit], np.zeros(padding[k])])
        stretched = np.linspace(0, len(padded) - 1, 72)
        curve = np.interp(stretched, np.arange(len(padded)), padded)
        curve = np.roll(curve * (1 + 0.4 * (scale[k] - 0.5)), shift[k])
        is_digit = np.roll(stretched < 12, shift[k])
        curve = np.where(is_digit, curve, smoothed(around[k])) + fine[k]
        curve = curve - 0.75 * (tilt[k] - 0.5) * np.linspace(-0.5, 0.5, 72)
        yield np.interp(np.linspace(0, 71, 40), np.arange(72), curve)


@pytest.mark.parametrize("places", [1, 48])
def test_all_at_once_is_the_recipe_one_by_one(places):
    y = np.arange(10)
    fast = _draw(y, places, 0.25, np.random.default_rng(7))
    slow = list(made_one_by_one(y, places, 0.25, np.random.default_rng(7)))
    np.testing.assert_allclose(fast, slow, atol=1e-12)


def test_one_place_leaves_every_digit_on_the_left():
    """The noise around them is a tenth of them, so the right half hardly varies."""
    (X, _), _ = make_mnist1d(500, 10, max_translation=1, noise=0, rng=0)
    tilt = np.linspace(-0.5, 0.5, 40)
    slopes = (X[:, 20:] @ tilt[20:]) / (tilt[20:] @ tilt[20:])
    flat = X - slopes[:, np.newaxis] * tilt
    assert flat[:, 20:].std() < 0.4 * flat[:, :10].std()
    (moved, _), _ = make_mnist1d(500, 10, noise=0, rng=0)
    assert moved[:, 20:30].std() > 0.7 * moved[:, :10].std()


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"n_train": 0}, ValueError, "n_train: expected at least 1"),
        ({"n_test": 10.0}, TypeError, "n_test: expected a whole number"),
        ({"max_translation": 0}, ValueError, "max_translation: expected at least 1"),
        ({"max_translation": 73}, ValueError, "max_translation: expected a finite number ≤ 72"),
        ({"noise": -1}, ValueError, "noise: expected a finite number ≥ 0"),
        ({"rng": "seed"}, TypeError, "rng: expected a seed"),
    ],
)
def test_faults_are_refused(arguments, error, words):
    with pytest.raises(error, match=words):
        make_mnist1d(**arguments)


def test_the_smallest_sets_are_finite():
    (X, _), (X_test, _) = make_mnist1d(1, 1, rng=0)
    assert np.isfinite(X).all()
    assert np.isfinite(X_test).all()


def right_by_least_squares(train, test):
    (X, y), (X_test, y_test) = train, test
    weights, *_ = np.linalg.lstsq(np.column_stack([X, np.ones(len(X))]), np.eye(10)[y], rcond=None)
    predicts = (np.column_stack([X_test, np.ones(len(X_test))]) @ weights).argmax(axis=1)
    return (predicts == y_test).mean()


@pytest.mark.parametrize("seed", range(3))
def test_straight_lines_are_right_on_a_quarter_and_do_not_mind_the_order(seed):
    """The best of them is logistic regression, with 32 % as published, shuffled or not."""
    (X, y), (X_test, y_test) = make_mnist1d(rng=seed)
    order = np.random.default_rng(seed).permutation(40)
    right = right_by_least_squares((X, y), (X_test, y_test))
    assert 0.2 < right < 0.35
    assert right_by_least_squares((X[:, order], y), (X_test[:, order], y_test)) == right


@pytest.mark.slow
@pytest.mark.torch
def test_convolutions_see_what_others_do_not_unless_the_positions_are_shuffled():
    """After a tenth of the published training; the whole is in `benchmarks/mnist1d.py`."""
    pytest.importorskip("torch")
    from benchmarks.mnist1d import test_accuracy as accuracy

    assert 0.55 < accuracy("fully connected", 800, 0) < 0.7
    assert accuracy("convolutions", 800, 0) > 0.8
    assert accuracy("shuffled", 800, 0) < 0.62
