"""What each layer computes in evaluation, written as nodes of an ONNX graph: one entry a layer.

Only nodes that runtimes have in both precisions, but for `Conv`; and no attribute in place of a
constant, since attributes are of single precision.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from minidl.nn import (
    ELU,
    BatchNorm,
    BatchNorm1d,
    Conv2d,
    Dropout,
    Embedding,
    HardLogistic,
    HardTanh,
    LeakyReLU,
    Linear,
    Logistic,
    LogSoftmax,
    ReLU,
    Softmax,
    Softplus,
    Swish,
    Tanh,
)
from minidl.op import Op

Array = npt.NDArray[Any]


class Graph(Protocol):
    """What a layer is written to; a value goes by its name."""

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """Add a node; return its output."""

    def constant(self, value: Any) -> str:
        """Add a constant of the graph's dtype, or of whole numbers; return it."""

    def write(self, op: Op, x: str) -> str:
        """Add all nodes of an op; return its output."""


def linear(graph: Graph, op: Linear, x: str) -> str:
    """Return x·W + b."""
    z = graph.node("MatMul", x, graph.constant(op.params["W"]))
    return graph.node("Add", z, graph.constant(op.params["b"][0])) if op.bias else z


def conv(graph: Graph, op: Any, x: str) -> str:
    """Return the convolution; pads come as all that stand before, then all behind."""
    windows = op.windows
    before, behind = zip(*windows.padding, strict=True)
    arrays = [op.params["W"], *([op.params["b"][0]] if op.bias else [])]
    return graph.node(
        "Conv", x, *map(graph.constant, arrays), strides=windows.stride,
        dilations=windows.dilation, pads=(*before, *behind),
    )  # fmt: skip


def batch_norm(graph: Graph, op: BatchNorm, x: str) -> str:
    """Return γ/√(σ² + ε)·(x − μ) + β; ε stands in the constants, not in an attribute."""
    mean, var = (op.buffers[key][0] for key in ("running_mean", "running_var"))
    gamma, beta = (op.params[key][0] for key in ("gamma", "beta")) if op.affine else (1, 0)
    ones, scale = np.ones_like(var), gamma / np.sqrt(var + op.eps)
    constants = (scale, beta * ones, mean, ones)
    return graph.node("BatchNormalization", x, *map(graph.constant, constants), epsilon=0.0)


def parts(graph: Graph, x: str) -> tuple[str, str]:
    """Return max(x, 0) and min(x, 0)."""
    zero = graph.constant(0.0)
    return graph.node("Max", x, zero), graph.node("Min", x, zero)


def clipped(graph: Graph, x: str, low: float, high: float) -> str:
    """Return clip(x, low, high)."""
    return graph.node("Clip", x, graph.constant(low), graph.constant(high))


def times(graph: Graph, x: str, factor: float) -> str:
    """Return factor·x."""
    return graph.node("Mul", x, graph.constant(factor))


def leaky_relu(graph: Graph, op: LeakyReLU, x: str) -> str:
    """Return max(x, 0) + γ·min(x, 0)."""
    right, left = parts(graph, x)
    return graph.node("Add", right, times(graph, left, op.negative_slope))


def elu(graph: Graph, op: ELU, x: str) -> str:
    """Return max(x, 0) + α·(exp(min(x, 0)) − 1)."""
    right, left = parts(graph, x)
    bent = graph.node("Sub", graph.node("Exp", left), graph.constant(1.0))
    return graph.node("Add", right, times(graph, bent, op.alpha))


def softplus(graph: Graph, op: Softplus, x: str) -> str:
    """Return max(x, 0) + log(1 + exp(−|β·x|)) / β."""
    far = graph.node("Neg", graph.node("Abs", times(graph, x, op.beta)))
    log = graph.node("Log", graph.node("Add", graph.constant(1.0), graph.node("Exp", far)))
    return graph.node("Add", parts(graph, x)[0], times(graph, log, 1 / op.beta))


def swish(graph: Graph, op: Swish, x: str) -> str:
    """Return x·σ(β·x)."""
    return graph.node("Mul", x, graph.node("Sigmoid", times(graph, x, op.beta)))


def hard_logistic(graph: Graph, op: HardLogistic, x: str) -> str:
    """Return clip(0.25·x + 0.5, 0, 1)."""
    line = graph.node("Add", times(graph, x, 0.25), graph.constant(0.5))
    return clipped(graph, line, 0.0, 1.0)


Writer = Callable[[Any, Any, str], str]
NODES: dict[type[Op], Writer] = {
    Linear: linear,
    Conv2d: conv,
    Embedding: lambda g, op, x: g.node("Gather", g.constant(op.params["W"]), x),
    BatchNorm1d: batch_norm,
    Dropout: lambda g, op, x: x,
    Logistic: lambda g, op, x: g.node("Sigmoid", x),
    Tanh: lambda g, op, x: g.node("Tanh", x),
    HardLogistic: hard_logistic,
    HardTanh: lambda g, op, x: clipped(g, x, -1.0, 1.0),
    ReLU: lambda g, op, x: g.node("Relu", x),
    LeakyReLU: leaky_relu,
    ELU: elu,
    Softplus: softplus,
    Swish: swish,
    Softmax: lambda g, op, x: g.node("Softmax", x, axis=op.dim),
    LogSoftmax: lambda g, op, x: g.node("LogSoftmax", x, axis=op.dim),
}
"""(graph, op, its input) → its output, for each layer."""

SINGLE_ONLY = {"Conv"}
"""What onnxruntime computes in float32 alone."""
