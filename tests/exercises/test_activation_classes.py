"""What the checks of activations say beside the planted mistakes."""

import numpy as np
import pytest

from minidl.exercises import exercise
from minidl.exercises.activation_classes import FAR, X, expect_no_overflow
from minidl.exercises.solutions import activations as solutions
from minidl.exercises.verdicts import WrongAnswer
from minidl.nn import ELU, HardLogistic, HardTanh, Softplus, Swish

PAIRS = [
    (solutions.ClippedLine(0.25, 0.5, 0, 1), HardLogistic()),
    (solutions.ClippedLine(1, 0, -1, 1), HardTanh()),
    (solutions.MyELU(0.7), ELU(0.7)),
    (solutions.MySoftplus(), Softplus()),
    (solutions.MySwish(), Swish()),
]


@pytest.mark.parametrize(("solved", "library"), PAIRS, ids=lambda op: type(op).__name__)
@pytest.mark.parametrize("x", [X, FAR], ids=["near", "far"])
def test_a_solution_is_the_librarys_activation(solved, library, x):
    np.testing.assert_allclose(solved.function(x), library.function(x), atol=1e-12)
    np.testing.assert_allclose(solved.derivative(x), library.derivative(x), atol=1e-12)


def test_an_overflow_is_told_with_the_input_that_causes_it():
    with pytest.raises(WrongAnswer, match="overflows, at 1000") as caught:
        expect_no_overflow(lambda x: np.where(x > 0, x, np.exp(x)), FAR)
    assert caught.value.diagnosis == "hidden-overflow"


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
    class Half(solutions.MySoftplus):
        def slope(self, x, a): ...

    outcome = exercise("activations/softplus")(Half)
    assert "`slope` returns nothing yet." in outcome.text


def test_a_forgotten_self_is_told_with_the_name():
    class Mine(solutions.MyELU):
        def slope(self, x, a):
            return np.where(x > 0, 1, a + alpha)  # noqa: F821

    outcome = exercise("activations/elu")(Mine)
    assert outcome.diagnosis == "forgotten-self"
    assert "write `self.alpha`" in outcome.text


def test_comparisons_without_parentheses_are_explained():
    class Mine(solutions.ClippedLine):
        def slope(self, x, a):
            return self.steepness * (a > self.low & a < self.high)

    outcome = exercise("activations/clipped-line")(Mine)
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


def test_a_ready_made_tanh_is_told_what_the_exercise_is_for():
    outcome = exercise("activations/stable-tanh")(np.tanh)
    assert outcome.diagnosis == "ready-made"
    assert "build it" in outcome.text


def test_a_cut_before_the_exponential_is_a_right_answer():
    assert exercise("activations/stable-tanh")(lambda z: naive_tanh(np.clip(z, -30, 30))).right
