import numpy as np
import pytest
from PIL import Image

from minidl.data.transforms import RandomGrayscale, RandomHorizontalFlip
from tests.data.pictures import noisy

BOTH = [RandomHorizontalFlip, RandomGrayscale]


def test_a_flip_mirrors_left_and_right():
    image = noisy()
    assert np.array_equal(RandomHorizontalFlip(1)(image), image[:, ::-1])


def test_grey_is_pillows_to_the_last_bit():
    image = noisy(64, 64)
    luma = np.array(Image.fromarray(image).convert("L"))
    grey = RandomGrayscale(1)(image)
    assert grey.dtype == np.uint8
    assert np.array_equal(grey, np.repeat(luma[..., np.newaxis], 3, axis=-1))


def test_grey_stays_grey():
    image = noisy()[..., :1]
    assert np.array_equal(RandomGrayscale(1)(image), image)


@pytest.mark.parametrize("kind", BOTH)
def test_it_happens_with_the_probability_given(kind):
    image, transform = noisy(), kind(0.3, rng=0)
    changed = sum(not np.array_equal(transform(image), image) for _ in range(2000))
    assert 0.25 < changed / 2000 < 0.35


@pytest.mark.parametrize("kind", BOTH)
def test_probability_0_is_never(kind):
    image, transform = noisy(), kind(0, rng=0)
    assert all(np.array_equal(transform(image), image) for _ in range(50))


@pytest.mark.parametrize("kind", BOTH)
@pytest.mark.parametrize("p", [0, 1])
def test_what_comes_out_is_new(kind, p):
    image = noisy()
    before = image.copy()
    kind(p)(image)[...] = 0
    assert np.array_equal(image, before)


@pytest.mark.parametrize("kind", BOTH)
@pytest.mark.parametrize(
    ("p", "error"), [(-0.1, ValueError), (1.1, ValueError), ("x", TypeError), (True, TypeError)]
)
def test_what_is_no_probability_is_refused(kind, p, error):
    with pytest.raises(error, match="p: expected"):
        kind(p)
