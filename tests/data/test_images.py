"""Files of every kind become the same kind of array, or an error that names the file."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from minidl.data import read_image
from minidl.data.images import as_image, resized, write_image
from tests.data.pictures import noisy, save, write

GREYS = np.arange(0, 240, 10, dtype=np.uint8).reshape(4, 6)


def luma(image):
    """Brightness in Pillow's whole numbers."""
    return np.array(Image.fromarray(image).convert("L"))


def test_colours_come_as_they_are_stored(tmp_path):
    image = noisy()
    read = read_image(save(tmp_path / "a.png", image))
    assert (read.shape, read.dtype) == ((6, 5, 3), np.uint8)
    assert np.array_equal(read, image)
    assert read.flags.writeable


def test_grey_is_the_brightness_with_one_channel(tmp_path):
    image = noisy()
    read = read_image(str(save(tmp_path / "a.png", image)), "L")
    assert read.shape == (6, 5, 1)
    assert np.array_equal(read[..., 0], luma(image))


def test_a_grey_file_has_three_equal_channels_in_colour(tmp_path):
    read = read_image(save(tmp_path / "a.png", GREYS))
    assert np.array_equal(read, np.repeat(GREYS[..., np.newaxis], 3, axis=-1))


def test_a_palette_is_looked_up(tmp_path):
    image = np.array([[[250, 0, 0], [0, 0, 250]]], dtype=np.uint8)
    indices = Image.new("P", (2, 1))
    indices.putpalette([250, 0, 0, 0, 0, 250])
    indices.putdata([0, 1])
    indices.save(tmp_path / "a.png")
    assert np.array_equal(read_image(tmp_path / "a.png"), image)


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_transparent_pixels_lie_on_white(tmp_path, mode):
    opaque = Image.new(mode, (2, 1), (0,) * (len(mode) - 1) + (255,))
    opaque.putpixel((1, 0), (0,) * (len(mode) - 1) + (0,))
    opaque.save(tmp_path / "a.png")
    assert read_image(tmp_path / "a.png").tolist() == [[[0, 0, 0], [255, 255, 255]]]


def test_a_transparent_entry_of_a_palette_lies_on_white_too(tmp_path):
    indices = Image.new("P", (2, 1))
    indices.putpalette([250, 0, 0, 0, 0, 250])
    indices.putdata([0, 1])
    indices.save(tmp_path / "a.png", transparency=1)
    assert read_image(tmp_path / "a.png").tolist() == [[[250, 0, 0], [255, 255, 255]]]


@pytest.mark.parametrize("ending", ["png", "tif", "pgm"])
def test_sixteen_bits_become_eight(tmp_path, ending):
    """Pillow itself would cut off all above 255, which leaves a white picture."""
    deep = GREYS.astype(np.uint16) * 257
    if ending == "pgm":
        data = b"P5 6 4 65535\n" + deep.astype(">u2").tobytes()
        path = write(tmp_path / "a.pgm", data)
    else:
        path = save(tmp_path / f"a.{ending}", deep)
    assert np.array_equal(read_image(path, "L")[..., 0], GREYS)


@pytest.mark.parametrize(("dtype", "ending"), [("float32", "tif"), ("int32", "tif")])
def test_numbers_without_a_largest_are_refused(tmp_path, dtype, ending):
    path = save(tmp_path / f"a.{ending}", GREYS.astype(dtype))
    with pytest.raises(ValueError, match=r"a.tif: expected an image of 8 or 16 bits .* as PNG"):
        read_image(path)


