"""Arrays as bytes and files, so that a crash loses nothing and a hostile file does nothing.

An archive is an uncompressed `.npz`, which `numpy.load` reads too. Nothing in it is ever
unpickled or evaluated, and since it is not compressed, no array can be larger than the file that
holds it.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import math
import os
import re
import secrets
import shutil
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from minidl.storage.paths import LONGEST_NAME, check_replaceable

Array = npt.NDArray[Any]

ABANDONED_AFTER = 3600  # seconds
NO_FLUSHING = {
    getattr(errno, name)
    for name in ("EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "ENOTTY", "EBADF", "EACCES", "EPERM")
    if hasattr(errno, name)
}
"""What `fsync` answers where a file system does not have it, in contrast to a disk that failed."""
MAGIC = b"\x93NUMPY\x01\x00"  # with the version of the format
HEADER = re.compile(
    rb"\{'descr': '([<>|][fiub][0-9]{1,2})', 'fortran_order': (True|False), "
    rb"'shape': \(([0-9, ]*)\), \} *\n"
)


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


def unpack_arrays(data: bytes | BinaryIO, source: str) -> dict[str, Array]:
    """Return the arrays of an archive made by `pack_arrays`; of another file, read its end only.

    Raises
    ------
    CheckpointError
        If `data` is anything else; it names `source`.
    """
    stream = io.BytesIO(data) if isinstance(data, bytes) else data
    size = stream.seek(0, os.SEEK_END)
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
            if any(m.compress_type != zipfile.ZIP_STORED for m in members):
                raise CheckpointError(f"{source}: expected uncompressed arrays")
            if sum(m.file_size for m in members) > size:
                raise CheckpointError(f"{source}: claims to hold more than its {size} bytes")
            if len({m.filename for m in members}) < len(members):
                raise CheckpointError(f"{source}: holds two arrays of one name")
            return {m.filename.removesuffix(".npy"): _parse(archive.read(m)) for m in members}
    except CheckpointError:
        raise
    except Exception as error:  # bytes made for it lead zipfile to errors of many kinds
        raise CheckpointError(f"{source}: is damaged or no archive of arrays ({error})") from error


def _parse(data: bytes) -> Array:
    """Read one array; its header is checked before anything of the size it claims is made.

    NumPy's own reader evaluates headers as Python, warns about some and fails in many ways.
    """
    start = 10 + int.from_bytes(data[8:10], "little")
    header = HEADER.fullmatch(data[10:start])
    if not data.startswith(MAGIC) or header is None:
        raise ValueError("expected arrays of numbers as NumPy writes them")
    dtype = np.dtype(header[1].decode())
    shape = [int(length) for length in header[3].split(b",") if length.strip()]
    body = data[start:]
    if math.prod(shape) * dtype.itemsize != len(body):
        raise ValueError(
            f"an array claims {math.prod(shape) * dtype.itemsize} bytes and holds {len(body)}"
        )
    flat = np.frombuffer(body, dtype)
    in_columns = header[2] == b"True"
    return (flat.reshape(shape[::-1]).T if in_columns else flat.reshape(shape)).copy()


def check_format(found: Any, expected: Mapping[str, Any], path: Path) -> None:
    """Refuse metadata of another format or version.

    Raises
    ------
    CheckpointError
        If `found` is no dict with what `expected` holds.
    """
    if not isinstance(found, dict):
        raise CheckpointError(f"{path}: expected {dict(expected)}, received no dict")
    received = {key: found.get(key) for key in expected}
    if received != expected:
        raise CheckpointError(f"{path}: expected {dict(expected)}, received {received}")


def write_file(path: Path, data: bytes) -> None:
    """Replace a file in one step: after a crash it holds the old bytes or the new ones.

    If it fails, as on a full disk, nothing is left of the new ones. The file keeps its
    permissions. A symbolic link is replaced by a file, and what it points to is left alone.

    Raises
    ------
    FileExistsError, PermissionError
        If there is something other than a file in its place, or one that is read-only.
    """
    check_replaceable(path, "save")
    temporary = path.with_name(f"{_stem(path.name)}-{secrets.token_hex(8)}")
    try:
        with temporary.open("xb") as stream:
            stream.write(data)
            stream.flush()
            _flush(stream.fileno())
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    flush_folder(path.parent)
    _remove_leftovers(path)


def _stem(name: str) -> str:
    """Return what a temporary file's name begins with, so that the whole is not too long."""
    if len(os.fsencode(name)) > LONGEST_NAME - 18:
        name = hashlib.sha256(os.fsencode(name)).hexdigest()
    return f".{name}"


def _remove_leftovers(path: Path) -> None:
    """Remove what earlier crashes left behind of this file; it is saved, whatever comes of it."""
    leftover = re.compile(rf"{re.escape(_stem(path.name))}-[0-9a-f]{{16}}")
    with contextlib.suppress(OSError):  # as in a folder whose list may not be read
        for entry in path.parent.iterdir():
            if leftover.fullmatch(entry.name) and is_abandoned(entry):
                entry.unlink()


def is_abandoned(path: Path) -> bool:
    """Whether nobody has written to a file or folder for so long that it is a crash's leftover.

    A younger one may be what another process is just writing.
    """
    try:
        return time.time() - path.stat().st_mtime > ABANDONED_AFTER
    except OSError:  # removed meanwhile
        return False


def flush_folder(folder: Path) -> None:
    """Write a folder's list of names to the disk, where the system can do that.

    Windows opens no folders, and network drives and some others refuse to flush them. The files
    themselves are on the disk by then.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except (PermissionError, IsADirectoryError):
        return
    try:
        _flush(descriptor)
    finally:
        os.close(descriptor)


def _flush(descriptor: int) -> None:
    """Write a file or folder to the disk, unless its file system does not know how to."""
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in NO_FLUSHING:
            raise


def open_file(path: Path) -> BinaryIO:
    """Open a file for reading.

    Raises
    ------
    CheckpointError
        If it cannot be read, or is a pipe or a device, which might never end.
    """
    try:
        if path.exists() and not path.is_file():
            raise CheckpointError(f"{path}: is not a file")
        return path.open("rb")
    except OSError as error:
        raise CheckpointError(f"{path}: cannot be read ({error.strerror})") from error


def read_file(path: Path, *, limit: int) -> bytes:
    """Return a file's bytes.

    Raises
    ------
    CheckpointError
        If it cannot be opened or is longer than `limit` bytes.
    """
    with open_file(path) as stream:
        size = stream.seek(0, os.SEEK_END)
        if size > limit:
            raise CheckpointError(f"{path}: expected at most {limit} bytes, received {size}")
        stream.seek(0)
        return stream.read()
