import numpy as np
import pytest

from minidl.nn import BatchNorm, BatchNorm1d, Linear, Sequential

X = np.random.default_rng(0).standard_normal((6, 3)) * [1.0, 5.0, 0.1] + [0.0, -3.0, 100.0]
SEQUENCES = np.random.default_rng(1).standard_normal((4, 3, 5)) + np.array([[[0.0], [9.0], [-2.0]]])


@pytest.mark.parametrize("x", [X, SEQUENCES], ids=["features", "sequences"])
def test_in_training_every_channel_gets_mean_0_and_variance_1(x):
    y = BatchNorm1d(3, eps=1e-12)(x)
    axes = (0, *range(2, x.ndim))
    assert np.allclose(y.mean(axes), 0, atol=1e-12)
    assert np.allclose(y.var(axes), 1, atol=1e-8)


def test_gamma_and_beta_scale_and_shift_what_was_normalized():
    bn = BatchNorm1d(3)
    normalized = bn(X)
    bn.params["gamma"][...] = [[2.0, 3.0, 4.0]]
    bn.params["beta"][...] = [[10.0, 20.0, 30.0]]
    assert np.allclose(bn(X), normalized * [2, 3, 4] + [10, 20, 30])


def test_a_sequence_is_treated_as_so_many_samples():
    rows = SEQUENCES.transpose(0, 2, 1).reshape(-1, 3)
    first, second = BatchNorm1d(3), BatchNorm1d(3)
    y = first(SEQUENCES)
    assert np.allclose(y.transpose(0, 2, 1).reshape(-1, 3), second(rows))
    for key, array in first.buffers.items():
        assert np.allclose(array, second.buffers[key]), key


def test_the_running_statistics_take_a_share_of_each_batch():
    bn = BatchNorm1d(3, momentum=0.3)
    mean, var = np.zeros(3), np.ones(3)
    for i in range(3):
        bn(X + i)
        mean = 0.7 * mean + 0.3 * (X + i).mean(axis=0)
        var = 0.7 * var + 0.3 * X.var(axis=0, ddof=1)  # unbiased
    assert np.allclose(bn.buffers["running_mean"], mean)
    assert np.allclose(bn.buffers["running_var"], var)
    assert bn.buffers["num_batches_tracked"] == 3


def test_without_momentum_they_are_the_means_of_all_batches():
    bn = BatchNorm1d(3, momentum=None)
    batches = [X, 2 * X, X - 7]
    for batch in batches:
        bn(batch)
    assert np.allclose(bn.buffers["running_mean"], np.mean([b.mean(0) for b in batches], axis=0))
    expected = np.mean([b.var(0, ddof=1) for b in batches], axis=0)
    assert np.allclose(bn.buffers["running_var"], expected)


def test_in_evaluation_the_running_statistics_decide_sample_by_sample():
    bn = BatchNorm1d(3, momentum=None)
    bn(X)
    bn.eval()
    expected = (X - X.mean(0)) / np.sqrt(X.var(0, ddof=1) + 1e-5)
    assert np.allclose(bn(X), expected)
    assert np.allclose(np.vstack([bn(row[np.newaxis]) for row in X]), expected)


def test_a_gradient_does_not_depend_on_what_the_batch_statistics_hide():
    bn = BatchNorm1d(3)
    bn(X)
    dx = bn.backward(np.random.default_rng(2).standard_normal(X.shape))
    assert np.allclose(dx.sum(axis=0), 0, atol=1e-12)  # a shift of all samples changes nothing
    assert np.allclose((dx * X).sum(axis=0), 0, atol=1e-2)  # nor does a scale, but for ε


@pytest.mark.parametrize(
    ("dtype", "mean", "tolerance"), [("float64", 1e9, 1e-6), ("float32", 1e4, 1e-3)]
)
def test_a_large_mean_costs_no_digits_of_what_lies_around_it(dtype, mean, tolerance):
    x = (np.random.default_rng(0).standard_normal((5000, 3)) + mean).astype(dtype)
    bn = BatchNorm1d(3, dtype=dtype, momentum=1.0)
    exact = x.astype(np.longdouble)
    y = bn(x)
    expected = (exact - exact.mean(0)) / np.sqrt(exact.var(0) + 1e-5)
    assert y.dtype == dtype
    assert np.abs(y - expected).max() < tolerance
    assert np.allclose(
        bn.buffers["running_var"], exact.var(0, ddof=1).astype(float), rtol=tolerance
    )
    assert np.abs(y.mean(axis=0, dtype=np.float64)).max() < 1e-5


def test_a_constant_channel_becomes_zero():
    bn = BatchNorm1d(1)
    assert not bn(np.full((4, 1), 0.1)).any()
    assert np.isfinite(bn.backward(np.ones((4, 1)))).all()


def test_loading_a_state_goes_on_with_its_statistics():
    bn, other = BatchNorm1d(3, momentum=None), BatchNorm1d(3, momentum=None)
    bn(X)
    other.load_state_dict(bn.state_dict())
    assert other.buffers["num_batches_tracked"].dtype == np.int64
    for each in (bn, other):
        each(3 * X)
    for key, array in bn.buffers.items():
        assert np.array_equal(array, other.buffers[key])


def test_one_sample_in_training_is_refused_before_anything_moves():
    model = Sequential(Linear(2, 3, rng=0), BatchNorm1d(3, name="bn1"))
    words = (
        r"^BatchNorm1d 'bn1': expected at least 2 numbers for each channel in training, received 1 "
        r"in inputs of shape \(1, 3\); try a larger batch, or eval\(\)$"
    )
    with pytest.raises(ValueError, match=words):
        model(np.ones((1, 2)))
    assert model.layers[1].buffers["num_batches_tracked"] == 0
    model.eval()
    assert model(np.ones((1, 2))).shape == (1, 3)


def test_another_kind_says_which_shapes_it_takes_and_nothing_else():
    class BatchNorm2d(BatchNorm):
        shapes = {4: "(N, {}, H, W)"}  # noqa: RUF012

    x = np.random.default_rng(0).standard_normal((2, 3, 4, 5))
    assert np.allclose(BatchNorm2d(3)(x), BatchNorm1d(3)(x.reshape(2, 3, 20)).reshape(x.shape))
    with pytest.raises(
        ValueError, match=r"expected inputs of shape \(N, 3, H, W\), received \(6, 3"
    ):
        BatchNorm2d(3)(X)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"num_features": 0}, "num_features: expected at least 1"),
        ({"eps": 0}, "eps: expected a finite number > 0"),
        ({"momentum": 1.5}, "momentum: expected a finite number ≥ 0 and ≤ 1"),
        ({"dtype": int}, "dtype: expected float64 or float32"),
    ],
)
def test_arguments_out_of_range_are_refused(options, words):
    with pytest.raises((TypeError, ValueError), match=words):
        BatchNorm1d(**{"num_features": 3} | options)


def test_without_an_affine_map_there_is_nothing_to_train():
    assert not list(BatchNorm1d(3, affine=False).parameters())


def test_it_shows_its_arguments():
    assert repr(BatchNorm1d(3)) == "BatchNorm1d(3)"
    assert repr(BatchNorm1d(3, eps=0.1, momentum=None, affine=False)) == (
        "BatchNorm1d(3, eps=0.1, momentum=None, affine=False)"
    )
