"""What every loss of `minidl.losses` keeps to."""

import numpy as np
import pytest

from minidl import losses
from minidl.losses import Loss
from tests.contracts.differences import numerical_gradients
from tests.contracts.loss_cases import ABSTRACT, CASES
from tests.contracts.loss_cases.case import read_only
from tests.contracts.walking import classes_in

PAIRS = [(case, reduction) for case in CASES for reduction in case.kind.reductions]
every_loss = pytest.mark.parametrize("case", CASES, ids=str)
every_reduction = pytest.mark.parametrize(("case", "reduction"), PAIRS, ids=str)
every_loss_with_extremes = pytest.mark.parametrize(
    ("case", "reduction"), [pair for pair in PAIRS if [*pair[0].extremes(np.float64)]], ids=str
)
both_dtypes = pytest.mark.parametrize("dtype", [np.float32, np.float64], ids=["f32", "f64"])
refusing = pytest.mark.parametrize(
    ("case", "refused", "error", "words"),
    [(case, *refused) for case in CASES for refused in case.bad_inputs],
    ids=lambda value: str(value) if isinstance(value, type(CASES[0])) else "",
)
FOUND = classes_in(losses, Loss)


def gradients(loss, grad=None):
    """Return what `backward` gives as a tuple, whatever the number of differentiable inputs."""
    result = loss.backward(grad)
    return result if loss.differentiable > 1 else (result,)


def weights(case, reduction, dtype=np.float64):
    """Return a weight for each element of an unreduced loss, or a number for a reduced one."""
    shape = case.shape if reduction == "none" else ()
    return np.asarray(np.random.default_rng(2).standard_normal(shape), dtype)


def test_every_loss_in_the_package_has_a_case():
    assert set(FOUND.values()) == {case.kind for case in CASES} | ABSTRACT


def test_every_finished_loss_is_exported():
    assert {case.kind.__name__ for case in CASES} <= set(losses.__all__)


@every_reduction
def test_gradients_agree_with_central_differences(case, reduction):
    loss, inputs, g = case.build(reduction), case.inputs(), weights(case, reduction)
    numerical = numerical_gradients(
        lambda first, *others: float((g * loss(case.before(first), *others)).sum()),
        inputs,
        count=loss.differentiable,
    )
    loss(*inputs)
    found = gradients(loss, g)
    assert len(found) == loss.differentiable
    for gradient, expected in zip(found, numerical, strict=True):
        np.testing.assert_allclose(gradient, expected, rtol=1e-6, atol=1e-8)
        assert np.abs(expected).max() > 1e-3  # a check of zeros would be none


@every_loss
def test_reductions_are_the_array_its_sum_and_its_mean(case):
    inputs = case.inputs()
    unreduced = case.build("none")(*inputs)
    assert unreduced.shape == case.shape
    divisor = case.divisor(*inputs) if case.divisor else np.prod(case.shape)
    for reduction, expected in (("sum", unreduced.sum()), ("mean", unreduced.sum() / divisor)):
        value = case.build(reduction)(*inputs)
        assert type(value) is float
        assert value == pytest.approx(expected, rel=1e-13)


@every_reduction
def test_value_and_gradient_have_one_divisor(case, reduction):
    inputs = case.inputs()
    loss, whole = case.build(reduction), case.build("sum")
    ratio = np.sum(loss(*inputs)) / whole(*inputs)
    for gradient, total in zip(gradients(loss), gradients(whole), strict=True):
        np.testing.assert_allclose(gradient, ratio * total, rtol=1e-12)


@every_reduction
def test_backward_multiplies_by_the_gradient_it_is_given(case, reduction):
    loss = case.build(reduction)
    loss(*case.inputs())
    for tripled, plain in zip(gradients(loss, 3.0), gradients(loss), strict=True):
        np.testing.assert_allclose(tripled, 3 * plain, rtol=1e-14)


@every_reduction
@both_dtypes
def test_dtype_and_shapes_are_kept(case, reduction, dtype):
    loss, inputs = case.build(reduction), case.inputs(dtype)
    value = loss(*inputs)
    assert reduction != "none" or value.dtype == dtype
    for grad in [None, 2.0, np.float64(2), weights(case, reduction)]:
        for gradient, x in zip(gradients(loss, grad), inputs, strict=False):
            assert gradient.dtype == dtype
            assert gradient.shape == x.shape


@every_loss
def test_the_other_inputs_take_the_dtype_of_the_first(case):
    first, *others = case.inputs()
    loss = case.build("none")
    assert loss(first.astype(np.float32), *others).dtype == np.float32
    assert all(gradient.dtype == np.float32 for gradient in gradients(loss))


