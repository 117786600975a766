"""Files from the network, checked and kept: the one module that uses pooch."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER_VARIABLE = "MINIDL_DATA"
TIMEOUT = 30  # seconds without an answer, after which the next mirror is asked


class DownloadError(OSError):
    """A file that could be had from none of its mirrors."""


@dataclass(frozen=True)
class RemoteFile:
    """A file that can be downloaded.

    Attributes
    ----------
    name : str
        Its path within the folder in which downloads are kept, such as "mnist/train.gz".
    sha256 : str
        What its bytes must be.
    urls : sequence of str
        Where it lies, in the order in which they are asked.
    """

    name: str
    sha256: str
    urls: Sequence[str]


def fetch_file(
    file: RemoteFile, folder: str | Path | None = None, *, progress: bool = True
) -> Path:
    """Return where a file lies, which is downloaded if it is not there yet.

    It gets its name only once its SHA-256 is right, so that no half of it is ever taken for the
    whole; a download that breaks off begins anew. What is there and right needs no network.

    Parameters
    ----------
    file : RemoteFile
        Which one.
    folder : str or Path, optional
        Where downloads are kept; by default what the environment variable `MINIDL_DATA` says, or
        else the folder for caches that the system has.
    progress : bool
        Whether to show a progress bar.

    Returns
    -------
    Path

    Raises
    ------
    DownloadError
        If no mirror has it; it says where to put the file by hand.
    ImportError
        If pooch is not installed.
    """
    pooch = _pooch()
    path = _folder(folder, pooch) / file.name
    get = pooch.HTTPDownloader(progressbar=progress, chunk_size=2**16, timeout=TIMEOUT)
    faults = []
    for url in file.urls:
        try:
            pooch.retrieve(url, f"sha256:{file.sha256}", path.name, path.parent, downloader=get)
        except (OSError, ValueError) as error:  # of the network or disk, of the hash
            faults.append(f"  {url}: {type(error).__name__}: {error}")
        else:
            return path
    raise DownloadError("\n".join([*_advice(file, path), "What the mirrors answered:", *faults]))


def _advice(file: RemoteFile, path: Path) -> list[str]:
    there = "the file that is there is damaged or another one" if path.exists() else "none is there"
    return [
        f"{file.name}: expected to find or download this file, but {there} and no mirror has it.",
        "Try again with a network. Without one, get it elsewhere and put it here, as it is:",
        f"  {path}",
        f"Its SHA-256 must be {file.sha256}.",
    ]


def _folder(folder: str | Path | None, pooch: Any) -> Path:
    if folder is None:
        folder = os.environ.get(FOLDER_VARIABLE) or pooch.os_cache("minidl")
    return Path(folder).expanduser().absolute()


def _pooch() -> Any:
    try:
        import pooch
    except ImportError as error:
        raise ImportError(
            "downloads need pooch, which is not installed; try python -m pip install 'minidl[data]'"
        ) from error
    return pooch
