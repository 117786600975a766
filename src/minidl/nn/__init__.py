"""Layers: affine maps, convolutions, poolings, activations, dropout, norms, look-ups, parts."""

from minidl.nn.activation import Activation
from minidl.nn.avg_pool import AvgPool1d, AvgPool2d, GlobalAvgPool
from minidl.nn.batch_norm import BatchNorm, BatchNorm1d, BatchNorm2d
from minidl.nn.conv import Conv1d, Conv2d
from minidl.nn.conv_simple import conv1d_simple, conv2d_simple
from minidl.nn.dropout import Dropout
from minidl.nn.embedding import Embedding
from minidl.nn.flatten import Flatten
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
from minidl.nn.max_pool import MaxPool1d, MaxPool2d
from minidl.nn.rectifiers import ELU, LeakyReLU, ReLU, Softplus, Swish
from minidl.nn.residual import Residual
from minidl.nn.saturating import HardLogistic, HardTanh, Logistic, Tanh
from minidl.nn.sequential import Sequential
from minidl.nn.softmax import LogSoftmax, Softmax
from minidl.nn.stacked import StackedLinear, stack, unstack
from minidl.nn.stacked_ops import StackedOps

__all__ = [
    "ELU",
    "Activation",
    "AvgPool1d",
    "AvgPool2d",
    "BatchNorm",
    "BatchNorm1d",
    "BatchNorm2d",
    "Conv1d",
    "Conv2d",
    "Dropout",
    "Embedding",
    "Flatten",
    "GlobalAvgPool",
    "HardLogistic",
    "HardTanh",
    "LayerNorm",
    "LeakyReLU",
    "Linear",
    "LogSoftmax",
    "Logistic",
    "MaxPool1d",
    "MaxPool2d",
    "ReLU",
    "Residual",
    "Sequential",
    "Softmax",
    "Softplus",
    "StackedLinear",
    "StackedOps",
    "Swish",
    "Tanh",
    "conv1d_simple",
    "conv2d_simple",
    "he_normal",
    "he_uniform",
    "normal",
    "stack",
    "standard_normal",
    "unstack",
    "xavier_normal",
    "xavier_uniform",
    "zeros",
]
