"""Which layer of minidl's and which module of PyTorch's compute the same: one entry a pair."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from minidl.nn import (
    ELU,
    AvgPool1d,
    AvgPool2d,
    BatchNorm1d,
    BatchNorm2d,
    Conv1d,
    Conv2d,
    Dropout,
    Embedding,
    Flatten,
    GlobalAvgPool,
    HardTanh,
    LayerNorm,
    LeakyReLU,
    Linear,
    Logistic,
    LogSoftmax,
    MaxPool1d,
    MaxPool2d,
    ReLU,
    Residual,
    Sequential,
    Softmax,
    Softplus,
    Swish,
    Tanh,
)
from minidl.op import Op

Arguments = Mapping[str, Any]


@dataclass(frozen=True)
class Pair:
    """A layer here, a module there, and how the arguments of one follow from the other.

    Parameters
    ----------
    ours : type of Op
        The layer.
    theirs : str
        The module's name in `torch.nn`, or in `minidl.interop.torch_modules`.
    same : tuple of str
        Arguments with one name and meaning in both, held as attributes of that name.
    to_theirs, to_ours : callable
        (layer) → further arguments of the module, and the other way round.
    ours_only, theirs_only : mapping of str to Any
        What an attribute must be, since the other side has nothing for another value.
    has_arrays : bool
        Whether the layer takes a dtype.
    """

    ours: type[Op]
    theirs: str
    same: tuple[str, ...] = ()
    to_theirs: Callable[[Any], Arguments] = lambda op: {}
    to_ours: Callable[[Any], Arguments] = lambda module: {}
    ours_only: Arguments = field(default_factory=dict)
    theirs_only: Arguments = field(default_factory=dict)
    has_arrays: bool = False


def _one(sizes: Any) -> Any:
    """Return one number for sizes that are all the same, as a reader would write them."""
    return sizes[0] if isinstance(sizes, tuple) and len(set(sizes)) == 1 else sizes


def _bias(module: Any) -> Arguments:
    return {"bias": module.bias is not None}


def convolution(kind: Any) -> Pair:
    """Return the pair of a convolution, which has one name in both."""
    return Pair(
        kind,
        kind.__name__,
        ("in_channels", "out_channels", "bias"),
        to_theirs=lambda op: {
            "kernel_size": op.windows.size, "stride": op.windows.stride, "padding": op.padding,
            "dilation": op.windows.dilation,
        },
        to_ours=lambda m: {
            **{key: _one(getattr(m, key)) for key in ("kernel_size", "stride", "padding")},
            "dilation": _one(m.dilation), **_bias(m),
        },
        theirs_only={"groups": 1, "padding_mode": "zeros"},
        has_arrays=True,
    )  # fmt: skip


def batch_norm(kind: Any) -> Pair:
    """Return the pair of a batch norm."""
    return Pair(
        kind,
        kind.__name__,
        ("num_features", "eps", "momentum", "affine"),
        theirs_only={"track_running_stats": True},
        has_arrays=True,
    )


def pooling(kind: Any, *same: str, **theirs_only: Any) -> Pair:
    """Return the pair of a pooling."""
    return Pair(
        kind,
        kind.__name__,
        same,
        to_theirs=lambda op: {
            "kernel_size": op.windows.size, "stride": op.windows.stride, "padding": op.padding,
        },
        to_ours=lambda m: {
            key: _one(getattr(m, key)) for key in ("kernel_size", "stride", "padding")
        },
        theirs_only={"ceil_mode": False, **theirs_only},
    )  # fmt: skip


PAIRS = [
    Pair(
        Linear,
        "Linear",
        ("bias",),
        to_theirs=lambda op: {"in_features": op.input_size, "out_features": op.output_size},
        to_ours=lambda m: {
            "input_size": m.in_features, "output_size": m.out_features, **_bias(m),
        },
        has_arrays=True,
    ),
    convolution(Conv1d),
    convolution(Conv2d),
    Pair(
        Embedding,
        "Embedding",
        ("num_embeddings", "embedding_dim", "padding_idx", "sparse"),
        theirs_only={"max_norm": None, "scale_grad_by_freq": False},
        has_arrays=True,
    ),
    batch_norm(BatchNorm1d),
    batch_norm(BatchNorm2d),
    Pair(
        LayerNorm,
        "LayerNorm",
        ("normalized_shape", "eps", "elementwise_affine"),
        to_theirs=lambda op: {} if op.bias == op.elementwise_affine else {"bias": False},
        to_ours=_bias,
        has_arrays=True,
    ),
    pooling(MaxPool1d, dilation=1, return_indices=False),
    pooling(MaxPool2d, dilation=1, return_indices=False),
    pooling(AvgPool1d, "count_include_pad"),
    pooling(AvgPool2d, "count_include_pad", divisor_override=None),
    Pair(GlobalAvgPool, "GlobalAvgPool"),
    Pair(Flatten, "Flatten", theirs_only={"start_dim": 1, "end_dim": -1}),
    Pair(
        Dropout,
        "Dropout",
        to_theirs=lambda op: {"p": 1 - op.keep_prob},
        to_ours=lambda m: {"keep_prob": 1 - m.p},
    ),
    Pair(Logistic, "Sigmoid"),
    Pair(Tanh, "Tanh"),
    Pair(HardTanh, "Hardtanh", theirs_only={"min_val": -1.0, "max_val": 1.0}),
    Pair(ReLU, "ReLU"),
    Pair(LeakyReLU, "LeakyReLU", ("negative_slope",)),
    Pair(ELU, "ELU", ("alpha",)),
    # PyTorch's is the identity from a threshold on; from 40, that is the same to the last digit.
    Pair(Softplus, "Softplus", ("beta",), to_theirs=lambda op: {"threshold": 40}),
    Pair(Swish, "SiLU", ours_only={"beta": 1.0}),
    Pair(Softmax, "Softmax", ("dim",)),
    Pair(LogSoftmax, "LogSoftmax", ("dim",)),
]  # fmt: skip
"""All of them. `HardLogistic` has none: PyTorch's Hardsigmoid has another slope."""

COMPOSITES: dict[type[Op], str] = {Sequential: "Sequential", Residual: "Residual"}
"""Ops made of parts, and modules that are made of the same parts in the same order."""
