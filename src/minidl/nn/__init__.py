"""Layers: the affine map, the activations, dropout, and a way to put them in a row."""

from minidl.nn.activation import Activation
from minidl.nn.dropout import Dropout
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
from minidl.nn.rectifiers import ELU, LeakyReLU, ReLU, Softplus, Swish
from minidl.nn.saturating import HardLogistic, HardTanh, Logistic, Tanh
from minidl.nn.sequential import Sequential

__all__ = [
    "ELU",
    "Activation",
    "Dropout",
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
