"""Layers: the affine map, the activations, and a way to put them in a row."""

from minidl.nn.activations import (
    ELU,
    Activation,
    HardLogistic,
    HardTanh,
    LeakyReLU,
    Logistic,
    ReLU,
    Softplus,
    Swish,
    Tanh,
)
from minidl.nn.init import (
    he_normal,
    he_uniform,
    normal,
    standard_normal,
    xavier_normal,
    xavier_uniform,
    zeros,
)
from minidl.nn.linear import Linear
from minidl.nn.sequential import Sequential

__all__ = [
    "ELU",
    "Activation",
    "HardLogistic",
    "HardTanh",
    "LeakyReLU",
    "Linear",
    "Logistic",
    "ReLU",
    "Sequential",
    "Softplus",
    "Swish",
    "Tanh",
    "he_normal",
    "he_uniform",
    "normal",
    "standard_normal",
    "xavier_normal",
    "xavier_uniform",
    "zeros",
]
