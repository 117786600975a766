import numpy as np

from minidl.models import FullyConnectedNet
from minidl.nn import Conv2d, Flatten, ReLU

RNG = np.random.default_rng(0)


def test_features_stand_in_the_order_of_channels_rows_and_columns():
    x = RNG.standard_normal((3, 2, 4, 5))
    assert np.array_equal(Flatten()(x), np.array([image.ravel() for image in x]))


def test_the_way_back_undoes_it():
    flatten = Flatten()
    x = RNG.standard_normal((3, 2, 4, 5))
    assert np.array_equal(flatten.backward(flatten(x)), x)


def test_behind_a_convolution_it_copies_nothing():
    z = Conv2d(2, 3, 3, rng=0)(RNG.standard_normal((4, 2, 6, 6)))
    assert np.shares_memory(Flatten()(z), z)


def test_images_without_numbers_become_rows_without_features():
    assert Flatten()(np.ones((3, 2, 0))).shape == (3, 0)
    assert Flatten()(np.ones((0, 2, 4))).shape == (0, 8)


def test_images_of_bytes_stay_bytes_and_are_not_copied():
    images = RNG.integers(0, 256, (5, 3, 4, 4), dtype=np.uint8)
    rows = Flatten()(images)
    assert rows.dtype == np.uint8
    assert np.shares_memory(rows, images)


def test_the_gradient_of_bytes_has_fractions():
    flatten = Flatten()
    flatten(np.zeros((2, 3, 4), np.uint8))
    dx = flatten.backward(np.full((2, 12), 0.5))
    assert dx.shape == (2, 3, 4)
    assert (dx == 0.5).all()


def test_a_network_in_single_precision_makes_no_double_ones_of_bytes(monkeypatch):
    seen = []
    function = ReLU.function
    monkeypatch.setattr(ReLU, "function", lambda op, x: seen.append(x.dtype) or function(op, x))
    net = FullyConnectedNet(48, [5], 3, rng=0, dtype=np.float32)
    images = RNG.integers(0, 256, (5, 3, 4, 4), dtype=np.uint8)
    assert net(images).dtype == np.float32
    assert net.layers[1].saved_for_backward()[0].dtype == np.float32
    assert seen == [np.float32]
    np.testing.assert_array_equal(net(images), net(images.astype(np.float32)))
