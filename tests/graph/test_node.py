"""What a graph does as a whole: forward, backward, and what it refuses."""

from __future__ import annotations

import copy
import gc
import pickle
import sys
import time
import weakref

import numpy as np
import pytest

from minidl.graph import Constant, Variable, exp, log, tanh
from tests.graph.agreeing import assert_gradients_agree


def chain(length, last):
    for _ in range(length):
        last = last + 1
    return last


# Writing a graph


def test_values_are_computed_at_once():
    w = Variable(2.0)
    assert (w * 3 + 1).value == 7
    assert ((1 - w) / -w).value == 0.5
    assert (w**3 - 2**w).value == 4
    assert abs(-w).value == 2


@pytest.mark.parametrize(
    "other", [3, 3.0, np.float64(3), np.array(3.0), np.array([3, 3]), [3.0, 3]]
)
def test_numbers_and_arrays_become_constants_on_either_side(other):
    w = Variable([2.0, 4.0])
    for left, right, expected in [
        (w + other, other + w, ([5, 7], [5, 7])),
        (w - other, other - w, ([-1, 1], [1, -1])),
        (w * other, other * w, ([6, 12], [6, 12])),
        (w / other, other / w, ([2 / 3, 4 / 3], [1.5, 0.75])),
        (w**other, other**w, ([8, 64], [9, 81])),
    ]:
        np.testing.assert_allclose([left.value, right.value], expected)
        assert isinstance(left.parents[1], Constant)
        assert isinstance(right.parents[0], Constant)
        assert left.parents[0] is right.parents[1] is w


def test_matrices_multiply_from_either_side():
    A, w = np.array([[1.0, 2.0]]), Variable([[3.0], [4.0]])
    assert (A @ w).value == 11
    assert (w @ A).value.shape == (2, 2)
    assert isinstance((A @ w).parents[0], Constant)


def test_an_array_and_a_node_make_one_node():
    y = np.ones((2, 3)) * Variable(2.0)
    assert y.operation == "·"
    assert y.value.shape == (2, 3)


@pytest.mark.parametrize(
    "number", [2, 2.0, np.float64(2), np.array(2.0), np.array([2, 2]), [2.0, 2]]
)
def test_numbers_take_the_dtype_that_they_meet(number):
    w = Variable(np.ones(2, np.float32))
    assert (w * number).value.dtype == np.float32
    assert (number**w).value.dtype == np.float32


def test_a_float64_array_makes_float64_and_its_gradient_goes_back_as_float32():
    w = Variable(np.ones(2, np.float32))
    y = (w * np.array([0.1, 0.2])).sum()
    y.backward()
    assert y.value.dtype == np.float64
    assert w.grad.dtype == np.float32


def test_a_constant_is_a_copy():
    given = np.ones(2)
    y = Variable(1.0) * given
    given[0] = 5
    np.testing.assert_array_equal(y.forward(), [1, 1])


@pytest.mark.parametrize(
    "write", [lambda w: w + "a", lambda w: None * w, lambda w: w ** [[1], [1, 2]]]
)
def test_what_is_no_number_is_refused(write):
    with pytest.raises(TypeError, match="expected an array of real numbers"):
        write(Variable(1.0))


def test_a_constant_that_is_not_finite_is_refused():
    with pytest.raises(ValueError, match="expected finite numbers"):
        Variable(1.0) * np.nan


def test_parents_operation_and_name():
    w, x = Variable(2.0, name="w"), Variable(3.0, name="x")
    y = w * x
    assert y.parents == (w, x)
    assert (y.operation, y.name) == ("·", "")
    assert (w.parents, w.operation, w.name) == ((), "", "w")
    y.name = "z"
    assert y.name == "z"


def test_how_nodes_show_themselves():
    w = Variable([[1.0, 2.0]], name="w")
    y = w.sum()
    assert repr(w) == "Variable(shape (1, 2), name='w')"
    assert repr(y) == "Result('sum', 3)"
    assert repr(Constant(2.0)) == "Constant(2)"
    assert [str(w), str(y), str(Constant(2.0))] == ["w", "sum", "2"]


def test_a_misspelt_attribute_is_an_error():
    w = Variable(1.0)
    with pytest.raises(AttributeError):
        w.gard = 3


# Forward


def test_forward_follows_every_change():
    w, b = Variable(1.0), Variable(0.0)
    z = w * 3 + b
    y = z * z
    for value in (2.0, -1.0):
        w.value, b.value = value, 1.0
        assert y.forward() == (3 * value + 1) ** 2 == y.value
        assert z.value == 3 * value + 1


def test_forward_computes_each_node_once():
    w = Variable(1.0)
    y = w
    for _ in range(60):
        y = y + y  # 2⁶⁰ paths
    w.value = 3.0
    assert y.forward() == 3 * 2.0**60


def test_backward_after_a_change_without_forward_is_an_error():
    w = Variable(1.0, name="w")
    z = w * 3
    y = z * z
    w.value = 2.0
    with pytest.raises(
        RuntimeError, match=r"'w' has changed since '·' was computed; try forward\(\)"
    ):
        y.backward()
    z.forward()
    with pytest.raises(RuntimeError, match="up to date"):
        y.backward()
    y.forward()
    y.backward()
    assert w.grad == 2 * 9 * 2


