import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from minidl.nn import Linear, he_normal, zeros
from minidl.nn.init import standard_normal

numbers = st.floats(-1e6, 1e6)
inputs = hnp.arrays(np.float64, (4, 3), elements=numbers)


def test_net_activation_is_the_weighted_sum_of_each_sample_plus_the_bias():
    rng = np.random.default_rng(0)
    X, w, b = rng.random((2, 5)), rng.random((5, 1)), rng.random((1, 1))
    fc = Linear(5, 1, weight_init=lambda *_: w, bias_init=lambda *_: b)
    by_hand = [[sum(x[i] * w[i, 0] for i in range(5)) + b[0, 0]] for x in X]
    assert np.allclose(fc(X), by_hand, rtol=1e-15)


def test_without_a_bias_nothing_is_added():
    fc = Linear(5, 1, bias=False, rng=0)
    assert list(fc.params) == ["W"]
    assert np.array_equal(fc(np.zeros((2, 5))), np.zeros((2, 1)))


def test_weights_are_inputs_by_outputs_and_the_bias_is_a_row():
    fc = Linear(3, 2)
    assert fc.params["W"].shape == (3, 2)
    assert fc.params["b"].shape == (1, 2)


def test_the_bias_gradient_keeps_its_shape():
    fc = Linear(3, 2)
    fc(np.ones((4, 3)))
    fc.backward(np.ones((4, 2)))
    assert fc.grads["b"].shape == (1, 2)
    assert fc.grads["b"].tolist() == [[4, 4]]


@given(inputs, hnp.arrays(np.float64, (4, 2), elements=numbers))
def test_the_fast_products_are_the_books_formulas(x, g):
    fc = Linear(3, 2, rng=0, bias_init=standard_normal)
    W, b = fc.params["W"], fc.params["b"]
    near = {"rtol": 1e-12, "atol": 1e-3}
    assert np.allclose(fc(x), x @ W + b, **near)
    assert np.allclose(fc.backward(g), g @ W.T, **near)
    assert np.allclose(fc.grads["W"], x.T @ g, **near)
    assert np.allclose(fc.grads["b"], g.sum(axis=0, keepdims=True), **near)


@given(inputs, inputs, numbers, numbers)
def test_a_layer_without_bias_is_linear(x, y, a, b):
    T = Linear(3, 2, bias=False, rng=0)
    assert np.allclose(T(a * x + b * y), a * T(x) + b * T(y), rtol=1e-9, atol=1e-2)


@given(inputs, inputs, st.floats(0, 1))
def test_a_layer_with_bias_is_affine_and_keeps_ratios_on_a_line(x, y, t):
    T = Linear(3, 2, rng=0, bias_init=standard_normal)
    assert np.allclose(T((1 - t) * x + t * y), (1 - t) * T(x) + t * T(y), rtol=1e-9, atol=1e-6)


@given(inputs)
def test_two_linear_layers_are_one(x):
    first, second = Linear(3, 4, bias=False, rng=0), Linear(4, 2, bias=False, rng=1)
    product = first.params["W"] @ second.params["W"]
    assert np.allclose(second(first(x)), x @ product, rtol=1e-9, atol=1e-6)


def test_samples_do_not_see_each_other():
    fc, X = Linear(3, 2, rng=0), np.random.default_rng(0).standard_normal((5, 3))
    assert np.allclose(np.vstack([fc(row[None]) for row in X]), fc(X), rtol=1e-14)


def test_weights_are_standard_normal_and_biases_zero_by_default():
    fc = Linear(100, 200, rng=0)
    assert abs(fc.params["W"].mean()) < 0.03
    assert abs(fc.params["W"].std() - 1) < 0.03
    assert not fc.params["b"].any()


def test_initializers_receive_the_shape_the_fans_and_the_generator():
    rng = np.random.default_rng(0)
    calls = []

    def spy(shape, fan_in, fan_out, rng):
        calls.append((shape, fan_in, fan_out, rng))
        return np.zeros(shape)

    Linear(3, 2, weight_init=spy, bias_init=spy, rng=rng)
    assert calls == [((3, 2), 3, 2, rng), ((1, 2), 3, 2, rng)]


def test_a_seed_repeats_the_weights_and_a_generator_goes_on():
    assert np.array_equal(Linear(3, 2, rng=0).params["W"], Linear(3, 2, rng=0).params["W"])
    rng = np.random.default_rng(0)
    first, second = (Linear(3, 2, rng=rng, weight_init=he_normal).params["W"] for _ in range(2))
    assert not np.array_equal(first, second)


