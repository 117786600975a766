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
