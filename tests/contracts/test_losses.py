"""What every loss of `minidl.losses` keeps to."""

import itertools

import numpy as np
import pytest

from minidl import losses
from minidl.gradcheck import gradcheck_loss
from minidl.losses import Loss
from tests.contracts.loss_cases import ABSTRACT, CASES
from tests.contracts.op_cases import extremes
from tests.contracts.walking import classes_in

every_loss = pytest.mark.parametrize("case", CASES, ids=str)
every_reduction = pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
both_dtypes = pytest.mark.parametrize("dtype", [np.float32, np.float64], ids=["f32", "f64"])
G = np.random.default_rng(2).standard_normal((4, 3))
FOUND = classes_in(losses, Loss)


class Weighted:
    """An unreduced loss followed by Σ g·losses, a number with a gradient of its own."""

    def __init__(self, loss, g):
        self.loss, self.g = loss, g

    def __call__(self, predicts, labels):
        return float((self.g * self.loss(predicts, labels)).sum())

    def backward(self):
        return self.loss.backward(self.g)


def read_only(array, dtype=np.float64):
    array = np.array(array, dtype=dtype)
    array.setflags(write=False)
    return array


def inputs(case, dtype=np.float64):
    return read_only(case.predicts, dtype), read_only(case.labels, dtype)


def test_every_loss_in_the_package_has_a_case():
    assert set(FOUND.values()) == {case.kind for case in CASES} | ABSTRACT


def test_every_finished_loss_is_exported():
    assert {case.kind.__name__ for case in CASES} <= set(losses.__all__)


@every_loss
@every_reduction
def test_gradient_agrees_with_central_differences(case, reduction):
    loss = case.build(reduction)
    report = gradcheck_loss(loss if reduction != "none" else Weighted(loss, G), *inputs(case))
    assert report.ok, report


@every_loss
def test_reductions_are_the_array_its_sum_and_its_mean(case):
    unreduced = case.build("none")(*inputs(case))
    assert unreduced.shape == (4, 3)
    for reduction, expected in (("sum", unreduced.sum()), ("mean", unreduced.sum() / 12)):
        value = case.build(reduction)(*inputs(case))
        assert type(value) is float
        assert value == pytest.approx(expected, rel=1e-14)


@every_loss
def test_a_weight_multiplies_each_elements_loss(case):
    if "weight" in case.options:
        others = {k: v for k, v in case.options.items() if k != "weight"}
        plain = case.kind(reduction="none", **others)(*inputs(case))
        expected = plain * case.options["weight"]
        np.testing.assert_allclose(case.build("none")(*inputs(case)), expected, rtol=1e-14)


@every_loss
@every_reduction
def test_backward_multiplies_by_the_gradient_it_is_given(case, reduction):
    loss = case.build(reduction)
    loss(*inputs(case))
    np.testing.assert_allclose(loss.backward(3.0), 3 * loss.backward(), rtol=1e-14)
    if reduction == "none":
        np.testing.assert_allclose(loss.backward(G), G * loss.backward(), rtol=1e-14)


@every_loss
@every_reduction
@both_dtypes
def test_dtype_and_shape_are_kept(case, reduction, dtype):
    loss = case.build(reduction)
    predicts, labels = inputs(case, dtype)
    value = loss(predicts, labels)
    assert reduction != "none" or value.dtype == dtype
    for grad in [None, 2.0, np.float64(2), *([G] if reduction == "none" else [])]:
        assert loss.backward(grad).dtype == dtype
        assert loss.backward(grad).shape == predicts.shape


@every_loss
def test_labels_take_the_dtype_of_the_predictions(case):
    predicts = case.predicts.astype(np.float32)
    assert case.build("none")(predicts, case.labels.astype(np.float64)).dtype == np.float32


@every_loss
@every_reduction
def test_repeated_calls_give_the_same_and_a_new_one_replaces_the_old(case, reduction):
    loss = case.build(reduction)
    loss(case.predicts[::-1], case.labels)
    first = np.array(loss(*inputs(case)))
    gradient = loss.backward().copy()
    assert np.array_equal(loss.backward(), gradient)
    assert np.array_equal(loss(*inputs(case)), first)
    assert np.array_equal(loss.backward(), gradient)


