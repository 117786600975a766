"""Transforms that change an image's size."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from minidl.data.images import resized
from minidl.data.transforms.base import Array, ImageTransform, RandomTransform
from minidl.validation import check_positive_int, describe

Size = int | tuple[int, int]


class Resize(ImageTransform):
    """Enlarge or reduce an image; torchvision's `Resize`, bilinear and smooth.

    Parameters
    ----------
    size : int or (height, width)
        The new size; one number is that of the shorter side, and the other side follows.

    Examples
    --------
    >>> image = np.zeros((60, 90, 3), dtype=np.uint8)
    >>> Resize(20)(image).shape, Resize((32, 32))(image).shape
    ((20, 30, 3), (32, 32, 3))
    """

    def __init__(self, size: Size) -> None:
        _pair(size, "size")
        self.size = size

    def apply(self, image: Array) -> Array:
        """Return the image in its new size."""
        if isinstance(self.size, Sequence):
            return resized(image, *self.size)
        height, width, _ = image.shape
        shorter = min(height, width)
        return resized(image, self.size * height // shorter, self.size * width // shorter)


class CenterCrop(ImageTransform):
    """Cut out the middle of an image; torchvision's `CenterCrop`, which pads smaller images.

    Parameters
    ----------
    size : int or (height, width)
        The size of the cut.

    Examples
    --------
    >>> CenterCrop(2)(np.arange(16, dtype=np.uint8).reshape(4, 4))[..., 0]
    array([[ 5,  6],
           [ 9, 10]], dtype=uint8)
    """

    def __init__(self, size: Size) -> None:
        self.size = _pair(size, "size")

    def apply(self, image: Array) -> Array:
        """Return the middle of the image."""
        spare = _spare(image, self.size, "CenterCrop", "Resize before it")
        return _cut(image, self.size, *(round(length / 2) for length in spare))


class RandomCrop(RandomTransform):
    """Cut out a part of an image at a random place; torchvision's `RandomCrop`.

    With padding, the image is laid on a larger one that is black, so that a cut of its own size
    moves it a little: up, down, left or right.

    Parameters
    ----------
    size : int or (height, width)
        The size of the cut.
    padding : int, (sides, above and below) or (left, above, right, below)
        How many black pixels are added on each side.
    rng : int, numpy.random.Generator or None
        Where the places come from.

    Examples
    --------
    >>> crop = RandomCrop(2, padding=1, rng=0)
    >>> crop(np.full((2, 2), 9, dtype=np.uint8))[..., 0]
    array([[9, 9],
           [0, 0]], dtype=uint8)
    """

    def __init__(
        self,
        size: Size,
        padding: int | Sequence[int] = 0,
        *,
        rng: int | np.random.Generator | None = None,
    ) -> None:
        super().__init__(rng)
        self.size = _pair(size, "size")
        self.padding = _sides(padding)

    def apply(self, image: Array) -> Array:
        """Return a part of the image."""
        left, above, right, below = self.padding
        padded = np.pad(image, [(above, below), (left, right), (0, 0)])
        spare = _spare(padded, self.size, "RandomCrop", "padding, or Resize before it")
        return _cut(padded, self.size, *(int(self.rng.integers(n + 1)) for n in spare))


def _pair(size: Size, name: str) -> tuple[int, int]:
    if not isinstance(size, tuple | list):
        return (check_positive_int(size, name),) * 2
    if len(size) != 2:
        raise ValueError(
            f"{name}: expected one number or (height, width), received {describe(size)}"
        )
    return check_positive_int(size[0], name), check_positive_int(size[1], name)


def _sides(padding: int | Sequence[int]) -> tuple[int, int, int, int]:
    """Return the padding on the left, above, on the right and below."""
    given = list(padding) if isinstance(padding, tuple | list) else [padding]
    if len(given) not in (1, 2, 4):
        raise ValueError(
            "padding: expected one number, (sides, above and below) or "
            f"(left, above, right, below), received {describe(padding)}"
        )
    left, above, right, below = given * (4 // len(given))
    return (
        check_positive_int(left, "padding", minimum=0),
        check_positive_int(above, "padding", minimum=0),
        check_positive_int(right, "padding", minimum=0),
        check_positive_int(below, "padding", minimum=0),
    )


def _spare(image: Array, size: tuple[int, int], name: str, advice: str) -> tuple[int, int]:
    """Return by how much an image is higher and wider than a cut."""
    spare = image.shape[0] - size[0], image.shape[1] - size[1]
    if min(spare) < 0:
        raise ValueError(
            f"{name}: expected an image of at least {size[0]} × {size[1]}, "
            f"received {image.shape[0]} × {image.shape[1]}; try {advice}"
        )
    return spare


def _cut(image: Array, size: tuple[int, int], top: int, left: int) -> Array:
    return image[top : top + size[0], left : left + size[1]].copy()
