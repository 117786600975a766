import numpy as np
import pytest

from minidl.optim.flat import FlatParameters
from minidl.parameter import Parameter
from minidl.sparse import SparseGradient


def flat():
    params = {"W": np.arange(6.0).reshape(3, 2), "b": np.array([[10.0, 20.0]])}
    grads = {"W": SparseGradient(np.array([2]), np.array([[7.0, 8.0]]), (3, 2))}
    grads["b"] = np.array([[1.0, 2.0]])
    return FlatParameters([Parameter(key, key, params, grads) for key in params]), params, grads


def test_gradients_stand_end_to_end_in_a_new_vector():
    own, _, grads = flat()
    assert own.grad().tolist() == [0, 0, 0, 0, 7, 8, 1, 2]
    own.grad()[...] = 0
    assert grads["b"].tolist() == [[1, 2]]


def test_a_move_is_made_in_place_and_can_be_taken_back():
    own, params, _ = flat()
    W, before = params["W"], own.copies()
    own.move(np.arange(8.0), 2.0)
    assert params["W"] is W
    assert W.ravel().tolist() == [0, 3, 6, 9, 12, 15]
    assert params["b"].tolist() == [[22, 34]]
    own.restore(before)
    assert W.ravel().tolist() == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_zeros_are_like_the_parameters(dtype):
    own = FlatParameters([Parameter("W", "W", {"W": np.ones((3, 2), dtype)}, {})])
    assert own.zeros().dtype == dtype
    assert own.zeros().tolist() == [0] * 6
