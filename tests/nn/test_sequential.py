import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidl.nn import Linear, Logistic, Sequential, Tanh

X = np.random.default_rng(0).standard_normal((4, 2))


@given(st.integers(0, 99), st.integers(1, 6))
def test_the_chain_rule_is_that_of_the_layers_one_by_one(seed, hidden):
    rng = np.random.default_rng(seed)
    fc1, fc2 = Linear(2, hidden, rng=rng), Linear(hidden, 1, rng=rng)
    model = Sequential(fc1, Logistic(), fc2, Logistic())
    W1, b1, W2, b2 = (p.value for p in model.parameters())
    g = rng.standard_normal((4, 1))

    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    assert np.allclose(model(X), p, rtol=1e-13)

    d2 = g * p * (1 - p)
    d1 = d2 @ W2.T * h * (1 - h)
    assert np.allclose(model.backward(g), d1 @ W1.T, rtol=1e-10, atol=1e-14)
    for op, x, d in ((fc1, X, d1), (fc2, h, d2)):
        assert np.allclose(op.grads["W"], x.T @ d, rtol=1e-10, atol=1e-14)
        assert np.allclose(op.grads["b"], d.sum(axis=0, keepdims=True), rtol=1e-10, atol=1e-14)


@given(st.integers(0, 99))
def test_nesting_changes_nothing(seed):
    def layers():
        rng = np.random.default_rng(seed)
        return [Linear(2, 3, rng=rng), Tanh(), Linear(3, 1, rng=rng)]

    a, b, c = layers()
    flat, nested = Sequential(*layers()), Sequential(Sequential(a, b), Sequential(c))
    assert np.array_equal(flat(X), nested(X))
    assert np.array_equal(flat.backward(np.ones((4, 1))), nested.backward(np.ones((4, 1))))
    for ours, theirs in zip(flat.parameters(), nested.parameters(), strict=True):
        assert np.array_equal(ours.grad, theirs.grad)


def test_a_single_layer_is_itself():
    fc = Linear(2, 3, rng=0)
    assert np.array_equal(Sequential(fc)(X), fc(X))


def test_parts_run_in_order_forward_and_in_reverse_backward():
    calls = []

    class Spy(Tanh):
        def function(self, x):
            calls.append(f"forward {self.name}")
            return super().function(x)

        def slope(self, x, a):
            calls.append(f"backward {self.name}")
            return super().slope(x, a)

    model = Sequential(Spy(name="a"), Spy(name="b"))
    model(X)
    model.backward(X)
    assert calls == ["forward a", "forward b", "backward b", "backward a"]


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        (["text"], "expected ops, received 'text'$"),
        ([Tanh], r"expected ops, received <class .*>; try adding parentheses"),
        ([[Tanh(), Tanh()]], "expected ops, received"),
        ([np.tanh], "expected ops, received <ufunc 'tanh'>"),
        ([None], "expected ops, received None"),
    ],
)
def test_what_is_no_op_is_refused(layers, words):
    with pytest.raises(TypeError, match=f"Sequential: {words}"):
        Sequential(*layers)


def test_an_empty_row_is_refused():
    with pytest.raises(ValueError, match="expected at least one layer, received none"):
        Sequential()


def test_a_width_that_does_not_fit_names_the_layer():
    model = Sequential(Linear(2, 3, name="fc1"), Linear(4, 1, name="fc2"))
    with pytest.raises(ValueError, match=r"Linear 'fc2': expected .* \(N, 4\), received \(4, 3\)"):
        model(X)


def test_a_step_of_training_stops_at_the_first_layer_that_learns():
    class Untouched(Tanh):
        def slope(self, x, a):
            raise AssertionError

    model = Sequential(Untouched(), Linear(2, 3, rng=0), Tanh(), Linear(3, 1, rng=1))
    other = Sequential(Tanh(), Linear(2, 3, rng=0), Tanh(), Linear(3, 1, rng=1))
    g = np.ones((4, 1))
    model(X)
    other(X)
    assert model.backward_params(g) is None
    other.backward(g)
    for ours, theirs in zip(model.parameters(), other.parameters(), strict=True):
        assert np.array_equal(ours.grad, theirs.grad)


def test_the_first_layer_that_learns_may_be_inside_another_row():
    fc = Linear(2, 3, rng=0)
    model = Sequential(Tanh(), Sequential(Tanh(), fc), Linear(3, 1, rng=1))
    model.backward_params(model(X))
    assert set(fc.grads) == {"W", "b"}


def test_a_row_in_which_nothing_learns_goes_back_all_the_same():
    model = Sequential(Tanh(), Tanh())
    model(X)
    assert model.backward_params(X) is None
    with pytest.raises(ValueError, match="expected a gradient of the output's shape"):
        model.backward_params(np.ones((4, 3)))


def test_a_backward_of_ones_own_is_what_a_step_of_training_runs():
    class Halved(Linear):
        def backward(self, grad):
            return super().backward(grad / 2)

    halved, whole = Sequential(Halved(2, 3, rng=0)), Sequential(Linear(2, 3, rng=0))
    g = np.ones((4, 3))
    for model in (halved, whole):
        model(X)
        model.backward_params(g)
    assert np.array_equal(2 * halved.layers[0].grads["W"], whole.layers[0].grads["W"])


def test_a_backward_that_extends_an_inherited_one_gets_the_gradient_of_the_input():
    class Clamped(Linear):
        def backward(self, grad):
            return super().backward(grad).clip(-1, 1)

    class Scaled(Sequential):
        def backward(self, grad):
            return 2 * super().backward(grad)

    model = Scaled(Tanh(), Clamped(2, 3, rng=0))
    model(X)
    assert model.backward_params(np.ones((4, 3))) is None
    model.layers[1].backward_params(np.ones((4, 3)))
    assert set(model.layers[1].grads) == {"W", "b"}
