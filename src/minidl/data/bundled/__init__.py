"""The data sets that come with the library; `README.md` beside this file says where from."""

from __future__ import annotations

from importlib.resources import files


def read_bundled(name: str) -> bytes:
    """Return what is in one of the files beside this one.

    Examples
    --------
    >>> read_bundled("penguins.csv")[:14]
    b'species,island'
    """
    return files(__name__).joinpath(name).read_bytes()
