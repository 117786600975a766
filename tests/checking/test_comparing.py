import numpy as np
import pytest

from minidl.checking import (
    Mistake,
    expect,
    expect_array,
    expect_close,
    expect_gradient,
    expect_number,
    expect_same,
    wrong,
)
from minidl.checking.verdicts import NotAttempted, WrongAnswer


def fault(function, *args, **options):
    with pytest.raises(WrongAnswer) as caught:
        function(*args, **options)
    return caught.value.diagnosis, caught.value.sentence


def test_expect_ends_the_check_only_if_the_condition_fails():
    expect(True, "name", "Sentence.")
    assert fault(expect, False, "name", "Sentence.") == ("name", "Sentence.")
    assert fault(wrong, "name", "Sentence.") == ("name", "Sentence.")


def test_a_mistake_brings_its_name_and_its_sentence():
    shift = Mistake("shift", None, "It is {size:.1f} too large, as {who} says.")
    assert fault(wrong, shift, size=0.25, who="y") == ("shift", "It is 0.2 too large, as y says.")
    assert fault(expect, False, Mistake("set", None, "Not {1}.")) == ("set", "Not {1}.")
    assert fault(expect_close, 2.0, 1.0, diagnosis=Mistake("twice", None, "Twice.")) == (
        "twice",
        "Twice. Here: expected 1, received 2.",
    )


@pytest.mark.parametrize("value", [0.5, 3, np.float32(0.5), np.array(0.5)])
def test_numbers_are_numbers(value):
    assert expect_number(value) == float(value)


@pytest.mark.parametrize("value", ["0.5", [0.5], np.array([[0.5]]), {1}, None, 1j])
def test_other_things_are_no_numbers(value):
    assert fault(expect_number, value)[0] == "not-one-number"


def test_arrays_are_expected_by_kind_shape_and_dtype():
    x = np.zeros((2, 3))
    assert expect_array(x, shape=(2, 3), dtype=np.float64) is x
    assert fault(expect_array, [1, 2])[0] == "not-an-array"
    assert fault(expect_array, np.array(["a"]))[0] == "not-an-array"
    assert fault(expect_array, x, shape=(3, 2)) == (
        "shape",
        "Expected the result of shape (3, 2), received (2, 3).",
    )
    diagnosis, sentence = fault(expect_array, x, dtype=np.float32, what="a", given="b")
    assert diagnosis == "dtype"
    assert sentence.startswith("Expected a of dtype float32 for b, not float64.")


def test_the_smallest_failing_example_is_shown():
    x = np.array([-300.0, -2.0, 1.0, 4.0])
    _, sentence = fault(expect_close, np.abs(x), np.maximum(x, 0), at={"x": x})
    assert sentence.endswith("For x = -2: expected 0, received 2.")


def test_an_example_without_inputs_tells_the_place():
    _, sentence = fault(expect_close, np.array([[1.0, 2.0]]), np.array([[1.0, 3.0]]), given="g = 1")
    assert sentence.endswith("For g = 1, at [0, 1]: expected 3, received 2.")


def test_close_numbers_are_shown_with_enough_digits():
    _, sentence = fault(expect_close, 0.25001, 0.25)
    assert sentence.endswith("expected 0.25, received 0.25001.")


def test_a_shape_a_kind_and_a_nan_have_their_own_diagnosis():
    assert fault(expect_close, np.zeros(3), np.zeros(2))[0] == "shape"
    assert fault(expect_close, [0.0, 0.0], np.zeros(2))[0] == "not-an-array"
    assert fault(expect_close, "ab", np.zeros(2))[0] == "not-an-array"
    assert fault(expect_close, (np.zeros(2), np.zeros(3)), np.zeros(2))[0] == "not-an-array"
    _, sentence = fault(expect_close, [0.0, np.float64(1)], np.zeros(2), what="v")
    assert sentence == (
        "Expected v as an array of numbers, received a list: `np.array(…)` makes an array of it."
    )
    assert fault(expect_array, (1, 2))[1].endswith("a tuple: `np.array(…)` makes an array of it.")
    assert "np.array(" not in fault(expect_close, [0.0], 0.0)[1]
    diagnosis, sentence = fault(expect_close, np.array([5.0, np.nan]), np.zeros(2))
    assert diagnosis == "not-finite"
    assert sentence.endswith("expected 0, received nan.")


def test_an_array_in_place_of_one_number_is_told_so():
    diagnosis, sentence = fault(expect_close, np.zeros(2), 0.0, what="the loss")
    assert diagnosis == "not-one-number"
    assert sentence.startswith(
        "Expected the loss to be one number, received an array of shape (2,)"
    )
    assert "item" not in sentence
    _, sentence = fault(expect_close, np.zeros((1, 1)), 0.0, what="the loss")
    assert sentence.endswith("of shape (1, 1) and dtype float64: `.item()` takes the number out.")


def test_an_element_is_called_by_its_name():
    pair, names = np.array([1.0, 2.0]), ("the new w", "the new b")
    _, sentence = fault(expect_close, pair, (1.0, 3.0), given="x = 1", names=names)
    assert sentence.endswith("For x = 1, the new b: expected 3, received 2.")


def test_an_expected_infinity_is_no_fault():
    expect_close(np.array([np.inf, np.nan]), np.array([np.inf, np.nan]))


def test_functions_are_compared_on_all_inputs_and_the_first_failure_is_shown():
    def reference(p, y):
        return p - y

    inputs = [(1.0, 0.0), (np.array([1.0, 2.0]), np.array([0.0, 5.0]))]
    expect_same(lambda p, y: p - y, reference, *inputs)
    _, sentence = fault(expect_same, lambda p, y: abs(p - y), reference, *inputs)
    assert sentence.endswith("For p = [1, 2], y = [0, 5], at [1]: expected -3, received 3.")
    _, sentence = fault(
        expect_same, lambda p, y: abs(p - y), reference, inputs[1], elementwise=True
    )
    assert sentence.endswith("For p = 2, y = 5: expected -3, received 3.")


def test_a_warning_is_a_fault_where_quiet_is_asked_for():
    def naive(x):
        return 1 / (1 + np.exp(-x))

    def reference(x):
        return np.zeros_like(x)

    x = np.array([-1000.0])
    expect_same(naive, reference, (x,))
    assert fault(expect_same, naive, reference, (x,), quiet=True)[0] == "warns"


def test_a_blank_function_is_not_attempted():
    with pytest.raises(NotAttempted):
        expect_same(lambda x: ..., lambda x: x, (1.0,))


def test_gradients_are_measured():
    x = np.array([[1.0, -2.0]])
    expect_gradient(2 * x, lambda x: (x**2).sum(), x)
    diagnosis, sentence = fault(expect_gradient, x, lambda x: (x**2).sum(), x)
    assert diagnosis == "gradient"
    assert sentence.endswith("For the element [0, 0]: expected 2, received 1.")
    assert x.tolist() == [[1.0, -2.0]]
