import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidl.optim import SGD
from minidl.parameter import Parameter

NUMBERS = st.floats(-1e3, 1e3)


def one(value):
    grads = {}
    return Parameter("w", "w", {"w": np.array([float(value)])}, grads), grads


def path(grads, **options):
    """Return where one weight goes from 0 under these gradients, and its optimizer."""
    parameter, given = one(0)
    optimizer, values = SGD([parameter], **options), []
    for grad in grads:
        given["w"] = np.array([float(grad)])
        optimizer.step()
        values.append(float(parameter.value[0]))
    return values, optimizer


def test_the_defaults_are_plain_descent_at_a_thousandth():
    assert path([1, 1])[0] == [-0.001, -0.002]


@given(st.lists(NUMBERS, min_size=1, max_size=5), st.floats(0, 0.99), st.floats(0, 1))
def test_momentum_adds_up_what_is_left_of_all_gradients(grads, momentum, lr):
    values, _ = path(grads, lr=lr, momentum=momentum)
    expected, v = 0.0, 0.0
    for grad in grads:
        v = momentum * v + grad
        expected -= lr * v
    assert values[-1] == pytest.approx(expected, rel=1e-12, abs=1e-12)


def test_the_first_gradient_is_not_dampened():
    values, _ = path([1, 1], lr=1, momentum=0.5, dampening=0.25)
    assert values == [-1, -1 - (0.5 + 0.75)]


def test_nesterov_looks_one_step_ahead():
    values, _ = path([1, 1], lr=1, momentum=0.5, nesterov=True)
    assert values == [-1.5, -1.5 - (1 + 0.5 * 1.5)]


def test_weight_decay_is_the_gradient_of_half_the_square():
    parameter, grads = one(8)
    grads["w"] = np.array([1.0])
    SGD([parameter], lr=0.5, weight_decay=0.25).step()
    assert parameter.value == 8 - 0.5 * (1 + 0.25 * 8)


def test_maximize_is_descent_on_the_negative():
    up, _ = path([1, 2, -1], lr=0.5, momentum=0.5, maximize=True)
    down, _ = path([-1, -2, 1], lr=0.5, momentum=0.5)
    assert up == down


def test_the_two_forms_of_momentum_part_when_the_rate_falls():
    """As the docstring says: this form slows down at once, the textbook's only as v fades."""
    parameter, grads = one(0)
    optimizer = SGD([parameter], lr=1, momentum=0.5)
    textbook, v = 0.0, 0.0
    for lr in (1, 1, 0):
        grads["w"] = np.array([1.0])
        optimizer.param_groups[0]["lr"] = lr
        before = float(parameter.value[0]), textbook
        optimizer.step()
        v = 0.5 * v - lr * 1.0
        textbook += v
        assert (parameter.value[0] == textbook) == (lr == 1)
    assert parameter.value[0] == before[0]
    assert textbook == before[1] - 0.75


def test_momentum_switched_on_later_begins_with_the_gradient():
    parameter, grads = one(0)
    optimizer = SGD([parameter], lr=1)
    grads["w"] = np.array([4.0])
    optimizer.step()
    assert optimizer.state == {}
    optimizer.param_groups[0]["momentum"] = 0.5
    optimizer.step()
    optimizer.step()
    assert parameter.value == -(4 + 4 + 6)


def test_the_remembered_gradient_is_not_the_layers_own():
    parameter, grads = one(0)
    grads["w"] = np.array([1.0])
    optimizer = SGD([parameter], lr=1, momentum=0.5)
    optimizer.step()
    grads["w"][...] = 100
    assert optimizer.state["w"]["momentum_buffer"] == 1
