"""A model as a folder: one file a layer, and a `model.json` that names them.

    best/
      model.json                 which subfolder is the model, and the SHA-256 of its files
      weights-0f3a…/fc1.npz
      weights-0f3a…/fc2.npz

The new subfolder is complete before `model.json` is replaced in one step, and the old one is
removed only after that, so a crash at any moment leaves the old model or the new one. What a
crash leaves behind is removed by a save an hour later, when nobody can be writing it any more.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
import shutil
from pathlib import Path
from typing import Any

import numpy as np

from minidl.op import Op
from minidl.storage.archive import (
    CheckpointError,
    flush_folder,
    is_abandoned,
    pack_arrays,
    read_file,
    unpack_arrays,
    write_file,
)
from minidl.storage.manifest import FORMAT, SUBFOLDER, is_ours, named_subfolder, read_manifest
from minidl.storage.paths import (
    as_path,
    check_can_write_in,
    check_length,
    check_replaceable,
    made,
)

WHOLE = "model"  # the file of what the model itself holds, not one of its layers


def layer_files(model: Op) -> dict[str, Op]:
    """Return the ops that have something to save, by the name of their file.

    Examples
    --------
    >>> from minidl.nn import Linear, Sequential, Tanh
    >>> list(layer_files(Sequential(Linear(2, 3, name="fc1"), Tanh(), Linear(3, 1))))
    ['fc1', 'layer2']
    """
    named = [(path or WHOLE, op) for path, op in model.named_layers() if op.params or op.buffers]
    if len({name.casefold() for name, _ in named}) < len(named):
        raise ValueError(
            f"expected no layer named {WHOLE!r}, since that file is for what {model} itself holds; "
            "try another name"
        )
    return dict(named)


def fault_of(model: Op) -> str:
    """Return, in words, which number of a model is none, as after training that diverged.

    A buffer may hold infinity, as the masks of some layers do.

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> fc = Linear(2, 1)
    >>> fault_of(fc)
    ''
    >>> fc.params["W"][1] = float("nan")
    >>> fault_of(fc)
    'nan in W at index (1, 0)'
    """
    for path, op in model.named_layers():
        for key, array in op.arrays().items():
            wrong = np.isnan(array) if key in op.buffers else ~np.isfinite(array)
            if wrong.any():
                where = tuple(int(i) for i in np.argwhere(wrong)[0])
                return f"{array[where]} in {f'{path}.' if path else ''}{key} at index {where}"
    return ""


def check_target(model: Op, folder: str | Path) -> Path:
    """Return the folder to save a model in, if it looks as if that could be done.

    Raises
    ------
    TypeError, ValueError
        If it is no path, holds another program's `model.json`, or the model's layers have names
        that no files can have.
    FileExistsError, PermissionError
        If there is a file in its place, or nothing can be written there.
    """
    path, manifest = as_path(folder, "folder"), as_path(folder, "folder") / "model.json"
    for name in layer_files(model):
        check_length(f"{name}.npz", f"layer {name[:20]}…")
    check_can_write_in(path, "folder")
    check_replaceable(manifest, "folder")
    if manifest.exists() and not is_ours(manifest):
        raise ValueError(
            f"folder: expected one without a model.json of another program, received {path}; "
            "try another folder"
        )
    return path


def save_model(model: Op, folder: str | Path) -> None:
    """Write a model's parameters and buffers, one file a layer, in place of an older model.

    If it fails, as on a full disk, the folder is as it was before.

    Parameters
    ----------
    model : Op
        The model.
    folder : str or Path
        Where to; it is made if it does not exist. `~` is the user's home folder, and a link to
        a folder is followed. A `model.json` that is a symbolic link is replaced by a file.

    Raises
    ------
    TypeError, ValueError
        If the folder will not do, is another program's, or the model holds NaN or infinity.
    OSError
        If there is a file in its place, or the system cannot write to it.
    """
    folder = check_target(model, folder)
    fault = fault_of(model)
    if fault:
        raise ValueError(
            f"save_model: expected a model of finite numbers, received {fault}; "
            "try runner.best.restore(runner), or training anew with a smaller learning rate"
        )
    with made(folder):
        replaced = named_subfolder(folder / "model.json")
        new = folder / f"weights-{secrets.token_hex(8)}"
        try:
            _write(model, new)
        except BaseException:
            if named_subfolder(folder / "model.json") != new.name:
                shutil.rmtree(new, ignore_errors=True)
            raise
    with contextlib.suppress(OSError):  # the new model is saved, whatever becomes of older ones
        _remove_others(folder, keep=new.name, replaced=replaced)


def _write(model: Op, subfolder: Path) -> None:
    subfolder.mkdir()
    digests = {}
    for name, op in layer_files(model).items():
        data = pack_arrays(op.arrays())
        write_file(subfolder / f"{name}.npz", data)
        digests[name] = hashlib.sha256(data).hexdigest()
    flush_folder(subfolder.parent)
    manifest = {**FORMAT, "folder": subfolder.name, "files": digests}
    write_file(subfolder.with_name("model.json"), json.dumps(manifest, indent=2).encode())


def _remove_others(folder: Path, *, keep: str, replaced: str | None) -> None:
    for entry in folder.iterdir():
        if not SUBFOLDER.fullmatch(entry.name) or entry.name == keep or entry.is_symlink():
            continue
        if entry.name == replaced or is_abandoned(entry):
            shutil.rmtree(entry, ignore_errors=True)


def load_model(model: Op, folder: str | Path) -> None:
    """Read a model's parameters and buffers from a folder, all of them or none.

    Parameters
    ----------
    model : Op
        A model with the same layers; its arrays are overwritten in place.
    folder : str or Path
        A folder that `save_model` wrote.

    Raises
    ------
    CheckpointError
        If the folder does not hold a whole model of this kind; the model is left as it was.
    """
    folder = as_path(folder, "folder")
    layer_files(model)  # refuses names that will not do before any file is looked at
    manifest = read_manifest(folder / "model.json")
    try:
        state = _read_state(model, folder, manifest)
    except CheckpointError:
        newer = read_manifest(folder / "model.json")
        if newer == manifest:
            raise
        state = _read_state(model, folder, newer)  # it was saved anew while it was read
    model.load_state_dict(state)


def _read_state(model: Op, folder: Path, manifest: dict[str, Any]) -> dict[str, Any]:
    layers, state = layer_files(model), {}
    _compare_names(folder / "model.json", set(layers), set(manifest["files"]), "layer")
    for name, op in layers.items():
        path = folder / manifest["folder"] / f"{name}.npz"
        if path.resolve().parent.parent != folder.resolve():
            raise CheckpointError(f"{path}: lies outside the model's folder")
        prefix = "" if op is model else f"{name}."
        for key, array in _read_layer(path, op, manifest["files"][name]).items():
            state[f"{prefix}{key}"] = array
    return state


def _read_layer(path: Path, op: Op, digest: str) -> dict[str, Any]:
    own = op.arrays()
    data = read_file(path, limit=sum(a.nbytes for a in own.values()) + 4096 * (len(own) + 1))
    if hashlib.sha256(data).hexdigest() != digest:
        raise CheckpointError(f"{path}: its SHA-256 is not the one in model.json")
    arrays = unpack_arrays(data, str(path))
    _compare_names(path, set(own), set(arrays), "array")
    for key, array in own.items():
        found = arrays[key]
        if (found.shape, found.dtype) != (array.shape, array.dtype):
            raise CheckpointError(
                f"{path}: expected {key} of shape {array.shape} and dtype {array.dtype}, "
                f"received {found.shape} and {found.dtype}"
            )
    return arrays


def _compare_names(path: Path, expected: set[str], received: set[str], kind: str) -> None:
    faults = [f"{kind} {name!r} is missing" for name in sorted(expected - received)]
    faults += [f"{kind} {name!r} is unexpected" for name in sorted(received - expected)]
    if faults:
        raise CheckpointError(f"{path}: is of another model: {'; '.join(faults)}")