@every_loss
def test_backward_before_a_loss_is_a_clear_error(case):
    with pytest.raises(RuntimeError, match="expected a computed loss before backward"):
        case.build().backward()


@every_loss
def test_shapes_that_differ_are_a_clear_error(case):
    for predicts, labels in [
        (case.predicts, case.labels[:2]),
        (case.predicts, case.labels[:, :1]),
        (case.predicts[:1], case.labels),
        (case.predicts[:, :1], case.labels[:, 0]),
    ]:
        with pytest.raises(ValueError, match=r"expected predictions and labels of one shape, rec"):
            case.build()(predicts, labels)


@every_loss
def test_flat_labels_come_with_advice(case):
    with pytest.raises(ValueError, match=r"try labels.reshape\(-1, 1\)"):
        case.build()(case.predicts[:, :1], case.labels[:, 0])


@every_loss
def test_nothing_to_average_is_a_clear_error(case):
    with pytest.raises(ValueError, match="expected at least one element, received none"):
        case.build()(np.empty((0, 3)), np.empty((0, 3)))


@every_loss
def test_texts_are_a_clear_error(case):
    with pytest.raises(TypeError, match="predicts: expected an array of real numbers"):
        case.build()("text", case.labels)
    with pytest.raises(TypeError, match="labels: expected an array of real numbers"):
        case.build()(case.predicts, "text")


@every_loss
def test_an_unknown_reduction_is_a_clear_error(case):
    with pytest.raises(ValueError, match="reduction: expected one of 'mean', 'sum', 'none', rec"):
        case.build("average")


@every_loss
def test_options_are_named(case):
    with pytest.raises(TypeError):
        case.kind("mean")


@every_loss
@every_reduction
def test_a_gradient_of_another_shape_is_a_clear_error(case, reduction):
    loss = case.build(reduction)
    loss(*inputs(case))
    wrong = [np.ones(3), np.ones((3, 4))] + ([] if reduction == "none" else [np.ones((4, 3))])
    for grad in wrong:
        with pytest.raises(ValueError, match="expected grad of shape"):
            loss.backward(grad)


@every_loss
@pytest.mark.parametrize("shape", [(2, 4, 3), (4, 2), (3, 1), (5,)], ids=str)
def test_weights_that_do_not_fit_are_a_clear_error(case, shape):
    for option in case.options:
        loss = case.kind(**{option: np.ones(shape)})
        words = rf"{option}: expected .* broadcasts to .*\(4, 3\), received "
        with pytest.raises(ValueError, match=words):
            loss(*inputs(case))


@every_loss
def test_weights_do_not_enlarge_the_predictions(case):
    for option in case.options:
        loss = case.kind(**{option: [[1.0, 2.0]]})
        with pytest.raises(ValueError, match=f"{option}: expected"):
            loss(case.predicts[:, :1], case.labels[:, :1])


@pytest.mark.parametrize("case", [case for case in CASES if not case.options], ids=str)
@every_reduction
@both_dtypes
def test_extreme_predictions_stay_finite_without_a_warning(case, reduction, dtype):
    loss = case.build(reduction)
    for predict, label in itertools.product(case.extremes(dtype).flat, [0.0, 0.5, 1.0]):
        assert np.isfinite(loss(read_only([[predict]], dtype), [[label]])).all()
        assert np.isfinite(loss.backward()).all()


@pytest.mark.parametrize("case", [case for case in CASES if not case.options], ids=str)
def test_a_perfect_prediction_costs_nothing(case):
    predicts = [[-1000.0], [1000.0]] if case.extremes is extremes else [[0.0], [1.0]]
    for reduction in ("mean", "sum", "none"):
        value = case.build(reduction)(predicts, [[0.0], [1.0]])
        assert np.all(value == 0)
        assert not np.signbit(value).any()  # and not the −0 that prints as -0.0000


@every_loss
def test_one_number_is_a_loss_too(case):
    predict, label = float(case.predicts[0, 0]), float(case.labels[0, 0])
    loss = case.kind()
    assert loss(predict, label) == pytest.approx(loss([[predict]], [[label]]))
    loss(predict, label)
    assert np.shape(loss.backward()) == ()
