"""Where a window stands as it slides over images: what convolutions and pooling share.

Images are (N, C, H, W), sequences (N, C, L). In memory the samples come last here, as they do in
`Linear`: a number of the window, for all its places and all samples, is then one slice with long
stretches side by side, and a handful of such slices is all that a layer has to copy or to add.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.nn.sizes import Sizes, as_sizes, shown

Array = npt.NDArray[Any]


def samples_last(x: Array) -> Array:
    """Return a view (C, H, W, N) of images (N, C, H, W)."""
    return x.transpose(*range(1, x.ndim), 0)


def samples_first(x: Array) -> Array:
    """Return a view (N, C, H, W) of images (C, H, W, N)."""
    return x.transpose(-1, *range(x.ndim - 1))


@dataclass(frozen=True)
class Windows:
    """The places of a window of k numbers that moves by s: 0, s, 2s …, in each direction.

    Dilated by d, it looks at every d-th number only, so that it covers d·(k − 1) + 1 of them.

    Parameters
    ----------
    size, stride, dilation : tuple of int
        For height and width, or for the length alone.
    padding : tuple of pairs of int
        How many numbers are put before and behind: (above, below) and (left, right).
    """

    size: Sizes
    stride: Sizes
    dilation: Sizes
    padding: tuple[tuple[int, int], ...]

    @classmethod
    def of(
        cls, size: object, stride: object, padding: object, dilation: object, directions: int = 2
    ) -> Windows:
        """Return the windows that a layer's arguments describe.

        Parameters
        ----------
        size, stride, dilation : int or pair of int
            At least 1.
        padding : int, pair of int, "same" or "valid"
            On both sides; "same" keeps height and width, "valid" is 0.
        directions : int
            2 for images, 1 for sequences.

        Raises
        ------
        ValueError
            If one of them is out of its range, or the padding "same" meets a stride.

        Examples
        --------
        >>> Windows.of(3, 1, "same", 1).padding
        ((1, 1), (1, 1))
        """
        size = as_sizes(size, "kernel_size", directions)
        stride = as_sizes(stride, "stride", directions)
        dilation = as_sizes(dilation, "dilation", directions)
        if padding == "same":
            return cls(size, stride, dilation, _same(size, stride, dilation))
        if isinstance(padding, str) and padding != "valid":
            raise ValueError(f"padding: expected numbers, 'same' or 'valid', received {padding!r}")
        given = 0 if padding == "valid" else padding
        around = as_sizes(given, "padding", directions, minimum=0)
        return cls(size, stride, dilation, tuple((zeros, zeros) for zeros in around))

    @property
    def covered(self) -> Sizes:
        """How many numbers a window reaches over in each direction, d·(k − 1) + 1."""
        return tuple(d * (k - 1) + 1 for k, d in zip(self.size, self.dilation, strict=True))

    @property
    def apart(self) -> bool:
        """Whether no number stands in two windows."""
        return all(s >= covered for s, covered in zip(self.stride, self.covered, strict=True))

    @property
    def down(self) -> Windows:
        """The windows' places in the first direction alone, over images that have their padding."""
        return self._alone(slice(1))

    @property
    def across(self) -> Windows:
        """Their places in the other direction alone, if there is one."""
        return self._alone(slice(1, None))

    def _alone(self, which: slice) -> Windows:
        none = ((0, 0),) * len(self.size[which])
        return Windows(self.size[which], self.stride[which], self.dilation[which], none)

    def count(self, image: Sequence[int]) -> Sizes:
        """Return how many windows there are over an image in each direction; 0 if none fits.

        Examples
        --------
        >>> Windows.of(3, 2, 0, 1).count((28, 28))
        (13, 13)
        """
        return tuple(
            max(0, (length + sum(zeros) - covered) // s + 1)
            for length, covered, s, zeros in zip(
                image, self.covered, self.stride, self.padding, strict=True
            )
        )

    def views(self, images: Array, image: Sequence[int]) -> list[Array]:
        """Return, for each place in the window, a view of what all windows see there.

        Parameters
        ----------
        images : ndarray
            With their padding, the samples last, as `padded` returns them.
        image : sequence of int
            Height and width, or length, without padding.

        Returns
        -------
        list of ndarray, each of shape (C, H′, W′, N)
            In the order of reading.

        Examples
        --------
        >>> x = np.arange(4.0).reshape(1, 4, 1)  # one channel, one sample
        >>> [view.ravel().tolist() for view in Windows.of(2, 1, 0, 1, 1).views(x, (4,))]
        [[0.0, 1.0, 2.0], [1.0, 2.0, 3.0]]
        """
        counts = self.count(image)
        return [
            images[(slice(None), *self._seen_at(place, counts))] for place in np.ndindex(*self.size)
        ]

    def _seen_at(self, place: Sizes, counts: Sizes) -> Iterator[slice]:
        """Yield, for each direction, where all windows see the number at a place (i, j)."""
        for k, d, s, n in zip(place, self.dilation, self.stride, counts, strict=True):
            yield slice(k * d, k * d + s * n, s)

    def padded(self, x: Array, fill: float = 0.0) -> Array:
        """Return images (N, C, H, W) with numbers put around them, as (C, H, W, N)."""
        images = samples_last(x)
        if not any(map(any, self.padding)):
            return images
        padded = self._filled(x.shape, x.dtype, fill)
        padded[(slice(None), *self.inside(x.shape[2:]))] = images
        return padded

    def add_up(self, shares: Iterable[Array], shape: Sizes, dtype: np.dtype[Any]) -> Array:
        """Return images of a shape (N, C, H, W) to which each place in the window adds its share.

        This is the way back from `views`: a number that stood in several windows gets the sum.

        Parameters
        ----------
        shares : iterable of ndarray, each of shape (C, H′, W′, N)
            For each place in the window, in the order of reading, what all windows add there.
        shape : tuple of int
            Of the images, without padding.
        dtype : dtype
            Of the images.
        """
        padded = self._filled(shape, dtype)
        for view, share in zip(self.views(padded, shape[2:]), shares, strict=True):
            before = 0 if self.apart else view  # + 0, since a sum is never −0
            np.add(before, share, out=view)
        return samples_first(padded[(slice(None), *self.inside(shape[2:]))])

    def _filled(self, shape: Sizes, dtype: np.dtype[Any], fill: float = 0.0) -> Array:
        N, C, *image = shape
        return np.full((C, *self.lengths(image), N), fill, dtype)

    def lengths(self, image: Sequence[int]) -> Sizes:
        """Return height and width with padding.

        Examples
        --------
        >>> Windows.of(3, 1, 1, 1).lengths((28, 28))
        (30, 30)
        """
        return tuple(n + sum(zeros) for n, zeros in zip(image, self.padding, strict=True))

    def inside(self, image: Sequence[int]) -> tuple[slice, ...]:
        """Return where an image stands within its padding, a slice for each direction.

        Examples
        --------
        >>> Windows.of(3, 1, 1, 1).inside((28, 28))
        (slice(1, 29, None), slice(1, 29, None))
        """
        sides = zip(image, self.padding, strict=True)
        return tuple(slice(before, before + n) for n, (before, _) in sides)


def _same(size: Sizes, stride: Sizes, dilation: Sizes) -> tuple[tuple[int, int], ...]:
    """Return the padding that keeps the size; of an odd number, the larger part comes behind."""
    if any(s != 1 for s in stride):
        raise ValueError(
            f"padding: expected a number with a stride, received 'same' with {shown(stride)}; "
            "try padding=(kernel_size - 1) // 2"
        )
    totals = [d * (k - 1) for k, d in zip(size, dilation, strict=True)]
    return tuple((total // 2, total - total // 2) for total in totals)
