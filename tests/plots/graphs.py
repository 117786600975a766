"""Graphs of several shapes, to be drawn."""

import numpy as np

from minidl.graph import Variable, exp, logistic, tanh


def adaline():
    w, x = Variable(0.5, name="w"), Variable(2.6, name="x")
    return abs(w * x + Variable(0.1, name="b") - Variable(6.2, name="y"))


def neuron(x, name):
    return logistic(Variable(0.5, name=f"w{name}") * x + Variable(-0.0123, name=f"b{name}"))


def two_neurons():
    x = Variable(2.0, name="x")
    return Variable(-1.25, name="v1") * neuron(x, 1) + Variable(-2.5, name="v2") * neuron(x, 2)


def used_often():
    a = Variable(-1.2345, name="a")
    return a * a + exp(a) * a


def on_arrays():
    h = tanh(Variable(np.ones((4, 2)), name="X") @ Variable(np.ones((2, 3)), name="W") + [[1.0]])
    h.name = "mean of hidden"
    return (h**2).sum() / 12


def fanned_out():
    a, b, c = (Variable(i + 1.0, name=name) for i, name in enumerate("abc"))
    return (a + b) * (b + c) - (a + c) * (a + b + c)


GRAPHS = [adaline, two_neurons, used_often, on_arrays, fanned_out, lambda: Variable(1.0, name="a")]
