"""Image files as arrays, and arrays as image files: the one module that uses Pillow.

An image is an array of bytes of shape (height, width, channels), rows from the top, 0 for dark
and 255 for bright; its channels are red, green and blue, or one of grey.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.validation import check_choice, check_positive_int, describe

Array = npt.NDArray[Any]

MODES = {"RGB": 3, "L": 1}
"""Pillow's names for colours and for grey, and how many channels they have."""


def read_image(path: str | Path, mode: str = "RGB") -> Array:
    """Return the image in a file, upright, whatever kind of pixels it has.

    Palettes and other colour spaces are converted, transparent pixels lie on white, 16 bits a
    pixel become 8, and a photo is turned as its camera noted. Of several pictures in one file it
    is the first.

    Parameters
    ----------
    path : str or Path
        A PNG, JPEG, BMP, GIF, TIFF, WebP or other file that Pillow reads.
    mode : {"RGB", "L"}
        Colours, or their brightness.

    Returns
    -------
    ndarray of uint8, shape (H, W, 3) or (H, W, 1)

    Raises
    ------
    ValueError
        If the file is empty, damaged, no image, of so many pixels that it must be an attack, or
        of pixels that have no brightest value.
    OSError
        If it cannot be opened.
    ImportError
        If Pillow is not installed.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "red.png"
    ...     write_image(path, np.full((2, 3, 3), (200, 0, 0), dtype=np.uint8))
    ...     read_image(path).shape, read_image(path, "L")[0, 0]
    ((2, 3, 3), array([60], dtype=uint8))
    """
    path = Path(path)
    check_choice(mode, "mode", MODES)
    image_module = _pillow()  # before the file, whose faults Pillow tells in many kinds of errors
    data = path.read_bytes()
    if not data:
        raise ValueError(f"{path}: expected an image, received an empty file; try removing it")
    try:
        with image_module.open(io.BytesIO(data)) as image:
            return _as_array(_plain(image, path), mode)
    except _NoBrightest:
        raise
    except Exception as error:
        raise ValueError(
            f"{path}: expected an image, received a damaged or another kind of file "
            f"({type(error).__name__}); try opening it in a viewer, or removing it"
        ) from error


def write_image(path: str | Path, image: Array) -> None:
    """Write an image to a file, of the kind that the end of its name says.

    Raises
    ------
    TypeError, ValueError
        If it is no image of bytes.
    """
    _from_array(as_image(image, "write_image")).save(Path(path))


def resized(image: Array, height: int, width: int) -> Array:
    """Return an image enlarged or reduced to a size; each pixel is a mean of those it covers.

    Between pixels it takes the values on straight lines (bilinear), as torchvision's `Resize`.

    Examples
    --------
    >>> resized(np.array([[[0], [200]]], dtype=np.uint8), 1, 1)
    array([[[100]]], dtype=uint8)
    """
    image = as_image(image, "resized")
    size = (check_positive_int(width, "width"), check_positive_int(height, "height"))
    small = _from_array(image).resize(size, _pillow().Resampling.BILINEAR)
    return np.array(small).reshape(height, width, image.shape[-1])


def as_image(value: Any, name: str) -> Array:
    """Return `value` as an image of shape (H, W, C) with C = 1 or 3; (H, W) has C = 1.

    Raises
    ------
    TypeError, ValueError
        If it is no array of bytes of such a shape, or has no pixels.

    Examples
    --------
    >>> as_image(np.zeros((28, 28), dtype=np.uint8), "Resize").shape
    (28, 28, 1)
    """
    if not isinstance(value, np.ndarray) or value.dtype != np.uint8:
        hint = "; try it before ToArray" if _is_channels_first(value) else ""
        raise TypeError(
            f"{name}: expected an image as an array of uint8, received {describe(value)}{hint}"
        )
    image = np.asarray(value)
    image = image[..., np.newaxis] if image.ndim == 2 else image
    if image.ndim != 3 or image.shape[-1] not in MODES.values() or image.size == 0:
        raise ValueError(
            f"{name}: expected an image of shape (height, width, 3) or (height, width, 1), "
            f"received {value.shape}"
        )
    return image


def _is_channels_first(value: Any) -> bool:
    shape: tuple[int, ...] = getattr(value, "shape", ())
    return len(shape) == 3 and shape[0] in MODES.values()


class _NoBrightest(ValueError):
    """An image of whose pixels nothing says how bright they can be."""


def _plain(image: Any, path: Path) -> Any:
    """Return an image upright, of 8 bits a channel and without transparency."""
    from PIL import Image, ImageOps

    # What Pillow calls I may hold 16 bits, as of these files, or any whole numbers.
    if image.mode == "F" or (image.mode == "I" and image.format not in ("PNG", "PPM")):
        raise _NoBrightest(
            f"{path}: expected an image of 8 or 16 bits a channel, received one of numbers "
            "without a largest; try saving it as PNG"
        )
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I"):
        return Image.fromarray(np.rint(np.asarray(image) / 257).astype(np.uint8))
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    return image


def _as_array(image: Any, mode: str) -> Array:
    pixels = np.array(image if image.mode == mode else image.convert(mode))
    return pixels.reshape(*pixels.shape[:2], MODES[mode])


def _from_array(image: Array) -> Any:
    pixels = np.ascontiguousarray(image)
    return _pillow().fromarray(pixels[..., 0] if pixels.shape[-1] == 1 else pixels)


def _pillow() -> Any:
    try:
        from PIL import Image
    except ImportError as error:
        raise ImportError(
            "image files need Pillow, which is not installed; "
            "try python -m pip install 'minidl[data]'"
        ) from error
    return Image
