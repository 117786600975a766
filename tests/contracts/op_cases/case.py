"""What a case says of a layer, and numbers that several layers are fed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from minidl.graph import Node
from minidl.op import Op

Array = np.ndarray
BadInput = tuple[Any, str]
"""An input that is refused, and words of the error."""
NodeOf = Callable[[Array], Node]
"""Returns the node for an array of the op's `params`."""

LARGE = {np.float64: 1e308, np.float32: 3e38}
TINY = {np.float64: 5e-324, np.float32: 1e-45}

# Twelve numbers on both sides of 0, ±1 and ±2 and away from them, where slopes jump.
CURVE = np.linspace(-3.1, 3.3, 12).reshape(4, 3)
WORDS = np.array([[1, 4, 0], [4, 4, 2], [0, 3, 1], [2, 2, 2]])


def normal(*shape: int) -> Array:
    return np.random.default_rng(0).standard_normal(shape)


def extremes(dtype: type) -> Array:
    sizes = [0.0, 1e3, LARGE[dtype], TINY[dtype], float(np.finfo(dtype).tiny)]
    return np.array([sizes, [-size for size in sizes]], dtype=dtype)


def moderate(dtype: type, *shape: int, largest: float = 1e-4) -> Array:
    """As extreme as an op can take that multiplies what it is given, or adds it up."""
    large = LARGE[dtype] * largest
    numbers = np.array([[0.0, 1e3, large], [TINY[dtype], -1e3, -large]], dtype=dtype)
    return np.resize(numbers, shape) if shape else numbers


@dataclass(frozen=True)
class OpCase:
    """A layer, its input and all else that the contracts need to know.

    Parameters
    ----------
    kind : type of Op
        The class, for the test that none is forgotten.
    make : callable
        (dtype, seed) → op. What is drawn comes from the seed; an op without a dtype ignores it.
    x : ndarray
        An input of several samples, away from kinks: floats, or whole numbers for an index.
    y_shape : tuple of int
        The output's shape.
    pytorch : callable
        (torch, op, tensors) → a function of a tensor that computes the same with PyTorch, from
        tensors of the op's parameters and buffers by dotted name, in our layout. It runs in the
        op's mode, and moves the buffers where the op does.
    graph : callable
        (op, x, node_of) → the output as a node, made from that of the input and those of the
        parameters. The op's own forward pass has run; an index is given as it is.
    label : str
        The arguments that set this case apart, as `repr` shows them.
    computes : bool
        Whether numbers change at all; if not, whole ones stay whole.
    smallest : int
        The smallest number of samples that the op takes in training; in evaluation, it takes any.
    bad : tuple of BadInput
        Inputs that are refused.
    extremes : callable
        (dtype) → the most extreme input for which all must stay finite.
    """

    kind: type[Op]
    make: Callable[[type, int], Op]
    x: Array
    y_shape: tuple[int, ...]
    pytorch: Callable[[Any, Any, dict[str, Any]], Callable[[Any], Any]]
    graph: Callable[[Any, Any, NodeOf], Node]
    label: str = ""
    computes: bool = True
    smallest: int = 0
    bad: tuple[BadInput, ...] = ()
    extremes: Callable[[type], Array] = extremes

    @property
    def takes_indices(self) -> bool:
        return self.x.dtype.kind == "i"

    def build(self, dtype: type = np.float64, seed: int = 0) -> Op:
        return self.make(dtype, seed)

    def __str__(self) -> str:
        shape = "×".join(map(str, self.x.shape))
        return f"{self.kind.__name__}({self.label}) of {shape}"


def along_channels(row: Node, axes: int) -> Node:
    """Return a node of shape (1, C) as one of shape (1, C, 1 …), which the graph cannot reshape."""
    channels = np.eye(row.value.shape[1])
    shape = (1, -1, *[1] * (axes - 2))
    return sum((row * one).sum() * one.reshape(shape) for one in channels)
