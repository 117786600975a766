import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidl.data import ArrayDataset, DataLoader, Dataset, iterate_batches


def numbered(N):
    return ArrayDataset(np.arange(N))


def taken(batches):
    return [batch.tolist() for (batch,) in batches]


class Noisy(Dataset):
    """Samples with noise of their own, as augmentation makes them."""

    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)

    def __len__(self):
        return 10

    def __getitem__(self, index):
        return index + self.rng.random(), index

    def state_dict(self):
        return {"rng": self.rng.bit_generator.state}

    def load_state_dict(self, state):
        self.rng.bit_generator.state = state["rng"]


@given(N=st.integers(1, 40), size=st.integers(1, 50), shuffle=st.booleans(), drop=st.booleans())
def test_an_epoch_takes_every_sample_once_but_for_a_last_batch_left_out(N, size, shuffle, drop):
    if drop and size > N:
        return
    loader = DataLoader(numbered(N), size, shuffle, drop_last=drop, rng=0)
    batches = taken(loader)
    assert len(batches) == len(loader)
    seen = [number for batch in batches for number in batch]
    assert len(seen) == len(set(seen)) == loader.samples_per_epoch == (N - N % size if drop else N)
    assert {len(batch) for batch in batches[:-1]} <= {size}
    if not shuffle:
        assert seen == list(range(len(seen)))


def test_a_batch_is_one_sample_in_order_where_nothing_else_is_said():
    assert taken(DataLoader(numbered(3))) == [[0], [1], [2]]


def test_each_loop_is_an_epoch_in_another_order_and_a_seed_repeats_them():
    loader, twin = (DataLoader(numbered(20), 20, shuffle=True, rng=3) for _ in "12")
    first, second = taken(loader), taken(loader)
    assert first != second
    assert [taken(twin), taken(twin)] == [first, second]


def test_the_orders_are_those_of_iterate_batches():
    loader = DataLoader(numbered(10), 3, shuffle=True, rng=5)
    batches = iterate_batches(np.arange(10), np.arange(10), 3, rng=5)
    assert taken(loader) == [X.tolist() for X, _ in batches]


def test_a_loop_that_is_left_and_begun_again_is_a_new_epoch():
    loader = DataLoader(numbered(4), 2)
    for (batch,) in loader:
        assert batch.tolist() == [0, 1]
        break
    assert taken(loader) == [[0, 1], [2, 3]]


def test_a_collate_fn_makes_batches_of_lists_of_samples():
    loader = DataLoader(numbered(5), 2, collate_fn=lambda samples: [int(x) for (x,) in samples])
    assert list(loader) == [[0, 1], [2, 3], [4]]
    loader = DataLoader(Noisy(0), 4, shuffle=True, rng=0, collate_fn=len)
    assert list(loader) == [4, 4, 2]


@pytest.mark.parametrize("shuffle", [False, True])
@pytest.mark.parametrize("batches", range(6))
def test_a_state_taken_after_any_batch_goes_on_from_there(batches, shuffle):
    """5 batches an epoch; after the last one the next epoch begins."""

    def build(seed):
        return DataLoader(Noisy(seed), 2, shuffle, rng=seed + 1)

    whole, other = build(0), build(7)
    iterator, seen = iter(whole), 0
    while seen < batches and next(iterator, None) is not None:
        seen += 1
    state = whole.state_dict()
    if batches == 5:
        assert next(iterator, None) is None
        state = whole.state_dict()
        iterator = iter(whole)
    next(iter(other))
    other.load_state_dict(state)
    left, resumed = list(iterator), list(other)
    assert len(left) == 5 - batches % 5
    for (X, y), (X_resumed, y_resumed) in zip(left, resumed, strict=True):
        assert np.array_equal(X, X_resumed)
        assert np.array_equal(y, y_resumed)
    assert [y.tolist() for _, y in whole] == [y.tolist() for _, y in other]


def test_an_epoch_that_went_on_and_was_left_again_is_over():
    loader = DataLoader(numbered(6), 2)
    next(iter(loader))
    loader.load_state_dict(loader.state_dict())
    assert next(iter(loader))[0].tolist() == [2, 3]
    assert next(iter(loader))[0].tolist() == [0, 1]


def test_a_state_of_another_data_set_is_refused():
    loader, other = (DataLoader(numbered(N), 2, shuffle=True, rng=0) for N in (6, 8))
    next(iter(loader))
    before = other.state_dict()
    with pytest.raises(ValueError, match="an order that names each of 8 samples once"):
        other.load_state_dict(loader.state_dict())
    assert other.state_dict() == before


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"dataset": np.zeros(3)}, TypeError, r"expected a Dataset, .*; try ArrayDataset\(X, y\)"),
        ({"batch_size": 0}, ValueError, "batch_size: expected at least 1"),
        ({"batch_size": 6, "drop_last": True}, ValueError, "received 5 samples; try drop_last=Fa"),
        ({"dataset": numbered(0)}, ValueError, "at least one batch of 1, received 0 samples"),
        ({"rng": "seed"}, TypeError, "rng: expected a seed"),
    ],
)
def test_faults_are_refused_at_once(arguments, error, words):
    with pytest.raises(error, match=words):
        DataLoader(**{"dataset": numbered(5)} | arguments)
