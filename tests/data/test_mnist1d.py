"""The samples follow the published recipe, step by step, and are as hard as published."""

import numpy as np
import pytest

from minidl.data import make_mnist1d, mnist1d_templates
from minidl.data.mnist1d import _smooth, _stretch, _values_at


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


@pytest.mark.parametrize("padding", [36, 48, 60])
def test_a_digit_is_padded_and_stretched_as_by_interpolation(padding):
    templates = mnist1d_templates()
    stretched, is_digit = _stretch(templates, np.full(10, padding))
    for digit, template in enumerate(templates):
        padded = np.concatenate([template, np.zeros(padding)])
        places = np.linspace(0, len(padded) - 1, 72)
        expected = np.interp(places, np.arange(len(padded)), padded)
        np.testing.assert_allclose(stretched[digit], expected, atol=1e-12)
        assert np.array_equal(is_digit[digit], places < 12)


def test_values_between_numbers_lie_on_straight_lines_up_to_the_ends():
    curves = np.array([[0.0, 10.0, 40.0]])
    at = np.array([[0.0, 0.5, 1.0, 1.9, 2.0]])
    np.testing.assert_allclose(_values_at(curves, at), [[0, 5, 10, 37, 40]])


def test_smoothing_is_a_gaussian_mean_with_mirrored_ends():
    """Computed one by one: the mirror of place −1 is place 0, that of −2 is 1."""
    noise = np.random.default_rng(0).standard_normal((2, 30))
    weights = {offset: np.exp(-(offset**2) / 8) for offset in range(-8, 9)}
    expected = np.zeros_like(noise)
    for row, place in np.ndindex(*noise.shape):
        for offset, weight in weights.items():
            at = place + offset
            at = -1 - at if at < 0 else 59 - at if at > 29 else at
            expected[row, place] += weight / sum(weights.values()) * noise[row, at]
    np.testing.assert_allclose(_smooth(noise), expected)


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
