"""Numbers as text."""

from __future__ import annotations

import math

import pytest

from minidl.plots.numbers import (
    beside,
    few_letters,
    fixed,
    matrix,
    plain,
    signed,
    significant,
    two_digits,
    vector,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.1374, "0.14"), (0.0996, "0.10"), (0.00998, "0.010"), (123.0, "120"), (0.0, "0.0")],
)
def test_two_digits_round_up_to_the_next_power_of_ten(value, text):
    assert two_digits(value) == text


@pytest.mark.parametrize(
    ("value", "largest", "text"),
    [(math.nan, 0.0, "nan"), (math.inf, 1.0, "∞"), (-math.inf, 1e6, "−∞"), (-1e-9, 0.5, "0.000"),
     (12.34, 50.0, "12.3"), (-1234.5, 2000.0, "−1234"), (5e6, 5e6, "5e+06")],
)  # fmt: skip
def test_numbers_have_the_digits_that_the_largest_beside_them_needs(value, largest, text):
    assert beside(value, largest) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(12345.0, 4, "12340"), (-math.inf, 4, "−∞"), (math.nan, 4, "nan"), (-0.0, 3, "0"),
     (0.1, 3, "0.1")],
)  # fmt: skip
def test_significant_digits_have_no_zeros_after_them(value, digits, text):
    assert significant(value, digits) == text


@pytest.mark.parametrize(
    ("value", "text"), [(math.inf, "∞"), (-math.inf, "−∞"), (math.nan, "nan"), (9999.4, "9999")]
)
def test_few_letters_are_enough_for_any_number(value, text):
    assert few_letters(value) == text


@pytest.mark.parametrize("write", [plain, fixed, signed])
def test_there_is_no_negative_zero(write):
    assert write(-0.0004, 2).lstrip("+ ") == "0.00"


def test_arrays_list_their_numbers():
    assert vector([-1e5, 1.0], 1) == "(−1.0e+05, 1.0)"
    assert matrix([[-0.0, 2.0]]) == "[[0.00, 2.00]]"
