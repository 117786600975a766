import numpy as np
import pytest

from minidl.data import ArrayDataset, Dataset
from minidl.data.dataset import collate


class Triples(Dataset):
    """Made when asked for: sample i is ((i, i + 1), i²)."""

    def __len__(self):
        return 5

    def __getitem__(self, index):
        return (np.array([index]), np.array([index + 1])), index**2


def test_a_batch_stacks_samples_part_by_part():
    (a, b), y = Triples().batch(np.array([4, 0]))
    assert a.tolist() == [[4], [0]]
    assert b.tolist() == [[5], [1]]
    assert y.tolist() == [16, 0]
    assert y.dtype.kind == "i"


def test_a_slice_of_rows_is_a_batch_too():
    _, y = Triples().batch(slice(3, 9))
    assert y.tolist() == [9, 16]


def test_what_a_subclass_must_write_is_named():
    with pytest.raises(NotImplementedError, match="Dataset needs a method __len__"):
        len(Dataset())
    with pytest.raises(NotImplementedError, match="Dataset needs a method __getitem__"):
        Dataset()[0]


def test_parts_without_anything_stay_empty():
    X, y = collate([((1.0, 2.0), ()), ((3.0, 4.0), ())])
    assert [part.tolist() for part in X] == [[1, 3], [2, 4]]
    assert y == ()


def test_samples_of_different_shapes_are_refused_with_advice():
    with pytest.raises(ValueError, match=r"one shape in a batch, received \(1,\) and \(2,\); try"):
        collate([np.zeros(2), np.zeros(1)])


def test_arrays_are_neither_copied_nor_given_another_dtype():
    X, y = np.arange(12, dtype=np.uint8).reshape(4, 3), np.arange(4)
    dataset = ArrayDataset(X, y)
    assert dataset.arrays[0] is X
    batch, labels = dataset.batch(slice(1, 3))
    assert np.shares_memory(batch, X)
    assert (batch.dtype, labels.dtype) == (X.dtype, y.dtype)
    assert dataset.batch(np.array([3, 0]))[1].tolist() == [3, 0]


def test_an_array_may_be_a_tuple_of_arrays():
    dataset = ArrayDataset((np.arange(3), np.arange(3) * 10), ())
    assert len(dataset) == 3
    assert dataset[2] == ((2, 20), ())
    (a, b), y = dataset.batch(np.array([1, 2]))
    assert (a.tolist(), b.tolist(), y) == ([1, 2], [10, 20], ())


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ((np.zeros((4, 2)), np.zeros(3)), r"received \(4, 2\) and \(3,\)"),
        ((np.zeros(4), (np.zeros(4), np.zeros(5))), r"received \(4,\) and \(4,\) and \(5,\)"),
        ((1.0,), r"received \(\)"),
        ((), "received none"),
        (([[1, 2], [3]],), "rows of equal length"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(arrays, words):
    with pytest.raises(ValueError, match=f"ArrayDataset: expected .*{words}"):
        ArrayDataset(*arrays)
