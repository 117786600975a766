"""The picture of augmentation: photos above, numbers and the way back below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.patches import StepPatch

from minidl.plots.picture import set_static
from minidl.plots.style import CATEGORY_COLORS, CLASS_MAP, MUTED

Array = npt.NDArray[Any]

DRAWS = 5
CHANNELS = {
    "red": (CATEGORY_COLORS[1], "-"),
    "green": (CATEGORY_COLORS[4], "--"),
    "blue": (CATEGORY_COLORS[0], ":"),
}
REACH = 3.0
"""Numbers up to this have colours of their own."""
EDGES = np.linspace(-REACH, REACH, 31)
LEAST_TOP = 0.2
"""The axis of shares reaches up to here, or to the largest if that is larger."""


@dataclass(frozen=True)
class AugmentationView:
    """What becomes of a photo.

    Attributes
    ----------
    photo : ndarray of uint8, shape (H, W, 3)
        As it lies in the file.
    draws : ndarray of uint8, shape (5, H, W, 3)
        After the random transforms, several times.
    numbers : ndarray of shape (3, H, W)
        The first draw as the network gets it.
    back : ndarray of uint8, shape (H, W, 3)
        What the inverse makes of these.
    counts : ndarray of shape (3, bins)
        Which share of all photos' numbers lies between two edges, for each channel.
    mean, std : ndarray of shape (3,)
        Of all photos' numbers.
    lost : float
        Which part of the file the first draw has lost over its rim.
    """

    photo: Array
    draws: Array
    numbers: Array
    back: Array
    counts: Array
    mean: Array
    std: Array
    lost: float


@dataclass(frozen=True)
class AugmentationArtists:
    """What moves in the picture."""

    photo: AxesImage
    draws: list[AxesImage]
    channels: list[AxesImage]
    back: AxesImage
    curves: list[StepPatch]


def draw_augmentation(figure: Figure, shape: tuple[int, int]) -> AugmentationArtists:
    """Fill a figure with axes; return what moves in them."""
    upper = ["The file", *(f"Draw {k + 1}" for k in range(DRAWS))]
    layout: list[Any] = [upper, [*CHANNELS, "Inverse", "counts", "counts"]]
    axes = figure.subplot_mosaic(layout)
    photo, *draws = (_draw_board(axes[name], np.zeros((*shape, 3)), name) for name in upper)
    colors: dict[str, Any] = {"cmap": CLASS_MAP, "vmin": -REACH, "vmax": REACH}
    channels = [
        _draw_board(axes[name], np.zeros(shape), f"1: {name}", **colors) for name in CHANNELS
    ]
    back = _draw_board(axes["Inverse"], np.zeros((*shape, 3)), "Inverse of 1")
    return AugmentationArtists(photo, draws, channels, back, _draw_curves(axes["counts"]))


def _draw_board(ax: Axes, pixels: Array, title: str, **colors: Any) -> AxesImage:
    """Return an image in a thin frame."""
    image = ax.imshow(pixels, **colors)
    ax.grid(visible=False)
    ax.set(xticks=[], yticks=[])
    ax.set_title(title, fontsize=10)
    for side in ax.spines.values():
        side.set(visible=True, color=MUTED, linewidth=0.6)
    return image


def _draw_curves(ax: Axes) -> list[StepPatch]:
    """Return a stepped curve for each channel."""
    ax.set_title("The numbers of all photos", fontsize=10)
    ax.set(xlim=(-REACH, REACH), ylim=(0, LEAST_TOP), yticks=(), xticks=(-2, -1, 0, 1, 2))
    ax.axvline(0, color=MUTED, linewidth=0.8)
    nothing: Array = np.zeros(len(EDGES) - 1)
    curves = [
        ax.stairs(nothing, EDGES, color=color, linestyle=line, linewidth=1.6, label=name)
        for name, (color, line) in CHANNELS.items()
    ]
    ax.legend(loc="upper right", fontsize=8.5, borderaxespad=0.2, handlelength=1.6)
    return curves


def update_augmentation(artists: AugmentationArtists, view: AugmentationView) -> None:
    """Show what became of a photo."""
    artists.photo.set_data(view.photo)
    artists.back.set_data(view.back)
    for image, draw in zip(artists.draws, view.draws, strict=True):
        image.set_data(draw)
    for image, numbers in zip(artists.channels, view.numbers, strict=True):
        image.set_data(numbers)
    for curve, counts in zip(artists.curves, view.counts, strict=True):
        curve.set_data(counts)
    top = max(LEAST_TOP, 1.05 * float(view.counts.max()))
    set_static(artists.curves[0].axes, ylim=(0, top))
