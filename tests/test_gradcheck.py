import copy
import re

import numpy as np
import pytest

from minidl.gradcheck import (
    GradCheckReport,
    float64_copy,
    gradcheck,
    gradcheck_loss,
    numerical_gradient,
    repeatable,
)
from minidl.losses import BCELoss, MSELoss, TripletMarginLoss
from minidl.nn import BatchNorm1d, Dropout, Embedding, Linear, ReLU, Sequential, Tanh
from minidl.op import Op

X = np.random.default_rng(0).standard_normal((4, 3))


def test_central_differences_are_exact_for_a_quadratic():
    A = np.random.default_rng(1).standard_normal((3, 3))
    x = np.array([1.0, -2.0, 0.5])
    assert np.allclose(numerical_gradient(lambda x: x @ A @ x, x), (A + A.T) @ x, atol=1e-8)


def test_differences_reach_a_layers_parameters_through_its_own_reference():
    fc = Linear(3, 2, rng=0)
    gradient = numerical_gradient(lambda _: fc(X).sum(), fc.params["W"])
    assert np.allclose(gradient, X.sum(axis=0)[:, None].repeat(2, axis=1))


def test_the_array_is_put_back_bit_for_bit():
    x = np.array([[0.1, 1e10], [-3.3, 0.0]])
    before = x.copy()
    numerical_gradient(lambda x: float(np.sin(x).sum()), x)
    assert np.array_equal(x, before)


def test_the_array_is_put_back_when_the_function_fails():
    x = np.array([1.0, 2.0])
    with pytest.raises(ZeroDivisionError):
        numerical_gradient(lambda x: 1 / 0, x)
    assert x.tolist() == [1, 2]


@pytest.mark.parametrize("x", [np.ones(2, np.float32), [1.0], np.ones(2, int), 1.0])
def test_anything_but_a_float64_array_is_refused(x):
    with pytest.raises(TypeError, match="expected a float64 array, received"):
        numerical_gradient(lambda x: 0.0, x)


@pytest.mark.parametrize("eps", [0, -1e-6, np.nan, "1e-6"])
def test_a_step_that_is_no_positive_number_is_refused(eps):
    with pytest.raises((ValueError, TypeError), match="eps: expected a"):
        numerical_gradient(lambda x: 0.0, np.ones(1), eps=eps)


def test_a_right_op_agrees_in_every_row():
    report = gradcheck(Sequential(Linear(3, 2, rng=0, name="fc"), Tanh()), X)
    assert report.ok
    assert [row.name for row in report.rows] == ["x", "fc.W", "fc.b"]
    assert str(report).splitlines() == [
        "∂L/∂x, shape (4, 3): agrees",
        "∂L/∂fc.W, shape (3, 2): agrees",
        "∂L/∂fc.b, shape (1, 2): agrees",
    ]


def test_the_op_and_the_input_are_left_as_they_were():
    model = Sequential(
        *(Linear(3, 4, rng=0), BatchNorm1d(4), Dropout(0.5, rng=1), Linear(4, 2, rng=2))
    )
    first, x = 2 * X, X.copy()
    model(first)
    model.backward(np.ones((4, 2)))
    before = copy.deepcopy(model)
    gradcheck(model, x)
    assert np.array_equal(x, X)
    for (_, ours), (_, theirs) in zip(model.named_layers(), before.named_layers(), strict=True):
        for kind in ("params", "grads", "buffers"):
            arrays, others = getattr(ours, kind), getattr(theirs, kind)
            assert all(np.array_equal(arrays[key], others[key]) for key in others), kind
        for array, other in zip(ours._saved, theirs._saved, strict=True):
            assert np.array_equal(array, other)
        assert ours._forwards == theirs._forwards
        assert ours.rng is None or ours.rng.random() == theirs.rng.random()


