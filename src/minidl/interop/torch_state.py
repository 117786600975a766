"""The arrays of a model as PyTorch names them and lays them out, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from minidl.nn import LayerNorm, Linear
from minidl.op import Op
from minidl.validation import as_plain_array, describe

Array = npt.NDArray[Any]

NAMES = {"W": "weight", "b": "bias", "gamma": "weight", "beta": "bias"}
"""What PyTorch calls what has another name here."""


class Entry(NamedTuple):
    """A parameter or buffer: its array, both dotted names, and how PyTorch lays it out."""

    array: Array
    ours: str
    theirs: str
    layout: str


def import_torch() -> Any:
    """Return PyTorch.

    Raises
    ------
    ImportError
        If it is not installed.
    """
    try:
        import torch
    except ImportError as error:
        raise ImportError(
            "minidl.interop: expected PyTorch, which is not installed; "
            "try pip install minidl[torch]"
        ) from error
    return torch


def torch_name(position: int, layer: Op) -> str:
    """Return what a layer is called in a `torch.nn.Sequential`: its position, if it has no name.

    Examples
    --------
    >>> torch_name(0, Linear(2, 1, name="fc1")), torch_name(0, Linear(2, 1))
    ('fc1', '0')
    """
    return layer.name or str(position)


def entries(op: Op, ours: str = "", theirs: str = "") -> Iterator[Entry]:
    """Yield all parameters and buffers of an op and its parts."""
    for key, array in op.arrays().items():
        yield Entry(array, ours + key, theirs + NAMES.get(key, key), layout_of(op, key))
    for position, layer in enumerate(op.layers):
        inner = f"{ours}{layer.name or f'layer{position}'}."
        yield from entries(layer, inner, f"{theirs}{torch_name(position, layer)}.")


def layout_of(op: Op, key: str) -> str:
    """Return "transposed", "row" for (1, C) here and (C,) there, or "same".

    Examples
    --------
    >>> [layout_of(Linear(2, 1), key) for key in ("W", "b")]
    ['transposed', 'row']
    """
    if key == "W":
        return "transposed" if isinstance(op, Linear) else "same"
    shape = op.arrays()[key].shape
    is_row = len(shape) == 2 and shape[0] == 1 and not isinstance(op, LayerNorm)
    return "row" if is_row else "same"


def torch_state(model: Op) -> dict[str, Any]:
    """Return a state dict for the same network in PyTorch, `module.load_state_dict(…)`.

    A weight of `Linear` is transposed there, (outputs, inputs), and what belongs to channels has
    one axis. Layers go by their names here, those without by their position, as in
    `torch.nn.Sequential`.

    Parameters
    ----------
    model : Op
        Any model.

    Returns
    -------
    dict of str to Tensor
        Copies, of the same dtypes.

    Raises
    ------
    ImportError
        If PyTorch is not installed.
    """
    torch = import_torch()
    return {entry.theirs: torch.from_numpy(_their_layout(entry).copy()) for entry in entries(model)}


def _their_layout(entry: Entry) -> Array:
    if entry.layout == "transposed":
        return np.ascontiguousarray(entry.array.T)
    return entry.array.reshape(-1) if entry.layout == "row" else entry.array


def load_torch_state(model: Op, state: Mapping[str, Any]) -> None:
    """Copy a state dict of PyTorch's into a model, all of it or nothing.

    Parameters
    ----------
    model : Op
        The same network; see `torch_state` for how its layers are called.
    state : mapping of str to Tensor
        What `module.state_dict()` returned. Arrays will do, too.

    Raises
    ------
    TypeError, ValueError
        If it is no state, or naming, as PyTorch does, every missing, unexpected or misshapen
        entry; nothing is changed then.
    """
    if not isinstance(state, Mapping):
        raise TypeError(
            f"load_torch_state: expected what state_dict() returned, received {describe(state)}"
        )
    wanted = {entry.theirs: entry for entry in entries(model)}
    arrays = {name: _as_array(state[name], name) for name in state if name in wanted}
    shapes = {name: _their_layout(entry).shape for name, entry in wanted.items()}
    faults = [f"{name} is missing" for name in wanted if name not in state]
    faults += [f"{name} is unexpected" for name in state if name not in wanted]
    faults += [
        f"{name} has shape {array.shape} and should have {shapes[name]}"
        for name, array in arrays.items()
        if array.shape != shapes[name]
    ]
    if faults:
        raise ValueError(f"load_torch_state: this state is of another network: {'; '.join(faults)}")
    model.load_state_dict({e.ours: _our_layout(e, arrays[name]) for name, e in wanted.items()})


def _as_array(tensor: Any, name: str) -> Array:
    if hasattr(tensor, "detach"):
        tensor = tensor.detach().cpu()
        tensor = tensor.float() if str(tensor.dtype) == "torch.bfloat16" else tensor
        tensor = tensor.numpy()
    return as_plain_array(tensor, name)


def _our_layout(entry: Entry, array: Array) -> Array:
    return array.T if entry.layout == "transposed" else array.reshape(entry.array.shape)
