import numpy as np
import pytest

from minidl.nn import BatchNorm1d, LayerNorm

X = np.random.default_rng(0).standard_normal((6, 3)) * [1.0, 5.0, 0.1] + [0.0, -3.0, 100.0]


def test_every_sample_gets_mean_0_and_variance_1():
    y = LayerNorm(3, eps=1e-12)(X)
    assert np.allclose(y.mean(axis=1), 0, atol=1e-12)
    assert np.allclose(y.var(axis=1), 1, atol=1e-8)


def test_several_axes_are_normalized_together():
    x = np.random.default_rng(1).standard_normal((2, 3, 4)) + 9
    y = LayerNorm((3, 4))(x)
    assert np.allclose(y.reshape(2, 12), LayerNorm(12)(x.reshape(2, 12)))
    assert not np.allclose(y, LayerNorm(4)(x))


def test_a_sample_does_not_depend_on_its_batch_nor_on_the_mode():
    norm = LayerNorm(3)
    y = norm(X)
    assert np.array_equal(np.vstack([norm(row[np.newaxis]) for row in X]), y)
    norm.eval()
    assert np.array_equal(norm(X), y)
    assert not norm.buffers


def test_it_is_batch_norm_with_samples_and_features_exchanged():
    assert np.allclose(LayerNorm(3)(X), BatchNorm1d(6)(X.T).T)


def test_gamma_and_beta_belong_to_the_numbers_of_a_sample():
    norm = LayerNorm(3)
    normalized = norm(X)
    norm.params["gamma"][...] = [2.0, 3.0, 4.0]
    norm.params["beta"][...] = [10.0, 20.0, 30.0]
    assert np.allclose(norm(X), normalized * [2, 3, 4] + [10, 20, 30])


def test_a_gradient_does_not_depend_on_what_the_statistics_hide():
    norm = LayerNorm(3)
    norm(X)
    dx = norm.backward(np.random.default_rng(2).standard_normal(X.shape))
    assert np.allclose(dx.sum(axis=1), 0, atol=1e-12)  # a shift of a sample changes nothing
    assert np.allclose((dx * X).sum(axis=1), 0, atol=1e-3)  # nor does a scale, but for ε


@pytest.mark.parametrize(
    ("dtype", "mean", "tolerance"), [("float64", 1e9, 1e-6), ("float32", 1e4, 1e-3)]
)
def test_a_large_mean_costs_no_digits_of_what_lies_around_it(dtype, mean, tolerance):
    x = (np.random.default_rng(0).standard_normal((3, 5000)) + mean).astype(dtype)
    exact = x.astype(np.longdouble)
    y = LayerNorm(5000, dtype=dtype)(x)
    expected = (exact - exact.mean(1, keepdims=True)) / np.sqrt(exact.var(1, keepdims=True) + 1e-5)
    assert y.dtype == dtype
    assert np.abs(y - expected).max() < tolerance


def test_a_constant_sample_becomes_zero():
    norm = LayerNorm(4)
    assert not norm(np.full((1, 4), 0.1)).any()
    assert np.isfinite(norm.backward(np.ones((1, 4)))).all()


@pytest.mark.parametrize(
    ("shape", "options", "words"),
    [
        (0, {}, "normalized_shape: expected at least 1"),
        (
            (),
            {},
            r"normalized_shape: expected a whole number, or a tuple of them .*, received \(\)",
        ),
        ("3", {}, "normalized_shape: expected a whole number, or a tuple"),
        (2.0, {}, "normalized_shape: expected a whole number"),
        (True, {}, "normalized_shape: expected a whole number"),
        ((2, True), {}, "normalized_shape: expected a whole number"),
        (3, {"eps": 0}, "eps: expected a finite number > 0"),
        (3, {"bias": None}, "bias: expected True or False"),
        (3, {"elementwise_affine": 1}, "elementwise_affine: expected True or False"),
        (3, {"dtype": int}, "dtype: expected float64 or float32"),
    ],
)
def test_arguments_out_of_range_are_refused(shape, options, words):
    with pytest.raises((TypeError, ValueError), match=words):
        LayerNorm(shape, **options)


def test_what_is_to_train_follows_the_arguments():
    assert list(LayerNorm(3).params) == ["gamma", "beta"]
    assert list(LayerNorm(3, bias=False).params) == ["gamma"]
    assert not LayerNorm(3, elementwise_affine=False).params


def test_it_shows_its_arguments():
    assert repr(LayerNorm(3)) == "LayerNorm(3)"
    assert repr(LayerNorm((2, 3), eps=0.1, bias=False)) == "LayerNorm((2, 3), eps=0.1, bias=False)"
    assert repr(LayerNorm(3, elementwise_affine=False)) == "LayerNorm(3, elementwise_affine=False)"