def test_initial_values_are_a_copy():
    W = np.ones((3, 2))
    fc = Linear(3, 2, weight_init=lambda *_: W)
    fc.params["W"] += 1
    assert W.max() == 1


@pytest.mark.parametrize("shape", [(2, 3), (3,), (6,), (1, 2), ()])
def test_initial_values_of_another_shape_are_refused(shape):
    with pytest.raises(ValueError, match=r"^Linear 'fc': expected initial values of shape \(3, 2"):
        Linear(3, 2, weight_init=lambda *_: np.zeros(shape), name="fc")


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        ((0, 2), "input_size: expected at least 1, received 0"),
        ((3, -1), "output_size: expected at least 1, received -1"),
        ((3.0, 2), r"input_size: expected a whole number of at least 1, received 3\.0"),
        ((3, "2"), "output_size: expected a whole number of at least 1, received '2'"),
    ],
)
def test_sizes_that_are_no_counts_are_refused(sizes, words):
    with pytest.raises((ValueError, TypeError), match=words):
        Linear(*sizes)


@pytest.mark.parametrize("dtype", [int, bool, complex, str, np.uint8])
def test_a_dtype_without_fractions_is_refused(dtype):
    with pytest.raises(TypeError, match="dtype: expected float64 or float32, received"):
        Linear(3, 2, dtype=dtype)


def test_options_are_named():
    with pytest.raises(TypeError):
        Linear(3, 2, False)


def test_wide_inputs_name_the_layer_and_both_shapes():
    words = r"^Linear 'fc1': expected inputs of shape \(N, 2\), received \(640, 3\)$"
    with pytest.raises(ValueError, match=words):
        Linear(2, 1, name="fc1")(np.ones((640, 3)))
    with pytest.raises(ValueError, match=r"received \(2,\); try x.reshape\(-1, 2\)$"):
        Linear(2, 1, name="fc1")([1.0, 2.0])


def test_whole_inputs_do_not_make_whole_outputs():
    fc = Linear(1, 1, weight_init=lambda *_: [[0.5]], bias_init=zeros)
    assert fc(np.array([[1]])).tolist() == [[0.5]]


def test_single_precision_is_kept_for_double_inputs():
    fc = Linear(3, 2, dtype=np.float32, rng=0)
    assert fc(np.ones((1, 3))).dtype == np.float32
    assert fc.backward(np.ones((1, 2))).dtype == np.float32


def test_it_shows_its_sizes():
    assert repr(Linear(3, 2)) == "Linear(3, 2)"
    assert repr(Linear(3, 2, bias=False)) == "Linear(3, 2, bias=False)"


def test_the_input_may_be_laid_out_in_any_way():
    fc, X = Linear(3, 2, rng=0), np.random.default_rng(0).standard_normal((6, 3))
    expected = fc(X)
    for view in (np.asfortranarray(X), X[::-1][::-1], np.repeat(X, 2, axis=1)[:, ::2]):
        assert np.allclose(fc(view), expected, rtol=1e-14)
        fc.backward(np.ones((6, 2)))
        assert np.allclose(fc.grads["W"], X.T @ np.ones((6, 2)), rtol=1e-12)


def test_rows_of_any_number_of_axes_are_mapped_one_by_one():
    fc, x = Linear(3, 2, rng=0), np.random.default_rng(0).standard_normal((4, 5, 6, 3))
    z = fc(x)
    assert z.shape == (4, 5, 6, 2)
    assert np.allclose(z[1, 2], x[1, 2] @ fc.params["W"], rtol=1e-14)
    dx = fc.backward(np.ones_like(z))
    assert np.allclose(dx, np.ones_like(z) @ fc.params["W"].T, rtol=1e-14)
    assert np.allclose(fc.grads["W"], x.sum(axis=(0, 1, 2))[:, None], rtol=1e-12)


def test_where_nobody_asks_for_it_the_gradient_of_the_input_is_not_computed():
    fc = Linear(3, 2, rng=0)
    z = fc(np.ones((4, 3)))
    fc.needs_input_grad = False
    assert fc.backward(z) is None
    fc.needs_input_grad = True
    assert fc.backward(z).shape == (4, 3)
