"""Cases of layers in a row, with a row inside another, and a look-up at the beginning."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

from minidl import nn
from minidl.graph import Node
from minidl.op import Op
from tests.contracts import op_cases
from tests.contracts.op_cases.case import WORDS, NodeOf, OpCase, moderate, normal


def sequential(dtype: type, seed: int) -> nn.Sequential:
    rng = np.random.default_rng(seed)
    inner = nn.Sequential(nn.Tanh(), nn.Linear(5, 5, rng=rng, dtype=dtype, name="fc"), name="block")
    return nn.Sequential(
        nn.Linear(3, 5, rng=rng, dtype=dtype, name="fc1"),
        inner,
        nn.Swish(),
        nn.Linear(5, 2, rng=rng, dtype=dtype),
    )


def words(dtype: type, seed: int) -> nn.Sequential:
    """Return a network that begins with a look-up and has statistics that move."""
    rng = np.random.default_rng(seed)
    return nn.Sequential(
        nn.Embedding(5, 4, rng=rng, dtype=dtype, name="words"),
        nn.Linear(4, 3, rng=rng, dtype=dtype, name="fc"),
        nn.BatchNorm1d(3, dtype=dtype, name="bn"),
    )


def pytorch_sequential(torch: Any, op: Any, tensors: dict[str, Any]) -> Any:
    functions = []
    for position, layer in enumerate(op.layers):
        prefix = f"{layer.name or f'layer{position}'}."
        own = {name[len(prefix) :]: t for name, t in tensors.items() if name.startswith(prefix)}
        functions.append(case_of(layer).pytorch(torch, layer, own))
    return lambda x: functools.reduce(lambda y, f: f(y), functions, x)


def graph_sequential(op: Any, x: Any, node_of: NodeOf) -> Node:
    for layer in op.layers:
        x = case_of(layer).graph(layer, x, node_of)
    return x


def case_of(layer: Op) -> OpCase:
    return next(case for case in op_cases.CASES if case.kind is type(layer))


CASES = [
    OpCase(
        kind=nn.Sequential,
        make=sequential,
        x=normal(4, 3),
        y_shape=(4, 2),
        pytorch=pytorch_sequential,
        graph=graph_sequential,
        bad=((np.ones((4, 2)), r"^Linear 'fc1': expected inputs of shape \(N, 3\), received"),),
        extremes=moderate,
    ),
    OpCase(
        kind=nn.Sequential,
        make=words,
        x=WORDS[:, 0],
        y_shape=(4, 3),
        pytorch=pytorch_sequential,
        graph=graph_sequential,
        smallest=2,
        bad=(([0.5], "^Embedding 'words': expected whole numbers"),),
        extremes=lambda dtype: np.array([0, 4]),
    ),
]
