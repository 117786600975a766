from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidl.validation import (
    as_array_of,
    as_float_array,
    as_generator,
    as_index_array,
    check_bool,
    check_choice,
    check_finite,
    check_name,
    check_positive_int,
    check_real,
    describe,
    extremes,
    smallest,
)


@pytest.mark.parametrize("value", [1, 7, np.int64(7), np.uint8(7)])
def test_whole_numbers_become_ints(value):
    assert check_positive_int(value, "n") == value
    assert type(check_positive_int(value, "n")) is int


@pytest.mark.parametrize("value", [1.0, np.float64(2), True, "3", None, [1], 2 + 0j])
def test_what_is_no_whole_number_is_refused(value):
    with pytest.raises(TypeError, match="n: expected a whole number of at least 1, received"):
        check_positive_int(value, "n")


@pytest.mark.parametrize(("value", "minimum"), [(0, 1), (-3, 0), (1, 2)])
def test_whole_numbers_below_the_minimum_are_refused(value, minimum):
    with pytest.raises(ValueError, match=rf"n: expected at least {minimum}, received {value}"):
        check_positive_int(value, "n", minimum=minimum)


@pytest.mark.parametrize("value", [0.5, 1, np.float32(0.5), Fraction(1, 2)])
def test_real_numbers_become_floats(value):
    assert check_real(value, "x") == float(value)
    assert type(check_real(value, "x")) is float


@pytest.mark.parametrize("value", ["0.5", None, True, [0.5], 1j, np.array([1.0])])
def test_what_is_no_real_number_is_refused(value):
    with pytest.raises(TypeError, match="x: expected a number, received"):
        check_real(value, "x")


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 10**400, -(10**400)])
def test_numbers_that_are_not_finite_are_refused(value):
    with pytest.raises(ValueError, match="x: expected a finite number, received"):
        check_real(value, "x")


@pytest.mark.parametrize(
    ("value", "bounds", "words"),
    [
        (-0.1, {"low": 0}, "≥ 0, received -0.1"),
        (0, {"low": 0, "low_inclusive": False}, "> 0, received 0"),
        (1.5, {"low": 0, "high": 1}, "≥ 0 and ≤ 1, received 1.5"),
        (1, {"high": 1, "high_inclusive": False}, "< 1, received 1$"),
        (1.0000001, {"low": 0, "high": 1}, "≥ 0 and ≤ 1, received 1.0000001$"),
        (-1e-20, {"low": 0}, "≥ 0, received -1e-20$"),
    ],
)
def test_numbers_out_of_the_interval_are_refused(value, bounds, words):
    with pytest.raises(ValueError, match=f"x: expected a finite number {words}"):
        check_real(value, "x", **bounds)


@pytest.mark.parametrize("value", [0, 1])
def test_bounds_are_inside_unless_excluded(value):
    assert check_real(value, "x", low=0, high=1) == value


def test_true_and_false_become_plain_and_what_is_taken_for_them_is_refused():
    assert check_bool(np.True_, "x") is True
    assert check_bool(False, "x") is False
    for other in (0, "no", None):
        with pytest.raises(TypeError, match=f"x: expected True or False, received {other!r}"):
            check_bool(other, "x")


def test_a_choice_is_returned_and_another_value_refused():
    assert check_choice("sum", "reduction", ("mean", "sum")) == "sum"
    with pytest.raises(ValueError, match="expected one of 'mean', 'sum', received 'max'"):
        check_choice("max", "reduction", ("mean", "sum"))


@pytest.mark.parametrize("name", ["fc1", "Layer_2", "a-b", "_x", "W" * 64, "console"])
def test_safe_names_pass(name):
    assert check_name(name, "name") == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "1fc",
        "a.b",
        "a/b",
        "..",
        "../a",
        "a\\b",
        "a b",
        "a\n",
        "ä",
        None,
        3,
        "a\0b",
        "-a",
        "a:b",
    ],
)
def test_names_that_no_file_can_have_everywhere_are_refused(name):
    with pytest.raises(ValueError, match="name: expected letters, digits, _ or -"):
        check_name(name, "name")


@pytest.mark.parametrize("name", ["con", "NUL", "com1", "Lpt9", "aux"])
def test_names_that_windows_keeps_for_devices_are_refused_for_that(name):
    with pytest.raises(ValueError, match=rf"not reserved on Windows, .* received '{name}'"):
        check_name(name, "name")


def test_a_name_that_is_too_long_is_refused_for_that():
    with pytest.raises(ValueError, match=r"name: expected at most 64 characters, .* received 'W"):
        check_name("W" * 65, "name")


@given(st.text(max_size=8))
def test_any_name_that_passes_is_a_plain_file_name(name):
    try:
        check_name(name, "name")
    except ValueError:
        return
    assert name.isascii()
    assert not set(name) & set('./\\:*?"<>| \n\0')


