"""Every operation: its gradient, broadcasting, its dtype, what it refuses."""

from __future__ import annotations

import itertools
import operator

import numpy as np
import pytest

import minidl.graph
from minidl import graph
from minidl.graph import (
    Operation,
    Variable,
    absolute,
    curves,
    exp,
    log,
    logistic,
    matmul,
    operations,
    relu,
    tanh,
    total,
)
from tests.contracts.walking import classes_in
from tests.graph.agreeing import assert_gradients_agree

RNG = np.random.default_rng(0)
ANY = np.array([[-2.3, -0.7, 0.4], [1.6, -1.1, 2.9]])  # away from 0, where slopes jump
POSITIVE = np.abs(ANY)
OTHER = ANY[::-1, ::-1].copy()

# Whatever has a slope: the operation, how it is written, what it is fed.
UNARY = {
    curves.Negative: (operator.neg, ANY),
    curves.Absolute: (absolute, ANY),
    curves.Relu: (relu, ANY),
    curves.Exp: (exp, ANY),
    curves.Log: (log, POSITIVE),
    curves.Logistic: (logistic, ANY),
    curves.Tanh: (tanh, ANY),
    operations.Sum: (total, ANY),
}
BINARY = {
    operations.Add: (operator.add, ANY, OTHER),
    operations.Subtract: (operator.sub, ANY, OTHER),
    operations.Multiply: (operator.mul, ANY, OTHER),
    operations.Divide: (operator.truediv, ANY, OTHER),
    operations.Power: (operator.pow, POSITIVE, OTHER),
}
MATRICES = {operations.MatMul: (matmul, ANY, OTHER.T)}
ALL = {kind: write for kind, (write, *_) in {**UNARY, **BINARY, **MATRICES}.items()}
INPUTS = {kind: inputs for kind, (_, *inputs) in {**UNARY, **BINARY, **MATRICES}.items()}

SHAPES = [(), (1,), (3,), (1, 1), (2, 1), (1, 3), (2, 3), (4, 1, 3), (4, 2, 1)]


def test_every_operation_has_a_case_here():
    found = set(classes_in(minidl.graph, Operation).values()) - {Operation}
    assert found == set(ALL), "add a case to UNARY, BINARY or MATRICES in this file"


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_its_gradient_is_the_numerical_one(kind):
    assert_gradients_agree(ALL[kind], INPUTS[kind])


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_its_function_makes_it(kind):
    y = ALL[kind](*map(Variable, INPUTS[kind]))
    assert type(y._operation) is kind
    assert y.operation == kind.symbol != ""


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_it_keeps_the_dtype(kind, dtype):
    shapes = [slice(None)] if kind is operations.MatMul else [slice(None), (0, 2)]
    for part in shapes:  # arrays, and single numbers, which NumPy treats otherwise
        variables = [Variable(array[part].astype(dtype)) for array in INPUTS[kind]]
        y = ALL[kind](*variables)
        y.backward(seed=np.ones_like(y.value))
        assert isinstance(y.value, np.ndarray)
        assert y.value.dtype == dtype
        assert {node.grad.dtype for node in variables} == {np.dtype(dtype)}
        assert all(isinstance(node.grad, np.ndarray) for node in variables)


def inputs_of(write, a, b):
    return (np.abs(a) + 0.5, b) if write is operator.pow else (a, np.sign(b) * (np.abs(b) + 0.5))


@pytest.mark.parametrize("kind", BINARY, ids=lambda kind: kind.__name__)
def test_gradients_are_summed_over_what_broadcasting_repeats(kind):
    write = ALL[kind]
    for a_shape, b_shape in itertools.product(SHAPES, SHAPES):
        a, b = RNG.standard_normal(a_shape), RNG.standard_normal(b_shape)
        assert_gradients_agree(write, inputs_of(write, np.asarray(a), np.asarray(b)))


@pytest.mark.parametrize("write", [operator.add, operator.mul, operator.truediv])
def test_an_empty_array_has_an_empty_gradient(write):
    a, b = Variable(np.zeros((0, 3))), Variable(2.0)
    write(a, b).backward(seed=np.zeros((0, 3)))
    assert a.grad.shape == (0, 3)
    assert b.grad == 0


@pytest.mark.parametrize("keepdims", [False, True])
@pytest.mark.parametrize("axis", [None, 0, 1, -1, (0,), (0, 2), (-1, 0), (0, 1, 2), ()])
def test_a_sum_over_any_axes(axis, keepdims):
    a = RNG.standard_normal((2, 3, 4))
    expected = a.sum(axis=axis, keepdims=keepdims)
    np.testing.assert_array_equal(Variable(a).sum(axis, keepdims=keepdims).value, expected)
    assert_gradients_agree(lambda a: total(a, axis, keepdims=keepdims), [a])


