"""Cases of dropout."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl import nn
from minidl.graph import Node
from tests.contracts.op_cases.case import CURVE, NodeOf, OpCase, moderate


class RepeatingGenerator(np.random.Generator):
    """Begins anew at every call, so that each pass has the same mask and can be compared."""

    def random(self, size=None, dtype=np.float64, out=None):
        return np.random.default_rng(0).random(size, dtype, out)


def dropout(label: str, *arguments: float) -> OpCase:
    def make(dtype: type, seed: int) -> nn.Dropout:
        return nn.Dropout(*arguments, rng=RepeatingGenerator(np.random.PCG64(0)))

    return OpCase(
        *(nn.Dropout, make, CURVE, (4, 3), pytorch_dropout, graph_dropout, label),
        extremes=moderate,
    )


def pytorch_dropout(torch: Any, op: Any, tensors: dict[str, Any]) -> Any:
    """Return PyTorch's, the mask being the one that the op draws."""

    def thinned(x: Any) -> Any:
        kept = torch.from_numpy(op.rng.random(x.shape) < op.keep_prob)
        return torch.where(kept, x / op.keep_prob, 0.0) if op.training else x

    return thinned


def graph_dropout(op: Any, x: Node, node_of: NodeOf) -> Node:
    _, mask = op.saved_for_backward()
    return x * 1 if mask is None else x * mask


CASES = [dropout("keep_prob=0.8"), dropout("keep_prob=0.5", 0.5)]
