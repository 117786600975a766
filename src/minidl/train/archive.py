"""Arrays as bytes and files, so that a crash loses nothing and a hostile file does nothing.

An archive is an uncompressed `.npz`, which `numpy.load` reads too. Nothing in it is ever
unpickled, and since it is not compressed, no array can be larger than the file that holds it.
"""

from __future__ import annotations

import contextlib
import io
import math
import os
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


class CheckpointError(Exception):
    """A file that should hold a model or a checkpoint does not, or holds another one."""


def pack_arrays(arrays: Mapping[str, Array]) -> bytes:
    """Return an `.npz` archive of the arrays.

    Examples
    --------
    >>> unpack_arrays(pack_arrays({"W": np.ones((1, 2))}), "example")
    {'W': array([[1., 1.]])}
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w") as member:
                np.lib.format.write_array(member, np.asarray(array), (1, 0), allow_pickle=False)
    return buffer.getvalue()


def unpack_arrays(data: bytes, source: str) -> dict[str, Array]:
    """Return the arrays of an archive made by `pack_arrays`.

    Raises
    ------
    CheckpointError
        If `data` is anything else; it names `source`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if any(m.compress_type != zipfile.ZIP_STORED for m in members):
                raise CheckpointError(f"{source}: expected uncompressed arrays")
            if sum(m.file_size for m in members) > len(data):
                raise CheckpointError(f"{source}: claims to hold more than its {len(data)} bytes")
            return {m.filename.removesuffix(".npy"): _parse(archive.read(m)) for m in members}
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        raise CheckpointError(f"{source}: is damaged or no archive of arrays ({error})") from error


def _parse(data: bytes) -> Array:
    """Read one array; its header is checked before anything of the size it claims is made."""
    stream = io.BytesIO(data)
    if np.lib.format.read_magic(stream) != (1, 0):
        raise ValueError("an array of an unknown format version")
    shape, fortran_order, dtype = np.lib.format.read_array_header_1_0(stream)
    if dtype.kind not in "fiub":
        raise ValueError(f"an array of numbers was expected, not of {dtype}")
    body = data[stream.tell() :]
    claimed = math.prod(shape) * dtype.itemsize
    if min(shape, default=0) < 0 or claimed != len(body):
        raise ValueError(f"an array claims {claimed} bytes and holds {len(body)}")
    return np.frombuffer(body, dtype).reshape(shape, order="F" if fortran_order else "C").copy()


def write_file(path: Path, data: bytes) -> None:
    """Replace a file in one step: after a crash it holds the old bytes or the new ones."""
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Write a folder's list of names to the disk, on systems where folders can be opened."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_file(path: Path, *, limit: int | None = None) -> bytes:
    """Return a file's bytes.

    Raises
    ------
    CheckpointError
        If it cannot be read or is longer than `limit` bytes.
    """
    try:
        if limit is not None and path.stat().st_size > limit:
            raise CheckpointError(
                f"{path}: expected at most {limit} bytes, received {path.stat().st_size}"
            )
        return path.read_bytes()
    except OSError as error:
        raise CheckpointError(f"{path}: cannot be read ({error.strerror})") from error
