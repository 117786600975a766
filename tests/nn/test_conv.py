import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidl.nn import Conv1d, Conv2d, conv1d_simple, conv2d_simple, he_normal, standard_normal
from minidl.nn.strips import add_back, lay_out, stretches
from minidl.nn.windows import Windows, samples_last

RNG = np.random.default_rng(0)
pairs = st.tuples(st.integers(1, 3), st.integers(1, 3))


@st.composite
def settings(draw):
    kernel, dilation = draw(pairs), draw(pairs)
    padding = tuple(p - 1 for p in draw(pairs))
    image = [
        max(1, d * (k - 1) + 1 - 2 * p) + draw(st.integers(0, 4))
        for k, d, p in zip(kernel, dilation, padding, strict=True)
    ]
    options = {"stride": draw(pairs), "padding": padding, "dilation": dilation}
    shape = draw(st.integers(1, 3)), draw(st.integers(1, 3)), *image
    return shape, draw(st.integers(1, 3)), kernel, options


@given(settings())
def test_the_fast_way_and_the_obvious_way_agree(setting):
    shape, out_channels, kernel, options = setting
    conv = Conv2d(shape[1], out_channels, kernel, bias_init=standard_normal, rng=0, **options)
    x = np.random.default_rng(1).standard_normal(shape)
    expected = conv2d_simple(x, conv.params["W"], conv.params["b"], **options)
    np.testing.assert_allclose(conv(x), expected, rtol=1e-12, atol=1e-12)


@given(settings())
def test_the_fast_way_and_the_obvious_way_agree_on_sequences(setting):
    (N, C, L, _), out_channels, (kernel, _), options = setting
    options = {key: value[0] for key, value in options.items()}
    conv = Conv1d(C, out_channels, kernel, bias_init=standard_normal, rng=0, **options)
    x = np.random.default_rng(1).standard_normal((N, C, L))
    expected = conv1d_simple(x, conv.params["W"], conv.params["b"], **options)
    np.testing.assert_allclose(conv(x), expected, rtol=1e-12, atol=1e-12)


@given(settings())
def test_a_sequence_is_an_image_of_one_row(setting):
    (N, C, L, _), out_channels, (kernel, _), options = setting
    options = {key: value[0] for key, value in options.items()}
    line = Conv1d(C, out_channels, kernel, rng=0, **options)
    image = Conv2d(
        C,
        out_channels,
        (1, kernel),
        weight_init=lambda *_: line.params["W"][:, :, np.newaxis],
        **options | {"padding": (0, options["padding"])},
    )
    x = np.random.default_rng(1).standard_normal((N, C, L))
    z = line(x)
    np.testing.assert_allclose(z, image(x[:, :, np.newaxis])[:, :, 0], rtol=1e-12, atol=1e-12)
    dx, of_image = line.backward(z), image.backward(z[:, :, np.newaxis])
    np.testing.assert_allclose(dx, of_image[:, :, 0], rtol=1e-11, atol=1e-11)


@given(settings())
def test_views_and_what_adds_up_their_shares_are_transposes_of_each_other(setting):
    shape, _, kernel, options = setting
    windows = Windows.of(kernel, options["stride"], options["padding"], options["dilation"])
    x = np.random.default_rng(1).standard_normal(shape)
    views = np.array(windows.views(windows.padded(x), shape[2:]))
    shares = np.random.default_rng(2).standard_normal(views.shape)
    images = windows.add_up(shares, shape, x.dtype)
    assert np.isclose((shares * views).sum(), (images * x).sum())


@given(settings())
def test_windows_and_what_adds_their_shares_back_are_transposes_of_each_other(setting):
    shape, _, kernel, options = setting
    windows = Windows.of(kernel, options["stride"], options["padding"], options["dilation"])
    x = np.random.default_rng(1).standard_normal(shape)
    columns = stretches(windows, lay_out(windows, x))
    shares = np.random.default_rng(2).standard_normal(columns.shape)
    assert np.isclose((shares * columns).sum(), (add_back(windows, shares, shape) * x).sum())


