import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidl.gradcheck import numerical_gradient
from minidl.nn import Linear, Logistic, ReLU, Sequential
from minidl.op import Op
from minidl.optim import BatchGD
from minidl.parameter import Parameter
from minidl.penalties import L1, L2, Penalty, WeightDecay
from minidl.sparse import SparseGradient

PENALTIES = [L2(0.3), L1(0.3), WeightDecay(0.3)]
each_penalty = pytest.mark.parametrize("penalty", PENALTIES, ids=repr)
TERMS = [L2(0.3), L1(0.3)]
each_term = pytest.mark.parametrize("penalty", TERMS, ids=repr)


def network(dtype=np.float64, seed=0):
    rng = np.random.default_rng(seed)
    return Sequential(
        Linear(2, 3, rng=rng, dtype=dtype, name="fc1"),
        ReLU(),
        Sequential(Linear(3, 3, rng=rng, dtype=dtype, name="W"), Logistic(), name="block"),
        Linear(3, 1, rng=rng, dtype=dtype, name="fc10"),
    )


def with_gradients(dtype=np.float64, seed=0):
    model = network(dtype, seed)
    y = model(np.random.default_rng(1).standard_normal((4, 2)))
    model.backward(np.ones_like(y))
    return model


def names(parameters):
    return [parameter.name for parameter in parameters]


# Which parameters


def test_weights_and_no_biases_are_the_default():
    assert names(L2(1).select(network())) == ["fc1.W", "block.W.W", "fc10.W"]
    assert names(L2(1).select(Linear(2, 1))) == ["W"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"^fc1\.", ["fc1.W", "fc1.b"]),
        (r"fc1", ["fc1.W", "fc1.b", "fc10.W", "fc10.b"]),
        (r"\.b$", ["fc1.b", "block.W.b", "fc10.b"]),
        (r"", ["fc1.W", "fc1.b", "block.W.W", "block.W.b", "fc10.W", "fc10.b"]),
    ],
)
@pytest.mark.parametrize("kind", [L1, L2, WeightDecay])
def test_a_pattern_is_searched_for_in_the_dotted_names(kind, pattern, expected):
    assert names(kind(0.1, pattern).select(network().parameters())) == expected


def test_a_pattern_without_a_match_is_refused_with_the_names():
    words = r"^L2: expected parameters that match 'fc2', received fc1\.W, fc1\.b, block\.W\.W, "
    with pytest.raises(ValueError, match=words):
        L2(0.1, "fc2").select(network())
    with pytest.raises(ValueError, match=r"match '\(\^\|\\\\\.\)W\$', received none$"):
        L1(0.1).select(Sequential(ReLU()))


def test_what_is_no_regular_expression_is_refused():
    with pytest.raises(ValueError, match=r"pattern: expected a regular expression, received '\('"):
        L2(0.1, "(")
    with pytest.raises(TypeError, match="pattern: expected a regular expression, received None"):
        L2(0.1, None)


def test_the_views_that_are_selected_stay_good():
    model = with_gradients()
    penalty = L2(0.3)
    selected = penalty.select(model)
    model(np.ones((1, 2)))
    model.backward(np.ones((1, 1)))  # a new array of gradients
    expected = selected[0].grad + 0.3 * selected[0].value
    penalty.apply(selected)
    assert np.array_equal(model.layers[0].grads["W"], expected)


# The formulas


def test_the_values_are_those_of_the_formulas():
    fc = Linear(
        2, 2, weight_init=lambda *_: [[1.0, -2.0], [0.0, 3.0]], bias_init=lambda *_: [[9, 9]]
    )
    selected = L2(0.5).select(fc)
    assert L2(0.5).value(selected) == pytest.approx(0.5 * 0.5 * (1 + 4 + 9))
    assert L1(0.5).value(selected) == pytest.approx(0.5 * (1 + 2 + 3))
    assert WeightDecay(0.5).value(selected) == 0


@each_penalty
def test_a_value_is_a_float_and_sums_the_parameters(penalty):
    for dtype in (np.float64, np.float32):
        selected = penalty.select(network(dtype))
        assert type(penalty.value(selected)) is float
        assert penalty.value(selected) == pytest.approx(
            sum(penalty.value([parameter]) for parameter in selected)
        )
    assert penalty.value([]) == 0


