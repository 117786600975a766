"""The picture of what a network sees: image, evidence, probabilities, filters, feature maps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.patches import StepPatch
from matplotlib.text import Text

from minidl.explorers.what_it_sees.training import FILTERS, POOLED
from minidl.plots.style import CATEGORY_COLORS, CLASS_MAP, INK, MUTED

Array = npt.NDArray[Any]

PIXELS = 8
WHOLE = (-0.5, PIXELS - 0.5, PIXELS - 0.5, -0.5)
"""Where an image lies, so that one of fewer cells lies in the same place."""
LEAST = 0.5
"""Colours are full at the largest evidence, or here if all of it is smaller."""
THIN_INK = LinearSegmentedColormap.from_list("thin_ink", ["#22222200", "#22222280"])


@dataclass(frozen=True)
class SightView:
    """What a network finds in an image.

    Attributes
    ----------
    image : ndarray of shape (8, 8)
        From 0 to 1.
    filters : ndarray of shape (8, 3, 3)
        The weights of the convolution.
    maps : ndarray of shape (8, 8, 8)
        What each filter finds, after the ReLU.
    evidence_for : int
        The class that is asked about.
    evidence : ndarray of shape (4, 4)
        What each place adds to its score.
    bias : float
        What the score is without any evidence.
    probs : ndarray of shape (10,)
        Of all classes.
    accuracy : float
        On the new images.
    """

    image: Array
    filters: Array
    maps: Array
    evidence_for: int
    evidence: Array
    bias: float
    probs: Array
    accuracy: float


@dataclass(frozen=True)
class SightArtists:
    """What moves in the picture."""

    image: AxesImage
    evidence: AxesImage
    over: AxesImage
    asked: Text
    probs: StepPatch
    answer: StepPatch
    filters: list[AxesImage]
    maps: list[AxesImage]


def draw_sight(figure: Figure) -> SightArtists:
    """Fill a figure with axes; return what moves in them."""
    parts: Any = figure.subfigures(2, 1, height_ratios=[1.15, 1])
    upper, lower = parts
    image_ax, evidence_ax, probs_ax = upper.subplots(1, 3, width_ratios=[1, 1, 1.5])
    image = _draw_cells(image_ax, PIXELS, "Greys", "The image")
    evidence = _draw_cells(evidence_ax, POOLED, CLASS_MAP, "")
    over = evidence_ax.imshow(np.zeros((PIXELS, PIXELS)), cmap=THIN_INK, vmin=0, vmax=1)
    asked = evidence_ax.text(
        0, 1.03, "", transform=evidence_ax.transAxes, weight="bold", fontsize=11, va="bottom"
    )
    asked.set_in_layout(False)
    probs_ax.set_title("Probabilities")
    rows = lower.subplots(2, FILTERS, height_ratios=[0.75, 1])
    filters = [_draw_cells(ax, 3, CLASS_MAP, "") for ax in rows[0]]
    maps = [_draw_cells(ax, PIXELS, "Greys", "") for ax in rows[1]]
    for ax, words in zip(rows[:, 0], ("Filters", "What they\nfind"), strict=True):
        ax.text(-0.25, 0.5, words, transform=ax.transAxes, ha="right", va="center", weight="bold")
    return SightArtists(image, evidence, over, asked, *_draw_probs(probs_ax), filters, maps)


def _draw_cells(ax: Axes, size: int, colors: Any, title: str) -> AxesImage:
    """Return an image of size × size cells in a thin frame."""
    cells = ax.imshow(np.zeros((size, size)), cmap=colors, vmin=0, vmax=1, extent=WHOLE)
    ax.grid(visible=False)
    ax.set(xticks=[], yticks=[], title=title)
    for side in ax.spines.values():
        side.set(visible=True, color=MUTED, linewidth=0.6)
    return cells


def _draw_probs(ax: Axes) -> tuple[StepPatch, StepPatch]:
    """Return the bars of all classes, and an outline around the one that is asked about."""
    edges = np.arange(11) - 0.5
    bars = ax.stairs(np.zeros(10), edges, fill=True, color=CATEGORY_COLORS[0], alpha=0.75)
    asked = ax.stairs([0], [-0.5, 0.5], color=CATEGORY_COLORS[1], linewidth=2, baseline=0)
    ax.set(xlim=(-0.6, 9.6), ylim=(0, 1.03), xticks=range(10), yticks=(0, 0.5, 1))
    ax.tick_params(axis="x", length=0, labelcolor=INK)
    ax.grid(visible=False, axis="x")
    return bars, asked


def update_sight(artists: SightArtists, view: SightView) -> None:
    """Show what a network finds."""
    for shown in (artists.image, artists.over):
        shown.set_data(view.image)
    _show_signed(artists.evidence, view.evidence, max(abs(view.evidence).max(), LEAST))
    artists.asked.set_text(f"Evidence for {view.evidence_for}")
    artists.probs.set_data(view.probs)
    k = view.evidence_for
    artists.answer.set_data([max(view.probs[k], 0.02)], np.array([k - 0.5, k + 0.5]))
    largest_weight, largest_find = abs(view.filters).max(), max(view.maps.max(), 1e-9)
    for filter_, found, weights, values in zip(
        artists.filters, artists.maps, view.filters, view.maps, strict=True
    ):
        _show_signed(filter_, weights, largest_weight)
        found.set_data(values / largest_find)


def _show_signed(cells: AxesImage, values: Array, largest: float) -> None:
    """Show numbers of both signs; white is 0."""
    cells.set_data(values)
    cells.set_clim(-largest, largest)