def test_the_windows_are_parts_of_the_strips_and_not_copied_unless_dilated():
    x = np.ones((4, 3, 9, 8))
    for dilation, shared in ((1, True), ((1, 2), True), ((2, 1), False)):
        windows = Windows.of((2, 3), (2, 1), 1, dilation)
        strips = lay_out(windows, x)
        assert np.shares_memory(stretches(windows, strips), strips) is shared


@pytest.mark.parametrize("conv", [Conv2d(2, 3, (3, 2), padding=1), Conv1d(2, 3, 3, dilation=2)])
def test_no_images_give_no_gradients(conv):
    x = np.ones((0, 2, 6, 5)[: conv.directions + 2])
    z = conv(x)
    assert conv.backward(z).shape == x.shape
    assert not conv.grads["W"].any()


def test_a_kernel_with_a_single_one_picks_a_shifted_image():
    x = RNG.standard_normal((2, 1, 4, 5))
    W = np.zeros((1, 1, 3, 3))
    W[0, 0, 0, 2] = 1
    z = Conv2d(1, 1, 3, weight_init=lambda *_: W)(x)
    assert np.array_equal(z, x[:, :, :2, 2:])


@pytest.mark.parametrize("dilation", [1, 2, (1, 3)])
@pytest.mark.parametrize("kernel", [1, 2, 3, 4, (3, 2)])
def test_the_padding_same_keeps_the_size(kernel, dilation):
    conv = Conv2d(2, 3, kernel, padding="same", dilation=dilation, rng=0)
    assert conv(RNG.standard_normal((2, 2, 6, 7))).shape == (2, 3, 6, 7)


def test_the_fans_are_what_meets_in_one_output_and_what_takes_one_input():
    calls = []

    def spy(shape, fan_in, fan_out, rng):
        calls.append((shape, fan_in, fan_out))
        return np.zeros(shape)

    Conv2d(2, 5, (3, 4), weight_init=spy, bias_init=spy)
    assert calls == [((5, 2, 3, 4), 24, 60), ((1, 5), 24, 60)]


def test_hes_rule_keeps_the_size_of_what_a_relu_lets_through():
    x = np.maximum(RNG.standard_normal((20, 16, 12, 12)), 0) * np.sqrt(2)
    z = Conv2d(16, 32, 3, weight_init=he_normal, rng=0)(x)
    assert np.sqrt((z**2).mean()) == pytest.approx(np.sqrt(2), rel=0.05)


def test_gradients_sum_over_everything_that_shares_a_weight():
    conv = Conv2d(1, 1, 2, weight_init=lambda *_: np.ones((1, 1, 2, 2)))
    conv(np.arange(9.0).reshape(1, 1, 3, 3))
    dx = conv.backward(np.ones((1, 1, 2, 2)))
    assert conv.grads["W"].tolist() == [[[[8, 12], [20, 24]]]]
    assert conv.grads["b"].tolist() == [[4]]
    assert dx[0, 0].tolist() == [[1, 2, 1], [2, 4, 2], [1, 2, 1]]


def test_one_convolution_hands_the_next_what_it_reads_without_a_copy():
    z = Conv2d(2, 3, 3, rng=0)(RNG.standard_normal((4, 2, 6, 6)))
    assert samples_last(z).flags.c_contiguous


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"kernel_size": 0}, "kernel_size: expected at least 1, received 0"),
        ({"kernel_size": (3,)}, r"kernel_size: expected a number or a pair \(height, width\), rec"),
        ({"kernel_size": "33"}, "kernel_size: expected a whole number"),
        ({"stride": (1, 0)}, "stride: expected at least 1, received 0"),
        ({"dilation": 1.5}, "dilation: expected a whole number"),
        ({"padding": -1}, "padding: expected at least 0, received -1"),
        ({"padding": "full"}, "padding: expected numbers, 'same' or 'valid', received 'full'"),
        (
            {"padding": "same", "stride": 2},
            r"padding: expected a number with a stride, received 's",
        ),
        ({"in_channels": 0}, "in_channels: expected at least 1"),
        ({"out_channels": 2.0}, "out_channels: expected a whole number"),
        ({"dtype": int}, "dtype: expected float64 or float32"),
    ],
)
def test_arguments_out_of_range_are_refused(arguments, words):
    with pytest.raises((TypeError, ValueError), match=words):
        Conv2d(**{"in_channels": 2, "out_channels": 3, "kernel_size": 3} | arguments)