@each_term
def test_what_is_added_to_the_gradient_is_the_gradient_of_the_value(penalty):
    model = with_gradients()
    selected = penalty.select(model)
    before = [parameter.grad.copy() for parameter in selected]
    penalty.apply(selected)
    for parameter, grad in zip(selected, before, strict=True):
        numerical = numerical_gradient(lambda _: penalty.value(selected), parameter.value)
        assert np.allclose(parameter.grad - grad, numerical, rtol=1e-6, atol=1e-8)


def test_the_slope_of_l1_at_zero_is_zero():
    fc = Linear(2, 1, weight_init=lambda *_: [[0.0], [-0.0]])
    fc(np.ones((1, 2)))
    fc.backward(np.zeros((1, 1)))
    penalty = L1(1.0)
    penalty.apply(penalty.select(fc))
    assert fc.grads["W"].tolist() == [[0.0], [0.0]]


def test_weight_decay_shrinks_the_weights_in_place_and_leaves_the_gradient():
    model = with_gradients()
    W, grad = model.layers[0].params["W"], model.layers[0].grads["W"].copy()
    expected = 0.7 * W
    penalty = WeightDecay(0.3)
    penalty.apply(penalty.select(model))
    assert model.layers[0].params["W"] is W
    assert np.allclose(W, expected, rtol=1e-15)
    assert np.array_equal(model.layers[0].grads["W"], grad)


@each_penalty
def test_parameters_that_do_not_match_are_left_alone(penalty):
    model, plain = with_gradients(), with_gradients()
    penalty.apply(penalty.select(model))
    for changed, before in zip(model.parameters(), plain.parameters(), strict=True):
        same = np.array_equal(changed.grad, before.grad) and np.array_equal(
            changed.value, before.value
        )
        assert same == changed.name.endswith(".b")


@each_penalty
def test_single_precision_is_kept(penalty):
    model = with_gradients(np.float32)
    penalty.apply(penalty.select(model))
    for parameter in model.parameters():
        assert parameter.value.dtype == parameter.grad.dtype == np.float32


def test_zero_changes_nothing():
    for penalty in (L2(0), L1(0), WeightDecay(0)):
        model, plain = with_gradients(), with_gradients()
        penalty.apply(penalty.select(model))
        for changed, before in zip(model.parameters(), plain.parameters(), strict=True):
            assert np.array_equal(changed.grad, before.grad)
            assert np.array_equal(changed.value, before.value)


@each_term
def test_a_gradient_that_an_op_shares_with_others_is_not_written_into(penalty):
    class Shift(Op):
        def __init__(self):
            super().__init__()
            self.params["W"] = np.ones((1, 2))

        def forward(self, x):
            self.save_for_backward(x)
            return x + self.params["W"]

        def backward(self, grad):
            self.grads["W"] = grad
            return grad

    op, grad = Shift(), np.ones((1, 2))
    op(grad)
    passed_on = op.backward(grad)
    penalty.apply(penalty.select(op))
    assert np.allclose(op.grads["W"], 1.3)
    assert passed_on.tolist() == grad.tolist() == [[1.0, 1.0]]


@each_term
def test_a_term_without_gradients_is_a_clear_error(penalty):
    with pytest.raises(RuntimeError, match=r"^fc1\.W: expected a gradient, received none"):
        penalty.apply(penalty.select(network()))


# How they relate


def descend(penalty, rates, seed):
    """Return the weights after a step of plain gradient descent at each rate."""
    model = network(seed=seed)
    optimizer = BatchGD(model, lr=rates[0])
    selected = penalty.select(model)
    X = np.random.default_rng(seed).standard_normal((6, 2))
    for rate in rates:
        optimizer.param_groups[0]["lr"] = rate
        model.backward(2 * model(X) / 6)
        penalty.apply(selected)
        optimizer.step()
    return np.concatenate([parameter.value.ravel() for parameter in model.parameters()])


@given(st.floats(0.001, 0.1), st.floats(0.01, 1), st.integers(0, 100))
def test_under_plain_descent_weight_decay_is_l2_with_damping_of_rate_times_lambda(lr, lam, seed):
    decayed = descend(WeightDecay(lr * lam), [lr] * 5, seed)
    assert np.allclose(decayed, descend(L2(lam), [lr] * 5, seed), rtol=1e-9, atol=1e-12)


def test_the_two_part_when_the_rate_changes():
    rates = [0.1, 0.1, 0.01, 0.01]
    decayed, penalized = descend(WeightDecay(0.05), rates, 0), descend(L2(0.5), rates, 0)
    assert np.abs(decayed - penalized).max() > 0.01
    assert np.linalg.norm(decayed) < np.linalg.norm(penalized)