@pytest.mark.parametrize(
    ("a", "b"),
    [((2, 3), (3, 4)), ((1, 3), (3, 1)), ((5, 2, 3), (3, 4)), ((2, 3), (5, 3, 4)),
     ((5, 2, 3), (5, 3, 4)), ((1, 2, 3), (5, 3, 4)), ((6, 1, 2, 3), (5, 3, 1))],
)  # fmt: skip
def test_products_of_matrices_and_of_stacks_of_them(a, b):
    a, b = RNG.standard_normal(a), RNG.standard_normal(b)
    np.testing.assert_array_equal((Variable(a) @ Variable(b)).value, a @ b)
    assert_gradients_agree(matmul, [a, b])


@pytest.mark.parametrize("write", [absolute, relu])
def test_the_slope_at_a_kink_is_0(write):
    a = Variable([-1.0, 0.0, 1.0])
    write(a).sum().backward()
    assert a.grad[1] == 0
    assert a.grad[2] == 1


@pytest.mark.parametrize(
    ("base", "exponent", "slope"),
    [(-2.0, 3.0, 12.0), (-2.0, 0.0, 0.0), (0.0, 0.0, 0.0), (0.0, 1.0, 1.0), (0.0, 2.0, 0.0),
     (-2.0, -1.0, -0.25)],
)  # fmt: skip
def test_powers_of_0_and_of_negative_numbers(base, exponent, slope):
    a, b = Variable(base), Variable(exponent)
    y = a**b
    y.backward()
    assert y.value == base**exponent
    assert a.grad == pytest.approx(slope)
    assert b.grad == 0


def test_activations_take_any_number():
    extremes = np.array([-1e308, -1e3, -5e-324, 0.0, 5e-324, 1e3, 1e308])
    for write in (logistic, tanh, relu, absolute):
        a = Variable(extremes)
        write(a).backward(seed=np.ones(7))
        assert np.isfinite(a.grad).all()


@pytest.mark.parametrize(
    ("write", "message"),
    [
        (lambda: log(Variable([1.0, 0.0])), "log: .* above 0, received values from 0 to 1"),
        (lambda: log(Variable(-1.0)), "log: expected numbers above 0, received -1"),
        (
            lambda: 1 / Variable([2.0, 0.0]),
            "/: expected divisors other than 0 .* 1 and values from",
        ),
        (lambda: Variable(0.0) / 0, "/: expected divisors other than 0"),
        (lambda: Variable(-1.0) ** 0.5, r"\^: expected bases above 0 .*, received -1 and 0.5"),
        (lambda: Variable(0.0) ** -1, r"\^: expected bases above 0"),
        (lambda: exp(Variable(1000.0)), "exp: expected numbers below 709 .*, received 1000"),
        (lambda: Variable(1e308) * 10, "·: expected numbers with a finite result"),
        (lambda: Variable([1.0]) + np.ones((2, 0)) + [1.0, 2.0], r"\+: .* \(2, 0\) and \(2,\)"),
        (
            lambda: Variable([1.0, 2.0]) + np.ones(3),
            r"\+: expected shapes .* \(2,\) and \(3,\)",
        ),
        (lambda: Variable(ANY) @ ANY, r"@: .* \(…, D, M\).* received \(2, 3\) and \(2, 3\)"),
        (lambda: Variable(ANY) @ [1.0, 2.0, 3.0], r"@: .*try .*sum.* \(2, 3\) and \(3,\)"),
        (lambda: Variable(2.0) @ Variable(ANY), "@: expected shapes"),
        (lambda: Variable(ANY).sum(2), r"sum: .* an array with the axis 2, received \(2, 3\)"),
        (lambda: Variable(ANY).sum((0, 0)), r"sum: .* the axes \(0, 0\), each once"),
        (lambda: Variable(ANY).sum((1, -1)), r"sum: .* the axes \(1, -1\), each once"),
        (lambda: Variable(ANY).sum((0, 2)), r"sum: .* the axes \(0, 2\), each once"),
        (lambda: Variable(2.0).sum(1), r"sum: .* an array with the axis 1, received \(\)"),
    ],
)
def test_what_an_operation_cannot_take_is_refused(write, message):
    with pytest.raises(ValueError, match=message):
        write()


@pytest.mark.parametrize(
    ("build", "symbol"), [(lambda a: a**0.5, r"\^"), (lambda a: log(a + 5e-324), "log")]
)
def test_an_infinite_gradient_is_refused(build, symbol):
    y = build(Variable(0.0))
    with pytest.raises(ValueError, match=f"{symbol}: expected inputs at which its gradient is"):
        y.backward()


@pytest.mark.parametrize(
    ("build", "value", "expected"),
    [
        (lambda a: a / 1e-20, 1.0, 1e20),
        (lambda a: a**2, 1e19, 2e19),
        (lambda a: 3 * (a / 1e-20) + 1, 1.0, 3e20),
    ],
)
def test_an_infinite_gradient_of_a_constant_is_in_nobody_s_way(build, value, expected):
    a = Variable(np.float32(value))
    y = build(a)
    y.backward()
    assert a.grad == pytest.approx(expected)
    constants = [node for node in y.topological_order() if isinstance(node, graph.Constant)]
    assert not all(np.isfinite(node.grad) for node in constants)


