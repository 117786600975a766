"""What counts as numbers, and how near to right is right."""

import numpy as np
import pytest

from minidl.checking import ask, close, expect_array, expect_close, expect_number
from minidl.checking.exactness import expect_exact
from minidl.checking.plain import numbers, settled
from minidl.checking.verdicts import WrongAnswer
from tests.lessons.lying import LIES

ARRAY = np.array([[0.5, -2.0]])


def diagnosis_of(function, *args, **options):
    with pytest.raises(WrongAnswer) as caught:
        function(*args, **options)
    return caught.value.diagnosis


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_what_pretends_is_no_numbers_for_anything_that_compares(lie):
    for right in (ARRAY, 0.25):
        received = lie(right)
        assert numbers(received) is None
        assert not close(received, right)
        assert diagnosis_of(expect_array, lie(right)) == "not-an-array"
        assert diagnosis_of(expect_close, lie(right), right) == "not-an-array"
        assert diagnosis_of(expect_exact, lie(right), right) == "not-an-array"
        assert diagnosis_of(expect_number, lie(right)) == "not-one-number"


@pytest.mark.parametrize("number", [True, 3, 0.5, np.float32(0.5), np.int8(3), np.array(0.5)])
def test_plain_numbers_count_whatever_their_kind(number):
    assert numbers(number) == number
    assert close(number, float(number))


def test_lists_count_where_what_they_hold_does():
    assert numbers([[1, 2.5], [True, 0]]).tolist() == [[1, 2.5], [1, 0]]
    for other in ([1, "2"], [1, [2]], [1j], [None], "12", {1: 2}, {1}):
        assert numbers(other) is None


def test_a_result_is_what_it_was_when_it_was_given():
    kept = np.zeros(3)
    first = ask(lambda: kept)
    listed = ask(lambda: [kept, (kept,)])
    kept += 1
    assert first.tolist() == listed[0].tolist() == listed[1][0].tolist() == [0, 0, 0]


def test_a_list_of_another_class_is_a_list_of_what_it_really_holds():
    class Full(list):
        def __iter__(self):
            return iter([1.0, 2.0])

        def __eq__(self, other):
            return True

        __hash__ = None

    result = settled(Full([5.0]))
    assert type(result) is list
    assert result == [5.0]


def test_objects_are_what_they_are():
    thing = object()
    assert ask(lambda: thing) is thing


@pytest.mark.parametrize(
    ("right", "near", "wrong"),
    [
        (np.float64(0.3), 1e-10, 1e-8),
        (np.float64(3e-10), 1e-13, 1e-11),
        (np.float32(0.3), 2e-7, 2e-6),
        (np.float16(0.25), 5e-4, 5e-3),
        (7, 1e-9, 1e-7),
    ],
)
def test_how_near_is_right_is_told_by_the_dtype_of_what_is_right(right, near, wrong):
    assert close(float(right) + near, right)
    assert not close(float(right) + wrong, right)


def test_nan_where_it_is_right_is_right_beside_what_is_inexact():
    right = np.array([np.nan, np.inf, 0.25])
    expect_exact(right.copy(), right)
    with pytest.raises(WrongAnswer, match=r"expected 0\.25, received 0\.2500001"):
        expect_close(right + 1e-7, right)


def test_an_example_is_found_by_the_tolerances_that_refused_the_answer():
    for options in ({}, {"rtol": 1e-9}, {"atol": 1e-12}, {"rtol": 1e-12, "atol": 0}):
        for off in (1e-11, 1e-9, 1e-7, 1e-5):
            with pytest.raises(WrongAnswer, match="expected 1e-05, received"):
                expect_close(np.array([1e-5 + off, 7.0]), np.array([1e-5, 7.0]), **options)


def test_an_answer_that_is_cut_to_float32_is_wrong_where_float64_is_right():
    assert not close(np.float32(0.3), 0.3)
    assert diagnosis_of(expect_close, np.array([1 / 3], np.float32), np.array([1 / 3])) == "inexact"
    assert diagnosis_of(expect_close, 1 / 3 + 1e-5, 1 / 3) == "values"
