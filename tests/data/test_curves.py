import inspect

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidl import data

CURVES = {data.make_quadratic: lambda x: x * x, data.make_sine: lambda x: np.sin(np.pi * x)}
each_maker = pytest.mark.parametrize("make", CURVES, ids=lambda make: make.__name__)


@each_maker
@pytest.mark.parametrize("n_samples", [1, 2, 20, 101])
def test_samples_without_noise_lie_on_the_curve(make, n_samples):
    X, y = make(n_samples, rng=0)
    assert X.shape == (n_samples, 1)
    assert y.shape == (n_samples,)
    assert X.dtype == y.dtype == np.float64
    assert np.allclose(y, CURVES[make](X[:, 0]), rtol=1e-14, atol=1e-15)


def test_twenty_samples_are_the_default():
    assert len(data.make_quadratic()[0]) == len(data.make_sine()[0]) == 20


@each_maker
def test_inputs_are_uniform_over_minus_one_to_one(make):
    N = 40_000
    X, _ = make(N, rng=0)
    assert np.abs(X).max() <= 1
    # The largest distance of N uniform draws from their distribution exceeds 1.95/√N once in a
    # thousand seeds (Kolmogorov and Smirnov).
    expected = (np.sort(X[:, 0]) + 1) / 2
    assert np.abs(expected - (np.arange(N) + 0.5) / N).max() < 1.95 / np.sqrt(N)


@each_maker
def test_the_same_seed_gives_the_same_samples(make):
    first, again, other = make(rng=3), make(rng=3), make(rng=4)
    assert np.array_equal(first[0], again[0])
    assert np.array_equal(first[1], again[1])
    assert not np.allclose(np.sort(first[0], axis=0), np.sort(other[0], axis=0))


@each_maker
def test_a_shared_generator_goes_on(make):
    rng = np.random.default_rng(0)
    assert not np.array_equal(make(rng=rng)[0], make(rng=rng)[0])


@each_maker
def test_unshuffled_samples_run_from_left_to_right_and_shuffling_loses_none(make):
    in_order, shuffled = make(50, shuffle=False, rng=0)[0], make(50, rng=0)[0]
    assert (np.diff(in_order[:, 0]) > 0).all()
    assert (np.diff(shuffled[:, 0]) < 0).any()
    assert np.array_equal(np.sort(shuffled, axis=0), in_order)


@each_maker
def test_noise_has_the_standard_deviation_asked_for_and_moves_y_only(make):
    N = 4000
    (X, clean), (X_noisy, noisy) = make(N, rng=0), make(N, noise=0.3, rng=0)
    moved = noisy - clean
    assert np.array_equal(X, X_noisy)
    assert abs(moved.mean()) < 4 * 0.3 / np.sqrt(N)
    assert abs(moved.std() - 0.3) < 4 * 0.3 / np.sqrt(2 * N)
    assert abs(np.corrcoef(moved, X[:, 0])[0, 1]) < 4 / np.sqrt(N)


@each_maker
@given(noise=st.floats(0.01, 3), seed=st.integers(0, 1000))
def test_more_noise_moves_the_same_samples_further_along_the_same_way(make, noise, seed):
    clean, once, twice = (make(20, noise=s, rng=seed)[1] for s in (0, noise, 2 * noise))
    assert np.allclose(twice - clean, 2 * (once - clean))


@each_maker
@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"n_samples": 0}, ValueError, "n_samples: expected at least 1, received 0"),
        ({"n_samples": 10.0}, TypeError, "n_samples: expected a whole number"),
        ({"noise": -0.1}, ValueError, "noise: expected a finite number"),
        ({"noise": float("nan")}, ValueError, "noise: expected a finite number"),
        ({"noise": "much"}, TypeError, "noise: expected a number"),
        ({"rng": "seed"}, TypeError, "rng: expected a seed"),
    ],
)
def test_bad_arguments_are_refused(make, arguments, error, words):
    with pytest.raises(error, match=words):
        make(**arguments)


def test_signatures_have_the_shape_of_the_other_makers():
    for make in CURVES:
        expected = inspect.signature(data.make_moons).parameters
        parameters = inspect.signature(make).parameters
        assert list(parameters) == list(expected)
        assert [p.kind for p in parameters.values()] == [p.kind for p in expected.values()]
