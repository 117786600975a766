"""Print the oldest version of each package that pyproject.toml allows, as pip requirements.

python .ci/oldest.py EXTRA...
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # pip's own copy would do, too, but is not for others to use

PYPROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"


def requirements(project: dict[str, Any], extra: str) -> Iterator[str]:
    """Yield the requirements of an extra, with those of the extras that it includes."""
    for line in project["optional-dependencies"][extra]:
        inner = re.fullmatch(r"minidl\[(\w+)\]", line)
        yield from requirements(project, inner[1]) if inner else [line]


def oldest(requirement: str) -> str:
    """Turn a lower bound into the version itself: `numpy>=1.24` becomes the release 1.24."""
    return requirement.replace(">=", "==", 1)


def main(extras: list[str]) -> None:
    """Print one requirement a line."""
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    lines = [
        *project["dependencies"],
        *(line for name in extras for line in requirements(project, name)),
    ]
    print("\n".join(oldest(line) for line in dict.fromkeys(lines)))


if __name__ == "__main__":
    main(sys.argv[1:])
