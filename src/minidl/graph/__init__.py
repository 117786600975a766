"""The computational graph: expressions that know their gradients."""

from minidl.graph.functions import absolute, exp, log, logistic, matmul, relu, tanh, total
from minidl.graph.node import Constant, Node, Result, Variable
from minidl.graph.operations import Operation

__all__ = [
    "Constant",
    "Node",
    "Operation",
    "Result",
    "Variable",
    "absolute",
    "exp",
    "log",
    "logistic",
    "matmul",
    "relu",
    "tanh",
    "total",
]
