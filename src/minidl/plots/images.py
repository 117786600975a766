"""Images side by side, with what they show and what a network takes them for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from minidl.plots.plane import Extent
from minidl.plots.style import CLASS_COLORS, INK, new_axes, styled
from minidl.validation import as_number_array, check_finite, check_positive_int, describe

Array = npt.NDArray[Any]

GAP = 0.12
"""Room between images, as a part of their width."""
LINE = 0.2
"""Room above an image for a line of words, as a part of its height."""
SIZE = 0.95
"""Inches that an image is wide in a new figure."""


@styled()
def plot_images(
    images: npt.ArrayLike,
    labels: npt.ArrayLike | None = None,
    predicts: npt.ArrayLike | None = None,
    ax: Axes | None = None,
    *,
    classes: Sequence[str] | None = None,
    columns: int | None = None,
    cmap: str = "gray",
) -> Axes:
    """Plot images in rows, each below its label or what was predicted for it.

    Parameters
    ----------
    images : array_like, shape (N, H, W), (N, H, W, 1) or (N, H, W, 3)
        Grey values of any range, the lowest and highest of all images being black and white; or
        red, green and blue, as bytes or from 0 to 1.
    labels : array_like of int, shape (N,), optional
        The true classes.
    predicts : array_like of int, shape (N,), optional
        The predicted ones. With labels too, a wrong one is vermilion, with a cross and the true
        class below it in brackets.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default in a new figure.
    classes : sequence of str, optional
        The names of the classes, in place of their numbers.
    columns : int, optional
        Images in a row; by default up to 8.
    cmap : str
        matplotlib's name of the colours for grey values, such as "gray_r" for ink on paper.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError, ValueError
        If an argument has the wrong shape, type or range.

    Examples
    --------
    >>> from minidl.data import load_digits
    >>> images, digits = load_digits()
    >>> ax = plot_images(images[:8], digits[:8], cmap="gray_r")
    """
    pictures = _as_pictures(images)
    captions, right = _captions(len(pictures), labels, predicts, classes)
    columns = min(8, len(pictures)) if columns is None else check_positive_int(columns, "columns")
    rows, aspect = -(-len(pictures) // columns), pictures.shape[1] / pictures.shape[2]
    lines = 1 + max((caption.count("\n") for caption in captions), default=-1)
    step = aspect * (1 + LINE * lines) + GAP
    ax = new_axes(ax, width=SIZE * columns * (1 + GAP) + 0.2, height=SIZE * rows * step + 0.2)
    for number, picture in enumerate(pictures):
        left, top = (number % columns) * (1 + GAP), -(number // columns) * step
        _show(ax, picture, (left, left + 1, top - aspect, top), cmap, pictures)
        if captions:
            _write(ax, left + 0.5, top + 0.04, captions[number], right[number])
    ax.set(xlim=(0, columns * (1 + GAP) - GAP), ylim=(-rows * step + step - aspect, step - aspect))
    ax.set_aspect("equal")
    ax.set_axis_off()
    return ax


def _as_pictures(images: npt.ArrayLike) -> Array:
    pictures = as_number_array(images, "images")
    pictures = pictures[..., 0] if pictures.shape[3:] == (1,) else pictures
    if pictures.ndim not in (3, 4) or pictures.shape[3:] not in ((), (3,)) or 0 in pictures.shape:
        raise ValueError(
            "images: expected an array of shape (N, H, W), (N, H, W, 1) or (N, H, W, 3), "
            f"received {describe(pictures)}{_advice(pictures)}"
        )
    check_finite(pictures, "images")
    is_bytes = pictures.dtype == np.uint8
    if pictures.ndim == 4 and not is_bytes and (pictures.min() < 0 or pictures.max() > 1):
        raise ValueError(
            "images: expected colours as bytes or from 0 to 1, received numbers from "
            f"{pictures.min():g} to {pictures.max():g}; try the inverse of the transform"
        )
    return pictures


def _advice(images: Array) -> str:
    if images.ndim == 4 and images.shape[1] in (1, 3):
        return "; try the inverse of the transform, or images.transpose(0, 2, 3, 1)"
    return "; try images[np.newaxis]" if images.ndim == 2 else ""


def _captions(
    N: int,
    labels: npt.ArrayLike | None,
    predicts: npt.ArrayLike | None,
    classes: Sequence[str] | None,
) -> tuple[list[str], Array]:
    """Return what stands above each image, and whether it is right."""
    true, found = (
        None if given is None else _names(given, name, N, classes)
        for given, name in ((labels, "labels"), (predicts, "predicts"))
    )
    if true is None or found is None:
        return found or true or [], np.ones(N, dtype=bool)
    right = np.array([a == b for a, b in zip(true, found, strict=True)])
    pairs = zip(true, found, right, strict=True)
    if right.all():
        return found, right
    return [b if same else f"{b} ✗\n(is {a})" for a, b, same in pairs], right


def _names(given: npt.ArrayLike, name: str, N: int, classes: Sequence[str] | None) -> list[str]:
    numbers = as_number_array(given, name)
    if numbers.size != N or numbers.dtype.kind == "f":
        raise ValueError(
            f"{name}: expected a whole number for each of {N} images, received {describe(numbers)}"
        )
    if classes is None:
        return [str(number) for number in numbers.ravel().tolist()]
    if numbers.min() < 0 or numbers.max() >= len(classes):
        raise ValueError(
            f"{name}: expected classes from 0 to {len(classes) - 1}, as there are {len(classes)} "
            f"names, received {numbers.min()} to {numbers.max()}"
        )
    return [str(classes[number]) for number in numbers.ravel()]


def _show(ax: Axes, picture: Array, extent: Extent, cmap: str, all_: Array) -> None:
    ax.imshow(
        picture,
        cmap=cmap,
        vmin=all_.min(),
        vmax=all_.max(),
        extent=extent,
        interpolation="nearest",
        zorder=1,
    )


def _write(ax: Axes, x: float, y: float, caption: str, right: bool) -> None:
    color, weight = (INK, "normal") if right else (CLASS_COLORS[1], "bold")
    style: dict[str, Any] = {"ha": "center", "va": "bottom", "linespacing": 1.05}
    ax.text(x, y, caption, color=color, weight=weight, size=9.5, **style)
