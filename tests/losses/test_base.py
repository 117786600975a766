import math
import sys

import numpy as np
import pytest

from minidl.losses import Loss, MSELoss
from tests.contracts.differences import numerical_gradients

rng = np.random.default_rng(0)
P, Y = rng.random((4, 3)), rng.random((4, 3))


class Half(Loss):
    """½·(p − y)², written as a learner would."""

    def unreduced(self, predicts, labels):
        return (predicts - labels) ** 2 / 2

    def vjp(self, grad, predicts, labels):
        return grad * (predicts - labels)


class RowError(Loss):
    """Σ (p − y)² of each row: a loss for every sample of three numbers."""

    def unreduced(self, predicts, labels):
        return ((predicts - labels) ** 2).sum(axis=1)

    def vjp(self, grad, predicts, labels):
        return grad[:, None] * 2 * (predicts - labels)


class Batchwise(RowError):
    """A loss with a reduction of its own, and weights that are its labels' first column."""

    reductions = (*Loss.reductions, "batchmean")

    def weigh(self, values, predicts, labels):
        return values * labels[:, 0]

    def divisor(self, losses, predicts, labels):
        return len(losses) if self.reduction == "batchmean" else labels[:, 0].sum()


class Distances(Loss):
    """x·y + lengths of each row: two differentiable inputs, and whole numbers that have none."""

    inputs = ("left", "right", "lengths")
    differentiable = 2

    def prepare(self, left, right, lengths):
        return *self.as_floats(left, right), np.asarray(lengths)

    def unreduced(self, left, right, lengths):
        return (left * right).sum(axis=1) + lengths

    def weigh(self, values, left, right, lengths):
        return values / lengths if self.reduction == "mean" else values

    def vjp(self, grad, left, right, lengths):
        return grad[:, None] * right, grad[:, None] * left


def test_a_subclass_writes_only_the_formula():
    loss = Half()
    assert loss([[3.0], [1.0]], [[1.0], [2.0]]) == 1.25
    assert loss.backward().tolist() == [[1.0], [-0.5]]


@pytest.mark.parametrize(
    ("method", "arguments"), [("unreduced", "predicts, labels"), ("vjp", "grad, predicts, labels")]
)
def test_an_unwritten_method_says_what_to_write(method, arguments):
    with pytest.raises(NotImplementedError, match=rf"Loss needs {method}\({arguments}\)"):
        getattr(Loss(), method)(*[1.0] * (1 + arguments.count(",")))


def test_a_failed_call_keeps_the_pair_before_it():
    loss = RowError()
    loss([[3.0]], [[1.0]])
    with pytest.raises(ValueError, match="broadcast"):
        loss(np.ones((2, 3)), np.ones((4, 5)))
    assert loss.backward().tolist() == [[4.0]]


def test_a_mean_over_many_is_that_of_one():
    p, y = rng.random((1000, 3)), rng.random((1000, 3))
    loss = Half()
    assert loss(np.vstack([p, p]), np.vstack([y, y])) == pytest.approx(loss(p, y), rel=1e-13)
    whole = loss.backward()
    loss(np.vstack([p, p]), np.vstack([y, y]))
    assert np.allclose(loss.backward()[:1000], whole / 2)


def test_a_loss_a_sample_divides_value_and_gradient_by_the_number_of_samples():
    loss = RowError()
    assert loss(P, Y) == pytest.approx(((P - Y) ** 2).sum() / 4, rel=1e-14)
    np.testing.assert_allclose(loss.backward(), 2 * (P - Y) / 4, rtol=1e-14)
    (expected,) = numerical_gradients(loss, (P, Y), count=1)
    loss(P, Y)
    np.testing.assert_allclose(loss.backward(), expected, rtol=1e-6)


@pytest.mark.parametrize(
    ("reduction", "divisor"),
    [("sum", 1), ("mean", Y[:, 0].sum()), ("batchmean", 4)],
)
def test_weights_and_a_reduction_of_ones_own_reach_value_and_gradient(reduction, divisor):
    loss = Batchwise(reduction=reduction)
    value = loss(P, Y)
    assert value == pytest.approx((Y[:, 0] * ((P - Y) ** 2).sum(axis=1)).sum() / divisor, rel=1e-14)
    np.testing.assert_allclose(
        loss.backward(), Y[:, :1] * 2 * (P - Y) / divisor, rtol=1e-14, err_msg=reduction
    )
    assert Batchwise(reduction="none")(P, Y).shape == (4,)


def test_a_reduction_that_a_loss_does_not_declare_is_refused():
    with pytest.raises(ValueError, match="expected one of 'mean', 'sum', 'none', received 'batch"):
        RowError(reduction="batchmean")


@pytest.mark.parametrize("reduction", ["sum", "mean", "none"])
def test_several_inputs_have_a_gradient_each_and_whole_numbers_none(reduction):
    lengths = np.array([1, 2, 5, 3])
    g = np.array([1.0, 2.0, -1.0, 0.5]) if reduction == "none" else np.array(2.0)
    loss = Distances(reduction=reduction)
    expected = numerical_gradients(
        lambda x, y, _: (g * loss(x, y, lengths)).sum(), (P, Y, lengths), count=2
    )
    loss(P, Y, lengths)
    gradients = loss.backward(g)
    assert isinstance(gradients, tuple)
    for gradient, other in zip(gradients, expected, strict=True):
        np.testing.assert_allclose(gradient, other, rtol=1e-6)


def test_a_mean_over_nothing_is_nan_with_a_gradient_of_zero():
    loss = Batchwise()
    assert math.isnan(loss(P, np.zeros((4, 3))))
    assert not loss.backward().any()


@pytest.mark.skipif(sys.version_info < (3, 11), reason="typing.final leaves no mark in 3.10")
@pytest.mark.parametrize("name", ["__call__", "backward", "as_floats", "shapes_differ"])
def test_finished_methods_are_marked_as_final(name):
    assert getattr(Loss, name).__final__


def test_the_names_of_the_inputs_are_in_its_errors():
    loss = Distances()
    with pytest.raises(TypeError, match="3 inputs, left, right and lengths, received 2"):
        loss(P, Y)
    with pytest.raises(RuntimeError, match="try calling it on left, right and lengths first"):
        loss.backward()
    with pytest.raises(TypeError, match="Distances: right: expected an array of real numbers"):
        loss(P, "text", [1])
    error = loss.shapes_differ(P, Y[:2], advice="; try less")
    assert str(error) == (
        "Distances: expected left and right of one shape, received (4, 3) and (2, 3); try less"
    )


def test_a_mean_in_half_precision_is_right_where_its_sum_would_overflow():
    predicts = np.full((100, 1), 30.0, np.float16)
    loss = MSELoss()
    assert loss(predicts, np.zeros((100, 1))) == 900
    assert loss.backward().dtype == np.float16
