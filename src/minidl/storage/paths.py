"""Where to save: a path that will do, looked at before anything is written."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from minidl.validation import describe

LONGEST_NAME = 255  # bytes, on almost all file systems


def as_path(value: Any, name: str) -> Path:
    """Return a path to save to or load from; `~` is the user's home folder.

    A folder that is really called `~` is `./~`.

    Raises
    ------
    TypeError, ValueError
        If it is no path, or no file system could hold it.

    Examples
    --------
    >>> as_path("runs/best", "folder").parts
    ('runs', 'best')
    >>> as_path("", "folder")
    Traceback (most recent call last):
    ValueError: folder: expected a path, received ''; try a name such as 'runs/best'
    """
    if not isinstance(value, str | os.PathLike) or not isinstance(os.fspath(value), str):
        raise TypeError(
            f"{name}: expected a path, received {describe(value)}; try a name such as 'runs/best'"
        )
    text = os.fspath(value)
    if not text.strip() or "\0" in text:
        raise ValueError(
            f"{name}: expected a path, received {describe(text)}; try a name such as 'runs/best'"
        )
    try:
        path = Path(text).expanduser()
    except RuntimeError as error:  # nobody's home
        raise ValueError(
            f"{name}: expected a path, received {describe(text)}, and {error}; try './{text}' "
            "for a folder that is called so"
        ) from error
    for part in path.parts:
        check_length(part, name)
    return path


def check_length(part: str, name: str) -> None:
    """Refuse a file's or folder's name that is too long, or cannot be written as bytes.

    Raises
    ------
    ValueError
        With the number of bytes.
    """
    try:
        length = len(os.fsencode(part))
    except UnicodeEncodeError as error:
        raise ValueError(
            f"{name}: expected a name of letters that files can have, received {part!a}; "
            "try plain letters"
        ) from error
    if length > LONGEST_NAME:
        raise ValueError(
            f"{name}: expected names of at most {LONGEST_NAME} bytes, received one of {length}, "
            f"{part[:20]}…; try a shorter one"
        )


def check_can_write_in(folder: Path, name: str) -> None:
    """Refuse a folder in which no file can be made, or that cannot be made itself.

    Nothing is written for it, so that a disk may still turn out to be full later.

    Raises
    ------
    FileExistsError
        If it, or a part of the path to it, is a file.
    PermissionError
        If it, or the first folder above it that exists, may not be written to.
    """
    existing = folder
    while not os.path.lexists(existing) and existing != existing.parent:
        existing = existing.parent
    if not existing.is_dir():
        raise FileExistsError(
            f"{name}: expected a folder, received {folder}, where {existing} is none; "
            "try another name"
        )
    if not os.access(existing, os.W_OK | os.X_OK):
        raise PermissionError(
            f"{name}: expected a folder that can be written to, received {folder}, where "
            f"{existing} cannot; try one of your own"
        )


def check_replaceable(path: Path, name: str) -> None:
    """Refuse a file that somebody has marked as read-only, or what is no file.

    Raises
    ------
    FileExistsError
        If it is a folder, a pipe or a device.
    PermissionError
        If nobody is allowed to write to it. A system would let a rename replace it all the same.
    """
    if not path.exists():
        return
    if not path.is_file():
        raise FileExistsError(
            f"{name}: expected a file or none yet, received {path}, which is neither; "
            "try another name"
        )
    if not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise PermissionError(
            f"{name}: expected a file that can be replaced, received {path}, which is read-only; "
            "try another name"
        )


@contextlib.contextmanager
def made(folder: Path) -> Iterator[None]:
    """Make a folder, and those above it; if what is done in it fails, take away the new ones."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for path in missing:
            with contextlib.suppress(OSError):  # it holds something, or was never made
                path.rmdir()
        raise
