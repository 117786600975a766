"""What every layer of `minidl.nn` keeps to."""

import copy
import inspect

import numpy as np
import pytest

from minidl import nn
from minidl.gradcheck import gradcheck
from minidl.op import Op
from minidl.sparse import SparseGradient
from tests.contracts.op_cases import ABSTRACT, CASES, activations
from tests.contracts.walking import classes_in

every_op = pytest.mark.parametrize("case", CASES, ids=str)
every_activation = pytest.mark.parametrize("case", activations.CASES, ids=str)
both_dtypes = pytest.mark.parametrize("dtype", [np.float32, np.float64], ids=["f32", "f64"])
both_modes = pytest.mark.parametrize("mode", ["train", "eval"])
FOUND = classes_in(nn, Op)


def input_of(case, dtype=np.float64):
    """A read-only input: an op that writes into it fails."""
    return read_only(case.x.copy() if case.takes_indices else case.x.astype(dtype))


def grad_of(case, dtype=np.float64):
    grad = np.random.default_rng(1).standard_normal(case.y_shape)
    return read_only(grad.astype(dtype))


def read_only(array):
    array.setflags(write=False)
    return array


def build(case, mode, **options):
    op = case.build(**options)
    getattr(op, mode)()
    return op


def dense(grad):
    return grad.to_dense() if isinstance(grad, SparseGradient) else grad


def gradients(op, dx):
    """What a backward pass gave, by name: ∂L/∂x unless x is an index, and the parameters'."""
    found = {p.name: np.array(dense(p.grad)) for p in op.parameters()}
    return found if dx is None else {"∂L/∂x": dx.copy()} | found


def passes(op, x, grad):
    """The output, and the gradients, of a forward and a backward pass."""
    y = np.array(op(x))
    return {"y": y} | gradients(op, op.backward(grad))


def assert_same(ours, others, **tolerances):
    assert list(ours) == list(others)
    for name, array in ours.items():
        np.testing.assert_allclose(array, others[name], **{"rtol": 0} | tolerances, err_msg=name)


# The walk


def test_every_op_in_the_package_has_a_case():
    assert set(FOUND.values()) == {case.kind for case in CASES} | ABSTRACT


def test_every_op_is_exported():
    assert {kind.__name__ for kind in set(FOUND.values()) - ABSTRACT} <= set(nn.__all__)


@pytest.mark.parametrize("kind", FOUND.values())
def test_every_op_takes_a_name(kind):
    assert "name" in inspect.signature(kind).parameters


# Gradients


@every_op
@both_modes
def test_gradients_agree_with_central_differences(case, mode):
    op = build(case, mode)
    report = gradcheck(op, case.x)
    assert report.ok, report
    names = [] if case.takes_indices else ["x"]
    assert [row.name for row in report.rows] == names + [p.name for p in op.parameters()]


@every_op
def test_an_index_has_no_gradient_and_all_else_has_one(case):
    op = case.build()
    op(input_of(case))
    assert (op.backward(grad_of(case)) is None) == case.takes_indices


@every_op
def test_gradients_are_stored_under_the_parameters_names(case):
    op = case.build()
    op(input_of(case))
    op.backward(grad_of(case))
    for _, part in op.named_layers():
        assert list(part.grads) == list(part.params)


@every_op
@both_modes
def test_gradients_share_no_memory_with_what_came_from_outside(case, mode):
    op, x, grad = build(case, mode), input_of(case), grad_of(case)
    op(x)
    op.backward(grad)
    for parameter in op.parameters():
        own = parameter.grad
        for array in [own.values, own.indices] if isinstance(own, SparseGradient) else [own]:
            assert not any(np.shares_memory(array, a) for a in (x, grad, parameter.value))


@every_op
@both_modes
def test_repeated_backward_gives_the_same(case, mode):
    op = build(case, mode)
    op(input_of(case))
    first = gradients(op, op.backward(grad_of(case)))
    assert_same(gradients(op, op.backward(grad_of(case))), first)


@every_op
def test_backward_replaces_the_gradients_of_an_earlier_pass(case):
    op, fresh = case.build(), case.build()
    op(case.x[::-1])
    op.backward(3 * grad_of(case))
    op.forward(input_of(case))
    fresh(input_of(case))
    ours, others = (gradients(o, o.backward(grad_of(case))) for o in (op, fresh))
    assert_same(ours, others)


@every_op
@both_modes
def test_the_mode_at_backward_changes_no_gradient(case, mode):
    op, switched = build(case, mode), build(case, mode)
    op(input_of(case))
    switched(input_of(case))
    (switched.eval if mode == "train" else switched.train)()
    ours, others = (gradients(o, o.backward(grad_of(case))) for o in (op, switched))
    assert_same(ours, others)


