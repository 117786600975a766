import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidl.data import iterate_batches


def numbered(N):
    return np.arange(N).reshape(N, 1), np.arange(N)


@given(N=st.integers(1, 60), size=st.integers(1, 70), shuffle=st.booleans())
def test_batches_cover_all_samples_exactly_once(N, size, shuffle):
    seen = []
    for X, y in iterate_batches(*numbered(N), size, shuffle=shuffle, rng=0):
        assert np.array_equal(X[:, 0], y)
        assert 1 <= len(y) <= size
        seen += y.tolist()
    assert sorted(seen) == list(range(N))


@given(N=st.integers(1, 60), size=st.integers(1, 60))
def test_only_the_last_batch_is_smaller_and_drop_last_leaves_it_out(N, size):
    lengths = [len(y) for _, y in iterate_batches(*numbered(N), size)]
    assert lengths[:-1] == [size] * (len(lengths) - 1)
    if size <= N:
        full = [len(y) for _, y in iterate_batches(*numbered(N), size, drop_last=True)]
        assert full == [size] * (N // size)


def test_without_shuffle_batches_are_views_in_order():
    X, y = numbered(5)
    batches = list(iterate_batches(X, y, 2, shuffle=False))
    assert [b.tolist() for _, b in batches] == [[0, 1], [2, 3], [4]]
    assert all(np.shares_memory(X, batch) for batch, _ in batches)


def test_a_seed_repeats_the_order_and_a_generator_goes_on():
    def order(rng):
        return np.concatenate([y for _, y in iterate_batches(*numbered(30), 7, rng=rng)]).tolist()

    assert order(1) == order(1)
    assert order(1) != order(2)
    rng = np.random.default_rng(1)
    assert order(rng) != order(rng)


def test_faults_are_refused_at_the_call_and_not_at_the_first_batch():
    with pytest.raises(ValueError, match="batch_size: expected at least 1, received 0"):
        iterate_batches(*numbered(5), 0)
    with pytest.raises(ValueError, match="as many labels as samples, received 4 and 5"):
        iterate_batches(np.zeros((5, 1)), np.zeros(4), 2)
    with pytest.raises(ValueError, match="at least one batch of 2, received 0 samples"):
        iterate_batches(np.zeros((0, 1)), np.zeros(0), 2)
    with pytest.raises(ValueError, match="one batch of 6, received 5 samples; try drop_last=False"):
        iterate_batches(*numbered(5), 6, drop_last=True)
