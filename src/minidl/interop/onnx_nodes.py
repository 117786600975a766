"""What each layer computes in evaluation, written as nodes of an ONNX graph: one entry a layer.

Only nodes that runtimes have in both precisions, but for two; and no attribute in place of a
constant, since attributes are of single precision.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from minidl.nn import (
    ELU,
    AvgPool1d,
    AvgPool2d,
    BatchNorm,
    BatchNorm1d,
    BatchNorm2d,
    Conv1d,
    Conv2d,
    Dropout,
    Embedding,
    Flatten,
    GlobalAvgPool,
    HardLogistic,
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
    """Return the convolution."""
    arrays = [op.params["W"], *([op.params["b"][0]] if op.bias else [])]
    dilations = op.windows.dilation
    return graph.node(
        "Conv", x, *map(graph.constant, arrays), **steps(op.windows), dilations=dilations
    )


def steps(windows: Any) -> dict[str, Any]:
    """Return strides and padding as attributes: all that stand before, then all behind."""
    before, behind = zip(*windows.padding, strict=True)
    return {"strides": windows.stride, "pads": (*before, *behind)}


def max_pool(graph: Graph, op: Any, x: str) -> str:
    """Return the largest number of each window."""
    return graph.node("MaxPool", x, kernel_shape=op.windows.size, **steps(op.windows))


def avg_pool(graph: Graph, op: Any, x: str) -> str:
    """Return the mean of each window."""
    counted = {"count_include_pad": int(op.count_include_pad)}
    size = op.windows.size
    return graph.node("AveragePool", x, kernel_shape=size, **counted, **steps(op.windows))


def global_avg_pool(graph: Graph, op: GlobalAvgPool, x: str) -> str:
    """Return the mean of each channel, of all its places in a row."""
    in_a_row = graph.node("Reshape", x, graph.constant(np.array([0, 0, -1])))
    return graph.node("ReduceMean", in_a_row, axes=[2], keepdims=0)


def layer_norm(graph: Graph, op: LayerNorm, x: str) -> str:
    """Return γ·(x − μ) / √(σ² + ε) + β."""
    along = {"axes": list(range(-len(op.normalized_shape), 0)), "keepdims": 1}
    centred = graph.node("Sub", x, graph.node("ReduceMean", x, **along))
    var = graph.node("ReduceMean", graph.node("Mul", centred, centred), **along)
    spread = graph.node("Sqrt", graph.node("Add", var, graph.constant(op.eps)))
    y = graph.node("Div", centred, spread)
    for kind, key in (("Mul", "gamma"), ("Add", "beta")):
        if key in op.params:
            y = graph.node(kind, y, graph.constant(op.params[key]))
    return y


def residual(graph: Graph, op: Residual, x: str) -> str:
    """Return the sum of what comes both ways."""
    body, *shortcut = op.layers
    return graph.node("Add", graph.write(body, x), graph.write(shortcut[0], x) if shortcut else x)


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
    """Return x / (1 + exp(−β·x)); runtimes of 2024 stumble over x·σ(β·x) in double precision."""
    far = graph.node("Exp", times(graph, x, -op.beta))
    return graph.node("Div", x, graph.node("Add", graph.constant(1.0), far))


def hard_logistic(graph: Graph, op: HardLogistic, x: str) -> str:
    """Return clip(0.25·x + 0.5, 0, 1)."""
    line = graph.node("Add", times(graph, x, 0.25), graph.constant(0.5))
    return clipped(graph, line, 0.0, 1.0)


Writer = Callable[[Any, Any, str], str]
NODES: dict[type[Op], Writer] = {
    Linear: linear,
    Conv1d: conv,
    Conv2d: conv,
    Embedding: lambda g, op, x: g.node("Gather", g.constant(op.params["W"]), x),
    BatchNorm1d: batch_norm,
    BatchNorm2d: batch_norm,
    LayerNorm: layer_norm,
    MaxPool1d: max_pool,
    MaxPool2d: max_pool,
    AvgPool1d: avg_pool,
    AvgPool2d: avg_pool,
    GlobalAvgPool: global_avg_pool,
    Flatten: lambda g, op, x: g.node("Flatten", x, axis=1),
    Residual: residual,
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

SINGLE_ONLY = {"AveragePool", "Conv"}
"""What onnxruntime computes in float32 alone."""