@every_op
@both_modes
def test_gradients_are_the_same_where_nobody_asks_for_the_inputs(case, mode):
    op, other = build(case, mode), build(case, mode)
    op(input_of(case))
    other(input_of(case))
    expected = gradients(other, other.backward(grad_of(case)))
    assert op.backward_params(grad_of(case)) is None
    assert_same(gradients(op, None), {k: v for k, v in expected.items() if k != "∂L/∂x"})
    assert_same(gradients(op, op.backward(grad_of(case))), expected)


@every_op
def test_a_wrong_gradient_is_refused_where_nobody_asks_for_the_inputs(case):
    op = case.build()
    with pytest.raises(RuntimeError, match="expected a forward pass before backward"):
        op.backward_params(grad_of(case))
    op(input_of(case))
    with pytest.raises(ValueError, match="expected a gradient of the output's shape"):
        op.backward_params(np.ones((*case.y_shape, 1)))
    assert all(part.needs_input_grad for _, part in op.named_layers())


# Shapes and dtypes


@every_op
@both_modes
@pytest.mark.parametrize("N", [0, 1, 2, 3])
def test_shapes_of_batches_of_any_size(case, mode, N):
    op = build(case, mode)
    if mode == "train" and case.smallest > N:
        with pytest.raises(ValueError, match=rf"expected at least .* in training, received {N} in"):
            op(case.x[:N])
        return
    y = op(case.x[:N])
    assert y.shape == (len(case.x[:N]), *case.y_shape[1:])
    dx = op.backward(np.ones_like(y))
    assert dx is None or dx.shape == case.x[:N].shape
    for parameter in op.parameters():
        assert parameter.grad.shape == parameter.value.shape


@every_op
@both_modes
@both_dtypes
def test_dtype_is_kept_all_the_way(case, mode, dtype):
    op = build(case, mode, dtype=dtype)
    found = passes(op, input_of(case, dtype), grad_of(case, dtype))
    found |= {p.name: dense(p.grad) for p in op.parameters()}
    found |= {k: a for k, a in op.state_dict().items() if a.dtype.kind == "f"}
    assert {name: array.dtype for name, array in found.items()} == dict.fromkeys(found, dtype)


@every_op
def test_lists_of_whole_numbers_are_computed_in_float64_or_stay_whole(case):
    x = np.rint(case.x)
    y = case.build()(x.astype(int).tolist())
    assert y.dtype == np.float64 if case.computes else y.dtype.kind == "i"
    assert np.array_equal(y, case.build()(x.astype(case.x.dtype)))


@every_op
@both_modes
@pytest.mark.parametrize("layout", ["reversed", "every second", "Fortran's"])
def test_the_layout_in_memory_changes_nothing(case, mode, layout):
    def laid_out(array):
        if layout == "Fortran's":
            return np.asfortranarray(array)
        wide = np.repeat(array, 2, axis=-1)[..., ::2]
        return wide if layout == "every second" else array[::-1].copy()[::-1]

    ours, others = build(case, mode), build(case, mode)
    assert_same(
        passes(ours, laid_out(input_of(case)), laid_out(grad_of(case))),
        passes(others, input_of(case), grad_of(case)),
        rtol=1e-12,
        atol=1e-13,
    )


# What passes keep, and what they leave alone


@every_op
@both_modes
def test_forward_repeats_itself_and_leaves_parameters_alone(case, mode):
    op = build(case, mode)
    before = {p.name: p.value.copy() for p in op.parameters()}
    assert np.array_equal(op(input_of(case)), op(input_of(case)))
    op.backward(grad_of(case))
    assert_same({p.name: p.value for p in op.parameters()}, before)


@every_op
def test_passes_in_eval_mode_leave_the_buffers_alone(case):
    op = build(case, "eval")
    before = op.state_dict()
    passes(op, input_of(case), grad_of(case))
    assert_same(op.state_dict(), before)


@every_op
def test_parameters_and_buffers_stay_the_same_arrays(case):
    def arrays(op):
        return [a for _, o in op.named_layers() for a in (o.params | o.buffers).values()]

    op = case.build()
    before = arrays(op)
    passes(op, input_of(case), grad_of(case))
    op.load_state_dict(case.build(seed=1).state_dict())
    assert all(map(lambda a, b: a is b, arrays(op), before))


@every_op
@both_modes
def test_backward_before_forward_is_a_clear_error(case, mode):
    with pytest.raises(RuntimeError, match="expected a forward pass before backward"):
        build(case, mode).backward(grad_of(case))


