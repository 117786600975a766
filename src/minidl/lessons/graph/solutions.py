"""Solutions of the exercises in the lesson on the computational graph."""

from itertools import count

import numpy as np

counter = count()


class Node:
    """A sum, a product, or a number without parents."""

    def __init__(self, value=None, operation="", parents=()):
        self.value, self.grad = value, 0.0
        self.operation, self.parents = operation, parents
        self.number = next(counter)
        self.forward()

    def __add__(self, other):
        return Node(operation="+", parents=(self, other))

    def __mul__(self, other):
        return Node(operation="·", parents=(self, other))

    def forward(self):
        if self.operation == "+":
            a, b = self.parents
            self.value = a.value + b.value
        elif self.operation == "·":
            a, b = self.parents
            self.value = a.value * b.value

    def pass_back(self):
        if self.operation == "+":
            a, b = self.parents
            a.grad += self.grad
            b.grad += self.grad
        elif self.operation == "·":
            a, b = self.parents
            a.grad += self.grad * b.value
            b.grad += self.grad * a.value


def order_of(last):
    found, waiting = set(), [last]
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting.extend(node.parents)
    return sorted(found, key=lambda node: node.number)


def run(nodes):
    for node in nodes:
        node.forward()
        node.grad = 0.0
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        node.pass_back()
    return nodes[-1].value


def step(w, b, x, y, lr_w, lr_b):
    error = w * x + b - y
    sign = np.sign(error)  # 1, −1, or 0 at the kink
    return w - lr_w * sign * x, b - lr_b * sign


def inputs_of(trace, lr_w, lr_b):
    xs = []
    for i in range(len(trace) - 1):
        (w, b), (next_w, next_b) = trace[i], trace[i + 1]
        xs.append(((next_w - w) / lr_w) / ((next_b - b) / lr_b))  # both have the factor −sign(e)
    return xs
