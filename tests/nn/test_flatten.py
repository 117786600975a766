import numpy as np

from minidl.nn import Conv2d, Flatten

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