@every_op
@both_modes
def test_what_was_forgotten_is_a_clear_error_until_the_next_pass(case, mode):
    op, other = build(case, mode), build(case, mode)
    first = passes(op, input_of(case), grad_of(case))
    kept = gradients(op, None)
    op.forget()
    assert not any(part._saved for _, part in op.named_layers())
    with pytest.raises(RuntimeError, match="expected a forward pass before backward, received non"):
        op.backward(grad_of(case))
    assert_same(gradients(op, None), kept)
    assert_same(passes(op, input_of(case), grad_of(case)), first)
    assert_same(passes(other, input_of(case), grad_of(case)), first)


@every_op
def test_state_makes_the_round_trip(case):
    op, other = case.build(seed=0), case.build(seed=1)
    op(input_of(case))
    other.load_state_dict(op.state_dict())
    assert_same(other.state_dict(), op.state_dict())
    assert [a.dtype for a in other.state_dict().values()] == [
        a.dtype for a in op.state_dict().values()
    ]
    for each in (op, other):
        each.eval()
    assert np.array_equal(other(case.x), op(case.x))


@every_op
def test_a_copy_goes_its_own_way(case):
    op = case.build()
    before = op.state_dict()
    twin = copy.deepcopy(op)
    passes(twin, input_of(case), grad_of(case))
    for parameter in twin.parameters():
        parameter.value += 1
    assert_same(op.state_dict(), before)


@every_op
def test_train_and_eval_reach_every_part(case):
    op = case.build()
    op.eval()
    assert not any(part.training for _, part in op.named_layers())
    op.train()
    assert all(part.training for _, part in op.named_layers())


# Errors and extremes


@every_op
def test_a_gradient_of_another_shape_is_a_clear_error(case):
    op = case.build()
    op(input_of(case))
    N, *rest = case.y_shape
    for shape in [(), (1, *rest), (N + 1, *rest), (*case.y_shape, 1), case.y_shape[1:]]:
        with pytest.raises(ValueError, match=rf"expected a gradient of the output's shape \({N}, "):
            op.backward(np.ones(shape))


@pytest.mark.parametrize(
    ("case", "x", "words"),
    [(case, x, words) for case in CASES for x, words in case.bad],
    ids=lambda value: str(value) if not isinstance(value, np.ndarray) else str(value.shape),
)
def test_bad_inputs_are_a_clear_error_and_move_no_buffer(case, x, words):
    op = case.build()
    before = op.state_dict()
    with pytest.raises((ValueError, TypeError), match=words):
        op(x)
    assert_same(op.state_dict(), before)


@every_op
@pytest.mark.parametrize("x", ["text", [[1.0, 2.0], [3.0]], None, 1j])
def test_inputs_that_are_no_numbers_are_a_clear_error(case, x):
    words = "whole numbers as indices" if case.takes_indices else "an array of real numbers"
    with pytest.raises(TypeError, match=f"expected {words}, received"):
        case.build()(x)


@every_op
@both_modes
@both_dtypes
def test_extreme_inputs_stay_finite_without_a_warning(case, mode, dtype):
    op = build(case, mode, dtype=dtype)
    x = case.extremes(dtype)
    y = op(x)
    for name, array in passes(op, x, np.ones_like(y)).items():
        assert np.isfinite(array).all(), name


@every_op
def test_an_op_shows_its_kind_and_arguments(case):
    shown = repr(case.build())
    assert shown.startswith(f"{case.kind.__name__}(")
    assert case.label in shown


# Activations


@every_op
@both_dtypes
def test_no_op_raises_where_the_session_lets_numpy_raise(case, dtype):
    op = case.build(dtype)
    with np.errstate(all="raise"):
        y = op(case.extremes(dtype))
        op.backward(np.full_like(y, 1e-30))


@every_activation
@pytest.mark.parametrize("shape", [(), (12,), (2, 2, 3)], ids=str)
def test_activations_take_any_shape(case, shape):
    x = np.resize(case.x, shape)
    op = case.build()
    assert np.shape(op(x)) == np.shape(op.backward(np.ones(shape))) == shape
    assert gradcheck(op, x).ok


@every_activation
def test_derivative_is_what_backward_multiplies_by_and_needs_no_forward(case):
    op = case.build()
    derivative = op.derivative(input_of(case))
    with pytest.raises(RuntimeError, match="expected a forward pass"):
        op.backward(case.x)
    op(input_of(case))
    assert np.array_equal(op.backward(np.ones((4, 3))), derivative)
