"""Hostile answers in the lesson on the graph that no change of one place makes."""

import numpy as np

from minidl.lessons.graph import solutions as right
from minidl.lessons.graph.mistakes.faulty_nodes import node


def smoothed(sign):
    def step(w, b, x, y, lr_w, lr_b):
        s = sign(w * x + b - y)
        return w - lr_w * s * x, b - lr_b * s

    return step


def passes_back_twice_at_most(self, operation, a, b):
    self.times = getattr(self, "times", 0) + 1
    if self.times <= 2:
        right.Node.pass_back(self)


def limits_gradients(self, operation, a, b):
    right.Node.pass_back(self)
    a.grad, b.grad = np.clip(a.grad, -1e4, 1e4), np.clip(b.grad, -1e4, 1e4)


def clears_inner_gradients(nodes):
    value = right.run(nodes)
    for each in nodes[:-1]:
        each.grad = 0.0 if each.parents else each.grad
    return value


WRITTEN = {
    "step": {
        "a tanh for the sign": smoothed(lambda e: np.tanh(100 * e)),
        "a very steep tanh for the sign": smoothed(lambda e: np.tanh(1e9 * e)),
        "no error below a tolerance": smoothed(lambda e: np.sign(e) * (abs(e) > 1e-12)),
        "large inputs are cut off": lambda w, b, x, *rest: right.step(w, b, min(x, 1e4), *rest),
    },
    "node": {
        "passes back twice at most": node(back=passes_back_twice_at_most),
        "limits the gradients": node(back=limits_gradients),
    },
    "run": {"clears the inner gradients": clears_inner_gradients},
    "inputs": {"ten at most": lambda *args: right.inputs_of(*args)[:10]},
}
