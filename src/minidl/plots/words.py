"""Many short texts as one artist, drawn ten times as fast as one `Text` each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path

from minidl.plots.letters import text_outline
from minidl.plots.picture import DPI
from minidl.plots.style import INK

FONTS = {
    weight: FontProperties(family="DejaVu Sans", weight=weight) for weight in ("normal", "bold")
}
SHIFTS = {"left": 0.0, "center": 0.5}
CAP_HEIGHT = 0.73  # of the font, in units of its size


class Word(NamedTuple):
    """A text, the place of its middle line, and its look; `size` is in points."""

    x: float
    y: float
    text: str
    align: str = "center"
    weight: str = "normal"
    color: str = INK
    size: float = 8.5


def add_words(ax: Axes) -> PathCollection:
    """Return an empty artist for words, for axes in screen pixels with y pointing down."""
    words = PathCollection([], linewidths=0, transform=ax.transData)
    ax.add_collection(words, autolim=False)
    return words


def show_words(artist: PathCollection, words: Iterable[Word]) -> None:
    """Show these words in place of the ones before."""
    shown = [word for word in words if word.text.strip()]
    artist.set_paths([word_path(word) for word in shown])
    artist.set_facecolor([word.color for word in shown])


def word_path(word: Word) -> Path:
    """Return the outline of a word at its place."""
    outline, codes, width = text_outline(word.text, FONTS[word.weight])
    em = word.size * DPI / 72  # pixels
    x = word.x + em * (outline[:, 0] - SHIFTS[word.align] * width)
    y = word.y + em * (CAP_HEIGHT / 2 - outline[:, 1])
    return Path(np.column_stack([x, y]), codes)