@every_reduction
def test_repeated_calls_give_the_same_and_a_new_one_replaces_the_old(case, reduction):
    loss = case.build(reduction)
    loss(*case.inputs(seed=1))
    first, found = np.array(loss(*case.inputs())), gradients(loss)
    kept = [gradient.copy() for gradient in found]
    for gradient in found:
        gradient *= 0  # the caller's to change
    for _ in range(2):
        assert all(map(np.array_equal, gradients(loss), kept))
        assert np.array_equal(loss(*case.inputs()), first)


@every_reduction
def test_a_refused_call_leaves_the_one_before_it(case, reduction):
    loss, inputs = case.build(reduction), case.inputs()
    loss(*inputs)
    expected = gradients(loss)
    with pytest.raises(TypeError):
        loss(*inputs[:-1], "text")
    assert all(map(np.array_equal, gradients(loss), expected))


@every_reduction
def test_no_gradient_lives_in_the_memory_of_an_input(case, reduction):
    loss, inputs = case.build(reduction), case.inputs()
    loss(*inputs)
    for gradient in gradients(loss):
        assert not any(np.shares_memory(gradient, x) for x in inputs)


@every_loss
def test_backward_before_a_loss_is_a_clear_error(case):
    with pytest.raises(RuntimeError, match="expected a computed loss before backward, received n"):
        case.build().backward()


@every_loss
def test_a_wrong_number_of_inputs_is_a_clear_error(case):
    inputs = case.inputs()
    for wrong in (inputs[:-1], (*inputs, inputs[0]), ()):
        words = rf"expected {len(inputs)} inputs, .* and .*, received {len(wrong)}$"
        with pytest.raises(TypeError, match=words):
            case.build()(*wrong)


@refusing
def test_unfit_inputs_are_a_clear_error(case, refused, error, words):
    with pytest.raises(error, match=words) as caught:
        case.build()(*refused)
    assert str(caught.value).startswith(f"{case.kind.__name__}: ")


@every_loss
def test_nothing_to_average_is_a_clear_error(case):
    with pytest.raises(ValueError, match="expected at least one element, received none"):
        case.build()(*[np.empty((0, *x.shape[1:]), x.dtype) for x in case.inputs()])


@every_loss
def test_texts_are_a_clear_error(case):
    for at, name in enumerate(case.kind.inputs):
        inputs = list(case.inputs())
        inputs[at] = "text"
        with pytest.raises(TypeError, match=f"{case.kind.__name__}: {name}: expected"):
            case.build()(*inputs)


@every_loss
def test_unfit_options_are_a_clear_error(case):
    listed = ", ".join(map(repr, case.kind.reductions))
    words = f"reduction: expected one of {listed}, received 'average'"
    for options, error, said in (({"reduction": "average"}, ValueError, words), *case.bad_options):
        with pytest.raises(error, match=said):
            case.kind(**options)


@every_loss
def test_a_reduction_without_its_name_is_an_error(case):
    with pytest.raises((TypeError, ValueError)):  # it may be taken for another option
        case.kind("mean")


@every_reduction
def test_a_gradient_of_another_shape_is_a_clear_error(case, reduction):
    loss = case.build(reduction)
    loss(*case.inputs())
    for shape in [(7,), (*case.shape, 2), *([] if reduction == "none" else [(2, *case.shape)])]:
        with pytest.raises(ValueError, match="expected grad of shape"):
            loss.backward(np.ones(shape))


@every_loss_with_extremes
@both_dtypes
def test_no_loss_raises_where_the_session_lets_numpy_raise(case, reduction, dtype):
    for inputs in case.extremes(dtype):
        loss = case.build(reduction)
        with np.errstate(all="raise"):
            loss(*read_only(inputs, dtype))
            loss.backward()


@every_loss_with_extremes
@both_dtypes
def test_extreme_inputs_stay_finite_without_a_warning(case, reduction, dtype):
    loss = case.build(reduction)
    for inputs in case.extremes(dtype):
        assert np.isfinite(loss(*read_only(inputs, dtype))).all(), inputs
        assert all(np.isfinite(gradient).all() for gradient in gradients(loss)), inputs


@pytest.mark.parametrize(
    ("case", "reduction"), [pair for pair in PAIRS if pair[0].perfect], ids=str
)
def test_perfect_inputs_cost_nothing_and_have_no_gradient(case, reduction):
    loss = case.build(reduction)
    value = loss(*case.perfect)
    assert np.all(value == 0)
    assert not np.signbit(value).any()  # and not the −0 that prints as -0.0000
    for gradient in gradients(loss) if case.rests else ():
        assert np.abs(gradient).max() < 1e-307  # σ(−1000) is the smallest normal number, not 0


def test_every_loss_has_a_case_that_is_perfect_one_of_extremes_and_one_of_unfit_inputs():
    for case in CASES:
        mine = [other for other in CASES if other.kind is case.kind]
        assert any(other.perfect for other in mine), case
        assert any([*other.extremes(np.float32)] for other in mine), case
        assert any(other.bad_inputs for other in mine), case