def test_a_step_of_descent_makes_values_stale():
    w = Variable(1.0)
    loss = w * w
    for expected in (0.8, 0.64):
        loss.forward()
        loss.backward()
        w.update(lr=0.1)
        assert float(w.value) == pytest.approx(expected)
    with pytest.raises(RuntimeError, match="up to date"):
        loss.backward()


# Backward


def test_a_node_used_many_times_gathers_all_its_gradients():
    a = Variable(3.0)
    y = a * a + a
    y.backward()
    assert a.grad == 7
    assert_gradients_agree(lambda a, b: (a * b + exp(a) * a - b / a) * (a + b) ** 2, [1.3, -0.6])


def test_a_node_with_many_paths_gathers_them_all():
    y = a = Variable(1.0)
    for _ in range(60):
        y = y + y
    y.backward()
    assert a.grad == 2.0**60


def test_every_backward_begins_anew():
    a = Variable(3.0)
    y = a * a
    for _ in range(3):
        y.backward()
        assert a.grad == 6
        assert y.grad == 1


def test_two_results_of_one_variable_do_not_mix():
    a = Variable(3.0)
    y, z = a * a, 5 * a
    y.backward()
    z.backward()
    assert a.grad == 5
    assert y.grad == 1


def test_gradients_do_not_share_memory():
    a, b = Variable([1.0, 2.0]), Variable([3.0, 4.0])
    y = a + b
    seed = np.ones(2)
    y.backward(seed)
    a.grad *= 10
    np.testing.assert_array_equal([b.grad, y.grad, seed], np.ones((3, 2)))


def test_all_that_the_result_depends_on_gets_a_gradient_of_its_shape():
    w, b = Variable(np.ones((2, 3))), Variable(np.ones((1, 3)))
    loss = tanh(np.ones((4, 2)) @ w + b).sum()
    loss.backward()
    for node in loss.topological_order():
        assert node.grad.shape == node.value.shape
        assert node.grad.dtype == node.value.dtype


def test_a_result_that_is_a_single_number_in_an_array_needs_no_seed():
    w = Variable([[2.0]])
    (w * w).backward()
    assert w.grad == [[4.0]]


def test_a_variable_is_its_own_derivative():
    w = Variable(2.0)
    w.backward()
    assert w.grad == 1


@pytest.mark.parametrize(
    ("seed", "message"),
    [
        (
            None,
            r"expected a single number to differentiate, received values of shape \(2,\); try ",
        ),
        (1.0, r"expected a seed of the value's shape \(2,\), received \(\)"),
        ([1.0, 2.0, 3.0], r"expected a seed of the value's shape \(2,\), received \(3,\)"),
        ([1.0, np.nan], "seed: expected finite numbers"),
    ],
)
def test_a_seed_that_does_not_fit_is_refused(seed, message):
    with pytest.raises(ValueError, match=message):
        (Variable([1.0, 2.0]) * 2).backward(seed)


def test_the_steps_of_backward_end_with_the_whole_gradient():
    a, b = Variable(2.0, name="a"), Variable(3.0, name="b")
    c = a * b
    y = c + a
    seen = []
    for node in y.backward_steps():
        seen.append((str(node), float(node.grad), float(a.grad), float(b.grad)))
    assert seen == [("+", 1, 1, 0), ("·", 1, 4, 2), ("b", 2, 4, 2), ("a", 4, 4, 2)]


def test_the_steps_of_backward_can_be_left_and_begun_again():
    a = Variable(2.0)
    y = a * a * a
    next(y.backward_steps())
    y.backward()
    assert a.grad == 12


# Size


def test_ten_thousand_nodes_in_a_row():
    w = Variable(1.0)
    y = chain(10_000, w)
    w.value = 2.0
    assert y.forward() == 10_002
    y.backward()
    assert w.grad == 1
    assert len(y.topological_order()) == 20_001
    assert repr(y) == "Result('+', 10002)"
    assert str(y) == "+"


def test_a_deep_graph_is_freed_at_once():
    w = Variable(1.0)
    y = chain(50_000, w)
    first = weakref.ref(y.topological_order()[2])
    assert first() is not None
    gc.disable()
    try:
        del y
        assert first() is None  # by counting references: no cycle waits for the collector
    finally:
        gc.enable()


def test_the_depth_of_pythons_stack_does_not_matter():
    limit = sys.getrecursionlimit()
    y = chain(limit * 2, Variable(1.0))
    y.forward()
    y.backward()
    assert sys.getrecursionlimit() == limit


@pytest.mark.parametrize("use", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_node_is_not_copied_or_pickled(use):
    with pytest.raises(TypeError, match="a node is tied to its graph and cannot be copied"):
        use(Variable(1.0) + 1)


def test_the_time_per_node_does_not_grow_with_their_number():
    times = []
    for length in (500, 8_000):
        y = chain(length, Variable(1.0))
        rounds = []
        for _ in range(3):
            begin = time.perf_counter()
            y.backward()
            rounds.append((time.perf_counter() - begin) / length)
        times.append(min(rounds))
    assert times[1] < 5 * times[0]  # were it quadratic, 16 times


def test_what_is_made_inside_a_function_keeps_its_parents():
    def loss_of(w):
        return log(exp(w) + 1)

    w = Variable(0.0)
    loss = loss_of(w)
    gc.collect()
    loss.backward()
    assert w.grad == 0.5
