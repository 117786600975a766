import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from minidl.nn import (
    ELU,
    Activation,
    HardLogistic,
    HardTanh,
    LeakyReLU,
    Logistic,
    ReLU,
    Softplus,
    Swish,
    Tanh,
)
from minidl.nn.rectifiers import scaled

any_float = st.floats(allow_nan=False, allow_infinity=False)
curves = hnp.arrays(np.float64, st.integers(1, 8), elements=any_float)
moderate = hnp.arrays(np.float64, st.integers(1, 8), elements=st.floats(-700, 700))


# Each formula in the words of its book, for one number. `math` has no overflow for these x.
BY_HAND = [
    (Logistic(), lambda x: 1 / (1 + math.exp(-x))),
    (Tanh(), lambda x: (math.exp(x) - math.exp(-x)) / (math.exp(x) + math.exp(-x))),
    (ReLU(), lambda x: max(0.0, x)),
    (LeakyReLU(0.1), lambda x: x if x > 0 else 0.1 * x),
    (LeakyReLU(3.0), lambda x: x if x > 0 else 3 * x),
    (HardLogistic(), lambda x: max(min(0.25 * x + 0.5, 1.0), 0.0)),
    (HardTanh(), lambda x: max(min(x, 1.0), -1.0)),
    (ELU(0.7), lambda x: x if x > 0 else 0.7 * (math.exp(x) - 1)),
    (Softplus(), lambda x: math.log(1 + math.exp(x))),
    (Softplus(3.0), lambda x: math.log(1 + math.exp(3 * x)) / 3),
    (Swish(), lambda x: x / (1 + math.exp(-x))),
    (Swish(3.0), lambda x: x / (1 + math.exp(-3 * x))),
]


@pytest.mark.parametrize(
    ("op", "formula"), BY_HAND, ids=lambda case: getattr(case, "__name__", None) or repr(case)
)
def test_every_curve_is_its_books_formula(op, formula):
    z = np.linspace(-10, 10, 201)
    assert np.allclose(op.function(z), [formula(x) for x in z.tolist()], rtol=1e-12, atol=1e-13)


@given(moderate)
def test_tanh_is_a_stretched_logistic(x):
    assert np.allclose(Tanh().function(x), 2 * Logistic().function(2 * x) - 1, atol=1e-15)


@given(curves)
def test_leaky_relu_without_a_leak_is_relu(x):
    assert np.array_equal(LeakyReLU(0).function(x), ReLU().function(x))
    assert np.array_equal(LeakyReLU(0).derivative(x), ReLU().derivative(x))


@given(curves)
def test_leaky_relu_of_slope_one_is_the_identity(x):
    assert np.array_equal(LeakyReLU(1).function(x), x)
    assert np.array_equal(LeakyReLU(1).derivative(x), np.ones_like(x))


@given(moderate)
def test_hard_logistic_is_hard_tanh_of_half_moved_up(x):
    assert np.allclose(HardLogistic().function(x), (HardTanh().function(x / 2) + 1) / 2, atol=1e-15)


@given(moderate)
def test_hard_logistic_is_the_tangent_of_the_logistic_function_at_zero(x):
    small = x / 1e6
    assert np.allclose(HardLogistic().function(small), Logistic().function(small), atol=1e-10)
    assert HardLogistic().derivative([0.0]) == Logistic().derivative([0.0]) == 0.25


@given(moderate)
def test_softplus_is_the_area_under_the_logistic_function(x):
    assert np.allclose(Softplus().derivative(x), Logistic().function(x), rtol=1e-15)


@given(moderate, st.floats(0.1, 10))
def test_softplus_lies_above_relu_by_log_two_over_beta_at_most(x, beta):
    gap = Softplus(beta).function(x) - ReLU().function(x)
    assert (gap >= 0).all()
    assert (gap <= math.log(2) / beta + 1e-13).all()


