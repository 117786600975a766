from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidl.data import train_dev_test_split


def ids(parts):
    return [part[0][:, 0].tolist() for part in parts]


def numbered(N):
    X = np.column_stack([np.arange(N), -np.arange(N)])
    return X, np.arange(N)


@given(
    N=st.integers(1, 200),
    cuts=st.tuples(st.integers(0, 200), st.integers(0, 200)),
    shuffle=st.booleans(),
    seed=st.integers(0, 99),
)
def test_counts_give_a_partition_of_the_samples(N, cuts, shuffle, seed):
    first, second = sorted(min(cut, N) for cut in cuts)
    sizes = (first, second - first, N - second)
    parts = train_dev_test_split(*numbered(N), sizes=sizes, shuffle=shuffle, rng=seed)
    assert tuple(len(part[1]) for part in parts) == sizes
    assert sorted(chain(*ids(parts))) == list(range(N))


# The smallest part is at least 0.1 / 2.1 of 30 samples: more than one, so none comes out empty.
@given(N=st.integers(30, 500), weights=st.tuples(*[st.floats(0.1, 1)] * 3))
def test_fractions_give_a_partition_close_to_what_was_asked(N, weights):
    sizes = [w / sum(weights) for w in weights]
    parts = train_dev_test_split(*numbered(N), sizes=sizes, rng=0)
    assert sorted(chain(*ids(parts))) == list(range(N))
    for part, size in zip(parts, sizes, strict=True):
        assert abs(len(part[1]) - size * N) <= 1


def test_labels_stay_with_their_samples():
    for X, y in train_dev_test_split(*numbered(50), rng=0):
        assert np.array_equal(X[:, 0], y)
        assert np.array_equal(X[:, 1], -y)


def test_moons_split_as_in_the_practice_book():
    parts = train_dev_test_split(*numbered(1000))
    assert [len(y) for _, y in parts] == [640, 160, 200]


def test_shuffle_draws_at_random_and_a_seed_repeats_it():
    X, y = numbered(100)
    assert ids(train_dev_test_split(X, y, shuffle=False))[0] == list(range(64))
    drawn = ids(train_dev_test_split(X, y, rng=1))
    assert drawn == ids(train_dev_test_split(X, y, rng=1))
    assert drawn != ids(train_dev_test_split(X, y, rng=2))
    assert drawn[0] != list(range(64))


def test_parts_are_copies():
    X, y = numbered(10)
    train, _, _ = train_dev_test_split(X, y, sizes=(8, 1, 1), shuffle=False)
    train[0][:] = 0
    assert X[9, 0] == 9
    assert X[1, 0] == 1


def test_a_part_of_size_zero_is_empty():
    train, dev, test = train_dev_test_split(*numbered(10), sizes=(0.8, 0.0, 0.2))
    assert [len(part[1]) for part in (train, dev, test)] == [8, 0, 2]
    assert dev[0].shape == (0, 2)


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        ((600, 200, 100), "expected counts that add up to 1000, received 600 .* = 900"),
        ((1200, -100, -100), "sizes: expected at least 0, received -100"),
        ((0.6, 0.2, 0.1), "expected fractions that add up to 1, .* 0.9$"),
        ((0.5, 0.25, 0.25000001), "expected fractions .* which add up to 1.00000001$"),
        ((0.8, 0.2), r"expected three numbers, received \(0.8, 0.2\)"),
        (0.8, "expected three numbers, received 0.8"),
        ((1.2, -0.1, -0.1), "sizes: expected a finite number"),
        ((0.9998, 0.0001, 0.0001), "expected enough samples"),
    ],
)
def test_sizes_that_do_not_fit_are_refused(sizes, words):
    with pytest.raises(ValueError, match=words):
        train_dev_test_split(*numbered(1000), sizes=sizes)


def test_samples_without_labels_are_refused():
    with pytest.raises(ValueError, match="as many labels as samples, received X of shape"):
        train_dev_test_split(np.zeros((10, 2)), np.zeros(9))


# In proportion


@given(
    counts=st.lists(st.integers(3, 40), min_size=1, max_size=6),
    weights=st.tuples(*[st.floats(0.2, 1)] * 3),
    seed=st.integers(0, 99),
)
def test_each_part_has_its_share_of_each_class(counts, weights, seed):
    N = sum(counts)
    classes = np.random.default_rng(seed).permutation(np.repeat(range(len(counts)), counts))
    first, second = (round(N * share) for share in np.cumsum(weights)[:2] / sum(weights))
    sizes = (first, second - first, N - second)
    X, _ = numbered(N)
    parts = train_dev_test_split(X, classes, sizes=sizes, stratify=classes, rng=seed)
    assert tuple(len(part[1]) for part in parts) == sizes
    assert sorted(chain(*ids(parts))) == list(range(N))
    for (rows, y), size in zip(parts, sizes, strict=True):
        assert np.array_equal(classes[rows[:, 0]], y)
        shares = np.bincount(y, minlength=len(counts)) - np.array(counts) * size / N
        assert abs(shares).max() < 2


def test_the_first_part_is_at_most_one_sample_from_its_share():
    classes = np.repeat(range(10), [910, *[10] * 9])
    (_, y), _, _ = train_dev_test_split(numbered(1000)[0], classes, stratify=classes, rng=0)
    assert np.bincount(y)[0] == pytest.approx(0.64 * 910, abs=1)
    assert set(np.bincount(y)[1:]) <= {6, 7}


def test_a_stratified_split_is_drawn_at_random_and_a_seed_repeats_it():
    X, y = numbered(90)[0], np.arange(90) % 3
    one, again, other = (train_dev_test_split(X, y, stratify=y, rng=seed) for seed in (0, 0, 1))
    assert ids(one) == ids(again)
    assert ids(one)[0] != ids(other)[0] != sorted(ids(other)[0])
    assert len(set(one[0][1][:20].tolist())) == 3  # classes are mixed within a part


def test_classes_may_be_texts_and_other_than_the_labels():
    X, y = numbered(40)
    writers = ["Ann", "Bob"] * 20
    parts = train_dev_test_split(X, y, sizes=(20, 0, 20), stratify=writers, rng=0)
    assert [sum(row % 2 for row in part) for part in ids(parts)] == [10, 0, 10]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"stratify": np.arange(10) % 2, "shuffle": False}, "expected shuffle=True with it"),
        ({"stratify": np.arange(9) % 2}, r"the class of each of 10 samples, received shape \(9,\)"),
        ({"stratify": np.eye(10)}, r"the class of each of 10 samples, received shape \(10, 10\)"),
        ({"stratify": [0] * 8 + [7] * 2}, "expected 3 or more samples .* received 2 of class 7"),
    ],
)
def test_classes_that_do_not_fit_are_refused(options, words):
    with pytest.raises(ValueError, match=words):
        train_dev_test_split(*numbered(10), **options)
