"""Cases of the embedding."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl import nn
from minidl.graph import Node
from tests.contracts.op_cases.case import WORDS, Array, NodeOf, OpCase


def embedding(x: Array, label: str = "5, 2", **options: Any) -> OpCase:
    return OpCase(
        nn.Embedding,
        lambda dtype, seed: nn.Embedding(5, 2, rng=seed, dtype=dtype, **options),
        x,
        (*x.shape, 2),
        pytorch_embedding,
        graph_embedding,
        label=label,
        bad=(
            (x.astype(float), r"expected whole numbers as indices, received .*; try x.astype\(int"),
            (x > 1, "expected whole numbers as indices, received"),
            (np.array([0, 3, 5]), r"expected indices from 0 to 4, received 5 at \(2,\)"),
            ([[0, 1], [2, -1]], r"expected indices from 0 to 4, received -1 at \(1, 1\)"),
        ),
        extremes=lambda dtype: np.array([0, 4]),
    )


def pytorch_embedding(torch: Any, op: Any, tensors: dict[str, Any]) -> Any:
    return lambda x: torch.nn.functional.embedding(x, tensors["W"], op.padding_idx)


def graph_embedding(op: Any, x: Array, node_of: NodeOf) -> Node:
    """Return one-hot rows times the table, the sum along all of its rows."""
    one_hot = np.eye(op.num_embeddings)[x]
    return (one_hot[..., np.newaxis] * node_of(op.params["W"])).sum(axis=x.ndim)


CASES = [
    embedding(WORDS),
    embedding(WORDS[:, 0]),
    embedding(WORDS.reshape(2, 2, 3)),
    embedding(WORDS, "5, 2, sparse=True", sparse=True),
]
