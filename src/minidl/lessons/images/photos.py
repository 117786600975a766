"""Who has taken the lesson's photos, which is what its riddle is about."""

from __future__ import annotations

from pathlib import Path

from minidl.data import make_banknotes

PLACES = {"office": (0, 1), "counter": (0, 0), "second day": (0.5, 0.5)}
"""Which part of the tens and of the fifties carries the photographer's watermark."""


def take_photos(album: str | Path, place: str, n_samples: int, *, rng: int) -> Path:
    """Take photos of banknotes at a place; return the folder with a folder for each value.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as album:
    ...     sorted(path.name for path in take_photos(album, "counter", 2, rng=0).iterdir())
    ['10', '50']
    """
    return make_banknotes(Path(album) / place, n_samples, watermark=PLACES[place], rng=rng)
