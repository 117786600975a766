import re

import numpy as np
import pytest

from minidl.nn import Sequential
from minidl.parameter import Parameter, check_value
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
    op(np.ones((1, 2)))
    op.backward(np.ones((1, 2)))
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
    words = r"^fc1.W: expected a gradient of the parameter's shape \(1, 2\), received \(2,\); try"
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
    with pytest.raises(ValueError, match=rf"^emb\.W: expected {words}; try "):
        view.grad = sparse
    with pytest.raises(RuntimeError, match="expected a gradient, received none"):
        view.grad  # noqa: B018


def parameter_with(grad, value=None):
    value = np.zeros((1, 5)) if value is None else value
    return Parameter("fc1.b", "b", {"b": value}, {"b": grad})


@pytest.mark.parametrize(
    ("grad", "received", "advice"),
    [
        (3.0, r"\(\)", "for a bias try grad.sum"),
        (np.float64(3.0), r"\(\)", "for a bias try grad.sum"),
        (np.ones((1, 1)), r"\(1, 1\)", "for a bias try grad.sum"),
        (np.ones(1), r"\(1,\)", "for a bias try grad.sum"),
        (np.ones((8, 5)), r"\(8, 5\)", "for a bias try grad.sum"),
        (np.ones((8, 1)), r"\(8, 1\)", "for a bias try grad.sum"),
        (np.ones(5), r"\(5,\)", r"try \.reshape\(1, 5\)"),
        (np.ones((5, 1)), r"\(5, 1\)", r"try its transpose, \.T"),
        (np.ones((1, 1, 5)), r"\(1, 1, 5\)", r"try \.reshape\(1, 5\)"),
        ([0.0] * 4, r"\(4,\)", "for a bias try grad.sum"),
    ],
)
def test_a_gradient_in_the_dictionary_needs_the_parameters_shape(grad, received, advice):
    words = (
        rf"^fc1\.b: expected a gradient of the parameter's shape \(1, 5\), received {received}; "
    )
    with pytest.raises(ValueError, match=words + ".*" + advice):
        _ = parameter_with(grad).grad


@pytest.mark.parametrize("grad", ["x", [[1], [2, 3]], np.ones((1, 5), complex), {}, object()])
def test_a_gradient_in_the_dictionary_consists_of_numbers(grad):
    with pytest.raises(TypeError, match=r"^fc1\.b: a gradient: expected an array of real numbers"):
        _ = parameter_with(grad).grad


def test_none_is_no_gradient():
    with pytest.raises(RuntimeError, match=r"fc1\.b: expected a gradient, received none"):
        _ = parameter_with(None).grad


@pytest.mark.parametrize(
    "grad", [np.arange(5).reshape(1, 5), [[0, 1, 2, 3, 4]], np.arange(5.0)[None].astype("f2")]
)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_gradient_in_the_dictionary_takes_on_the_parameters_dtype(grad, dtype):
    found = parameter_with(grad, np.zeros((1, 5), dtype)).grad
    assert type(found) is np.ndarray
    assert (found.dtype, found.tolist()) == (dtype, [[0, 1, 2, 3, 4]])


def read_only():
    array = np.zeros((2, 3))
    array.flags.writeable = False
    return array


UNFIT = [
    ([[0.0, 1.0]], r"as an array of floats, received \[\[0\.0, 1\.0\]\]; try np\.array\(W"),
    (0.5, r"as an array of floats, received 0\.5"),
    (np.float64(0.5), "as an array of floats, received"),
    (None, "as an array of floats, received None"),
    (np.zeros((2, 3), int), r"received an array of shape \(2, 3\) and dtype int64; try np\.array"),
    (np.zeros((2, 3), bool), "dtype bool"),
    (np.zeros((2, 3), complex), "dtype complex128"),
    (np.zeros((2, 3), object), "dtype object"),
    (np.zeros((2, 3), ">f8" if np.little_endian else "<f8"), "dtype .f8"),
    (np.ma.zeros((2, 3)), r"MaskedArray"),
    (np.zeros((2, 3)).view(np.matrix), r"\(matrix\)"),
    (read_only(), "that can be written into, received a read-only one; try a copy"),
    (np.broadcast_to(np.zeros((1, 3)), (2, 3)), "received one whose entries share memory"),
    (np.lib.stride_tricks.as_strided(np.zeros(3), (2, 3), (0, 8)), "entries share memory"),
    (np.lib.stride_tricks.as_strided(np.zeros(4), (2, 3), (8, 8)), "entries share memory"),
]


@pytest.mark.parametrize(("value", "words"), UNFIT)
def test_what_cannot_be_trained_is_named(value, words):
    with pytest.raises((TypeError, ValueError), match=rf"^fc1\.W: expected a parameter .*{words}"):
        check_value(value, "fc1.W")


@pytest.mark.parametrize(
    "value",
    [
        np.zeros((2, 3), np.float32),
        np.zeros((2, 3), np.float16),
        np.zeros((3, 2)).T,
        np.zeros((4, 6))[::2, ::-2],
        np.zeros(()),
        np.zeros((0, 3)),
        np.zeros((1, 3))[:, None, :],
    ],
)
def test_any_other_array_of_floats_can_be_trained(value):
    check_value(value, "W")