def test_a_photo_is_turned_as_its_camera_noted(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held on its side
    image = noisy(8, 4)
    Image.fromarray(image).save(tmp_path / "a.png", exif=exif)
    assert np.array_equal(read_image(tmp_path / "a.png"), np.rot90(image, -1))


@pytest.mark.parametrize("mode", ["CMYK", "YCbCr", "1"])
def test_other_kinds_of_colours_are_converted(tmp_path, mode):
    white = Image.new("RGB", (3, 2), "white").convert(mode)
    white.save(tmp_path / "a.tif")
    assert (read_image(tmp_path / "a.tif") >= 254).all()


def test_the_first_of_several_pictures_counts(tmp_path):
    frames = [Image.new("L", (2, 2), level) for level in (0, 255)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    assert not read_image(tmp_path / "a.gif").any()


def encoded(kind, image=None):
    buffer = io.BytesIO()
    Image.fromarray(noisy(40, 40) if image is None else image).save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
@pytest.mark.parametrize("part", [0.02, 0.3, 0.9])
def test_a_truncated_file_is_named(tmp_path, kind, part):
    data = encoded(kind)
    path = write(tmp_path / "broken.png", data[: int(len(data) * part)])
    with pytest.raises(ValueError, match=r"broken.png: expected an image, received a damaged or"):
        read_image(path)


@pytest.mark.parametrize(
    "data", [b"hello", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\xff\xd8\xff", b"BM"]
)
def test_what_is_no_image_is_named(tmp_path, data):
    path = write(tmp_path / "other.jpg", data)
    with pytest.raises(ValueError, match=r"other.jpg: expected an image, .*; try opening it in a"):
        read_image(path)


def test_an_empty_file_is_named(tmp_path):
    with pytest.raises(ValueError, match=r"empty.png: expected an image, received an empty file"):
        read_image(write(tmp_path / "empty.png"))


@given(st.integers(8, 500), st.integers(0, 255))
def test_a_flipped_byte_is_read_or_refused_but_never_another_error(place, value):
    import tempfile
    from pathlib import Path

    data = bytearray(encoded("PNG", noisy(10, 10)))
    data[place % len(data)] = value
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "a.png", bytes(data))
        try:
            assert read_image(path).ndim == 3
        except ValueError as error:
            assert "a.png: expected" in str(error)


def test_an_image_of_far_too_many_pixels_is_refused(tmp_path):
    header = b"P5 60000 60000 255\n"
    with pytest.raises(ValueError, match="bomb.pgm: expected an image, .*DecompressionBombError"):
        read_image(write(tmp_path / "bomb.pgm", header))


def test_a_file_that_is_not_there_is_the_systems_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_image(tmp_path / "none.png")


def test_an_unknown_mode_is_refused(tmp_path):
    with pytest.raises(ValueError, match="mode: expected one of 'RGB', 'L', received 'HSV'"):
        read_image(save(tmp_path / "a.png"), "HSV")


@pytest.mark.parametrize("channels", [1, 3])
def test_what_is_written_is_read_again(tmp_path, channels):
    image = noisy()[..., :channels]
    write_image(tmp_path / "a.png", image)
    assert np.array_equal(read_image(tmp_path / "a.png", "L" if channels == 1 else "RGB"), image)


@pytest.mark.parametrize("shape", [(4, 6, 3), (4, 6, 1), (4, 6)])
def test_a_size_is_the_height_and_the_width(shape):
    image = np.full(shape, 7, dtype=np.uint8)
    small = resized(image, 2, 5)
    assert small.shape == (2, 5, 3 if shape[-1] == 3 else 1)
    assert (small == 7).all()


def test_half_the_size_is_a_weighted_mean_of_pixels():
    """Bilinear with the triangle widened to the new pixel: weights 1, 3, 3, 1."""
    row = np.array([[0, 80, 160, 240]], dtype=np.uint8)
    triangle = np.array([0.75, 0.75, 0.25])
    first = triangle @ [0, 80, 160] / triangle.sum()
    assert resized(row, 1, 2).ravel().tolist() == [round(first), 240 - round(first)]


def test_images_may_be_views_and_read_only():
    image = noisy()[::-1, ::2]
    image.flags.writeable = False
    before = image.copy()
    assert resized(image, 6, 3).shape == (6, 3, 3)
    assert np.array_equal(image, before)


@pytest.mark.parametrize(
    ("value", "error", "words"),
    [
        (
            np.zeros((3, 4, 4)),
            TypeError,
            "an image as an array of uint8, .*; try it before ToArray",
        ),
        (np.zeros((4, 4)), TypeError, r"an image as an array of uint8, received an array of shape"),
        ([[1, 2]], TypeError, "an array of uint8, received "),
        (np.zeros((4, 4), dtype=bool), TypeError, "dtype bool"),
        (np.zeros((4, 4, 2), dtype=np.uint8), ValueError, r"shape \(height, width, 3\) or .*4, 2"),
        (np.zeros((3, 4, 4), dtype=np.uint8), ValueError, r"received \(3, 4, 4\)"),
        (np.zeros(4, dtype=np.uint8), ValueError, r"received \(4,\)"),
        (np.zeros((0, 4, 3), dtype=np.uint8), ValueError, r"received \(0, 4, 3\)"),
    ],
)
def test_what_is_no_image_is_refused(value, error, words):
    with pytest.raises(error, match=f"Resize: expected .*{words}"):
        as_image(value, "Resize")