class Scaled(Op):
    """Multiplies by a parameter that is called as the input is."""

    def __init__(self, slope):
        super().__init__()
        self.params["x"] = np.array([[2.0]])
        self.slope = slope

    def forward(self, x):
        self.save_for_backward(x)
        return self.params["x"] * x

    def backward(self, grad):
        self.grads["x"] = (grad * self.saved_for_backward()).sum(keepdims=True)
        return grad * self.slope


@pytest.mark.parametrize(("slope", "ok"), [(2.0, True), (3.0, False)])
def test_a_parameter_with_the_inputs_name_does_not_hide_it(slope, ok):
    report = gradcheck(Scaled(slope), X)
    assert [row.ok for row in report.rows] == [ok, True]
    assert [row.numerical.shape for row in report.rows] == [(4, 3), (1, 1)]


class Drifting(Op):
    """Multiplies by a parameter and by a buffer that every pass doubles."""

    def __init__(self):
        super().__init__()
        self.params["s"] = np.array([[2.0]])
        self.buffers["size"] = np.array([1.0])
        self.buffers["seen"] = np.array(0)

    def forward(self, x):
        size = self.buffers["size"].copy()
        self.buffers["size"] *= 2
        self.buffers["seen"] += 1
        self.save_for_backward(x, size)
        return x * self.params["s"] * size

    def backward(self, grad):
        x, size = self.saved_for_backward()
        self.grads["s"] = (grad * x * size).sum(keepdims=True)
        return grad * self.params["s"] * size


def test_every_pass_starts_from_the_same_buffers():
    op = Drifting()
    assert gradcheck(op, X).ok
    assert (op.buffers["size"], op.buffers["seen"]) == (1, 0)


def test_an_index_has_no_row_and_the_parameters_have_theirs():
    words = Embedding(5, 2, rng=0)
    report = gradcheck(words, [[0, 3], [3, 1]])
    assert report.ok
    assert [row.name for row in report.rows] == ["W"]


@pytest.mark.parametrize("sparse", [False, True])
def test_a_mistake_in_the_gradient_of_a_table_is_found(sparse):
    class LastOnly(Embedding):
        def backward(self, grad):
            super().backward(grad)
            gradient = self.grads["W"]
            if sparse:
                gradient.values[0] *= 2
            else:
                gradient[0] *= 2

    report = gradcheck(LastOnly(5, 2, sparse=sparse, rng=0), [[0, 3], [3, 1]])
    assert not report.ok
    assert "∂L/∂W, shape (5, 2): differs" in str(report)


def test_whole_numbers_are_no_index_where_others_would_do():
    report = gradcheck(Linear(3, 2, rng=0), np.array([[1, 2, 3]]))
    assert report.ok
    assert [row.name for row in report.rows] == ["x", "W", "b"]


def test_a_lost_return_is_no_index():
    class Lost(Linear):
        def backward(self, grad):
            super().backward(grad)

    report = gradcheck(Lost(3, 2, rng=0), [[1, 2, 3]])
    assert [row.ok for row in report.rows] == [False, True, True]


class Faulty(Linear):
    """A Linear with one mistake of the kinds that learners make."""

    def __init__(self, mistake):
        super().__init__(3, 2, rng=0)
        self.mistake = mistake

    def backward(self, grad):
        dx = super().backward(grad)
        return self.mistake(self, grad, dx)


def flat_bias(op, grad, dx):
    op.grads["b"] = grad.sum(axis=0)
    return dx


def lost_sum(op, grad, dx):
    op.grads["b"] = grad[:1]
    return dx


def lost_factor(op, grad, dx):
    op.grads["W"] = op.grads["W"] / 4
    return dx


def wrong_sign(op, grad, dx):
    return -dx


def not_a_number(op, grad, dx):
    return dx * np.nan


def wrong_shape(op, grad, dx):
    return dx.T


