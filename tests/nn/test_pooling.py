import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidl.nn import AvgPool1d, AvgPool2d, GlobalAvgPool, MaxPool1d, MaxPool2d

RNG = np.random.default_rng(0)


def windows_of(x, size, stride):
    """Every window, one after the other: (place, numbers of all samples and channels)."""
    for i in range((x.shape[2] - size[0]) // stride[0] + 1):
        for j in range((x.shape[3] - size[1]) // stride[1] + 1):
            top, left = i * stride[0], j * stride[1]
            yield (i, j), x[:, :, top : top + size[0], left : left + size[1]]


@given(
    st.tuples(st.integers(1, 3), st.integers(1, 3)),
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    st.tuples(st.integers(0, 4), st.integers(0, 4)),
)
def test_a_pooling_is_the_largest_or_the_mean_of_each_window(size, stride, more):
    x = np.random.default_rng(1).standard_normal((2, 3, size[0] + more[0], size[1] + more[1]))
    largest, mean = MaxPool2d(size, stride=stride)(x), AvgPool2d(size, stride=stride)(x)
    found = list(windows_of(x, size, stride))
    assert len(found) == largest[0, 0].size == mean[0, 0].size
    for (i, j), numbers in found:
        assert np.array_equal(largest[:, :, i, j], numbers.max(axis=(2, 3)))
        assert np.allclose(mean[:, :, i, j], numbers.mean(axis=(2, 3)), rtol=1e-13)


def test_of_equal_numbers_the_first_gets_the_gradient():
    pool = MaxPool2d(2)
    pool(np.array([[[[0.0, 3.0, 5.0, 5.0], [3.0, 3.0, 1.0, 5.0]]]]))
    dx = pool.backward(np.array([[[[10.0, 20.0]]]]))
    assert dx.tolist() == [[[[0, 10, 20, 0], [0, 0, 0, 0]]]]


def test_a_number_that_is_the_largest_of_several_windows_gets_all_their_gradients():
    pool = MaxPool1d(3, stride=1)
    pool(np.array([[[0.0, 1.0, 9.0, 2.0, 3.0]]]))
    assert pool.backward(np.array([[[1.0, 10.0, 100.0]]])).tolist() == [[[0, 0, 111, 0, 0]]]


def test_who_gets_nothing_gets_plus_zero():
    pool = MaxPool1d(2)
    pool(np.array([[[1.0, 2.0]]]))
    assert not np.signbit(pool.backward(np.array([[[-3.0]]]))[0, 0, 0])


def test_the_padding_is_never_the_largest():
    x = np.full((1, 1, 2, 2), -5.0)
    pool = MaxPool2d(2, padding=1)
    assert pool(x).tolist() == [[[[-5, -5], [-5, -5]]]]
    assert pool.backward(np.ones((1, 1, 2, 2))).tolist() == [[[[1, 1], [1, 1]]]]


def test_zeros_of_the_padding_count_in_a_mean_unless_told_otherwise():
    x = np.full((1, 1, 3), 6.0)
    assert AvgPool1d(3, stride=1, padding=1)(x).tolist() == [[[4, 6, 4]]]
    alone = AvgPool1d(3, stride=1, padding=1, count_include_pad=False)
    assert alone(x).tolist() == [[[6, 6, 6]]]
    assert alone.backward(np.full((1, 1, 3), 6.0)).tolist() == [[[5, 8, 5]]]


def test_what_no_window_reaches_has_no_gradient():
    pool = AvgPool1d(2, stride=3)
    pool(np.arange(8.0).reshape(1, 1, 8))
    assert pool.backward(np.full((1, 1, 3), 2.0)).tolist() == [[[1, 1, 0, 1, 1, 0, 1, 1]]]


def test_a_largest_number_that_is_nan_is_seen():
    assert np.isnan(MaxPool1d(2)(np.array([[[np.nan, 1.0]]]))).all()


@pytest.mark.parametrize(
    ("kind", "arguments", "words"),
    [
        (MaxPool2d, {"kernel_size": 0}, "kernel_size: expected at least 1, received 0"),
        (MaxPool2d, {"kernel_size": (2, 2, 2)}, r"kernel_size: expected a number or a pair \(heig"),
        (MaxPool1d, {"kernel_size": (2, 2)}, r"kernel_size: expected a number, received \(2, 2\)"),
        (AvgPool2d, {"kernel_size": 2, "stride": 0}, "stride: expected at least 1, received 0"),
        (AvgPool2d, {"kernel_size": 2.0}, "kernel_size: expected a whole number"),
        (MaxPool2d, {"kernel_size": 2, "padding": -1}, "padding: expected at least 0, received -1"),
        (MaxPool2d, {"kernel_size": 2, "padding": "same"}, "padding: expected a whole number"),
        (
            MaxPool2d,
            {"kernel_size": (2, 3), "padding": (1, 2)},
            r"padding: expected at most \(1, 1\), half a window of \(2, 3\), received \(1, 2\)",
        ),
        (AvgPool1d, {"kernel_size": 1, "padding": 1}, "padding: expected at most 0, half a window"),
        (AvgPool1d, {"kernel_size": 1, "count_include_pad": "no"}, "expected True or False, rec"),
    ],
)
def test_arguments_out_of_range_are_refused(kind, arguments, words):
    with pytest.raises((TypeError, ValueError), match=words):
        kind(**arguments)


def test_errors_name_the_layer_and_what_would_do():
    with pytest.raises(
        ValueError, match=r"^MaxPool2d 'pool1': expected height and width of at lea"
    ):
        MaxPool2d(3, name="pool1")(np.ones((1, 1, 2, 9)))


def test_the_global_mean_takes_images_of_any_size():
    pool = GlobalAvgPool()
    for size in [(2, 2), (5, 3), (7,)]:
        x = RNG.standard_normal((4, 3, *size))
        assert np.allclose(pool(x), x.reshape(4, 3, -1).mean(axis=2))
