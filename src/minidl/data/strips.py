"""Strips of handwriting: words of a few letters, each as wide as the hand has made it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

LETTERS = {  # rows of pixels from top to bottom
    "A": (".#.", "#.#", "###", "#.#", "#.#"),
    "C": ("###", "#..", "#..", "#..", "###"),
    "T": ("###", ".#.", ".#.", ".#.", ".#."),
}


class Strips(NamedTuple):
    """Pictures of words, and what is written on them.

    Attributes
    ----------
    pictures : ndarray, shape (N, 5, width)
        Grey values, about 1 where there is ink and 0 where there is none.
    words : list of str
        What each one says.
    spans : list of ndarray of int, shape (letters, 2)
        The first column of each letter, and the one after its last.
    """

    pictures: Array
    words: list[str]
    spans: list[Array]


def make_strips(
    words: Any,
    *,
    width: int = 40,
    noise: float = 0.2,
    rng: np.random.Generator | int | None = None,
) -> Strips:
    """Write words of the letters A, C and T by a shaky hand, each on a strip of its own.

    Each column of a letter is written once or twice, and there are one to three empty columns
    between letters; at the left and at the right are the rest.

    Parameters
    ----------
    words : sequence of str
        What to write.
    width : int
        Columns of a strip.
    noise : float
        Standard deviation of what is added to each pixel.
    rng
        A seed or a generator.

    Raises
    ------
    ValueError
        If a word has other letters, or might not find room.

    Examples
    --------
    >>> strips = make_strips(["CAT", "ACT"], noise=0, rng=0)
    >>> strips.pictures.shape, strips.words
    ((2, 5, 40), ['CAT', 'ACT'])
    """
    rng = np.random.default_rng(rng)
    words = [_checked(word, width) for word in words]
    pictures, spans = zip(*(_write(word, width, rng) for word in words), strict=True)
    clean = np.array(pictures)
    return Strips(clean + noise * rng.standard_normal(clean.shape), words, list(spans))


def _checked(word: str, width: int) -> str:
    room = 9 * len(word)
    if not word or set(word) - set(LETTERS) or room > width:
        raise ValueError(
            f"make_strips: expected words of the letters {', '.join(LETTERS)} and a width of 9 "
            f"columns a letter, received {word!r} and {width}; try {max(room, 9)}"
        )
    return word


def _write(word: str, width: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Return a word without noise, (5, width), and where its letters are."""
    glyphs = [np.array([[c == "#" for c in row] for row in LETTERS[a]], float) for a in word]
    drawn = [glyph.repeat(rng.integers(1, 3, glyph.shape[1]), axis=1) for glyph in glyphs]
    gaps = rng.integers(1, 4, len(word))
    widths = np.array([glyph.shape[1] for glyph in drawn])
    starts = np.cumsum(gaps + widths) - widths
    starts += rng.integers(0, width - starts[-1] - widths[-1] + 1)
    picture = np.zeros((5, width))
    for glyph, start in zip(drawn, starts, strict=True):
        picture[:, start : start + glyph.shape[1]] = glyph
    return picture, np.column_stack([starts, starts + widths])
