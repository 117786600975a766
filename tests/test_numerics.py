import decimal
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from minidl.numerics import log_softmax, log_sum_exp, one_hot, sigmoid, softmax, softplus

any_float = st.floats(allow_nan=False, allow_infinity=False)
arrays = hnp.arrays(np.float64, hnp.array_shapes(max_dims=3, max_side=5), elements=any_float)
moderate = st.floats(-700, 700)
rows = hnp.arrays(np.float64, st.tuples(st.integers(1, 4), st.integers(1, 6)), elements=moderate)
both_dtypes = pytest.mark.parametrize("dtype", [np.float32, np.float64])


def exact_sigmoid(x):
    with decimal.localcontext(decimal.Context(prec=50, Emin=-(10**6), Emax=10**6)):
        return float(1 / (1 + (-decimal.Decimal(x)).exp()))


def exact_softplus(x):
    with decimal.localcontext(decimal.Context(prec=50, Emin=-(10**6), Emax=10**6)):
        return float((1 + decimal.Decimal(x).exp()).ln())


@given(arrays)
def test_sigmoid_of_x_and_of_minus_x_add_up_to_one(x):
    assert np.allclose(sigmoid(x) + sigmoid(-x), 1, rtol=0, atol=1e-15)


@given(arrays)
def test_sigmoid_lies_between_zero_and_one_and_rises(x):
    flat = np.sort(x, axis=None)
    values = sigmoid(flat)
    assert (values >= 0).all()
    assert (values <= 1).all()
    assert (np.diff(values) >= 0).all()


@given(st.floats(-700, 700))
def test_sigmoid_is_exact_to_the_last_digits(x):
    assert sigmoid(np.array([x]))[0] == pytest.approx(exact_sigmoid(x), rel=4e-16 * max(1, abs(x)))


@given(st.floats(-700, 700))
def test_softplus_is_exact_to_the_last_digits(x):
    expected = exact_softplus(x)
    assert softplus(np.array([x]))[0] == pytest.approx(expected, rel=4e-16 * max(1, abs(x)))


@given(arrays)
def test_softplus_of_x_minus_that_of_minus_x_is_x(x):
    assert np.allclose(softplus(x) - softplus(-x), x, rtol=1e-15, atol=1e-15)


@given(rows)
def test_log_of_sigmoid_is_minus_softplus_of_minus_x(x):
    assert np.allclose(np.log(sigmoid(x)), -softplus(-x), rtol=1e-12, atol=1e-12)


@given(rows, st.floats(-1000, 1000))
def test_softmax_does_not_change_when_all_scores_shift(x, shift):
    assert np.allclose(softmax(x + shift), softmax(x), rtol=1e-9, atol=1e-12)


@given(rows)
def test_softmax_sums_to_one_and_keeps_the_order(x):
    p = softmax(x)
    assert np.allclose(p.sum(axis=-1), 1, rtol=1e-14)
    assert (p >= 0).all()
    order = np.argsort(x, axis=1)
    assert (np.diff(np.take_along_axis(p, order, axis=1)) >= 0).all()


@given(rows)
def test_softmax_is_exp_of_x_minus_log_sum_exp(x):
    assert np.allclose(softmax(x), np.exp(x - log_sum_exp(x)), rtol=1e-12, atol=1e-300)


@given(rows)
def test_log_softmax_is_x_minus_log_sum_exp(x):
    assert np.allclose(log_softmax(x), x - log_sum_exp(x), rtol=1e-12, atol=1e-12)
    assert (log_softmax(x) <= 0).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_scores_whose_difference_is_no_number_have_probabilities_of_one_and_zero(dtype):
    largest = np.finfo(dtype).max
    x = np.array([[largest, -largest, -np.inf]], dtype=dtype)
    assert softmax(x).tolist() == [[1, 0, 0]]
    assert log_softmax(x).tolist() == [[0, -largest, -largest]]


@given(rows, st.floats(-1000, 1000))
def test_log_sum_exp_shifts_with_its_input(x, shift):
    assert np.allclose(log_sum_exp(x + shift), log_sum_exp(x) + shift, rtol=1e-12, atol=1e-12)


