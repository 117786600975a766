"""Mistakes of the lesson on the graph that come in several forms and get one diagnosis."""

import numpy as np
import pytest

from minidl.exercises import exercise
from minidl.exercises.solutions import graph as right
from tests.exercises.mistakes.graph import from_moves, moved, node


def takes_nodes_out(nodes):
    value = right.run(nodes)
    nodes.pop()
    return value


VARIANTS = [
    ("graph/node", "no-value", node(forward=lambda self: None)),
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
