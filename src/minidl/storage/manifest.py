"""A model folder's `model.json`: which subfolder is the model, and the SHA-256 of its files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from minidl.storage.archive import CheckpointError, check_format, read_file

FORMAT = {"format": "minidl model", "version": 1}
SUBFOLDER = re.compile(r"weights-[0-9a-f]{16}")
MANIFEST_LIMIT = 10_000_000  # bytes


def read_manifest(path: Path) -> dict[str, Any]:
    """Return what a `model.json` says: "folder", the model's subfolder, and "files", the hashes.

    Raises
    ------
    CheckpointError
        If there is none, it is damaged, or of another format or version.
    """
    try:
        manifest = json.loads(read_file(path, limit=MANIFEST_LIMIT))
    except (ValueError, RecursionError) as error:
        raise CheckpointError(f"{path}: is damaged or not JSON ({error})") from error
    check_format(manifest, FORMAT, path)
    files, folder = manifest.get("files"), manifest.get("folder")
    if not isinstance(files, dict) or not all(isinstance(v, str) for v in files.values()):
        raise CheckpointError(f"{path}: expected 'files' with the SHA-256 of each layer's file")
    if not isinstance(folder, str) or not SUBFOLDER.fullmatch(folder):
        raise CheckpointError(f"{path}: expected a subfolder such as weights-0123456789abcdef")
    return manifest


def named_subfolder(path: Path) -> str | None:
    """Return which subfolder a `model.json` names; None if there is none, or it is damaged."""
    try:
        return str(read_manifest(path)["folder"])
    except CheckpointError:
        return None


def is_ours(manifest: Path) -> bool:
    """Tell whether a `model.json` is ours, whatever its version, or what is left of one."""
    try:
        found = json.loads(read_file(manifest, limit=MANIFEST_LIMIT))
    except CheckpointError:
        return False
    except (ValueError, RecursionError):  # no JSON: ours, if a model lies beside it
        is_empty = manifest.stat().st_size == 0
        return is_empty or any(SUBFOLDER.fullmatch(e.name) for e in manifest.parent.iterdir())
    return isinstance(found, dict) and found.get("format") == FORMAT["format"]
