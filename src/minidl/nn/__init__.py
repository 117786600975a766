"""Layers: affine maps, convolutions, look-ups, activations, softmax, dropout, norms, a row."""

from minidl.nn.activation import Activation
from minidl.nn.batch_norm import BatchNorm, BatchNorm1d, BatchNorm2d
from minidl.nn.conv import Conv2d
from minidl.nn.dropout import Dropout
from minidl.nn.embedding import Embedding
from minidl.nn.init import (
    he_normal,
    he_uniform,
    normal,
    standard_normal,
    xavier_normal,
    xavier_uniform,
    zeros,
)
from minidl.nn.layer_norm import LayerNorm
from minidl.nn.linear import Linear
from minidl.nn.rectifiers import ELU, LeakyReLU, ReLU, Softplus, Swish
from minidl.nn.saturating import HardLogistic, HardTanh, Logistic, Tanh
from minidl.nn.sequential import Sequential
from minidl.nn.softmax import LogSoftmax, Softmax

__all__ = [
    "ELU",
    "Activation",
    "BatchNorm",
    "BatchNorm1d",
    "BatchNorm2d",
    "Conv2d",
    "Dropout",
    "Embedding",
    "HardLogistic",
    "HardTanh",
    "LayerNorm",
    "LeakyReLU",
    "Linear",
    "LogSoftmax",
    "Logistic",
    "ReLU",
    "Sequential",
    "Softmax",
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
