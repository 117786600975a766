import numpy as np
import pytest

from minidl.data.transforms import Normalize, ToArray

ALL_BYTES = np.arange(256, dtype=np.uint8).reshape(16, 16)
MEAN, STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_fractions_are_bytes_over_255_channels_first(dtype):
    image = np.stack([ALL_BYTES, 255 - ALL_BYTES, ALL_BYTES.T], axis=-1)
    x = ToArray(dtype)(image)
    assert (x.shape, x.dtype) == ((3, 16, 16), np.dtype(dtype))
    assert x.flags.c_contiguous
    np.testing.assert_array_equal(x[1], (255 - ALL_BYTES).astype(dtype) / np.dtype(dtype).type(255))


def test_fractions_are_float32_unless_asked_otherwise():
    assert ToArray()(ALL_BYTES).dtype == np.float32


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_every_byte_comes_back(dtype):
    image = np.stack([ALL_BYTES] * 3, axis=-1)
    normalize, to_array = Normalize(MEAN, STD), ToArray(dtype)
    assert np.array_equal(to_array.inverse(to_array(image)), image)
    if dtype != "float16":  # of 11 digits, which scaling there and back uses up
        back = to_array.inverse(normalize.inverse(normalize(to_array(image))))
        assert np.array_equal(back, image)


def test_the_inverse_cuts_off_and_rounds():
    x = np.array([[[-1.0, 0.0019, 0.002, 0.5, 2.0]]])
    assert ToArray().inverse(x).ravel().tolist() == [0, 0, 1, 128, 255]


def test_normalized_is_minus_mean_over_deviation_channel_by_channel():
    x = np.random.default_rng(0).random((2, 3, 4, 5))
    expected = np.stack([(x[:, c] - MEAN[c]) / STD[c] for c in range(3)], axis=1)
    np.testing.assert_allclose(Normalize(MEAN, STD)(x), expected)
    np.testing.assert_allclose(Normalize(MEAN, STD).inverse(expected), x)


def test_one_number_serves_all_channels():
    x = np.random.default_rng(0).random((3, 4, 5))
    np.testing.assert_allclose(Normalize(0.5, 0.25)(x), (x - 0.5) / 0.25)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_dtype_is_kept(dtype):
    x = np.ones((3, 2, 2), dtype=dtype)
    assert Normalize(MEAN, STD)(x).dtype == dtype
    assert Normalize(MEAN, STD).inverse(x).dtype == dtype


@pytest.mark.parametrize("call", [Normalize(MEAN, STD), Normalize(MEAN, STD).inverse])
def test_what_went_in_stays(call):
    """A well-known tutorial's inverse transform changes its input."""
    x = np.random.default_rng(0).random((2, 3, 4, 5))
    before = x.copy()
    x.flags.writeable = False
    out = call(x)
    assert np.array_equal(x, before)
    assert not np.shares_memory(out, x)


def test_the_inverse_of_fractions_leaves_them_and_takes_batches():
    x = np.random.default_rng(0).random((2, 3, 4, 5))
    before = x.copy()
    images = ToArray().inverse(x)
    assert np.array_equal(x, before)
    assert (images.shape, images.dtype) == ((2, 4, 5, 3), np.uint8)
    assert np.array_equal(images[1], ToArray().inverse(x[1]))


def test_mean_and_deviation_are_copied():
    mean = np.array([0.5])
    normalize = Normalize(mean, [1.0])
    mean[:] = 9
    assert normalize(np.ones((1, 1, 1))).item() == 0.5


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: ToArray("int8"), TypeError, "dtype: expected float64 or float32"),
        (lambda: ToArray()(np.ones((3, 2, 2))), TypeError, "ToArray: expected an image as"),
        (lambda: ToArray().inverse(np.ones((2, 2))), ValueError, r"\(C, H, W\), received \(2, 2\)"),
        (lambda: ToArray().inverse(np.full((1, 1, 1), np.nan)), ValueError, "expected finite"),
        (lambda: ToArray().inverse(ALL_BYTES[None]), TypeError, "fractions of shape"),
        (lambda: Normalize(MEAN, STD)(ALL_BYTES[None]), TypeError, "try ToArray before it"),
        (lambda: Normalize(MEAN, STD)(np.ones((2, 4, 4))), ValueError, "expected 3 channels"),
        (lambda: Normalize(MEAN, STD)(np.ones((4, 4, 3))), ValueError, "expected 3 channels"),
        (lambda: Normalize(MEAN, STD)(np.ones(3)), ValueError, r"shape \(C, H, W\)"),
        (lambda: Normalize(MEAN, 0.5), ValueError, "as many numbers in std as in mean"),
        (lambda: Normalize(0.5, 0), ValueError, "std: expected numbers above 0"),
        (lambda: Normalize([0.5], [-1]), ValueError, "std: expected numbers above 0"),
        (lambda: Normalize([np.nan], [1]), ValueError, "mean: expected finite numbers"),
        (lambda: Normalize([], []), ValueError, "mean: expected a number for each channel"),
        (lambda: Normalize([[0.5]], [[1]]), ValueError, "mean: expected a number for each"),
        (lambda: Normalize("half", 1), TypeError, "mean: expected"),
    ],
)
def test_faults_are_refused(call, error, words):
    with pytest.raises(error, match=words):
        call()
