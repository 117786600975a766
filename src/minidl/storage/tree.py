"""A tree of dicts, lists, numbers and texts, with arrays at some of its leaves, as one file.

In the file the tree is JSON, in which `{"$array": "3"}` stands for the array of that name beside
it.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from minidl.storage.archive import (
    CheckpointError,
    check_format,
    open_file,
    pack_arrays,
    unpack_arrays,
    write_file,
)
from minidl.storage.paths import check_replaceable, made
from minidl.validation import describe

ARRAY = "$array"
BEGINNING = 1024  # bytes, in which a tree's format stands


def write_tree(path: Path, tree: Any, form: Mapping[str, Any]) -> None:
    """Write a tree to one file, replacing it in one step; its folder is made if need be.

    Parameters
    ----------
    path : Path
        Where to.
    tree : dict, list, number, text, bool, None or ndarray
        Dicts with texts as keys, down to the leaves. Tuples become lists.
    form : dict
        Format and version, which `read_tree` expects.

    Raises
    ------
    TypeError
        If the tree holds anything else; an older file stays.
    ValueError
        If there is another program's file in its place, or none that can be replaced.

    Examples
    --------
    >>> import tempfile
    >>> form = {"format": "example", "version": 1}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "tree.npz"
    ...     write_tree(path, {"W": np.ones((1, 2)), "name": "fc1"}, form)
    ...     read_tree(path, form)
    {'W': array([[1., 1.]]), 'name': 'fc1'}
    """
    arrays: dict[str, Any] = {}
    text = json.dumps({**form, "state": detach(tree, arrays)})
    arrays["tree"] = np.frombuffer(text.encode(), dtype=np.uint8)
    check_replaceable(path, "path")
    if path.exists() and not _is_ours(path, form):
        raise ValueError(
            f"path: expected a {form['format']} or no file yet, received {path}, which is another "
            "file, or a damaged one; try another name, or remove it"
        )
    with made(path.parent):
        write_file(path, pack_arrays(arrays))


def _is_ours(path: Path, form: Mapping[str, Any]) -> bool:
    """Whether a file holds a tree of this format, whatever its version, or nothing."""
    if path.stat().st_size == 0:
        return True
    begin = json.dumps({"format": form["format"]})[:-1].encode()
    try:
        with zipfile.ZipFile(path) as archive, archive.open("tree.npy") as member:
            return begin in member.read(BEGINNING)
    except Exception:  # whatever zipfile makes of other bytes
        return False


def read_tree(path: Path, form: Mapping[str, Any]) -> Any:
    """Return the tree that `write_tree` wrote.

    Raises
    ------
    CheckpointError
        If the file is damaged, foreign or of another format.
    """
    with open_file(path) as stream:
        arrays = unpack_arrays(stream, str(path))
    try:
        tree = json.loads(arrays.pop("tree").tobytes())
        check_format(tree, form, path)
        return attach(tree["state"], arrays)
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise CheckpointError(f"{path}: is damaged or no checkpoint ({error!r})") from error


def detach(node: Any, arrays: dict[str, Any]) -> Any:
    """Return the tree with its arrays moved to `arrays` and named in their place."""
    if isinstance(node, np.ndarray):
        if node.dtype.kind not in "fiub":
            raise TypeError(
                f"expected arrays of numbers in a saved state, received {describe(node)}"
            )
        name = str(len(arrays))
        arrays[name] = node
        return {ARRAY: name}
    if isinstance(node, dict):
        if not all(isinstance(key, str) for key in node):
            raise TypeError(f"expected texts as keys of a saved state, received {list(node)}")
        return {key: detach(value, arrays) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [detach(value, arrays) for value in node]
    return node.item() if isinstance(node, np.generic) else node


def attach(node: Any, arrays: Mapping[str, Any]) -> Any:
    """Return the tree with its arrays back in their places."""
    if isinstance(node, dict):
        if set(node) == {ARRAY}:
            return arrays[node[ARRAY]]
        return {key: attach(value, arrays) for key, value in node.items()}
    return [attach(value, arrays) for value in node] if isinstance(node, list) else node