def test_errors_name_the_layer_and_both_shapes():
    conv = Conv2d(3, 6, 5, name="conv1")
    with pytest.raises(
        ValueError, match=r"^Conv2d 'conv1': expected inputs of shape \(N, 3, H, W\), "
    ):
        conv(np.ones((4, 1, 28, 28)))
    with pytest.raises(ValueError, match=r"received \(3, 28, 28\); try x\[np.newaxis\] f"):
        conv(np.ones((3, 28, 28)))
    with pytest.raises(
        ValueError,
        match=r"^Conv2d 'conv1': expected height and width of at least \(5, 5\) for its window, "
        r"received \(4, 28\); try a smaller kernel_size, or padding$",
    ):
        conv(np.ones((2, 3, 4, 28)))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"kernel_size": (3, 3)}, r"kernel_size: expected a number, received \(3, 3\)"),
        ({"stride": 0}, "stride: expected at least 1, received 0"),
        ({"padding": True}, "padding: expected a whole number of at least 0, received True"),
        ({"padding": "same", "stride": 2}, "padding: expected a number with a stride, .* with 2;"),
    ],
)
def test_arguments_for_sequences_are_numbers(arguments, words):
    with pytest.raises((TypeError, ValueError), match=words):
        Conv1d(**{"in_channels": 2, "out_channels": 3, "kernel_size": 3} | arguments)


def test_a_sequence_that_is_too_short_is_refused_in_its_own_words():
    with pytest.raises(ValueError, match=r"^Conv1d: expected a length of at least 5 for its wind"):
        Conv1d(1, 1, 3, dilation=2)(np.ones((2, 1, 4)))
    with pytest.raises(
        ValueError, match=r"shape \(N, 1, L\), received \(40, 1\); try x\[:, np.newax"
    ):
        Conv1d(1, 1, 3)(np.ones((40, 1)))


def test_where_nobody_asks_for_it_the_gradient_of_the_images_is_not_computed(monkeypatch):
    conv = Conv2d(2, 3, 3, rng=0)
    z = conv(RNG.standard_normal((4, 2, 6, 6)))
    monkeypatch.delattr(Windows, "add_up")
    conv.backward_params(z)
    with pytest.raises(AttributeError):
        conv.backward(z)


@pytest.mark.parametrize(
    ("op", "shape", "advice"),
    [
        (Conv2d(1, 2, 3), (60, 28, 28), "x[:, np.newaxis] for samples of one channel"),
        (Conv2d(3, 2, 3), (3, 28, 28), "x[np.newaxis] for a single sample"),
        (Conv2d(3, 2, 3), (60, 32, 32, 3), "x.transpose(0, 3, 1, 2)"),
        (Conv1d(3, 2, 3), (60, 40, 3), "x.transpose(0, 2, 1)"),
        (Conv1d(1, 2, 3), (60, 40), "x[:, np.newaxis] for samples of one channel"),
    ],
    ids=str,
)
def test_the_advice_for_a_missing_or_misplaced_axis_helps(op, shape, advice):
    x = np.ones(shape)
    with pytest.raises(ValueError, match=re.escape(f"; try {advice}") + "$"):
        op(x)
    op(eval(advice.split(" for ")[0], {"x": x, "np": np}))
