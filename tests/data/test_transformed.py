import numpy as np
import pytest

from minidl.data import ArrayDataset, DataLoader, TransformedDataset
from minidl.data.transforms import RandomCrop, ToArray

X = np.random.default_rng(0).integers(0, 256, (10, 6, 6), dtype=np.uint8)
Y = np.arange(10)


def cropped(seed):
    return TransformedDataset(ArrayDataset(X, Y), RandomCrop(6, padding=2, rng=seed))


def test_inputs_are_transformed_and_labels_are_not():
    data = TransformedDataset(ArrayDataset(X, Y), ToArray())
    images, labels = data.batch(np.array([3, 1]))
    assert len(data) == 10
    assert images.shape == (2, 1, 6, 6)
    assert np.array_equal(images[:, 0], X[[3, 1]].astype(np.float32) / 255)
    assert labels.tolist() == [3, 1]


def test_samples_of_several_parts_keep_the_others():
    data = TransformedDataset(ArrayDataset(X, Y, -Y), ToArray())
    assert data[4][1:] == (4, -4)
    assert len(TransformedDataset(ArrayDataset(X), ToArray())[4]) == 1


def test_the_arrays_stay_as_they_are():
    before = X.copy()
    for images, _ in DataLoader(cropped(0), 5):
        images[...] = 0
    assert np.array_equal(X, before)


@pytest.mark.parametrize("batches", [0, 1, 3, 5])
def test_a_loader_goes_on_with_the_same_random_choices(batches):
    whole, other = (DataLoader(cropped(s), 2, shuffle=True, rng=s) for s in (0, 1))
    iterator = iter(whole)
    for _ in range(batches):
        next(iterator)
    other.load_state_dict(whole.state_dict())
    expected, received = [*iterator, *whole], [*other, *other]
    assert len(expected) == 10 - batches
    for (images, labels), (images2, labels2) in zip(expected, received, strict=True):
        assert np.array_equal(images, images2)
        assert np.array_equal(labels, labels2)


def test_its_state_is_that_of_the_data_set_and_the_transform():
    one, other = (TransformedDataset(cropped(s), RandomCrop(4, rng=s)) for s in (0, 1))
    assert not all(np.array_equal(one[0][0], other[0][0]) for _ in range(5))
    other.load_state_dict(one.state_dict())
    assert all(np.array_equal(one[0][0], other[0][0]) for _ in range(5))


@pytest.mark.parametrize(
    ("dataset", "transform", "words"),
    [
        (X, ToArray(), r"expected a Dataset, received .*; try ArrayDataset\(X, y\)"),
        (ArrayDataset(X, Y), None, "transform: expected a callable, received None"),
        (ArrayDataset(X, Y), ToArray, r"try ToArray\(…\)"),
    ],
)
def test_faults_are_refused(dataset, transform, words):
    with pytest.raises(TypeError, match=words):
        TransformedDataset(dataset, transform)
