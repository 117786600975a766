import numpy as np
import pytest

from minidl import nn
from minidl.losses import MSELoss
from minidl.nn import BatchNorm1d, BatchNorm2d, Linear, Sequential
from minidl.optim import SGD
from minidl.train import Runner

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


def test_an_image_is_treated_as_so_many_samples_of_its_channels():
    images = np.random.default_rng(0).standard_normal((2, 3, 4, 5))
    one, other = BatchNorm2d(3), BatchNorm1d(3)
    assert np.allclose(one(images), other(images.reshape(2, 3, 20)).reshape(images.shape))
    for key, array in one.buffers.items():
        assert np.allclose(array, other.buffers[key]), key


def test_training_goes_on_with_its_statistics_where_a_checkpoint_left_off(tmp_path):
    def runner():
        fc, bn = Linear(3, 2, rng=0, name="fc"), BatchNorm1d(2, momentum=None, name="bn")
        model = Sequential(fc, bn)
        return Runner(model, SGD(model, lr=0.1), MSELoss(), metric=None, rng=0)

    whole, first, second = runner(), runner(), runner()
    data, sizes = (X, X[:, :2]), {"batch_size": 2}
    whole.train(data, num_epochs=4, **sizes)
    first.train(data, num_epochs=2, **sizes)
    first.save_checkpoint(tmp_path / "run.npz")
    second.resume(tmp_path / "run.npz")
    second.train(data, num_epochs=2, **sizes)
    for name, array in whole.model.state_dict().items():
        assert np.array_equal(array, second.model.state_dict()[name]), name


@pytest.mark.torch
@pytest.mark.parametrize(
    ("kind", "shape"),
    [("BatchNorm1d", (1, 3)), ("BatchNorm1d", (1, 3, 1)), ("BatchNorm2d", (1, 3, 1, 1))],
)
def test_one_number_for_a_channel_is_refused_where_pytorch_refuses_it(kind, shape):
    torch = pytest.importorskip("torch")
    theirs, ours = getattr(torch.nn, kind)(3), getattr(nn, kind)(3)
    with pytest.raises(ValueError, match="Expected more than 1 value per channel when training"):
        theirs(torch.ones(shape))
    with pytest.raises(ValueError, match="expected at least 2 numbers for each channel in train"):
        ours(np.ones(shape))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"num_features": 0}, "num_features: expected at least 1"),
        ({"eps": 0}, "eps: expected a finite number > 0"),
        ({"momentum": 1.5}, "momentum: expected a finite number ≥ 0 and ≤ 1"),
        ({"dtype": int}, "dtype: expected float64 or float32"),
        ({"affine": 1}, "affine: expected True or False"),
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