def test_a_constant_in_two_places_may_gather_infinities_of_either_sign():
    a, c = Variable(np.float32(1.0)), graph.Constant(np.float32(1e-20))
    (a / c - 2 * (a / c)).backward()
    assert a.grad == pytest.approx(-1e20)


def test_an_infinite_sum_of_gradients_is_refused():
    a = Variable(0.25)
    y = a * 1e308 + a * 1e308
    with pytest.raises(ValueError, match="·: expected inputs at which its gradient is finite"):
        y.backward()


def test_values_out_of_range_are_refused_when_computed_anew_too():
    a = Variable(1.0)
    y = log(a) + 1
    a.value = -1.0
    with pytest.raises(ValueError, match="log: expected numbers above 0"):
        y.forward()
    with pytest.raises(RuntimeError, match="up to date"):
        y.backward()


def test_an_operation_of_ones_own_needs_two_formulas():
    class Cube(graph.Operation):
        symbol = "cube"

        def value(self, a):
            return a**3

        def vjps(self, g, y, a):
            return (g * 3 * a**2,)

    assert_gradients_agree(lambda a: graph.apply(Cube(), a), [ANY])


@pytest.mark.parametrize("given", [1.0, (1.0,), (1.0, 1.0, 1.0)])
def test_an_operation_of_ones_own_that_returns_too_few_gradients_is_told_so(given):
    class Mean(graph.Operation):
        symbol = "mean"

        def value(self, a, b):
            return (a + b) / 2

        def vjps(self, g, y, a, b):
            return given

    y = graph.apply(Mean(), Variable(1.0), 2.0)
    with pytest.raises(TypeError, match="mean: expected vjps to return a tuple"):
        y.backward()


class Transpose(graph.Operation):
    """With a gradient that forgets to transpose, unless it is told otherwise."""

    symbol = "ᵀ"

    def __init__(self, back=lambda g: g):
        self.back = back

    def value(self, a):
        return a.T

    def vjps(self, g, y, a):
        return (self.back(g),)


@pytest.mark.parametrize(
    ("shape", "back", "received"),
    [
        ((2, 3), lambda g: g, r"\(3, 2\)"),
        ((1, 3), lambda g: g, r"\(3, 1\)"),
        ((2, 3), lambda g: g.ravel(), r"\(6,\)"),
        ((2,), lambda g: np.ones(3), r"\(3,\)"),
        ((2,), lambda g: 0, r"\(\)"),
        ((0, 3), lambda g: g, r"\(3, 0\)"),
    ],
)
def test_a_gradient_of_another_shape_is_refused(shape, back, received):
    w = Variable(np.ones(shape))
    y = graph.apply(Transpose(back), w)
    with pytest.raises(ValueError, match=f"ᵀ: expected vjps .*, received {received}"):
        y.backward(seed=np.ones_like(y.value))


def test_a_gradient_may_be_a_plain_number_where_the_input_is_one():
    class Left(graph.Operation):
        symbol = "left"

        def value(self, a, b):
            return a * 1

        def vjps(self, g, y, a, b):
            return g, 0

    a, b = Variable(2.0), Variable(3.0)
    graph.apply(Left(), a, b).backward()
    assert (a.grad, b.grad) == (1, 0)


@pytest.mark.parametrize("share", [lambda a: a, lambda a: a.T, lambda a: a[:, :1]])
def test_a_value_does_not_change_before_forward_even_if_the_operation_returns_a_view(share):
    class Part(graph.Operation):
        symbol = "part"

        def value(self, a):
            return share(a)

    w = Variable([[1.0, 2.0]])
    y = graph.apply(Part(), w)
    w.value = [[9.0, 8.0]]
    np.testing.assert_array_equal(y.value, share(np.array([[1.0, 2.0]])))
    np.testing.assert_array_equal(y.forward(), share(np.array([[9.0, 8.0]])))


class Smooth(graph.Operation):
    """With a demand of its own, which has nothing to do with shapes."""

    symbol = "smooth"

    def value(self, *inputs):
        raise ValueError("k must be odd")


class SmoothRows(Smooth):
    fitting = "two rows of one length"

    def failed_on(self, *shapes):
        return shapes[0] != shapes[1]


@pytest.mark.parametrize("kind", [Smooth, SmoothRows])
def test_an_operation_s_own_error_is_not_taken_for_one_about_shapes(kind):
    with pytest.raises(ValueError, match=r"^k must be odd$"):
        graph.apply(kind(), np.ones(2), np.ones(2))
    with pytest.raises(ValueError, match=rf"smooth: expected {kind.fitting}, received \(2,\) and"):
        graph.apply(kind(), np.ones(2), np.ones(3))
