import numpy as np
import pytest

from minidl.data import ArrayDataset, DataLoader, Subset, TransformedDataset
from minidl.data.transforms import RandomCrop

X = np.random.default_rng(0).integers(0, 256, (9, 6, 6), dtype=np.uint8)
Y = np.arange(9) * 10


def test_a_part_has_the_samples_of_its_numbers_in_their_order():
    part = Subset(ArrayDataset(X, Y), [7, 0, 3])
    assert len(part) == 3
    assert [part[i][1] for i in range(3)] == [70, 0, 30]
    assert np.array_equal(part[2][0], X[3])


@pytest.mark.parametrize("rows", [slice(1, 3), np.array([2, 0])])
def test_batches_are_of_its_own_samples(rows):
    images, labels = Subset(ArrayDataset(X, Y), [7, 0, 3]).batch(rows)
    assert np.array_equal(labels, np.array([70, 0, 30])[rows])
    assert np.array_equal(images, X[[7, 0, 3]][rows])


def test_a_loader_goes_through_it_once_an_epoch():
    part = Subset(ArrayDataset(X, Y), [8, 1, 4, 2, 6])
    seen = [label for _, labels in DataLoader(part, 2, shuffle=True, rng=0) for label in labels]
    assert sorted(seen) == [10, 20, 40, 60, 80]


def test_its_numbers_are_its_own():
    numbers = np.array([5, 2])
    part = Subset(ArrayDataset(X, Y), numbers)
    numbers[:] = 0
    assert [part[0][1], part[1][1]] == [50, 20]


def test_its_state_is_that_of_the_whole():
    def part(seed):
        return Subset(TransformedDataset(ArrayDataset(X, Y), RandomCrop(4, rng=seed)), [1, 2])

    one, other = part(0), part(1)
    assert not all(np.array_equal(one[0][0], other[0][0]) for _ in range(5))
    other.load_state_dict(one.state_dict())
    assert all(np.array_equal(one[0][0], other[0][0]) for _ in range(5))


@pytest.mark.parametrize(
    ("dataset", "indices", "words"),
    [
        (X, [0], r"Subset: expected a Dataset, received .*; try ArrayDataset\(X, y\)"),
        (ArrayDataset(X, Y), [9], "Subset: indices"),
        (ArrayDataset(X, Y), [-1], "Subset: indices"),
        (ArrayDataset(X, Y), [0.5], "Subset: indices"),
        (ArrayDataset(X, Y), [[0, 1]], "in a row"),
    ],
)
def test_faults_are_refused(dataset, indices, words):
    with pytest.raises((TypeError, ValueError), match=words):
        Subset(dataset, indices)