def infinite(op, grad, dx):
    op.grads["W"] = op.grads["W"] + np.inf
    return dx


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        (flat_bias, r"∂L/∂b: expected the shape \(1, 2\), backward gives \(2,\)"),
        (lost_sum, r"∂L/∂b, shape \(1, 2\): differs, e.g. at \(0, \d\) backward gives -?\d\.\d{4}"),
        (lost_factor, r"∂L/∂W, shape \(3, 2\): differs, e.g. at"),
        (wrong_sign, r"∂L/∂x, shape \(4, 3\): differs"),
        (not_a_number, r"∂L/∂x, shape \(4, 3\): differs, e.g. at \(0, 0\) backward gives nan"),
        (wrong_shape, r"∂L/∂x: expected the shape \(4, 3\), backward gives \(3, 4\)"),
        (infinite, r"∂L/∂W, shape \(3, 2\): differs, e.g. at \(0, 0\) backward gives inf"),
    ],
)
def test_a_mistake_is_found_in_its_row_and_in_no_other(mistake, words):
    report = gradcheck(Faulty(mistake), X)
    assert not report.ok
    wrong = [str(row) for row in report.rows if not row.ok]
    assert len(wrong) == 1
    assert re.search(words, wrong[0])


def test_a_small_mistake_is_found():
    class Slightly(Linear):
        def backward(self, grad):
            return super().backward(grad) * (1 + 1e-5)

    assert not gradcheck(Slightly(3, 2, rng=0), X).ok


def test_a_gradient_that_was_not_stored_is_a_clear_error():
    class Forgetful(Linear):
        def backward(self, grad):
            super().backward(grad)
            self.grads.clear()

    with pytest.raises(RuntimeError, match="W: expected a gradient, received none"):
        gradcheck(Forgetful(3, 2, rng=0), X)


def test_zero_gradients_agree():
    assert gradcheck(ReLU(), -1 - np.abs(X)).ok


def test_losses_are_checked_too():
    p, y = np.array([[0.2], [0.7]]), np.array([[0.0], [1.0]])
    assert gradcheck_loss(BCELoss(), p, y).ok
    assert gradcheck_loss(BCELoss(reduction="sum"), p, y).ok


def test_a_loss_that_forgets_one_over_n_is_found():
    class Forgetful:
        def __init__(self):
            self.right = MSELoss()

        def __call__(self, predicts, labels):
            return self.right(predicts, labels)

        def backward(self):
            return self.right.backward() * 4

    report = gradcheck_loss(Forgetful(), np.ones((4, 1)), np.zeros((4, 1)))
    assert not report.ok
    assert "∂L/∂predicts, shape (4, 1): differs" in str(report)


class Distance:
    """Σ (a − b)²·c / N, whose gradients in a and b are right or not."""

    def __init__(self, factor=1.0):
        self.factor = factor

    def __call__(self, a, b, c):
        self.saved = a, b, c
        return float(((a - b) ** 2 * c).sum() / len(a))

    def backward(self):
        a, b, c = self.saved
        return 2 * (a - b) * c / len(a), -2 * self.factor * (a - b) * c / len(a)


def test_a_loss_of_several_inputs_is_checked_in_those_that_have_a_gradient():
    a, b, c = np.random.default_rng(0).standard_normal((3, 4, 2))
    report = gradcheck_loss(Distance(), a, b, c, wrt=["a", "b"])
    assert report.ok
    assert [row.name for row in report.rows] == ["a", "b"]
    faulty = gradcheck_loss(Distance(2.0), a, b, c, wrt=["a", "b"])
    assert [row.ok for row in faulty.rows] == [True, False]


def test_a_loss_may_say_itself_which_of_its_inputs_have_a_gradient():
    anchor, positive, negative = np.random.default_rng(0).standard_normal((3, 4, 2))
    report = gradcheck_loss(TripletMarginLoss(margin=9.0), anchor, positive, negative)
    assert report.ok
    assert [row.name for row in report.rows] == ["anchor", "positive", "negative"]


