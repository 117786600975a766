"""Answers that were once told something untrue: each diagnosis names what is really wrong."""

import numpy as np
import pytest

from minidl.exercises import exercise
from minidl.lessons.backpropagation.mistakes.network import pops_the_layers
from minidl.lessons.debugging import solutions as debugging
from minidl.lessons.graph.mistakes.faulty_nodes import each_parent_once, node, sends_parents_off
from minidl.lessons.moons import solutions as moons
from minidl.lessons.moons.mistakes.log_of_zero import clipped_at_the_cut


def divided_by_labels(p, y):
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) / y.sum()


def to_the_last_digit(report):
    """Return a right name, had slopes been measured without an error."""
    names = {-1: "wrong sign", report["samples"]: "missing 1/N", 1: ""}
    name = names.get(report["slope"], "wrong formula")
    return name if name and report["inputs"] < 3 else debugging.diagnose(report)


def exact_and_more(report):
    """Return a name of a slope to the last digit, and take every fall for a wrong sign."""
    if report["slope"] < 0 and report["inputs"] < 3:
        return "wrong sign"
    return to_the_last_digit(report)


CASES = [
    ("debugging/diagnose", to_the_last_digit, "exactly-one", "hardly ever exactly 1, −1 or N"),
    ("debugging/diagnose", exact_and_more, "exactly-one", "hardly ever exactly 1, −1 or N"),
    ("graph/node", each_parent_once(), "parent-counted-once", "a set"),
    ("graph/node", node(back=sends_parents_off), "goes-on", "should not call pass_back"),
    ("moons/log-of-zero", clipped_at_the_cut, "one-log-cut", "rounds to 1"),
    ("moons/bce", divided_by_labels, "divided-by-labels", "the number of points of class 1"),
    ("moons/bce", lambda p, y: moons.bce(p, y) * p.size, "missing-mean", "not the mean"),
    ("backpropagation/network", pops_the_layers, "changes-the-list", "as `pop`"),
]


@pytest.mark.parametrize(("name", "answer", "diagnosis", "words"), CASES)
def test_a_diagnosis_says_what_is_true(name, answer, diagnosis, words):
    outcome = exercise(name)(answer)
    assert outcome.diagnosis == diagnosis
    assert words in outcome.text
