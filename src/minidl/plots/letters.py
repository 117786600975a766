"""Outlines of texts, put together from letters that are looked up once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

Array = npt.NDArray[Any]

SIZE = 100  # at which outlines are taken; their corners are whole numbers of font units there


@lru_cache(maxsize=512)
def text_outline(text: str, font: FontProperties) -> tuple[Array, Array, float]:
    """Return a line of text at size 1: its outline, the codes of that path, and its width.

    The text starts at (0, 0) on its base line, y pointing up. Drawing outlines letter by letter
    is ten times as fast as asking for the outline of every new number anew.

    Examples
    --------
    >>> outline, codes, width = text_outline("α = 0.5", FontProperties(family="DejaVu Sans"))
    >>> print(f"{width:.1f}")
    3.7
    """
    letters = [_letter(letter, font) for letter in text]
    ends = np.cumsum([0.0] + [advance for _, _, advance in letters])
    starts = zip(letters, ends, strict=False)
    outlines = [np.add(outline, (start, 0.0)) for (outline, _, _), start in starts]
    codes = [codes for _, codes, _ in letters]
    if not letters:
        return np.zeros((0, 2)), np.zeros(0, dtype=np.uint8), 0.0
    return np.concatenate(outlines), np.concatenate(codes), float(ends[-1])


def math_outline(text: str, font: FontProperties) -> tuple[Array, Array]:
    """Return the outline of a text with formulas between dollar signs, and the path's codes."""
    path = _math_path(text, font)
    return np.asarray(path.vertices) / SIZE, np.asarray(path.codes)


@lru_cache(maxsize=128)
def _math_path(text: str, font: FontProperties) -> TextPath:
    return TextPath((0, 0), text, size=SIZE, prop=font)


@lru_cache(maxsize=512)
def _letter(letter: str, font: FontProperties) -> tuple[Array, Array, float]:
    """Return a letter's outline at size 1, its path's codes, and how far the next letter is."""
    zero, path = (TextPath((0, 0), text, size=SIZE, prop=font) for text in ("0", letter + "0"))
    both, codes, first = (np.asarray(part) for part in (path.vertices, path.codes, zero.vertices))
    own = len(both) - len(first)
    return both[:own] / SIZE, codes[:own], float(both[own][0] - first[0][0]) / SIZE
