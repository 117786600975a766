"""What every layer of `minidl.nn` keeps to."""

import inspect

import numpy as np
import pytest

from minidl import nn
from minidl.gradcheck import gradcheck
from minidl.op import Op
from tests.contracts.op_cases import ABSTRACT, CASES
from tests.contracts.walking import classes_in

every_op = pytest.mark.parametrize("case", CASES, ids=str)
both_dtypes = pytest.mark.parametrize("dtype", [np.float32, np.float64], ids=["f32", "f64"])
FOUND = classes_in(nn, Op)


def input_of(case, dtype=np.float64):
    """A read-only input: an op that writes into it fails."""
    x = case.x.astype(dtype)
    x.setflags(write=False)
    return x


def grad_of(case, dtype=np.float64):
    grad = np.random.default_rng(1).standard_normal(case.y_shape).astype(dtype)
    grad.setflags(write=False)
    return grad


def test_every_op_in_the_package_has_a_case():
    assert set(FOUND.values()) == {case.kind for case in CASES} | ABSTRACT


def test_every_op_is_exported():
    assert set(FOUND) <= set(nn.__all__)


@pytest.mark.parametrize("kind", FOUND.values())
def test_every_op_takes_a_name(kind):
    assert "name" in inspect.signature(kind).parameters


@every_op
def test_gradients_agree_with_central_differences(case):
    report = gradcheck(case.build(), case.x)
    assert report.ok, report


@every_op
@pytest.mark.parametrize("N", [1, 4])
def test_shapes(case, N):
    op = case.build()
    y = op(case.x[:N])
    assert y.shape == (N, *case.y_shape[1:])
    assert op.backward(np.ones_like(y)).shape == case.x[:N].shape
    for parameter in op.parameters():
        assert parameter.grad.shape == parameter.value.shape


@every_op
@both_dtypes
def test_dtype_is_kept_all_the_way(case, dtype):
    op = case.build(dtype)
    assert op(input_of(case, dtype)).dtype == dtype
    assert op.backward(grad_of(case, dtype)).dtype == dtype
    for parameter in op.parameters():
        assert parameter.value.dtype == dtype
        assert parameter.grad.dtype == dtype


@every_op
def test_lists_of_whole_numbers_are_computed_in_float64(case):
    y = case.build()([[1, -2, 3]])
    assert y.dtype == np.float64
    assert np.array_equal(y, case.build()(np.array([[1.0, -2.0, 3.0]])))


@every_op
def test_gradients_are_stored_under_the_parameters_names(case):
    op = case.build()
    op(input_of(case))
    op.backward(grad_of(case))
    for _, part in op.named_layers():
        assert list(part.grads) == list(part.params)


@every_op
def test_repeated_backward_gives_the_same(case):
    op = case.build()
    op(input_of(case))
    first = op.backward(grad_of(case)).copy()
    grads = [parameter.grad.copy() for parameter in op.parameters()]
    assert np.array_equal(op.backward(grad_of(case)), first)
    for parameter, grad in zip(op.parameters(), grads, strict=True):
        assert np.array_equal(parameter.grad, grad)


@every_op
def test_backward_replaces_the_gradients_of_an_earlier_pass(case):
    op, fresh = case.build(), case.build()
    op(2 * case.x)
    op.backward(3 * grad_of(case))
    op(input_of(case))
    fresh(input_of(case))
    assert np.array_equal(op.backward(grad_of(case)), fresh.backward(grad_of(case)))
    for mine, other in zip(op.parameters(), fresh.parameters(), strict=True):
        assert np.array_equal(mine.grad, other.grad)


@every_op
def test_forward_repeats_itself_and_leaves_parameters_alone(case):
    op = case.build()
    before = op.state_dict()
    assert np.array_equal(op(input_of(case)), op(input_of(case)))
    op.backward(grad_of(case))
    for name, array in op.state_dict().items():
        assert np.array_equal(array, before[name])


@every_op
def test_backward_before_forward_is_a_clear_error(case):
    with pytest.raises(RuntimeError, match="expected a forward pass before backward"):
        case.build().backward(grad_of(case))


@every_op
def test_a_gradient_of_another_shape_is_a_clear_error(case):
    op = case.build()
    op(input_of(case))
    for shape in [(), (1, case.y_shape[1]), (case.y_shape[0], 1), case.y_shape[::-1]]:
        with pytest.raises(ValueError, match=r"expected a gradient of the output's shape \(4, "):
            op.backward(np.ones(shape))


@every_op
def test_inputs_of_a_wrong_shape_are_a_clear_error(case):
    for shape in case.bad_shapes:
        with pytest.raises(ValueError, match=r"expected inputs of shape \(N, 3\), received \("):
            case.build()(np.ones(shape))


@every_op
@pytest.mark.parametrize("x", ["text", [[1.0, 2.0], [3.0]], None, 1j])
def test_inputs_that_are_no_numbers_are_a_clear_error(case, x):
    with pytest.raises(TypeError, match="expected an array of real numbers, received"):
        case.build()(x)


@every_op
def test_state_makes_the_round_trip(case):
    op, other = case.build(seed=0), case.build(seed=1)
    other.load_state_dict(op.state_dict())
    assert np.array_equal(other(case.x), op(case.x))


@every_op
def test_an_empty_batch_passes_through(case):
    op = case.build()
    y = op(np.empty((0, 3)))
    assert y.shape == (0, case.y_shape[1])
    assert op.backward(y).shape == (0, 3)


@every_op
@both_dtypes
def test_extreme_inputs_stay_finite_without_a_warning(case, dtype):
    op = case.build(dtype)
    y = op(case.extremes(dtype))
    assert np.isfinite(y).all()
    assert np.isfinite(op.backward(np.ones_like(y))).all()


@every_op
def test_train_and_eval_reach_every_part(case):
    op = case.build()
    op.eval()
    assert not any(part.training for _, part in op.named_layers())
    op.train()
    assert all(part.training for _, part in op.named_layers())


@every_op
def test_an_op_shows_its_kind_and_arguments(case):
    shown = repr(case.build())
    assert shown.startswith(f"{case.kind.__name__}(")
    for key, value in case.options.items():
        assert f"{key}={value:g}" in shown or f"{key}={value}" in shown


@pytest.mark.parametrize("case", [c for c in CASES if issubclass(c.kind, nn.Activation)], ids=str)
@pytest.mark.parametrize("shape", [(), (12,), (2, 2, 3)], ids=str)
def test_activations_take_any_shape(case, shape):
    x = np.resize(case.x, shape)
    op = case.build()
    assert np.shape(op(x)) == np.shape(op.backward(np.ones(shape))) == shape
    assert gradcheck(op, x).ok


@pytest.mark.parametrize("case", [c for c in CASES if issubclass(c.kind, nn.Activation)], ids=str)
def test_derivative_is_what_backward_multiplies_by_and_needs_no_forward(case):
    op = case.build()
    derivative = op.derivative(input_of(case))
    with pytest.raises(RuntimeError, match="expected a forward pass"):
        op.backward(case.x)
    op(input_of(case))
    assert np.array_equal(op.backward(np.ones((4, 3))), derivative)
