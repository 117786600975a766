import numpy as np
import pytest

from minidl.sparse import SparseGradient


def gradient(dtype=np.float64):
    values = np.array([[1, 2], [3, 4], [5, 6]], dtype=dtype)
    return SparseGradient(np.array([3, 0, 3]), values, (5, 2))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_what_stands_for_one_row_adds_up(dtype):
    rows = gradient(dtype).coalesce()
    assert rows.indices.tolist() == [0, 3]
    assert rows.values.tolist() == [[3, 4], [6, 8]]
    assert rows.shape == (5, 2)
    assert rows.dtype == dtype


def test_a_dense_gradient_has_0_in_the_other_rows():
    dense = gradient(np.float32).to_dense()
    assert dense.tolist() == [[3, 4], [0, 0], [0, 0], [6, 8], [0, 0]]
    assert dense.dtype == np.float32


def test_it_is_added_to_an_array_in_place():
    array = np.ones((5, 2))
    gradient().add_to(array)
    assert array.tolist() == [[4, 5], [1, 1], [1, 1], [7, 9], [1, 1]]


def test_a_gradient_of_no_rows_is_0():
    nothing = SparseGradient(np.zeros(0, dtype=int), np.zeros((0, 2)), (5, 2))
    assert not nothing.to_dense().any()
    assert nothing.coalesce().values.shape == (0, 2)


@pytest.mark.parametrize(
    ("indices", "shape"), [([1, 2], (3, 2)), ([1], (1, 3)), ([[1]], (1, 1, 2)), (1, (2,))]
)
def test_values_that_are_not_those_rows_are_a_clear_error(indices, shape):
    with pytest.raises(ValueError, match=r"SparseGradient: expected values of shape .*received"):
        SparseGradient(np.array(indices), np.zeros(shape), (5, 2))
