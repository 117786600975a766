"""IDX, the format of MNIST's files: a header with the shape, then the bytes of one array."""

from __future__ import annotations

import gzip
import math
import zlib
from pathlib import Path
from typing import Any, BinaryIO, cast

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

BYTES = 0x08  # the format's code for them, in its third byte; the fourth is the number of axes
LARGEST = 2**31


def read_idx(path: str | Path) -> Array:
    """Return the array of bytes in a compressed IDX file.

    The file is unpacked in memory; its numbers of four bytes begin with the highest one.

    Returns
    -------
    ndarray of uint8

    Raises
    ------
    ValueError
        If the file is damaged, is no such file or does not hold as many bytes as it says.
    OSError
        If it cannot be opened.

    Notes
    -----
    Source: the format's description on http://yann.lecun.com/exdb/mnist/.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "labels-idx1-ubyte.gz"
    ...     _ = path.write_bytes(gzip.compress(bytes([0, 0, 8, 1, 0, 0, 0, 2, 7, 3])))
    ...     read_idx(path)
    array([7, 3], dtype=uint8)
    """
    path = Path(path)
    with path.open("rb") as raw:
        try:
            with gzip.open(raw) as stream:
                return _read(cast(BinaryIO, stream))
        except (EOFError, OSError, zlib.error, ValueError) as error:
            raise ValueError(
                f"{path}: expected a compressed IDX file, received a damaged or another one "
                f"({error}); try removing it, so that it is downloaded anew"
            ) from error


def _read(stream: BinaryIO) -> Array:
    start = stream.read(4)
    if len(start) < 4 or start[:3] != bytes([0, 0, BYTES]) or start[3] == 0:
        raise ValueError(f"it begins with {start.hex(' ') or 'nothing'}, not with 00 00 08")
    shape = np.frombuffer(stream.read(4 * start[3]), dtype=">u4").tolist()
    size = math.prod(shape)
    if len(shape) < start[3] or size > LARGEST:
        raise ValueError(f"it claims {start[3]} axes of lengths {shape}")
    data = stream.read(size + 1)
    if len(data) != size:
        held = "more" if len(data) > size else len(data)
        raise ValueError(f"it claims {size} bytes and holds {held}")
    return np.frombuffer(data, dtype=np.uint8).reshape(shape).copy()
