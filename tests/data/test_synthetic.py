import inspect

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidl import data

MAKERS = [
    data.make_moons,
    data.make_circles,
    data.make_blobs,
    data.make_xor,
    data.make_spirals,
]
each_maker = pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)


def test_outer_moon_is_the_upper_half_of_the_unit_circle():
    X, y = data.make_moons(100, rng=0)
    outer = X[y == 0]
    assert np.allclose(np.hypot(*outer.T), 1)
    assert outer[:, 1].min() >= -1e-15


def test_inner_moon_is_the_lower_half_of_a_circle_around_1_and_a_half():
    X, y = data.make_moons(100, rng=0)
    inner = X[y == 1] - [1, 0.5]
    assert np.allclose(np.hypot(*inner.T), 1)
    assert inner[:, 1].max() <= 1e-15


def test_moons_are_evenly_spaced_from_tip_to_tip():
    X, y = data.make_moons(201, shuffle=False)
    for arc in (X[y == 0], X[y == 1]):
        steps = np.hypot(*np.diff(arc, axis=0).T)
        assert np.allclose(steps, steps[0])
    assert np.allclose(X[0], [1, 0])
    assert np.allclose(X[-1], [2, 0.5])


def test_circles_have_the_radii_asked_for():
    X, y = data.make_circles(50, factor=0.25)
    assert np.allclose(np.hypot(*X[y == 0].T), 1)
    assert np.allclose(np.hypot(*X[y == 1].T), 0.25)


def test_circles_repeat_no_point():
    X, _ = data.make_circles(20)
    assert len(np.unique(X.round(9), axis=0)) == 20


def test_blobs_lie_around_their_centers():
    X, y = data.make_blobs(3000, centers=[(0, 0), (9, 0), (0, 9)], noise=0.5, rng=0)
    for k, center in enumerate([(0, 0), (9, 0), (0, 9)]):
        assert np.allclose(X[y == k].mean(axis=0), center, atol=0.1)
        assert np.allclose(X[y == k].std(axis=0), 0.5, atol=0.05)


def test_blobs_without_noise_are_their_centers():
    X, _ = data.make_blobs(4, noise=None, shuffle=False)
    assert X.tolist() == [[-2, -2], [-2, -2], [2, 2], [2, 2]]


def test_xor_fills_all_four_quadrants_with_its_classes():
    X, y = data.make_xor(400, rng=0)
    assert (np.abs(X) <= 1).all()
    for sx in (-1, 1):
        for sy in (-1, 1):
            here = (X * [sx, sy] > 0).all(axis=1)
            assert here.sum() > 50
            assert (y[here] == (sx != sy)).all()


@pytest.mark.parametrize("turns", [0.5, 1, 2])
def test_spirals_are_each_other_turned_by_half_a_circle_and_go_round_as_asked(turns):
    X, y = data.make_spirals(400, turns=turns, shuffle=False)
    assert np.allclose(X[y == 1], -X[y == 0])
    angle = np.unwrap(np.arctan2(X[y == 0, 1], X[y == 0, 0]))
    assert np.allclose(angle, np.linspace(0, 2 * np.pi * turns, 200))
    assert np.allclose(np.hypot(*X[y == 0].T), np.linspace(0.1, 1, 200))


@each_maker
@pytest.mark.parametrize("n_samples", [2, 3, 7, 100, 101])
def test_classes_are_equally_large_to_within_one_point(make, n_samples):
    X, y = make(n_samples, rng=0)
    assert X.shape == (n_samples, 2)
    assert X.dtype == np.float64
    assert y.shape == (n_samples,)
    assert y.dtype == np.int64
    counts = np.bincount(y, minlength=2)
    assert counts[1] - counts[0] == n_samples % 2


@each_maker
def test_the_same_seed_gives_the_same_points(make):
    first, again, other = make(50, rng=3), make(50, rng=3), make(50, rng=4)
    assert np.array_equal(first[0], again[0])
    assert np.array_equal(first[1], again[1])
    assert not np.array_equal(first[0], other[0])


@each_maker
def test_a_shared_generator_goes_on(make):
    rng = np.random.default_rng(0)
    assert not np.array_equal(make(50, rng=rng)[0], make(50, rng=rng)[0])


@each_maker
def test_global_random_state_is_left_alone(make):
    before = np.random.get_state()[1].copy()  # noqa: NPY002 - it is what must not change
    make(50)
    assert np.array_equal(before, np.random.get_state()[1])  # noqa: NPY002


@each_maker
def test_shuffle_mixes_the_classes_and_loses_none(make):
    _, in_order = make(100, shuffle=False, rng=0)
    _, shuffled = make(100, rng=0)
    assert (np.diff(in_order) >= 0).all()
    assert (np.diff(shuffled) < 0).any()
    assert np.array_equal(np.sort(shuffled), in_order)


@each_maker
def test_noise_has_the_standard_deviation_asked_for(make):
    clean, y_clean = make(4000, noise=None, rng=0)
    noisy, y_noisy = make(4000, noise=0.3, rng=0)
    moved = noisy - clean
    assert np.allclose(moved.mean(axis=0), 0, atol=0.02)
    assert np.allclose(moved.std(axis=0), 0.3, atol=0.01)
    assert np.array_equal(y_clean, y_noisy)


@each_maker
@given(noise=st.floats(0.01, 3), seed=st.integers(0, 1000))
def test_more_noise_moves_the_same_points_further_along_the_same_way(make, noise, seed):
    clean, once, twice = (make(20, noise=s, rng=seed)[0] for s in (0, noise, 2 * noise))
    assert np.allclose(twice - clean, 2 * (once - clean))


@each_maker
@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"n_samples": 1}, ValueError, "n_samples: expected at least 2, received 1"),
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


def test_bad_extras_are_refused():
    with pytest.raises(ValueError, match="factor"):
        data.make_circles(factor=1)
    with pytest.raises(ValueError, match="turns"):
        data.make_spirals(turns=0)
    with pytest.raises(ValueError, match=r"centers: expected an array of shape \(C, 2\)"):
        data.make_blobs(centers=[1, 2])
    with pytest.raises(ValueError, match="n_samples: expected at least 3"):
        data.make_blobs(2, centers=[(0, 0), (1, 1), (2, 2)])


def test_signatures_have_one_shape():
    for make in MAKERS:
        parameters = inspect.signature(make).parameters
        assert next(iter(parameters)) == "n_samples"
        assert list(parameters)[-3:] == ["noise", "shuffle", "rng"]
        assert all(p.kind is p.KEYWORD_ONLY for p in list(parameters.values())[1:])
