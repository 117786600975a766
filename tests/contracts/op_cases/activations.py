"""Cases of the activations."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from minidl import nn
from minidl.graph import Node, exp, log, logistic, relu, tanh
from minidl.op import Op
from tests.contracts.op_cases.case import CURVE, OpCase


def activation(
    kind: type[Op], pytorch: Any, graph: Callable[[Any, Node], Node], **options: float
) -> OpCase:
    return OpCase(
        kind,
        make=lambda dtype, seed: kind(**options),
        x=CURVE,
        y_shape=(4, 3),
        pytorch=lambda torch, op, tensors: functools.partial(pytorch, torch, op),
        graph=lambda op, x, node_of: graph(op, x),
        label=", ".join(f"{key}={value:g}" for key, value in options.items()),
    )


# With PyTorch, and on the graph.


def leaky_relu(torch: Any, op: Any, x: Any) -> Any:
    return torch.nn.functional.leaky_relu(x, op.negative_slope)


def leaky_relu_nodes(op: Any, x: Node) -> Node:
    return relu(x) - op.negative_slope * relu(-x)


def hard_logistic(torch: Any, op: Any, x: Any) -> Any:
    return torch.clip(0.25 * x + 0.5, 0, 1)


def hard_logistic_nodes(op: Any, x: Node) -> Node:
    line = 0.25 * x + 0.5
    return relu(line) - relu(line - 1)


def elu(torch: Any, op: Any, x: Any) -> Any:
    return torch.nn.functional.elu(x, op.alpha)


def elu_nodes(op: Any, x: Node) -> Node:
    return relu(x) + op.alpha * (exp(-relu(-x)) - 1)


def softplus(torch: Any, op: Any, x: Any) -> Any:
    return torch.nn.functional.softplus(x, op.beta)


def softplus_nodes(op: Any, x: Node) -> Node:
    return log(1 + exp(op.beta * x)) / op.beta


def swish(torch: Any, op: Any, x: Any) -> Any:
    return x * torch.sigmoid(op.beta * x)


def swish_nodes(op: Any, x: Node) -> Node:
    return x * logistic(op.beta * x)


CASES = [
    activation(nn.Logistic, lambda torch, op, x: torch.sigmoid(x), lambda op, x: logistic(x)),
    activation(nn.Tanh, lambda torch, op, x: torch.tanh(x), lambda op, x: tanh(x)),
    activation(nn.ReLU, lambda torch, op, x: torch.relu(x), lambda op, x: relu(x)),
    activation(nn.LeakyReLU, leaky_relu, leaky_relu_nodes),
    activation(nn.LeakyReLU, leaky_relu, leaky_relu_nodes, negative_slope=0.3),
    activation(nn.HardLogistic, hard_logistic, hard_logistic_nodes),
    activation(
        nn.HardTanh,
        lambda torch, op, x: torch.nn.functional.hardtanh(x),
        lambda op, x: relu(x + 1) - relu(x - 1) - 1,
    ),
    activation(nn.ELU, elu, elu_nodes),
    activation(nn.ELU, elu, elu_nodes, alpha=0.7),
    activation(nn.Softplus, softplus, softplus_nodes),
    activation(nn.Softplus, softplus, softplus_nodes, beta=3.0),
    activation(nn.Softplus, softplus, softplus_nodes, beta=0.5),
    activation(nn.Swish, swish, swish_nodes),
    activation(nn.Swish, swish, swish_nodes, beta=3.0),
    activation(nn.Swish, swish, swish_nodes, beta=0.0),
]

ABSTRACT = {nn.Activation}