@given(moderate, moderate)
def test_softmax_of_two_scores_is_the_sigmoid_of_their_difference(a, b):
    assert np.allclose(softmax(np.array([a, b]))[0], sigmoid(np.array([a - b]))[0], atol=1e-13)


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_the_axis_is_the_one_asked_for(axis):
    x = np.random.default_rng(0).standard_normal((3, 4))
    assert np.allclose(softmax(x, axis).sum(axis=axis), 1)
    naive = np.log(np.exp(x).sum(axis=axis, keepdims=True))
    assert np.allclose(log_sum_exp(x, axis), naive)
    assert np.allclose(log_softmax(x, axis), x - naive)


def test_log_sum_exp_of_impossible_scores_is_minus_infinity():
    with np.errstate(divide="ignore"):
        assert log_sum_exp(np.array([-np.inf, -np.inf])) == [-np.inf]
    assert log_sum_exp(np.array([-np.inf, 1.0])) == [1.0]


@both_dtypes
@pytest.mark.parametrize("function", [sigmoid, softplus, softmax, log_softmax, log_sum_exp])
def test_extremes_are_finite_in_every_dtype_and_inputs_stay(function, dtype):
    info = np.finfo(dtype)
    x = np.array([[info.max / 4, -info.max / 4, 0, -0.0, info.tiny, 1e3, -1e3]], dtype=dtype)
    x.setflags(write=False)
    y = function(x)
    assert y.dtype == dtype
    assert np.isfinite(y).all()


@pytest.mark.parametrize("function", [sigmoid, softplus])
def test_a_single_number_will_do(function):
    assert function(np.array(0.5)) == function(np.array([0.5]))[0]


@pytest.mark.parametrize("order", ["C", "F"])
def test_sigmoid_overflows_beside_nan_no_more_than_alone(order):
    x = np.array([[np.nan, -1000.0], [0.0, 800.0]], order=order)
    with np.errstate(over="raise"):
        assert np.array_equal(sigmoid(x).T, [[np.nan, 0.5], [sigmoid([-709.0])[0], 1]], True)


@pytest.mark.parametrize("x", [-np.inf, np.inf, np.nan])
def test_sigmoid_takes_infinity_and_passes_nan_on(x):
    expected = {-np.inf: 0.0, np.inf: 1.0}.get(x, x)
    assert np.allclose(sigmoid(np.array([x])), expected, atol=1e-300, equal_nan=True)


def test_one_hot_of_every_class():
    assert one_hot(np.arange(3), 3).tolist() == np.eye(3).tolist()
    assert one_hot(np.array([], dtype=int), 3).shape == (0, 3)


@pytest.mark.parametrize("labels", [[3], [-1], [0, 5]])
def test_one_hot_refuses_labels_that_are_no_class(labels):
    with pytest.raises(ValueError, match=r"labels: expected whole numbers in 0 … 2, received"):
        one_hot(np.array(labels), 3)


@pytest.mark.parametrize("dtype", [bool, np.uint8, np.int8, np.int64])
def test_one_hot_takes_any_kind_of_whole_numbers_and_booleans(dtype):
    labels = np.array([1, 0, 1], dtype=dtype)
    assert one_hot(labels, 2).tolist() == [[0, 1], [1, 0], [0, 1]]


@pytest.mark.parametrize(
    ("labels", "error", "message"),
    [
        (np.array([1.0, 0.0]), TypeError, r"whole numbers, received .* float64; try .*astype"),
        (np.array(["a"]), TypeError, "labels: expected whole numbers, received"),
        (np.array([[1], [0]]), ValueError, r"the shape \(N,\), received \(2, 1\); try .*ravel"),
        (np.array(1), ValueError, r"the shape \(N,\), received \(\)"),
    ],
)
def test_one_hot_refuses_what_is_no_row_of_whole_numbers(labels, error, message):
    with pytest.raises(error, match=message):
        one_hot(labels, 3)


def test_log_two_is_the_loss_of_a_classifier_that_knows_nothing():
    assert softplus(np.zeros(1))[0] == pytest.approx(math.log(2), abs=1e-16)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize(
    "formula", [sigmoid, softplus, log_sum_exp, softmax, log_softmax], ids=lambda f: f.__name__
)
def test_no_formula_raises_where_the_session_lets_numpy_raise(formula, dtype):
    largest = np.finfo(dtype).max
    x = np.array([[-largest, -1e4, -20.0, 0.0, 1e-7, 20.0, 1e4, largest]], dtype)
    with np.errstate(all="raise"):
        assert np.isfinite(formula(x)).all()
