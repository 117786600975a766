"""A training run as one file: model, optimizer, random state, history, listeners."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from minidl.data import DataLoader
from minidl.op import Op
from minidl.storage import (
    CheckpointError,
    as_path,
    check_can_write_in,
    fault_of,
    read_tree,
    write_tree,
)
from minidl.train.history import History
from minidl.train.listeners.base import Listener
from minidl.train.training_run import TrainingRun
from minidl.train.under_way import EpochUnderWay
from minidl.validation import check_positive_int, describe

FORMAT = {"format": "minidl checkpoint", "version": 4}
LOADER_STATE = {"order", "samples", "rng", "dataset"}
Listeners = Sequence[Listener]


def save_checkpoint(run: TrainingRun, listeners: Listeners, path: str | Path) -> None:
    """Write the state of a training run to one file, replacing it in one step.

    Raises
    ------
    ValueError
        If the path is that of a folder or of another program's file, or the model holds NaN or
        infinity.
    """
    path = as_path(path, "path")
    if path.is_dir():
        raise ValueError(
            f"save_checkpoint: expected a file, received the folder {path}; try {path / 'run.npz'}"
        )
    check_can_write_in(path.parent, "path")
    fault = fault_of(run.model)
    if fault:
        raise ValueError(
            f"save_checkpoint: expected a model of finite numbers, received {fault}; "
            "try going on from an earlier checkpoint with a smaller learning rate"
        )
    write_tree(path, _gather(run, listeners), FORMAT)


def resume(run: TrainingRun, listeners: Listeners, path: str | Path) -> None:
    """Read the state of a training run into one built as the saved one was.

    The state of its loader waits for the next loader; see `hand_to_loader`.

    Raises
    ------
    CheckpointError
        If the file is damaged or of another run; the run is left as it was.
    """
    path = as_path(path, "path")
    state = read_tree(path, FORMAT)
    before = _gather(run, listeners)
    try:
        progress = _progress(state)
        _check_parts(run, listeners, state)
        _load(run, listeners, state)
    except Exception as error:  # whatever a listener or a generator makes of a hostile state
        _load(run, listeners, before)
        raise CheckpointError(f"{path}: is of another training run: {error}") from error
    run.history, run.under_way, run.epoch, run.step, run.saved_loader = progress


def hand_to_loader(run: TrainingRun, loader: DataLoader) -> None:
    """Let training go through a loader, with the state that a checkpoint holds for it, if any.

    A loader of another number of samples or another batch size is a new one, and left as it is.

    Raises
    ------
    CheckpointError
        If its generator is shared with other parts where the saved one was not, or otherwise,
        or the state is of another loader.
    """
    saved, run.loader = run.saved_loader, loader
    if saved is None or saved["sizes"] != [len(loader.dataset), loader.batch_size]:
        run.saved_loader = None
        return
    owner = _shared(_generators(run))["loader"]
    if owner != saved["owner"]:
        raise CheckpointError(
            f"expected a loader that draws from the generator of {saved['owner']!r} as when the "
            f"checkpoint was saved, received one with that of {owner!r}"
        )
    try:
        loader.load_state_dict(saved["state"])
    except Exception as error:  # whatever a data set makes of a state of another one
        raise CheckpointError(
            f"expected the loader of which the checkpoint holds the state: {error}"
        ) from error
    run.saved_loader = None  # and not before: it waits for the right one


def _gather(run: TrainingRun, listeners: Listeners) -> dict[str, Any]:
    generators = _generators(run)
    shared = _shared(generators)
    owner = shared.pop("loader", None)
    return {
        "epoch": run.epoch,
        "step": run.step,
        "under_way": run.under_way and run.under_way.state_dict(),
        "loader": run.saved_loader or _loader_state(run.loader, owner),
        "model": run.model.state_dict(),
        "optimizer": run.optimizer.state_dict(),
        "history": dataclasses.asdict(run.history),
        "score rises": run.rises(),
        "shared": shared,
        "generators": {name: generators[name].bit_generator.state for name in shared},
        "listeners": [[type(item).__name__, item.state_dict()] for item in listeners],
    }


def _loader_state(loader: DataLoader | None, owner: str | None) -> dict[str, Any] | None:
    if loader is None:
        return None
    sizes = [len(loader.dataset), loader.batch_size]
    return {"sizes": sizes, "owner": owner, "state": loader.state_dict()}


def _check_parts(run: TrainingRun, listeners: Listeners, state: dict[str, Any]) -> None:
    shared = _shared(_generators(run))
    shared.pop("loader", None)
    if state["shared"] != shared:
        raise CheckpointError(
            f"expected random generators shared as {shared}, received {state['shared']}"
        )
    if state["score rises"] != run.rises():
        raise CheckpointError(
            f"expected a run whose score {_direction(run.rises())}, received one whose score "
            f"{_direction(state['score rises'])}; try the same metric and higher_is_better"
        )
    kinds = [type(listener).__name__ for listener in listeners]
    if [kind for kind, _ in state["listeners"]] != kinds:
        raise CheckpointError(
            f"expected listeners {kinds}, received {[kind for kind, _ in state['listeners']]}"
        )


def _direction(rises: Any) -> str:
    return {True: "is to be high", False: "is to be low"}.get(rises, "is none")


def _load(run: TrainingRun, listeners: Listeners, state: dict[str, Any]) -> None:
    _load_model(run.model, state["model"])
    run.optimizer.load_state_dict(state["optimizer"])
    generators = _generators(run)
    for name in state["shared"]:
        generators[name].bit_generator.state = state["generators"][name]
    for listener, (_, listener_state) in zip(listeners, state["listeners"], strict=True):
        listener.load_state_dict(listener_state)


def _progress(
    state: dict[str, Any],
) -> tuple[History, EpochUnderWay | None, int, int, dict[str, Any] | None]:
    under_way = state["under_way"]
    return (
        _history(state["history"]),
        None if under_way is None else EpochUnderWay.from_state_dict(under_way),
        check_positive_int(state["epoch"], "epoch", minimum=0),
        check_positive_int(state["step"], "step", minimum=0),
        _saved_loader(state["loader"]),
    )


def _saved_loader(saved: Any) -> dict[str, Any] | None:
    if saved is None:
        return None
    if set(saved) != {"sizes", "owner", "state"} or set(saved["state"]) != LOADER_STATE:
        raise CheckpointError(f"expected the state of a loader, received {describe(saved)}")
    for size in saved["sizes"]:
        check_positive_int(size, "loader")
    return dict(saved)


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


def _generators(run: TrainingRun) -> dict[str, np.random.Generator]:
    """Return the generators by the names of who draws from them, the loader last."""
    ops = {f"model.{path}": op.rng for path, op in run.model.named_layers()}
    loader = {} if run.loader is None else {"loader": run.loader.rng}
    own = {"runner": run.rng} | {name: rng for name, rng in ops.items() if rng is not None}
    return own | loader


def _shared(generators: dict[str, np.random.Generator]) -> dict[str, str]:
    """Return, for each generator, the first name under which the same one stands."""
    first: dict[int, str] = {}
    return {name: first.setdefault(id(rng), name) for name, rng in generators.items()}
