"""Cases of the activations."""

from __future__ import annotations

import functools
from typing import Any

from minidl import nn
from minidl.op import Op
from tests.contracts.op_cases.case import CURVE, OpCase


def activation(kind: type[Op], pytorch: Any, **options: float) -> OpCase:
    return OpCase(
        kind,
        make=lambda dtype, seed: kind(**options),
        x=CURVE,
        y_shape=(4, 3),
        pytorch=lambda torch, op, tensors: functools.partial(pytorch, torch, op),
        label=", ".join(f"{key}={value:g}" for key, value in options.items()),
    )


def leaky_relu(torch: Any, op: Any, x: Any) -> Any:
    return torch.nn.functional.leaky_relu(x, op.negative_slope)


def softplus(torch: Any, op: Any, x: Any) -> Any:
    return torch.nn.functional.softplus(x, op.beta)


def swish(torch: Any, op: Any, x: Any) -> Any:
    return x * torch.sigmoid(op.beta * x)


def elu(torch: Any, op: Any, x: Any) -> Any:
    return torch.nn.functional.elu(x, op.alpha)


CASES = [
    activation(nn.Logistic, lambda torch, op, x: torch.sigmoid(x)),
    activation(nn.Tanh, lambda torch, op, x: torch.tanh(x)),
    activation(nn.ReLU, lambda torch, op, x: torch.relu(x)),
    activation(nn.LeakyReLU, leaky_relu),
    activation(nn.LeakyReLU, leaky_relu, negative_slope=0.3),
    activation(nn.HardLogistic, lambda torch, op, x: torch.clip(0.25 * x + 0.5, 0, 1)),
    activation(nn.HardTanh, lambda torch, op, x: torch.nn.functional.hardtanh(x)),
    activation(nn.ELU, elu),
    activation(nn.ELU, elu, alpha=0.7),
    activation(nn.Softplus, softplus),
    activation(nn.Softplus, softplus, beta=3.0),
    activation(nn.Softplus, softplus, beta=0.5),
    activation(nn.Swish, swish),
    activation(nn.Swish, swish, beta=3.0),
    activation(nn.Swish, swish, beta=0.0),
]
