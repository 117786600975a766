"""Two results may come as a tuple or as a list, in every exercise that asks for two."""

import numpy as np
import pytest

from minidl.checking.kinds import expect_two
from minidl.checking.verdicts import WrongAnswer
from minidl.exercises import exercise
from tests.lessons.helpers import all_exercises

PAIRS = {
    "neurons/from-pytorch",
    "neurons/collapse",
    "moons/arcs",
    "graph/step",
    "backpropagation/network",
    "training/train",
    "training/best",
    "regularization/l2",
    "regularization/paired",
    "losses/constants",
    "losses/smooth-l1",
    "losses/hinge",
    "likelihood/cross-entropy",
    "likelihood/weighted",
}
TASKS = [task for task in all_exercises() if task.name in PAIRS]


def returning(kind, function):
    return lambda *args: kind(function(*args))


def with_a_third(function):
    return lambda *args: (*function(*args), 0.0)


def test_every_pair_is_tested():
    assert {task.name for task in TASKS} == PAIRS


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
@pytest.mark.parametrize("kind", [tuple, list])
def test_a_tuple_and_a_list_of_two_are_right(task, kind):
    outcome = exercise(task.name)(returning(kind, task.solution))
    assert outcome.right, outcome


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
@pytest.mark.parametrize(
    "broken",
    [
        with_a_third,
        lambda function: returning(lambda pair: pair[:1], function),
        lambda function: returning(lambda pair: dict(enumerate(pair)), function),
        lambda function: returning(lambda pair: "no", function),
    ],
    ids=["three", "one", "a dict", "a text"],
)
def test_anything_else_is_not_a_pair(task, broken):
    assert exercise(task.name)(broken(task.solution)).diagnosis == "not-a-pair"


def test_two_numbers_may_come_in_an_array():
    step = next(task for task in TASKS if task.name == "graph/step").solution
    assert exercise("graph/step")(returning(np.array, step)).right


def test_an_array_of_two_rows_is_no_pair():
    with pytest.raises(WrongAnswer, match=r"Expected W and b, received \[\[0, 0\], \[0, 0\]\]"):
        expect_two(np.zeros((2, 2)), "W and b")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ((1, object(), 3), "a tuple of 3: int and object and int"),
        ({"of": object()}, "a dict"),
        (np.float64(0.25), "0.25"),
        (abs, "the function abs"),
    ],
)
def test_what_came_in_place_of_a_pair_is_told_without_addresses(value, words):
    with pytest.raises(WrongAnswer) as caught:
        expect_two(value, "two")
    assert caught.value.sentence == f"Expected two, received {words}."
