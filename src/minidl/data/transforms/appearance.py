"""Transforms that keep an image's size: mirrored, or without colour."""

from __future__ import annotations

import numpy as np

from minidl.data.transforms.base import Array, RandomChoice

LUMA = np.array([19595, 38470, 7471])
"""How bright red, green and blue look (0.299, 0.587, 0.114), in parts of 65536."""


class RandomHorizontalFlip(RandomChoice):
    """Mirror an image, left to right, with probability p; torchvision's `RandomHorizontalFlip`.

    Parameters
    ----------
    p : float
        The probability, 0 to 1.
    rng : int, numpy.random.Generator or None
        Where the random choices come from.

    Examples
    --------
    >>> RandomHorizontalFlip(p=1)(np.array([[1, 2, 3]], dtype=np.uint8))[..., 0]
    array([[3, 2, 1]], dtype=uint8)
    """

    def __init__(self, p: float = 0.5, *, rng: int | np.random.Generator | None = None) -> None:
        super().__init__(p, rng)

    def change(self, image: Array) -> Array:
        """Return the mirrored image."""
        return image[:, ::-1].copy()


class RandomGrayscale(RandomChoice):
    """Take the colour from an image with probability p; torchvision's `RandomGrayscale`.

    Its three channels stay, all with the brightness 0.299·red + 0.587·green + 0.114·blue.

    Parameters
    ----------
    p : float
        The probability, 0 to 1.
    rng : int, numpy.random.Generator or None
        Where the random choices come from.

    Examples
    --------
    >>> RandomGrayscale(p=1)(np.array([[[200, 0, 0]]], dtype=np.uint8))
    array([[[60, 60, 60]]], dtype=uint8)
    """

    def __init__(self, p: float = 0.1, *, rng: int | np.random.Generator | None = None) -> None:
        super().__init__(p, rng)

    def change(self, image: Array) -> Array:
        """Return the image in grey; it was so if it has one channel."""
        if image.shape[-1] == 1:
            return image.copy()
        luma = (image @ LUMA + 32768) >> 16  # rounded, in whole numbers as Pillow does
        return np.repeat(luma[..., np.newaxis], 3, axis=-1).astype(np.uint8)
