"""What the checks of activations say beside the planted mistakes."""

import warnings

import numpy as np
import pytest

from minidl.checking.verdicts import WrongAnswer
from minidl.exercises import exercise
from minidl.lessons.activations import solutions as solutions
from minidl.lessons.activations.classes import BETWEEN, FAR, X
from minidl.lessons.activations.mistakes.elu import elu
from minidl.lessons.activations.mistakes.making import activation
from minidl.lessons.activations.mistakes.swish import swish
from minidl.lessons.activations.overflow import expect_no_overflow
from minidl.nn import ELU, Swish
from minidl.numerics import sigmoid

PAIRS = [
    (solutions.MyELU(0.7), ELU(0.7)),
    (solutions.MySwish(), Swish()),
]


@pytest.mark.parametrize(("solved", "library"), PAIRS, ids=lambda op: type(op).__name__)
@pytest.mark.parametrize("x", [X, FAR, BETWEEN], ids=["near", "far", "between"])
def test_a_solution_is_the_librarys_activation(solved, library, x):
    np.testing.assert_allclose(solved.function(x), library.function(x), atol=1e-12)
    np.testing.assert_allclose(solved.derivative(x), library.derivative(x), atol=1e-12)


def test_an_overflow_is_told_with_the_input_that_causes_it():
    with pytest.raises(WrongAnswer, match="overflows, at 1000") as caught:
        expect_no_overflow(lambda x: np.where(x > 0, x, np.exp(x)), FAR)
    assert caught.value.diagnosis == "hidden-overflow"


def by_errstate(z):
    with np.errstate(all="ignore"):
        return np.where(np.abs(z) > 20, np.sign(z), naive_tanh(z))


def by_filter(z):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.where(np.abs(z) > 20, np.sign(z), naive_tanh(z))


@pytest.mark.parametrize("masked", [by_errstate, by_filter])
def test_a_warning_that_is_silenced_is_heard(masked):
    assert exercise("activations/stable-tanh")(masked).diagnosis == "hidden-overflow"


def test_numpys_own_errstate_is_back_after_a_check_whatever_its_end():
    errstate = np.errstate
    exercise("activations/stable-tanh")(by_errstate)
    exercise("activations/stable-tanh")(solutions.stable_tanh)
    with pytest.raises(WrongAnswer):
        expect_no_overflow(lambda x: 1 / 0, FAR)
    assert np.errstate is errstate


def test_silence_around_a_safe_formula_is_no_fault():
    def careful(z):
        with np.errstate(all="ignore"):
            return solutions.stable_tanh(z)

    assert exercise("activations/stable-tanh")(careful).right


def test_an_error_is_not_taken_for_an_overflow():
    def lost(x):
        raise ValueError("lost")

    with pytest.raises(WrongAnswer) as caught:
        expect_no_overflow(lost, FAR)
    assert caught.value.diagnosis == "raises"


def test_an_underflow_is_no_fault():
    expect_no_overflow(lambda x: np.exp(-np.abs(x)), FAR)


def test_an_if_on_an_array_is_explained():
    outcome = exercise("activations/stable-tanh")(lambda z: z if z > 0 else -z)
    assert outcome.diagnosis == "raises"
    assert "try `np.where` and `&`" in outcome.text


def test_other_exact_forms_of_a_slope_are_right():
    check = exercise("activations/tanh-slope")
    assert check(lambda x, a: 1 - np.tanh(x) ** 2).right
    assert check(lambda x, a: (1 - a) * (1 + a)).right


def test_a_missing_slope_is_told_when_the_function_is_right():
    class Half(solutions.MySwish):
        def slope(self, x, a): ...

    outcome = exercise("activations/swish")(Half)
    assert "`slope` returns nothing yet." in outcome.text


def test_a_forgotten_self_is_told_with_the_name():
    class Mine(solutions.MyELU):
        def slope(self, x, a):
            return np.where(x > 0, 1, a + alpha)  # noqa: F821

    outcome = exercise("activations/elu")(Mine)
    assert outcome.diagnosis == "forgotten-self"
    assert "write `self.alpha`" in outcome.text


def test_comparisons_without_parentheses_are_explained():
    class Mine(solutions.MyELU):
        def slope(self, x, a):
            return 1 * (x > 0) + (a + self.alpha) * (x <= 0 & a < 0)

    outcome = exercise("activations/elu")(Mine)
    assert "put each comparison in parentheses" in outcome.text