@pytest.mark.parametrize("value", [[1, 2], (True, False), np.arange(3), [np.float32(1)], 3])
def test_numbers_become_an_array_of_floats(value):
    array = as_float_array(value, "x")
    assert array.dtype.kind == "f"
    assert np.array_equal(array, np.asarray(value))


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_arrays_of_floats_are_not_copied_and_keep_their_dtype(dtype):
    x = np.ones((2, 2), dtype)
    assert as_float_array(x, "x") is x
    assert as_float_array(x, "x", dtype=dtype) is x


def test_a_dtype_that_is_asked_for_is_given():
    assert as_float_array(np.ones(2), "x", dtype=np.float32).dtype == np.float32
    assert as_float_array([1, 2], "x", dtype=np.float32).dtype == np.float32


@pytest.mark.parametrize(
    "value", ["text", None, [[1], [1, 2]], [1j], {"a": 1}, object(), [None, 1.0], [10**400]]
)
def test_what_is_no_array_of_numbers_is_refused(value):
    with pytest.raises(TypeError, match="x: expected an array of real numbers, received"):
        as_float_array(value, "x")


def test_an_array_of_whole_numbers_keeps_them_all():
    whole = as_array_of(np.dtype("int64"), [2**53 + 1], "seen")
    assert (whole.dtype, whole.tolist()) == ("int64", [2**53 + 1])
    assert as_array_of(np.dtype("float32"), [2], "W").dtype == np.float32


@pytest.mark.parametrize("value", [[0.5], [np.inf], [np.nan], [-1], [256]])
def test_what_an_array_of_whole_numbers_cannot_hold_is_refused(value):
    with pytest.raises(
        ValueError, match=r"^seen: expected values that uint8 can hold, received \["
    ):
        as_array_of(np.dtype("uint8"), value, "seen")


@pytest.mark.parametrize("value", [[[0, 4]], np.array([4], np.uint8), np.empty((0, 3), int), 2])
def test_indices_inside_pass_without_a_copy(value):
    found = as_index_array(value, "x", 5)
    assert np.array_equal(found, value)
    assert found is value or not isinstance(value, np.ndarray)


@pytest.mark.parametrize("value", [[0.0], [True], ["a"], [[1], [1, 2]], None, [1j]])
def test_what_is_no_whole_number_is_no_index(value):
    with pytest.raises(TypeError, match=r"^x: expected whole numbers as indices, received"):
        as_index_array(value, "x", 5)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([[0, 1], [5, 2]], r"^x: expected indices from 0 to 4, received 5 at \(1, 0\)$"),
        ([0, -1, 9], r"received -1 at \(1,\)$"),
        (7, r"received 7 at \(\)$"),
    ],
)
def test_an_index_outside_is_named_with_its_place(value, words):
    with pytest.raises(ValueError, match=words):
        as_index_array(value, "x", 5)


def test_finite_numbers_pass():
    check_finite(np.array([[1.0, -1e308], [0, 5e-324]]), "X")
    check_finite(np.empty((0, 2)), "X")
    check_finite(np.arange(3), "y")


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_the_first_number_that_is_not_finite_is_named_with_its_place(value):
    X = np.zeros((3, 2))
    X[1, 1] = X[2, 0] = value
    with pytest.raises(ValueError, match=rf"X: expected finite .* {value} at index \(1, 1\)"):
        check_finite(X, "X")


def test_a_seed_makes_a_new_generator_and_a_generator_is_shared():
    generator = np.random.default_rng(0)
    assert as_generator(generator) is generator
    assert as_generator(3).random() == as_generator(np.int64(3)).random()
    assert as_generator(None).random() != as_generator(None).random()


@pytest.mark.parametrize("rng", [-1, 1.5, "seed", True, np.random.RandomState(0), [1]])
def test_what_is_no_seed_is_refused(rng):
    with pytest.raises((TypeError, ValueError), match="rng: expected"):
        as_generator(rng)


def test_nothing_touches_the_global_random_state():
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    as_generator(0).random()
    as_generator(None).random()
    assert np.array_equal(np.random.get_state()[1], before)  # noqa: NPY002


def test_descriptions_are_short():
    assert describe(np.zeros((2, 3), np.float32)) == "an array of shape (2, 3) and dtype float32"
    assert describe("ten") == "'ten'"
    assert len(describe("x" * 1000)) < 80
    assert describe(list(range(1000))).endswith("(list)")


@given(
    st.lists(st.floats(width=32), min_size=1, max_size=30).map(np.array),
    st.sampled_from(["C", "F"]),
)
def test_extremes_are_the_smallest_and_the_largest_number(numbers, order):
    array = np.asarray(np.stack([numbers, numbers[::-1]], axis=1), order=order)
    assert np.array_equal(extremes(array), [array.min(), array.max()], equal_nan=True)
    assert np.array_equal(extremes(array[::-1]), extremes(array), equal_nan=True)
    assert np.array_equal(smallest(array), array.min(), equal_nan=True)
