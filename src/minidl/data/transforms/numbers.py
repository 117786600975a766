"""Transforms from bytes to the numbers that a network computes with, and back."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data.transforms.base import Array, ImageTransform, Transform
from minidl.validation import as_float_array, check_finite, check_float_dtype, describe


class ToArray(ImageTransform):
    """From bytes of shape (H, W, C) to fractions from 0 to 1 of shape (C, H, W).

    torchvision's `ToTensor`. `inverse` goes back, rounds, and cuts off what is below 0 or above
    1; it takes batches too.

    Parameters
    ----------
    dtype : dtype
        Of the fractions: float32, or float64.

    Examples
    --------
    >>> image = np.array([[[0, 51, 255]]], dtype=np.uint8)
    >>> ToArray()(image).ravel()
    array([0. , 0.2, 1. ], dtype=float32)
    >>> ToArray().inverse(ToArray()(image))
    array([[[  0,  51, 255]]], dtype=uint8)
    """

    def __init__(self, dtype: npt.DTypeLike = np.float32) -> None:
        self.dtype = check_float_dtype(dtype, "dtype")

    def apply(self, image: Array) -> Array:
        """Return the fractions."""
        channels_first = np.ascontiguousarray(image.transpose(2, 0, 1), dtype=self.dtype)
        channels_first /= 255
        return channels_first

    def inverse(self, x: npt.ArrayLike) -> Array:
        """Return bytes of shape (…, H, W, C) for fractions of shape (…, C, H, W).

        Raises
        ------
        TypeError, ValueError
            If `x` has not this shape, or holds NaN or infinity.
        """
        x = _as_channels_first(x, "ToArray")
        check_finite(x, "ToArray")
        bytes_ = np.rint(np.clip(x, 0, 1) * 255).astype(np.uint8)
        return np.ascontiguousarray(np.moveaxis(bytes_, -3, -1))


class Normalize(Transform):
    """Shift and scale each channel: x′ = (x − mean) / std; torchvision's `Normalize`.

    It takes fractions of shape (C, H, W), as `ToArray` makes them, or a batch of such, and keeps
    their dtype. `inverse` returns x′·std + mean.

    Parameters
    ----------
    mean, std : sequence of C numbers, or of one for all channels
        Usually mean and standard deviation of each channel over the training set; std > 0.

    Raises
    ------
    TypeError, ValueError
        If they are no such numbers.

    Examples
    --------
    >>> normalize = Normalize(mean=[0.5], std=[0.25])
    >>> x = normalize(np.array([[[0.0, 0.5, 1.0]]]))
    >>> x
    array([[[-2.,  0.,  2.]]])
    >>> normalize.inverse(x)
    array([[[0. , 0.5, 1. ]]])
    """

    def __init__(self, mean: npt.ArrayLike, std: npt.ArrayLike) -> None:
        self.mean, self.std = _channels(mean, "mean"), _channels(std, "std")
        if len(self.mean) != len(self.std):
            raise ValueError(
                "Normalize: expected as many numbers in std as in mean, "
                f"received {len(self.std)} and {len(self.mean)}"
            )
        if (self.std <= 0).any():
            raise ValueError(f"std: expected numbers above 0, received {self.std.tolist()}")

    def __call__(self, x: npt.ArrayLike) -> Array:
        """Return (x − mean) / std.

        Raises
        ------
        TypeError, ValueError
            If `x` is of bytes, or has another number of channels.
        """
        x, mean, std = self._ready(x)
        return (x - mean) / std

    def inverse(self, x: npt.ArrayLike) -> Array:
        """Return x·std + mean.

        Raises
        ------
        TypeError, ValueError
            If `x` is of bytes, or has another number of channels.
        """
        x, mean, std = self._ready(x)
        return x * std + mean

    def _ready(self, x: npt.ArrayLike) -> tuple[Array, Array, Array]:
        x = _as_channels_first(x, "Normalize")
        if len(self.mean) not in (1, x.shape[-3]):
            raise ValueError(
                f"Normalize: expected {len(self.mean)} channels, one for each mean, "
                f"received {x.shape[-3]} in an array of shape {x.shape}"
            )
        mean, std = (a.astype(x.dtype)[:, np.newaxis, np.newaxis] for a in (self.mean, self.std))
        return x, mean, std


def _as_channels_first(value: Any, name: str) -> Array:
    if getattr(value, "dtype", None) == np.uint8:
        raise TypeError(
            f"{name}: expected fractions of shape (C, H, W), received {describe(value)}; "
            "try ToArray before it"
        )
    x = as_float_array(value, name)
    if x.ndim < 3:
        raise ValueError(f"{name}: expected an array of shape (C, H, W), received {x.shape}")
    return x


def _channels(value: npt.ArrayLike, name: str) -> Array:
    numbers = np.atleast_1d(as_float_array(value, name, dtype=np.float64)).copy()
    if numbers.ndim != 1 or numbers.size == 0:
        raise ValueError(f"{name}: expected a number for each channel, received {describe(value)}")
    check_finite(numbers, name)
    return numbers
