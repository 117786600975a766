"""A training run as one file: model, optimizer, random state, history, listeners.

The state is a tree of dicts, lists, numbers and texts, with arrays at some of its leaves. In the
file the tree is JSON, in which `{"$array": "3"}` stands for the array of that name beside it.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from minidl.op import Op
from minidl.train.archive import (
    CheckpointError,
    check_format,
    open_file,
    pack_arrays,
    unpack_arrays,
    write_file,
)
from minidl.train.history import History
from minidl.train.under_way import EpochUnderWay
from minidl.validation import check_positive_int

if TYPE_CHECKING:
    from minidl.train.runner import Runner

FORMAT = {"format": "minidl checkpoint", "version": 2}
ARRAY = "$array"


def save_checkpoint(runner: Runner, path: str | Path) -> None:
    """Write the state of a training run to one file, replacing it in one step.

    Raises
    ------
    ValueError
        If the path is that of a folder.
    """
    path = Path(path)
    if path.is_dir():
        raise ValueError(
            f"save_checkpoint: expected a file, received the folder {path}; try {path / 'run.npz'}"
        )
    arrays: dict[str, Any] = {}
    tree = json.dumps({**FORMAT, "state": _detach(_gather(runner), arrays)})
    arrays["tree"] = np.frombuffer(tree.encode(), dtype=np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, pack_arrays(arrays))


def resume(runner: Runner, path: str | Path) -> None:
    """Read the state of a training run into a runner built as the saved one was.

    Raises
    ------
    CheckpointError
        If the file is damaged or of another run; the runner is left as it was.
    """
    path = Path(path)
    state = _read(path)
    before = _gather(runner)
    try:
        progress = _progress(state)
        _check_parts(runner, state)
        _load(runner, state)
    except Exception as error:  # whatever a listener or a generator makes of a hostile state
        _load(runner, before)
        raise CheckpointError(f"{path}: is of another training run: {error}") from error
    runner.history, runner.under_way, runner.epoch, runner.step = progress


def _read(path: Path) -> dict[str, Any]:
    with open_file(path) as stream:
        arrays = unpack_arrays(stream, str(path))
    try:
        tree = json.loads(arrays.pop("tree").tobytes())
        check_format(tree, FORMAT, path)
        state: dict[str, Any] = _attach(tree["state"], arrays)
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise CheckpointError(f"{path}: is damaged or no checkpoint ({error!r})") from error
    return state


def _gather(runner: Runner) -> dict[str, Any]:
    generators = _generators(runner)
    return {
        "epoch": runner.epoch,
        "step": runner.step,
        "under_way": runner.under_way and runner.under_way.state_dict(),
        "model": runner.model.state_dict(),
        "optimizer": runner.optimizer.state_dict(),
        "history": dataclasses.asdict(runner.history),
        "shared": _shared(generators),
        "generators": {name: g.bit_generator.state for name, g in generators.items()},
        "listeners": [[type(item).__name__, item.state_dict()] for item in runner.listeners],
    }


def _check_parts(runner: Runner, state: dict[str, Any]) -> None:
    generators = _generators(runner)
    if state["shared"] != _shared(generators):
        raise CheckpointError(
            f"expected random generators shared as {_shared(generators)}, "
            f"received {state['shared']}"
        )
    kinds = [type(listener).__name__ for listener in runner.listeners]
    if [kind for kind, _ in state["listeners"]] != kinds:
        raise CheckpointError(
            f"expected listeners {kinds}, received {[kind for kind, _ in state['listeners']]}"
        )


def _load(runner: Runner, state: dict[str, Any]) -> None:
    _load_model(runner.model, state["model"])
    runner.optimizer.load_state_dict(state["optimizer"])
    for name, generator in _generators(runner).items():
        generator.bit_generator.state = state["generators"][name]
    for listener, (_, listener_state) in zip(runner.listeners, state["listeners"], strict=True):
        listener.load_state_dict(listener_state)


def _progress(state: dict[str, Any]) -> tuple[History, EpochUnderWay | None, int, int]:
    under_way = state["under_way"]
    return (
        _history(state["history"]),
        None if under_way is None else EpochUnderWay.from_state_dict(under_way),
        check_positive_int(state["epoch"], "epoch", minimum=0),
        check_positive_int(state["step"], "step", minimum=0),
    )


def _load_model(model: Op, state: dict[str, Any]) -> None:
    """Load the model's arrays; here, unlike in `load_state_dict`, of the same dtype only."""
    for name, array in model.state_dict().items():
        found = np.asarray(state.get(name, array))
        if found.dtype != array.dtype:
            raise CheckpointError(f"expected {name} of dtype {array.dtype}, received {found.dtype}")
    model.load_state_dict(state)


def _history(state: dict[str, Any]) -> History:
    names = [field.name for field in dataclasses.fields(History)]
    if sorted(state) != sorted(names):
        raise CheckpointError(f"expected a history of {names}, received {sorted(state)}")
    for name, values in state.items():
        kinds = (int, float, type(None)) if name == "lr" else (int, float)
        if not isinstance(values, list) or not all(type(v) in kinds for v in values):
            raise CheckpointError(f"expected history.{name} as a list of numbers")
    return History(**state)


def _generators(runner: Runner) -> dict[str, np.random.Generator]:
    ops = {f"model.{path}": op.rng for path, op in runner.model.named_layers()}
    return {"runner": runner.rng} | {name: rng for name, rng in ops.items() if rng is not None}


def _shared(generators: dict[str, np.random.Generator]) -> dict[str, str]:
    """Return, for each generator, the first name under which the same one stands."""
    first: dict[int, str] = {}
    return {name: first.setdefault(id(rng), name) for name, rng in generators.items()}


def _detach(node: Any, arrays: dict[str, Any]) -> Any:
    """Return the tree with its arrays moved to `arrays` and named in their place."""
    if isinstance(node, np.ndarray):
        name = str(len(arrays))
        arrays[name] = node
        return {ARRAY: name}
    if isinstance(node, dict):
        if not all(isinstance(key, str) for key in node):
            raise TypeError(f"expected texts as keys of a saved state, received {list(node)}")
        return {key: _detach(value, arrays) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_detach(value, arrays) for value in node]
    return node.item() if isinstance(node, np.generic) else node


def _attach(node: Any, arrays: dict[str, Any]) -> Any:
    if isinstance(node, dict):
        if set(node) == {ARRAY}:
            return arrays[node[ARRAY]]
        return {key: _attach(value, arrays) for key, value in node.items()}
    return [_attach(value, arrays) for value in node] if isinstance(node, list) else node
