"""CIFAR-10's binary format: a compressed tar archive of files of bytes, without pickles."""

from __future__ import annotations

import io
import tarfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Part = tuple[Array, Array]

TRAIN_FILES = tuple(f"data_batch_{number}.bin" for number in range(1, 6))
TEST_FILES = ("test_batch.bin",)
SIDE, CHANNELS, CLASSES = 32, 3, 10
ROW = 1 + CHANNELS * SIDE * SIDE
"""Bytes of a sample: its label, then all of red, all of green and all of blue, from the top."""


def read_cifar10(path: str | Path) -> tuple[Part, Part]:
    """Return what is in a file of CIFAR-10's binary format.

    It is a compressed tar archive with data_batch_1.bin to data_batch_5.bin and test_batch.bin,
    each of samples of 3,073 bytes. It is unpacked in memory; nothing is written.

    Returns
    -------
    (X, y), (X_test, y_test)
        As `fetch_cifar10` returns them, of as many samples as there are.

    Raises
    ------
    ValueError
        If the file is damaged, is another one, or one of its parts is missing.
    OSError
        If it cannot be opened.

    Examples
    --------
    >>> import tempfile
    >>> X, y = np.arange(3072, dtype=np.uint8).reshape(1, 32, 32, 3), np.array([7])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "small.tar.gz"
    ...     write_cifar10(path, (X.repeat(5, axis=0), y.repeat(5)), (X, y))
    ...     _, (X_test, y_test) = read_cifar10(path)
    >>> bool((X_test == X).all()), y_test
    (True, array([7]))
    """
    path = Path(path)
    with path.open("rb") as raw:
        try:
            parts = _members(raw)
            return _part(parts, TRAIN_FILES), _part(parts, TEST_FILES)
        except (tarfile.TarError, EOFError, OSError, zlib.error, ValueError) as error:
            raise ValueError(
                f"{path}: expected CIFAR-10 in its binary format, received a damaged or another "
                f"file ({error}); try removing it, so that it is downloaded anew"
            ) from error


def _members(raw: Any) -> dict[str, bytes]:
    """Return the files of samples in an archive, in one pass over it."""
    found = {}
    with tarfile.open(fileobj=raw, mode="r|gz") as archive:
        for member in archive:
            name = member.name.rpartition("/")[2]
            if name in TRAIN_FILES + TEST_FILES and (stream := archive.extractfile(member)):
                found[name] = stream.read()
    return found


def _part(members: dict[str, bytes], names: Sequence[str]) -> Part:
    """Return the samples of some files, which are taken out of `members` to spare memory."""
    if missing := [name for name in names if name not in members]:
        raise ValueError(f"it lacks {', '.join(missing)}")
    sizes = [len(members[name]) for name in names]
    X = np.empty((sum(sizes) // ROW, SIDE, SIDE, CHANNELS), dtype=np.uint8)
    y = np.empty(len(X), dtype=np.int64)
    start = 0
    for name in names:
        images, labels = _samples(members.pop(name), name)
        rows = slice(start, start + len(labels))
        X[rows], y[rows] = images, labels
        start = rows.stop
    return X, y


def _samples(data: bytes, name: str) -> Part:
    if not data or len(data) % ROW:
        raise ValueError(f"{name} has {len(data)} bytes, no multiple of {ROW}")
    rows = np.frombuffer(data, dtype=np.uint8).reshape(-1, ROW)
    if rows[:, 0].max() >= CLASSES:
        raise ValueError(f"{name} has a label {rows[:, 0].max()}, above {CLASSES - 1}")
    images = rows[:, 1:].reshape(-1, CHANNELS, SIDE, SIDE).transpose(0, 2, 3, 1)
    return images, rows[:, 0]


def write_cifar10(path: str | Path, train: Part, test: Part) -> None:
    """Write images and labels to a file of CIFAR-10's binary format.

    For images of one's own, or for drawn ones where the real ones are not to be had.

    Parameters
    ----------
    path : str or Path
        Where to.
    train, test : (X, y)
        Images of uint8 and shape (N, 32, 32, 3), labels from 0 to 9; five or more in `train`,
        which is cut into five files.

    Raises
    ------
    ValueError
        If they are no such images and labels, or too few.
    """
    parts = zip(np.array_split(_rows(*train), len(TRAIN_FILES)), TRAIN_FILES, strict=True)
    with tarfile.open(path, "w:gz", compresslevel=1) as archive:
        for rows, name in (*parts, (_rows(*test), *TEST_FILES)):
            member = tarfile.TarInfo(f"cifar-10-batches-bin/{name}")
            member.size = rows.size
            archive.addfile(member, io.BytesIO(rows.tobytes()))


def _rows(X: Array, y: Array) -> Array:
    fits = X.shape[1:] == (SIDE, SIDE, CHANNELS) and X.dtype == np.uint8 and y.shape == X.shape[:1]
    if not fits or len(y) == 0 or not np.isin(y, range(CLASSES)).all():
        raise ValueError(
            f"write_cifar10: expected images of uint8 and shape (N, 32, 32, 3) and labels from 0 "
            f"to 9, received arrays of shapes {X.shape} and {y.shape}"
        )
    return np.column_stack([y.astype(np.uint8), X.transpose(0, 3, 1, 2).reshape(len(X), -1)])