PATCHES = [
    lambda z: np.nan_to_num(naive_tanh(z)),
    lambda z: np.nan_to_num(naive_tanh(z), nan=1.0),
    lambda z: np.nan_to_num((np.exp(2 * z) - 1) / (np.exp(2 * z) + 1)),
    lambda z: np.nan_to_num((1 - np.exp(-2 * z)) / (1 + np.exp(-2 * z))),
    lambda z: naive_tanh(np.clip(z, -3, 3)),
]


def naive_tanh(z):
    return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))


@pytest.mark.parametrize("patch", PATCHES)
def test_a_patch_is_told_that_far_out_it_is_wrong(patch):
    outcome = exercise("activations/stable-tanh")(patch)
    assert outcome.diagnosis == "patched"
    assert "far out, where tanh is −1 or 1" in outcome.text


def test_a_sigmoid_is_as_ready_made_as_a_tanh():
    outcome = exercise("activations/stable-tanh")(lambda z: 2 * sigmoid(2 * z) - 1)
    assert outcome.diagnosis == "ready-made"
    assert "`sigmoid` is right" in outcome.text


def test_float32_that_is_lost_is_told_with_its_cause():
    def by_where(z):
        e = np.exp(-2 * np.abs(z))
        return np.where(z > 0, 1, -1) * (1 - e) / (1 + e)

    outcome = exercise("activations/stable-tanh")(by_where)
    assert outcome.diagnosis == "dtype"
    assert "`np.where(…, 1, -1)`" in outcome.text


def test_a_gate_found_by_dividing_is_wrong_at_0_and_a_hidden_division_is_told():
    def slope(x, a):
        with np.errstate(all="ignore"):
            gate = np.where(x == 0, 0.5, a / x)
        return gate + a * (1 - gate)

    outcome = exercise("activations/swish")(activation(swish, slope))
    assert outcome.diagnosis == "hidden-warning"


def test_nan_at_0_is_wrong_in_the_value_too():
    broken = activation(lambda x, al: np.where(x == 0, np.nan, elu(x, al)), None)
    outcome = exercise("activations/elu")(broken)
    assert outcome.diagnosis == "not-finite"
    assert "For MyELU(alpha=0.5) at x = 0: expected 0, received nan" in outcome.text


@pytest.mark.parametrize("side", [0.5, 1.0])
def test_both_sides_slopes_are_right_at_a_corner(side):
    def slope(x, a, al=1.0):
        return np.where(x == 0, side, np.where(x > 0, 1, a + al))

    assert exercise("activations/elu")(activation(elu, slope)).right


def test_the_example_names_what_the_class_was_made_with():
    class Mine(solutions.MyELU):
        def function(self, x):
            return np.where(x > 0, x, self.alpha * np.minimum(x, 0) ** 2)

    outcome = exercise("activations/elu")(Mine)
    assert "For MyELU(alpha=0.5) at x = -0.3: expected -0.1296, received 0.045" in outcome.text


def test_a_ready_made_tanh_is_told_what_the_exercise_is_for():
    outcome = exercise("activations/stable-tanh")(np.tanh)
    assert outcome.diagnosis == "ready-made"
    assert "build it" in outcome.text


def test_a_cut_before_the_exponential_is_a_right_answer():
    assert exercise("activations/stable-tanh")(lambda z: naive_tanh(np.clip(z, -30, 30))).right


def test_a_slope_of_new_numbers_is_told_how_to_keep_the_dtype():
    def slope(x, a, alpha=1.0):
        return (x > 0) * 1.0 + (x <= 0) * (a + alpha)

    outcome = exercise("activations/elu")(activation(elu, slope))
    assert outcome.diagnosis == "dtype"
    assert "Expected the slope of dtype float32 for float32 inputs, not float64." in outcome.text
    assert "`.astype(x.dtype)`" in outcome.text


@pytest.mark.parametrize("solved", [pair[0] for pair in PAIRS], ids=lambda op: type(op).__name__)
def test_a_solution_sends_float32_back_where_float32_went_in(solved):
    x = X.astype(np.float32)
    assert solved(x).dtype == np.float32
    assert solved.backward(np.ones_like(x)).dtype == np.float32
