"""The computational graph: expressions that know their gradients."""

from minidl.graph.functions import absolute, exp, log, logistic, matmul, relu, tanh, total
from minidl.graph.node import Constant, Node, Result, apply
from minidl.graph.operations import Operation
from minidl.graph.variable import Variable

__all__ = [
    "Constant",
    "Node",
    "Operation",
    "Result",
    "Variable",
    "absolute",
    "apply",
    "exp",
    "log",
    "logistic",
    "matmul",
    "relu",
    "tanh",
    "total",
]
