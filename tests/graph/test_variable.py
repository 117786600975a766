"""Variables: what they take, and how they change."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.graph import Constant, Variable


def test_its_value_is_a_copy():
    given = np.array([1.0, 2.0])
    w = Variable(given)
    w.value = [3.0, 4.0]
    np.testing.assert_array_equal(given, [1.0, 2.0])
    given[0] = 9
    np.testing.assert_array_equal(w.value, [3.0, 4.0])


@pytest.mark.parametrize("kind", [Variable, Constant])
@pytest.mark.parametrize(
    ("value", "dtype"),
    [(1, "float64"), (True, "float64"), (np.float32(1), "float32"), ([1, 2], "float64"),
     (np.ones((2, 3), np.float32), "float32"), (np.arange(3), "float64")],
)  # fmt: skip
def test_it_holds_an_array_of_floats(kind, value, dtype):
    node = kind(value)
    assert isinstance(node.value, np.ndarray)
    assert node.value.shape == np.shape(value)
    assert node.value.dtype == dtype


def test_assigning_writes_into_the_same_array():
    w = Variable([1.0, 2.0], name="w")
    array = w.value
    w.value = [5, 6]
    assert w.value is array
    np.testing.assert_array_equal(array, [5.0, 6.0])


def test_assigning_keeps_the_dtype():
    w = Variable(np.float32(1))
    w.value = 0.1
    assert w.value.dtype == np.float32


def test_its_array_cannot_be_changed_unseen():
    w = Variable([1.0, 2.0])
    w.value = [3.0, 4.0]
    for array in (w.value, (w + 1).value, Constant([1.0]).value):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 7


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        ([1.0, 2.0, 3.0], ValueError, r"w: expected a value of shape \(2,\), received \(3,\)"),
        (1.0, ValueError, r"w: expected a value of shape \(2,\), received \(\)"),
        ([1.0, np.nan], ValueError, r"w: expected finite numbers, received nan at index \(1,\)"),
        ("ab", TypeError, "w: expected an array of real numbers"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_and_changes_nothing(value, error, message):
    w = Variable([1.0, 2.0], name="w")
    y = w.sum()
    with pytest.raises(error, match=message):
        w.value = value
    np.testing.assert_array_equal(w.value, [1.0, 2.0])
    y.backward()


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        (np.inf, ValueError, "w: expected finite numbers, received inf"),
        ("a", TypeError, "w: expected an array of real numbers, received 'a'"),
        (None, TypeError, "w: expected an array of real numbers, received None"),
        ([[1.0], [1.0, 2.0]], TypeError, "w: expected an array of real numbers"),
        (Variable(1.0), TypeError, "w: expected an array of real numbers, received Variable"),
    ],
)
def test_anything_but_finite_numbers_is_refused(value, error, message):
    with pytest.raises(error, match=message):
        Variable(value, name="w")


def test_a_name_is_a_text():
    with pytest.raises(TypeError, match="Variable: expected a text as name, received 3"):
        Variable(1.0, name=3)


def test_an_update_is_a_step_down_the_gradient():
    w = Variable(np.array([1.0, 2.0], np.float32))
    array = w.value
    (w * w).sum().backward()
    w.update(lr=0.25)
    np.testing.assert_array_equal(w.value, [0.5, 1.0])
    assert w.value is array
    assert w.value.dtype == np.float32


def test_an_update_needs_a_gradient_and_a_rate():
    w = Variable(1.0, name="w")
    with pytest.raises(RuntimeError, match=r"w: expected a gradient, received none; try loss"):
        w.update(lr=0.1)
    (w * w).backward()
    with pytest.raises(ValueError, match="lr: expected a finite number ≥ 0, received -1"):
        w.update(lr=-1)
    with pytest.raises(TypeError):
        w.update()


@pytest.mark.parametrize("node", [Constant(2.0), Variable(2.0) * 3])
def test_only_variables_can_be_assigned_to(node):
    with pytest.raises(AttributeError, match="expected a Variable to assign to, received "):
        node.value = 1.0
    assert not hasattr(node, "update")
