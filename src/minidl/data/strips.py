"""Strips of handwriting: words of a few letters, each as wide as the hand has made it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from minidl.data.disorder import Array, Seed, gaussian
from minidl.validation import as_generator, check_positive_int

GLYPHS = {  # rows of pixels, from top to bottom
    "A": (".#.", "#.#", "###", "#.#", "#.#"),
    "C": ("###", "#..", "#..", "#..", "###"),
    "T": ("###", ".#.", ".#.", ".#.", ".#."),
}
HEIGHT = 5
WIDEST = 9  # columns of a letter and of the gap in front of it


class Strips(NamedTuple):
    """Pictures of words, what is written on them, and where.

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

    def windows(self, reach: int = 3) -> Array:
        """Return each column with `reach` neighbours on either side, (N, width, 5·(2·reach + 1)).

        Beyond the ends there is empty paper.
        """
        padded = np.pad(self.pictures, ((0, 0), (0, 0), (reach, reach)))
        views = sliding_window_view(padded, 2 * reach + 1, axis=2)
        return views.transpose(0, 2, 1, 3).reshape(len(views), self.pictures.shape[2], -1)


def make_strips(
    words: Sequence[str], *, width: int = 40, noise: float | None = 0.2, rng: Seed = None
) -> Strips:
    """Write words of the letters A, C and T by a shaky hand, each on a strip of its own.

    Each of a letter's three columns is written once or twice, and there are one to three empty
    columns before each letter; the word begins anywhere.

    Parameters
    ----------
    words : sequence of str
        What to write.
    width : int
        Columns of a strip, at least 9 for each letter of the longest word.
    noise : float, optional
        Standard deviation of the Gaussian noise that is added to each pixel, ≥ 0.
    rng : int, numpy.random.Generator or None
        A seed or a generator.

    Raises
    ------
    ValueError
        If a word has other letters or none, or might not find room.

    Examples
    --------
    >>> strips = make_strips(["CAT", "T"], noise=0, rng=0)
    >>> strips.pictures.shape, strips.windows().shape
    ((2, 5, 40), (2, 40, 35))
    >>> [strips.pictures[1, :, a:b].sum(axis=1) for a, b in strips.spans[1]]
    [array([6., 2., 2., 2., 2.])]
    """
    rng, width = as_generator(rng), check_positive_int(width, "width")
    words = list(words)
    for word in words:
        _check(word, width)
    written = [_write(word, width, rng) for word in words]
    clean = np.array([picture for picture, _ in written]).reshape(-1, HEIGHT, width)
    return Strips(clean + gaussian(clean.shape, noise, rng), words, [spans for _, spans in written])


def _check(word: str, width: int) -> None:
    if not word or set(word) - set(GLYPHS):
        raise ValueError(
            f"make_strips: expected words of the letters {', '.join(GLYPHS)}, received {word!r}; "
            "try 'CAT'"
        )
    if WIDEST * len(word) > width:
        raise ValueError(
            f"make_strips: expected a width of {WIDEST} columns a letter, received {width} for "
            f"{word!r}; try {WIDEST * len(word)}"
        )


def _write(word: str, width: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Return a word without noise, (5, width), and where its letters are."""
    glyphs = [np.array([[dot == "#" for dot in row] for row in GLYPHS[a]], float) for a in word]
    glyphs = [glyph.repeat(rng.integers(1, 3, 3), axis=1) for glyph in glyphs]
    widths = np.array([glyph.shape[1] for glyph in glyphs])
    starts = np.cumsum(rng.integers(1, 4, len(word)) + widths) - widths
    starts += rng.integers(0, width - starts[-1] - widths[-1] + 1)
    picture = np.zeros((HEIGHT, width))
    for glyph, start in zip(glyphs, starts, strict=True):
        picture[:, start : start + glyph.shape[1]] = glyph
    return picture, np.column_stack([starts, starts + widths])
