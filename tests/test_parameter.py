import re

import numpy as np
import pytest

from minidl.nn import Sequential
from minidl.parameter import Parameter
from minidl.sparse import SparseGradient
from tests.ops import Scale


def test_parameter_views_see_and_change_the_array_itself():
    op = Scale()
    array = op.params["s"]
    (view,) = op.parameters()
    assert view.value is array
    view.value = 5
    view.value -= 1
    assert array.tolist() == [[4.0]]
    assert op.params["s"] is array


@pytest.mark.parametrize("shape", [(2, 2), (3,), (2,), (1, 1), (1,)])
def test_a_value_of_another_shape_is_not_taken(shape):
    view = Parameter("fc1.b", "b", {"b": np.zeros((1, 2))}, {})
    words = r"^fc1.b: expected values of the parameter's shape \(1, 2\), received "
    with pytest.raises(ValueError, match=words + re.escape(str(shape))):
        view.value = np.ones(shape)
    assert view.value.tolist() == [[0.0, 0.0]]


def test_a_missing_gradient_is_a_clear_error():
    (view,) = Scale().parameters()
    with pytest.raises(RuntimeError, match=r"^s: expected a gradient, received none; try model"):
        view.grad  # noqa: B018


def test_gradients_can_be_forgotten():
    op = Scale()
    op(np.ones(2))
    op.backward(np.ones(2))
    (view,) = op.parameters()
    assert view.grad == [[2.0]]
    view.clear_grad()
    view.clear_grad()
    assert op.grads == {}
    op.backward(np.ones(2))
    Sequential(op).zero_grad()
    assert op.grads == {}


def test_a_parameter_view_has_no_other_attributes():
    view = Parameter("W", "W", {"W": np.ones((1, 2))}, {})
    with pytest.raises(AttributeError):
        view.vaule = 3
    assert repr(view) == "Parameter('W', shape=(1, 2))"


def test_a_gradient_can_be_replaced_and_keeps_the_dtype():
    params, grads = {"W": np.ones((1, 2), dtype=np.float32)}, {}
    view = Parameter("fc1.W", "W", params, grads)
    view.grad = [[1, 2]]
    assert grads["W"].tolist() == [[1.0, 2.0]]
    assert grads["W"].dtype == np.float32
    view.grad += 1
    assert view.grad.tolist() == [[2.0, 3.0]]


def test_a_gradient_of_another_shape_is_not_taken():
    view = Parameter("fc1.W", "W", {"W": np.ones((1, 2))}, {})
    words = r"^fc1.W: expected a gradient of the parameter's shape \(1, 2\), received \(2,\)$"
    with pytest.raises(ValueError, match=words):
        view.grad = [1.0, 2.0]


def embedding(dtype=np.float64):
    return Parameter("emb.W", "W", {"W": np.ones((4, 2), dtype)}, {})


def rows(*indices, shape=(4, 2)):
    return SparseGradient(np.array(indices, dtype=int), np.ones((len(indices), shape[1])), shape)


def test_a_gradient_can_be_that_of_some_rows_and_keeps_the_dtype():
    view = embedding(np.float32)
    view.grad = rows(3, 0)
    assert view.grad.indices.tolist() == [3, 0]
    assert view.grad.dtype == np.float32
    view.grad = rows()
    assert not view.grad.to_dense().any()


@pytest.mark.parametrize(
    ("sparse", "words"),
    [
        (rows(0, shape=(5, 2)), r"a gradient of the parameter's shape \(4, 2\), received \(5, 2\)"),
        (rows(0, 4), "rows from 0 to 3, received 0 to 4"),
        (rows(-1, 2), "rows from 0 to 3, received -1 to 2"),
    ],
)
def test_rows_that_the_parameter_does_not_have_are_not_taken(sparse, words):
    view = embedding()
    with pytest.raises(ValueError, match=rf"^emb\.W: expected {words}$"):
        view.grad = sparse
    with pytest.raises(RuntimeError, match="expected a gradient, received none"):
        view.grad  # noqa: B018
