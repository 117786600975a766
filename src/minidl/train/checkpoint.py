"""A training run as one file: model, optimizer, random state, history, listeners."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from minidl.op import Op
from minidl.storage import CheckpointError, read_tree, write_tree
from minidl.train.history import History
from minidl.train.under_way import EpochUnderWay
from minidl.validation import check_positive_int

if TYPE_CHECKING:
    from minidl.train.runner import Runner

FORMAT = {"format": "minidl checkpoint", "version": 2}


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
    write_tree(path, _gather(runner), FORMAT)


def resume(runner: Runner, path: str | Path) -> None:
    """Read the state of a training run into a runner built as the saved one was.

    Raises
    ------
    CheckpointError
        If the file is damaged or of another run; the runner is left as it was.
    """
    path = Path(path)
    state = read_tree(path, FORMAT)
    before = _gather(runner)
    try:
        progress = _progress(state)
        _check_parts(runner, state)
        _load(runner, state)
    except Exception as error:  # whatever a listener or a generator makes of a hostile state
        _load(runner, before)
        raise CheckpointError(f"{path}: is of another training run: {error}") from error
    runner.history, runner.under_way, runner.epoch, runner.step = progress


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