def test_a_loss_with_another_number_of_gradients_is_told_so():
    a, b, c = np.ones((3, 4, 2))
    with pytest.raises(
        ValueError, match=r"a gradient of each of a, b, c, received 2 from backward"
    ):
        gradcheck_loss(Distance(), a, b, c, wrt=["a", "b", "c"])


def test_a_loss_and_its_inputs_are_left_as_they_were():
    loss, p, y = BCELoss(), np.array([[0.2], [0.7]]), np.array([[0.0], [1.0]])
    value = loss(p, y)
    gradient = loss.backward()
    assert gradcheck_loss(loss, 0.5 * p, y).ok
    assert np.array_equal(loss.backward(), gradient)
    assert loss(p, y) == value


def test_an_empty_report_is_not_a_failure():
    assert GradCheckReport(()).ok


@pytest.mark.parametrize("shared", [False, True])
def test_random_ops_draw_the_same_numbers_in_every_pass(shared):
    rng = np.random.default_rng(0)
    drops = [Dropout(0.5, rng=rng if shared else seed) for seed in (1, 2)]
    model = Sequential(drops[0], Linear(3, 4, rng=0), drops[1])
    assert gradcheck(model, np.random.default_rng(3).standard_normal((5, 3))).ok


def test_a_repeatable_pass_draws_the_same_numbers_in_every_layer():
    model = Sequential(Dropout(0.5, rng=1), Sequential(Dropout(0.5, rng=2)))
    first = Sequential(Dropout(0.5, rng=1), Sequential(Dropout(0.5, rng=2)))(np.ones((9, 9)))
    forward = repeatable(model)
    for _ in range(3):
        assert np.array_equal(forward(np.ones((9, 9))), first)


@pytest.mark.parametrize("value", [np.ones((1, 1)), np.ones(1), [1.0, 2.0], None])
def test_a_function_that_returns_no_number_is_told_so(value):
    with pytest.raises(TypeError, match=r"expected an f that returns a number, .*\.sum\(\)"):
        numerical_gradient(lambda x: value, np.ones(2))


def test_parameters_in_float32_are_named_as_what_cannot_be_checked():
    model = Sequential(Linear(3, 2, rng=0, dtype="float32", name="fc"), Tanh())
    with pytest.raises(TypeError, match=r"received fc.W in float32; try .*float64_copy\(op\)"):
        gradcheck(model, X)
    assert gradcheck(float64_copy(model), X).ok


def test_a_copy_in_float64_keeps_the_values_and_leaves_the_op_alone():
    model = Sequential(Linear(3, 2, rng=0, dtype="float32"), Tanh())
    twin = float64_copy(model)
    assert twin(X).dtype == np.float64
    assert np.array_equal(twin.layers[0].params["W"], model.layers[0].params["W"])
    assert model.layers[0].params["W"].dtype == np.float32


def test_a_copy_in_float64_has_buffers_that_are_too_but_for_whole_numbers():
    twin = float64_copy(Sequential(BatchNorm1d(3, dtype="float32"))).layers[0]
    assert twin(X).dtype == np.float64
    assert [a.dtype.kind for a in twin.buffers.values()] == ["f", "f", "i"]
    assert gradcheck(twin, X).ok


def test_a_copy_in_float64_keeps_other_names_of_an_array():
    fc = Linear(3, 2, rng=0)
    fc.weights = fc.params["W"]
    twin = float64_copy(fc)
    assert twin.weights is twin.params["W"]
    assert twin.weights is not fc.weights


def test_the_rounding_of_a_large_loss_is_no_mistake():
    p, y = np.array([[0.0], [1.0]]), np.array([[3e8], [1e8]])
    assert gradcheck_loss(MSELoss(reduction="sum"), p, y).ok
    assert gradcheck(Linear(3, 2, rng=0), 1e9 * X).ok
    assert not gradcheck(Faulty(lost_factor), 1e9 * X).ok