def test_l1_empties_weights_that_l2_only_shrinks():
    left = {}
    for penalty in (L1(0.1), L2(0.1)):
        fc = Linear(1, 4, bias=False, weight_init=lambda *_: [[0.05, 0.1, 0.2, 2.0]])
        optimizer = BatchGD(fc, lr=0.01)
        for _ in range(300):
            fc.backward(np.zeros_like(fc([[1.0]])))
            penalty.apply(penalty.select(fc))
            optimizer.step()
        left[type(penalty)] = fc.params["W"]
    assert (np.abs(left[L1]) < 0.002).tolist() == [[True, True, True, False]]
    assert (np.abs(left[L2]) > 0.03).all()


def test_penalties_apply_one_after_the_other():
    model, plain = with_gradients(), with_gradients()
    for penalty in (L2(0.2), L1(0.3)):
        penalty.apply(penalty.select(model))
    W = plain.layers[0].params["W"]
    expected = plain.layers[0].grads["W"] + 0.2 * W + 0.3 * np.sign(W)
    assert np.allclose(model.layers[0].grads["W"], expected)


# Arguments


@pytest.mark.parametrize("value", [-0.1, math.nan, math.inf])
def test_a_strength_out_of_range_is_refused(value):
    for kind in (L1, L2):
        with pytest.raises(ValueError, match="lam: expected a finite number ≥ 0, received"):
            kind(value)
    for damping in (value, 1, 1.5):
        with pytest.raises(ValueError, match="damping: expected a finite number ≥ 0 and < 1, rec"):
            WeightDecay(damping)


def test_a_strength_that_is_no_number_is_refused():
    for kind, name in ((L1, "lam"), (L2, "lam"), (WeightDecay, "damping")):
        with pytest.raises(TypeError, match=f"{name}: expected a number, received 'much'"):
            kind("much")


def test_they_show_their_arguments():
    assert repr(L2(0.01)) == f"L2(0.01, {Penalty().pattern!r})"
    assert repr(L1(1e-4, "fc1")) == "L1(0.0001, 'fc1')"
    assert repr(WeightDecay(5e-5, "b$")) == "WeightDecay(5e-05, 'b$')"


def test_an_unfinished_penalty_says_what_it_needs():
    parameters = Penalty().select(network())
    for method, words in (("value", "value_of(parameter)"), ("apply", "apply_to(parameter)")):
        with pytest.raises(NotImplementedError, match=re.escape(f"Penalty needs {words}")):
            getattr(Penalty(), method)(parameters)


@each_penalty
def test_a_sparse_gradient_is_pulled_at_as_the_dense_one(penalty):
    def pulled(gradient):
        params = {"W": np.arange(-4.0, 4.0).reshape(4, 2)}
        view = Parameter("emb.W", "W", params, {})
        view.grad = gradient
        penalty.apply(penalty.select([view]))
        grad = view.grad.to_dense() if isinstance(view.grad, SparseGradient) else view.grad
        return grad.tolist(), params["W"].tolist()

    sparse = SparseGradient(np.array([3, 1, 3]), np.array([[1.0, 2.0]] * 3), (4, 2))
    assert pulled(sparse) == pulled(sparse.to_dense())
    assert sparse.indices.tolist() == [3, 1, 3]


# Set later


@pytest.mark.parametrize("value", [-1, "a", np.nan, np.inf, None, True, [0.1], np.array(0.1)])
@pytest.mark.parametrize(("kind", "name"), [(L2, "lam"), (L1, "lam"), (WeightDecay, "damping")])
def test_a_factor_set_later_is_checked_as_at_first(kind, name, value):
    penalty = kind(0.25)
    with pytest.raises((TypeError, ValueError), match=f"{name}: expected a "):
        setattr(penalty, name, value)
    assert getattr(penalty, name) == 0.25
    setattr(penalty, name, np.float32(0.5))
    assert type(getattr(penalty, name)) is float


def test_a_share_set_to_1_would_wipe_the_weights_out():
    penalty = WeightDecay(0.1)
    with pytest.raises(ValueError, match="damping: expected a finite number ≥ 0 and < 1"):
        penalty.damping = 1
    penalty.damping = 0


def test_a_pattern_set_later_is_checked_and_used():
    penalty = L2(0.1)
    penalty.pattern = "^b$"
    assert [parameter.name for parameter in penalty.select(Linear(2, 1))] == ["b"]
    for value, error in (("(", ValueError), (3, TypeError)):
        with pytest.raises(error, match="pattern: expected a regular expression"):
            penalty.pattern = value
    assert penalty.pattern == "^b$"
