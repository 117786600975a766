"""What is in an environment: which packages, and which of their files are lost.

Read from the notes that pip leaves beside each package, without starting the environment's Python.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from importlib.metadata import Distribution, distributions
from pathlib import Path

Survey = dict[str, list[str]]


def survey(folder: Path) -> Survey:
    """Return, by a package's name, its version and how many of its files are lost.

    Examples
    --------
    >>> survey(Path("no such environment"))
    {}
    """
    found = {}
    for package in _packages(folder):
        here = f"{package.locate_file('')}{os.sep}"
        lines = _lines(package)
        lost = str(sum(_is_lost(here, line) for line in lines)) if lines else "all"
        found[_name(package)] = [_version(package), lost]
    return found


def compare(found: Survey, noted: Survey) -> tuple[list[str], list[str]]:
    """Return which of the noted packages are gone or otherwise, and which of them lost files.

    Whether another version will do is for pip to say; what lost files it takes for whole.

    Examples
    --------
    >>> compare({"a": ["1", "0"], "b": ["1", "3"]}, {"a": ["2", "0"], "b": ["1", "0"]})
    (['a', 'b'], ['b'])
    """
    changed = [name for name, was in noted.items() if found.get(name) != was]
    return changed, [n for n in changed if n in found and found[n][1] not in ("0", noted[n][1])]


def remove(folder: Path, names: Iterable[str]) -> None:
    """Remove what is left of some packages, so that pip sees that they have to be installed."""
    for package in list(_packages(folder)):
        if _name(package) not in names:
            continue
        for line in _lines(package):
            path = Path(os.path.normpath(str(package.locate_file(_file(line)))))
            if path.is_relative_to(folder):
                path.unlink(missing_ok=True)
        shutil.rmtree(_notes(package), ignore_errors=True)


def _packages(folder: Path) -> Iterable[Distribution]:
    places = [folder / "Lib/site-packages", *folder.glob("lib/python*/site-packages")]
    return distributions(path=[str(place) for place in places])


def _notes(package: Distribution) -> Path:
    """Return the folder in which pip keeps its notes on a package."""
    return Path(package._path)  # type: ignore[attr-defined]


def _name(package: Distribution) -> str:
    """Return a package's name, also where the notes have lost it."""
    return _notes(package).name.split("-")[0].lower()


def _version(package: Distribution) -> str:
    return _notes(package).name.removesuffix(".dist-info").partition("-")[2]


def _lines(package: Distribution) -> list[str]:
    """Return a line on each file: path, digest and size; not on those that Python makes anew."""
    record = package.read_text("RECORD") or ""
    return [line for line in record.splitlines() if ".pyc," not in line]


def _file(line: str) -> str:
    return line.rsplit(",", 2)[0].strip('"')


def _is_lost(here: str, line: str) -> bool:
    """Whether a file is gone, or empty, as after a power failure, where it should not be."""
    try:
        size = os.stat(here + _file(line)).st_size  # noqa: PTH116 - of 20,000 files at each start
    except OSError:
        return True
    return size == 0 and not line.endswith((",0", ","))
