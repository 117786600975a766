"""Images in another size, all at once."""

import numpy as np
import pytest

from minidl.data import interpolate

RNG = np.random.default_rng(0)
SIZES = [28, (28, 28), (3, 11), (4, 5), (1, 1), (7, 2)]


def by_hand(image, height, width):
    """Return an image pixel by pixel: four old pixels, weighed by how near they are."""
    H, W = image.shape
    new = np.empty((height, width))
    for i, j in np.ndindex(height, width):
        y = min(max((i + 0.5) * H / height - 0.5, 0), H - 1)
        x = min(max((j + 0.5) * W / width - 0.5, 0), W - 1)
        above, left = int(y), int(x)
        below, right = min(above + 1, H - 1), min(left + 1, W - 1)
        v, u = y - above, x - left
        new[i, j] = (1 - v) * ((1 - u) * image[above, left] + u * image[above, right])
        new[i, j] += v * ((1 - u) * image[below, left] + u * image[below, right])
    return new


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_pixel_is_the_weighed_mean_of_four(size):
    x = RNG.standard_normal((2, 3, 4, 5))
    height, width = size if isinstance(size, tuple) else (size, size)
    found = interpolate(x, size)
    assert found.shape == (2, 3, height, width)
    for n, c in np.ndindex(2, 3):
        np.testing.assert_allclose(found[n, c], by_hand(x[n, c], height, width), atol=1e-14)


@pytest.mark.torch
@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-13), (np.float32, 5e-6)])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_it_is_pytorchs(size, dtype, tolerance):
    torch = pytest.importorskip("torch")
    x = RNG.standard_normal((2, 3, 8, 8)).astype(dtype)
    theirs = torch.nn.functional.interpolate(torch.tensor(x), size, mode="bilinear").numpy()
    found = interpolate(x, size)
    assert found.dtype == dtype
    np.testing.assert_allclose(found, theirs, rtol=0, atol=tolerance)


def test_the_same_size_changes_nothing_and_copies():
    x = RNG.standard_normal((2, 1, 4, 5))
    found = interpolate(x, (4, 5))
    assert np.array_equal(found, x)
    assert not np.shares_memory(found, x)


def test_bytes_become_fractions():
    assert interpolate(np.array([[[[0, 255]]]], dtype=np.uint8), (1, 3)).ravel()[1] == 127.5


@pytest.mark.parametrize(
    ("x", "size", "words"),
    [
        (np.ones((2, 4, 4)), 8, r"expected images of shape \(N, C, H, W\), .*x\[:, np.newaxis\]"),
        (np.ones((2, 4)), 8, r"expected images of shape \(N, C, H, W\), received \(2, 4\)$"),
        (np.ones((1, 1, 0, 4)), 8, "expected images of shape"),
        (np.ones((1, 1, 4, 4)), 0, "size: expected at least 1, received 0"),
        (np.ones((1, 1, 4, 4)), (8, 8, 8), "expected one number or .height, width., received"),
        (np.ones((1, 1, 4, 4)), 2.5, "size: expected a whole number"),
        ("text", 8, "interpolate: expected an array of real numbers"),
    ],
)
def test_what_will_not_do_is_refused(x, size, words):
    with pytest.raises((TypeError, ValueError), match=words):
        interpolate(x, size)
