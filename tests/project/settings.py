"""What pyproject.toml says, for the tests that compare other files with it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[2]


def read_pyproject(root: Path = ROOT) -> dict[str, Any]:
    """Return pyproject.toml as a dict."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
