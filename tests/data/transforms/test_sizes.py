import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidl.data.transforms import CenterCrop, RandomCrop, Resize

sides = st.integers(1, 12)


def numbered(height, width, channels=1):
    """Return an image whose pixels all differ."""
    pixels = np.arange(height * width * channels) % 251 + 1
    return pixels.astype(np.uint8).reshape(height, width, channels)


@pytest.mark.parametrize(
    ("shape", "size", "expected"),
    [
        ((40, 60, 3), 20, (20, 30, 3)),  # the shorter side, as torchvision's
        ((60, 40, 3), 20, (30, 20, 3)),
        ((7, 10, 1), 5, (5, 7, 1)),  # 7.14, rounded down as torchvision does
        ((10, 7, 1), 5, (7, 5, 1)),
        ((8, 8), 28, (28, 28, 1)),
        ((40, 60, 3), (32, 32), (32, 32, 3)),
        ((40, 60, 3), [10, 20], (10, 20, 3)),
    ],
)
def test_an_image_gets_its_new_size(shape, size, expected):
    assert Resize(size)(np.zeros(shape, dtype=np.uint8)).shape == expected


@pytest.mark.parametrize(
    ("shape", "size", "top", "left"),
    [((6, 8), 2, 2, 3), ((5, 5), 2, 2, 2), ((7, 7), 4, 2, 2), ((4, 6), (4, 6), 0, 0)],
)
def test_the_middle_is_cut_as_torchvision_cuts_it(shape, size, top, left):
    """It begins at round(spare / 2), and Python rounds halves to even: 1.5 to 2."""
    image = numbered(*shape)
    height, width = (size, size) if isinstance(size, int) else size
    assert np.array_equal(CenterCrop(size)(image), image[top : top + height, left : left + width])


@given(height=sides, width=sides, padding=st.tuples(sides, sides, sides, sides), seed=sides)
def test_a_random_crop_is_a_part_of_the_padded_image(height, width, padding, seed):
    image = numbered(height, width)
    left, above, right, below = padding
    padded = np.pad(image[..., 0], [(above, below), (left, right)])
    cut = RandomCrop((height, width), padding, rng=seed)(image)[..., 0]
    windows = np.lib.stride_tricks.sliding_window_view(padded, cut.shape)
    assert (windows == cut).all(axis=(2, 3)).any()


def test_each_place_is_as_likely_as_another():
    crop = RandomCrop(1, rng=0)
    image = numbered(2, 3)
    counts = np.bincount([int(crop(image).item()) for _ in range(3000)], minlength=7)[1:]
    assert counts.min() > 420
    assert counts.sum() == 3000


@pytest.mark.parametrize(
    ("padding", "sides"),
    [(2, (2, 2, 2, 2)), ((1, 3), (1, 3, 1, 3)), ([1, 2, 3, 4], (1, 2, 3, 4)), (0, (0, 0, 0, 0))],
)
def test_padding_is_torchvisions(padding, sides):
    """One number, (left and right, above and below), or (left, above, right, below)."""
    left, above, right, below = sides
    image = numbered(3, 4)
    whole = RandomCrop((3 + above + below, 4 + left + right), padding, rng=0)(image)
    assert np.array_equal(whole, np.pad(image, [(above, below), (left, right), (0, 0)]))


def test_without_room_to_move_the_image_comes_as_it_is():
    image = numbered(4, 5, 3)
    cut = RandomCrop((4, 5), rng=0)(image)
    assert np.array_equal(cut, image)
    assert not np.shares_memory(cut, image)


def test_a_seed_repeats_the_places():
    image = numbered(32, 32)
    one, other = (RandomCrop(8, padding=4, rng=5) for _ in "12")
    assert all(np.array_equal(one(image), other(image)) for _ in range(5))
    assert not all(np.array_equal(one(image), one(image)) for _ in range(5))


@pytest.mark.parametrize("transform", [CenterCrop((3, 9)), RandomCrop((3, 9), padding=1)])
def test_a_cut_larger_than_the_image_is_refused(transform):
    with pytest.raises(ValueError, match=r"Crop: expected an image of at least 3 × 9, received "):
        transform(numbered(5, 6))


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: Resize(0), ValueError, "size: expected at least 1"),
        (lambda: Resize(2.0), TypeError, "size: expected a whole number"),
        (lambda: Resize(True), TypeError, "size: expected a whole number"),
        (lambda: Resize((2, 3, 4)), ValueError, r"size: expected one number or \(height, width\)"),
        (lambda: Resize((2, 0)), ValueError, "size: expected at least 1"),
        (lambda: CenterCrop("4"), TypeError, "size: expected a whole number"),
        (lambda: RandomCrop(4, -1), ValueError, "padding: expected at least 0"),
        (lambda: RandomCrop(4, (1, 2, 3)), ValueError, "padding: expected one number"),
        (lambda: RandomCrop(4, None), TypeError, "padding: expected a whole number"),
        (lambda: RandomCrop(4, rng="x"), TypeError, "rng: expected a seed"),
    ],
)
def test_wrong_settings_are_refused(make, error, words):
    with pytest.raises(error, match=words):
        make()


@pytest.mark.parametrize("transform", [Resize(3), CenterCrop(2), RandomCrop(2, padding=1, rng=0)])
def test_what_comes_out_is_new_and_what_went_in_stays(transform):
    image = numbered(5, 7, 3)[:, ::-1]
    image.flags.writeable = False
    before = image.copy()
    out = transform(image)
    assert out.dtype == np.uint8
    assert out.flags.writeable
    assert not np.shares_memory(out, image)
    assert np.array_equal(image, before)


def test_an_image_that_is_small_already_can_be_resized_to_one_pixel():
    assert Resize((1, 1))(numbered(1, 1)).tolist() == [[[1]]]
    assert Resize(1)(numbered(2, 300)).shape == (1, 150, 1)
