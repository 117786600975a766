"""The picture of occlusion: a photo under a patch, the map of falls, and the probabilities."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.patches import Rectangle, StepPatch
from matplotlib.text import Text

from minidl.plots.numbers import plain
from minidl.plots.style import CATEGORY_COLORS, CLASS_MAP, INK, MUTED

Array = npt.NDArray[Any]

LEAST = 1.0
"""Colours are full at the largest fall, or here if all falls are smaller."""
THIN_INK = LinearSegmentedColormap.from_list("thin_ink", ["#2222223C", "#22222200"])
FRAME = CATEGORY_COLORS[2]


@dataclass(frozen=True)
class OcclusionView:
    """What a patch does to a network's answer.

    Attributes
    ----------
    photo : ndarray of uint8, shape (H, W, 3)
        With the patch over it.
    top, left, size : int
        Where the patch lies.
    stride : int
        Pixels between two places of the map.
    falls : ndarray of shape (rows, columns)
        How far the lead falls with the patch at each place.
    lead : float
        The answer's score, less the highest other one, without a patch.
    fall : float
        How far it falls under this patch.
    whole, covered : ndarray of shape (K,)
        Probabilities without and with the patch.
    """

    photo: Array
    top: int
    left: int
    size: int
    stride: int
    falls: Array
    lead: float
    fall: float
    whole: Array
    covered: Array


@dataclass(frozen=True)
class OcclusionArtists:
    """What moves in the picture."""

    photo: AxesImage
    falls: AxesImage
    over: AxesImage
    frames: list[Rectangle]
    scale: Text
    covered: StepPatch
    whole: StepPatch


def draw_occlusion(
    figure: Figure, shape: tuple[int, int], classes: Sequence[str]
) -> OcclusionArtists:
    """Fill a figure with axes; return what moves in them."""
    axes: Any = figure.subplots(1, 3, width_ratios=[1, 1, 0.72])
    photo_ax, map_ax, probs_ax = axes
    photo = _draw_board(photo_ax, np.zeros((*shape, 3)), "The photo, and a patch")
    falls = _draw_board(map_ax, np.zeros(shape), "Fall of the lead", cmap=CLASS_MAP)
    over = map_ax.imshow(np.zeros(shape), cmap=THIN_INK, vmin=0, vmax=255)
    for ax in (photo_ax, map_ax):
        ax.set(xlim=(-0.5, shape[1] - 0.5), ylim=(shape[0] - 0.5, -0.5))
    look: dict[str, Any] = {"fill": False, "edgecolor": FRAME, "linewidth": 2.2, "zorder": 5}
    frames = [ax.add_patch(Rectangle((0, 0), 1, 1, **look)) for ax in (photo_ax, map_ax)]
    scale = map_ax.text(
        0.5, -0.02, "", transform=map_ax.transAxes, ha="center", va="top", fontsize=9.5
    )
    scale.set_in_layout(False)
    return OcclusionArtists(
        photo, falls, over, frames, scale, *_draw_probabilities(probs_ax, classes)
    )


def _draw_board(ax: Axes, pixels: Array, title: str, **colors: Any) -> AxesImage:
    """Return an image in a thin frame."""
    image = ax.imshow(pixels, **colors)
    ax.grid(visible=False)
    ax.set(xticks=[], yticks=[], title=title)
    for side in ax.spines.values():
        side.set(visible=True, color=MUTED, linewidth=0.6)
    return image


def _draw_probabilities(ax: Axes, classes: Sequence[str]) -> tuple[StepPatch, StepPatch]:
    """Return filled bars for what is covered, and an outline for what is whole."""
    K = len(classes)
    edges, nothing = np.arange(K + 1) - 0.5, np.zeros(K)
    covered = ax.stairs(nothing, edges, fill=True, color=FRAME, alpha=0.55, label="with the patch")
    whole = ax.stairs(nothing, edges, color=INK, linewidth=1.8, baseline=0, label="without it")
    ax.set(xlim=(-0.7, K - 0.3), ylim=(0, 1.32), yticks=(0, 0.5, 1), title="Probabilities")
    ax.set_xticks(range(K), classes)
    ax.tick_params(axis="x", length=0, labelcolor=INK)
    ax.grid(visible=False, axis="x")
    ax.legend(loc="upper left", borderaxespad=0.2)
    return covered, whole


def update_occlusion(artists: OcclusionArtists, view: OcclusionView) -> None:
    """Show a photo, its map and a patch."""
    artists.photo.set_data(view.photo)
    artists.over.set_data(view.photo.mean(axis=-1))
    largest = max(float(abs(view.falls).max()), LEAST)
    artists.falls.set_data(view.falls)
    artists.falls.set_clim(-largest, largest)
    artists.falls.set_extent(extent_of(view))
    for frame in artists.frames:
        frame.set(xy=(view.left - 0.5, view.top - 0.5), width=view.size, height=view.size)
    artists.scale.set_text(f"orange: falls, to {plain(largest, 1)} · blue: rises")
    artists.whole.set_data(view.whole)
    artists.covered.set_data(view.covered)


def extent_of(view: OcclusionView) -> tuple[float, float, float, float]:
    """Return where the map lies, each of its cells around the middle of the patch there.

    Examples
    --------
    >>> nothing = np.zeros(0)
    >>> extent_of(OcclusionView(nothing, 0, 0, 4, 2, np.zeros((3, 5)), 0, 0, nothing, nothing))
    (0.5, 10.5, 6.5, 0.5)
    """
    rows, columns = view.falls.shape
    start = (view.size - 1) / 2 - view.stride / 2
    return start, start + columns * view.stride, start + rows * view.stride, start


def pixel_at(x: float, y: float) -> tuple[int, int]:
    """Return the row and the column of the pixel at a place of the photo's axes.

    Examples
    --------
    >>> pixel_at(2.4, -0.4)
    (0, 2)
    """
    return math.floor(y + 0.5), math.floor(x + 0.5)
