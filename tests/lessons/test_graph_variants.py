"""Mistakes of the lesson on the graph that come in several forms and get one diagnosis."""

import numpy as np
import pytest

from minidl.exercises import exercise
from minidl.lessons.graph import solutions as right
from minidl.lessons.graph.mistakes.faulty_nodes import node
from minidl.lessons.graph.mistakes.inputs import from_moves
from minidl.lessons.graph.mistakes.step import moved


def takes_nodes_out(nodes):
    value = right.run(nodes)
    nodes.pop()
    return value


def divides(node, operation, a, b):
    """Divide NumPy numbers, which gives nan and a warning instead of an error."""
    a.grad += node.grad * (1.0 if operation == "+" else np.float64(node.value) / a.value)
    b.grad += node.grad * (1.0 if operation == "+" else np.float64(node.value) / b.value)


def lists_for_ever(last):
    """Look through a list, which asks nothing of the nodes."""
    found, waiting = [], [last]
    while waiting:
        if waiting[0] not in found:
            found.append(waiting[0])
            waiting.extend(waiting[0].parents)
    return found


def reads_parents_for_ever(last):
    waiting = [last]
    while waiting:
        for parent in waiting[0].parents:
            waiting = [waiting[0], parent]
    return waiting


def prints_the_order(last):
    print(sorted(right.order_of(last), key=lambda each: each.number))  # noqa: T201


def zeroes_leaves_too_late(nodes):
    for each in nodes:
        each.forward()
        each.grad = each.grad if each.operation else 0.0
    nodes[-1].grad = 1.0
    for each in reversed(nodes):
        each.pass_back()
    return nodes[-1].value


def forward_on_the_way_back(nodes):
    for each in nodes:
        each.grad = 0.0
    nodes[-1].grad = 1.0
    for each in reversed(nodes):
        each.pass_back()
        each.forward()
    for each in nodes:
        each.forward()
    return nodes[-1].value


def takes_nodes_for_ever(nodes):
    while nodes:
        nodes[-1].pass_back()


VARIANTS = [
    ("graph/node", "no-value", node(forward=lambda self: None)),
    ("graph/node", "divides-by-a-factor", node(back=divides)),
    ("graph/order", "endless", lists_for_ever),
    ("graph/order", "endless", reads_parents_for_ever),
    ("graph/order", "returns-nothing", prints_the_order),
    ("graph/run", "adds-to-old", zeroes_leaves_too_late),
    ("graph/run", "old-values", forward_on_the_way_back),
    ("graph/run", "endless", takes_nodes_for_ever),
    ("graph/run", "changes-the-list", takes_nodes_out),
    ("graph/step", "divides-by-zero", moved(lambda e: np.float64(e) / np.abs(e))),
    ("graph/inputs", "hard-coded-rates", from_moves(lambda dw, db, lr_w, lr_b: dw / db * 2)),
    ("graph/inputs", "hard-coded-rates", from_moves(lambda dw, db, a, b: dw / a / db * 0.1)),
    ("graph/inputs", "rounded", from_moves(lambda dw, db, a, b: np.trunc(dw / db * b / a))),
    ("graph/inputs", "rounded", from_moves(lambda dw, db, a, b: np.floor(dw / db * b / a))),
]


@pytest.mark.parametrize(("name", "diagnosis", "answer"), VARIANTS)
def test_each_form_of_a_mistake_gets_its_diagnosis(name, diagnosis, answer):
    assert exercise(name)(answer).diagnosis == diagnosis


def test_a_number_of_a_pair_is_called_by_its_name():
    text = exercise("graph/step")(moved(b_factor=lambda x: x)).text
    assert "the new b: expected 0.25, received 0." in text


def test_a_set_of_nodes_is_called_a_set():
    assert exercise("graph/order")(lambda last: {last}).text.endswith("received a set.")


def test_an_order_is_called_the_learners_own():
    text = exercise("graph/order")(lambda last: right.order_of(last)[::-1]).text
    assert text.endswith("e = f(c, d): received e, d, c, b, a.")