@given(moderate)
def test_swish_is_x_times_the_logistic_function(x):
    assert np.allclose(Swish(2.0).function(x), x * Logistic().function(2 * x), atol=1e-12)


@given(moderate)
def test_swish_with_a_gate_that_never_moves_is_half_the_identity(x):
    assert np.allclose(Swish(0).function(x), x / 2)
    assert np.allclose(Swish(0).derivative(x), 0.5)


@given(moderate)
def test_a_sharp_swish_is_relu(x):
    assert np.allclose(Swish(1e6).function(x), ReLU().function(x), atol=1e-6)


@given(moderate)
def test_elu_is_continuous_and_never_below_minus_alpha(x):
    assert (ELU(0.7).function(x) >= -0.7).all()
    assert ELU(0.7).function(np.zeros(1)) == 0


@pytest.mark.parametrize("op", [Logistic(), Tanh(), ELU(), Softplus(), HardTanh(), HardLogistic()])
@given(x=curves)
def test_curves_that_rise_never_fall(op, x):
    assert (np.diff(op.function(np.sort(x))) >= 0).all()
    assert (op.derivative(x) >= 0).all()


@given(curves)
def test_derivatives_stay_below_their_bounds(x):
    for op, bound in [(Logistic(), 0.25), (Tanh(), 1), (Swish(), 1.1), (Softplus(), 1)]:
        assert (op.derivative(x) <= bound).all()


@pytest.mark.parametrize(
    ("op", "kinks", "slopes"),
    [
        (ReLU(), [0.0], [0]),
        (LeakyReLU(0.1), [0.0], [0.1]),
        (HardLogistic(), [-2.0, 2.0], [0, 0]),
        (HardTanh(), [-1.0, 1.0], [0, 0]),
        (ELU(0.7), [0.0], [0.7]),
    ],
    ids=repr,
)
def test_slopes_at_kinks_are_as_documented(op, kinks, slopes):
    assert op.derivative(kinks).tolist() == slopes


def test_the_naive_formulas_overflow_where_ours_do_not():
    x = np.array([-1000.0])
    with pytest.warns(RuntimeWarning, match="overflow"):
        1 / (1 + np.exp(-x))
    assert Logistic().function(x) == pytest.approx(0, abs=1e-300)
    assert Tanh().function(np.array([-1000.0, 1000.0])).tolist() == [-1, 1]


@pytest.mark.parametrize(
    ("kind", "option", "bad"),
    [
        (LeakyReLU, "negative_slope", [-0.1, np.nan, np.inf, "0.1", None]),
        (ELU, "alpha", [-1, np.nan, "1", None]),
        (Softplus, "beta", [0, -1, np.nan, "1"]),
        (Swish, "beta", [-1, np.inf, "1"]),
    ],
)
def test_options_out_of_range_are_refused(kind, option, bad):
    for value in bad:
        with pytest.raises((ValueError, TypeError), match=f"{option}: expected a"):
            kind(**{option: value})


def test_book_defaults():
    assert LeakyReLU().negative_slope == 0.1
    assert (ELU().alpha, Softplus().beta, Swish().beta) == (1, 1, 1)


def test_a_product_too_large_is_infinity_without_a_warning():
    assert scaled(2.0, np.array([1e308, -1e308, 1.0])).tolist() == [np.inf, -np.inf, 2]


@pytest.mark.parametrize("method", ["function", "slope"])
def test_an_unwritten_method_says_what_to_write(method):
    with pytest.raises(NotImplementedError, match=rf"Activation needs a method {method}\(self, x"):
        getattr(Activation(), method)(*np.ones((2 if method == "slope" else 1, 3)))


def test_nan_is_passed_on_and_not_hidden():
    for op, _ in BY_HAND:
        with np.errstate(invalid="ignore"):  # NumPy 1.24's expm1 warns of NaN on some processors
            assert np.isnan(op.function(np.array([np.nan]))).all(), op
