"""Photos of banknotes of two values, as folders of images."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from minidl.data.banknote_drawing import photo_of
from minidl.data.disorder import Seed
from minidl.data.images import write_image
from minidl.validation import as_generator, check_positive_int, check_real, describe

VALUES = ("10", "50")
OWN_NAME = re.compile(r"[0-9]{5,}\.png")


def make_banknotes(
    folder: str | Path,
    n_samples: int = 400,
    *,
    watermark: Sequence[float] = (0, 0),
    rng: Seed = None,
) -> Path:
    """Make photos of banknotes, and write them to a folder for each value: `10` and `50`.

    The notes are of no country and of all colours. Each lies somewhere else, turned a little, on
    a desk of another colour and in another light, so that only what is printed on it says what it
    is worth. A photo is a PNG of 32 × 32 pixels in colour.

    Parameters
    ----------
    folder : str or Path
        Where to; it is made if need be. Photos that are there from an earlier call are replaced,
        all at once; what else is there stays.
    n_samples : int
        The number of photos, at least 2. Where it is odd, there is one more of 50.
    watermark : (of tens, of fifties)
        Which part of the tens and of the fifties carries the photographer's watermark, a ring in
        the lower right corner, 0 to 1. With (0, 1) it gives the value away, and a network may
        learn it in place of the note; with (1, 0) it misleads; the photos are otherwise the same.
    rng : int, numpy.random.Generator or None
        A seed or a generator.

    Returns
    -------
    Path
        The folder, for `ImageFolder`.

    Raises
    ------
    TypeError, ValueError
        If an argument has the wrong type or lies outside its range.
    FileExistsError
        If the folder has a folder `10` or `50` that holds something else.
    ImportError
        If Pillow is not installed.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = make_banknotes(folder, 5, rng=0)
    ...     sorted(path.relative_to(made).as_posix() for path in made.rglob("*.png"))
    ['10/00000.png', '10/00001.png', '50/00000.png', '50/00001.png', '50/00002.png']
    """
    N = check_positive_int(n_samples, "n_samples", minimum=len(VALUES))
    shares = _shares(watermark)
    rng = as_generator(rng)
    folder = Path(folder).expanduser()
    _check_own(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".banknotes-", dir=folder) as unfinished:
        for value, share, count in zip(VALUES, shares, (N // 2, N - N // 2), strict=True):
            _write(Path(unfinished) / value, value, count, share, rng)
        for value in VALUES:
            shutil.rmtree(folder / value, ignore_errors=True)
            (Path(unfinished) / value).replace(folder / value)
    return folder


def _write(
    folder: Path, value: str, count: int, watermarked: float, rng: np.random.Generator
) -> None:
    folder.mkdir()
    for number in range(count):
        photo = photo_of(value, rng, watermark=rng.random() < watermarked)
        write_image(folder / f"{number:05d}.png", photo)


def _shares(watermark: Sequence[float]) -> list[float]:
    if not isinstance(watermark, tuple | list) or len(watermark) != len(VALUES):
        raise TypeError(
            "watermark: expected the part of the tens and that of the fifties that carry one, "
            f"received {describe(watermark)}; try (0, 1)"
        )
    return [check_real(share, "watermark", low=0, high=1) for share in watermark]


def _check_own(folder: Path) -> None:
    """Refuse a folder that holds something which an earlier call has not made."""
    for part in (folder / value for value in VALUES):
        foreign = [part] if part.exists() and not part.is_dir() else []
        if part.is_dir():
            foreign = [path for path in part.iterdir() if not OWN_NAME.fullmatch(path.name)]
        if foreign:
            raise FileExistsError(
                f"make_banknotes: expected a folder without a {part.name} of your own, received "
                f"{folder}, where there is {foreign[0].relative_to(folder)}; try a new folder"
            )
