import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidl.nn import Linear
from minidl.optim import BatchGD
from minidl.parameter import Parameter


def one(value, grad):
    params, grads = {"w": np.array(value, dtype=float)}, {"w": np.array(grad, dtype=float)}
    return params["w"], Parameter("w", "w", params, grads)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(1e-6, 10))
def test_a_step_is_value_minus_rate_times_gradient(value, grad, lr):
    array, parameter = one([value], [grad])
    BatchGD([parameter], lr=lr).step()
    assert array[0] == value - lr * grad


def test_descent_on_a_parabola_reaches_its_bottom_in_one_step_at_the_right_rate():
    """y = 4x² has the gradient 8x: lr = 1/8 lands on 0, 1/4 jumps to and fro, 1/2 explodes."""
    for lr, expected in ((0.125, 0.0), (0.25, -2.0), (0.5, -6.0)):
        array, parameter = one([2.0], [16.0])
        BatchGD([parameter], lr=lr).step()
        assert array[0] == expected


def test_a_new_rate_takes_effect_at_the_next_step():
    array, parameter = one([1.0], [1.0])
    optimizer = BatchGD([parameter], lr=0.5)
    optimizer.step()
    optimizer.param_groups[0]["lr"] = 0.25
    optimizer.step()
    assert array[0] == 0.25


def test_a_rate_that_is_numpys_leaves_single_precision_alone():
    def steps(*rates):
        draw = np.random.default_rng(0).standard_normal((2, 1000)).astype(np.float32)
        parameter = Parameter("w", "w", {"w": draw[0]}, {"w": draw[1]})
        optimizer = BatchGD([parameter], lr=rates[0])
        for optimizer.param_groups[0]["lr"] in rates:
            optimizer.step()
        return draw[0].tobytes()

    assert steps(np.float64(0.1)) == steps(0.1)
    assert steps(0.1, np.float64(0.3), np.float32(0.5)) == steps(0.1, 0.3, 0.5)


def test_a_rate_is_kept_as_a_plain_number():
    parameter = one([1.0], [1.0])[1]
    optimizer = BatchGD([{"params": [parameter], "lr": np.float64(0.5)}], lr=np.float32(1))
    assert type(optimizer.param_groups[0]["lr"]) is float
    optimizer.load_state_dict({"state": {}, "param_groups": [{"params": ["w"], "lr": np.int64(2)}]})
    assert type(optimizer.param_groups[0]["lr"]) is float


def test_the_rate_may_be_given_by_position_and_must_be_given():
    assert BatchGD(Linear(1, 1), 0.5).param_groups[0]["lr"] == 0.5
    with pytest.raises(TypeError, match="lr"):
        BatchGD(Linear(1, 1))
