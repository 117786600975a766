"""Random graphs of random operations on random shapes, against numerical gradients."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from minidl.graph import Node, Variable, absolute, exp, log, logistic, matmul, relu, tanh
from tests.graph.agreeing import assert_gradients_agree

# Any two of these can be broadcast to one, and so can what is computed from them.
SHAPES = [(), (1,), (3,), (2, 1), (1, 3), (2, 3), (4, 1, 1), (4, 2, 3)]
SQUARE = (3, 3)  # for matrix products, which keep the shape of the left factor

LARGEST, CLEAR = 30.0, 0.05  # no number is larger, and none is this near to a kink or a pole


def anywhere(*_: np.ndarray) -> bool:
    return True


def first_is_clear_of_0(a: np.ndarray) -> bool:
    return bool((np.abs(a) > CLEAR).all())


def first_is_above_0(a: np.ndarray, *_: np.ndarray) -> bool:
    return bool((a > 0.2).all())


def second_is_clear_of_0(_: np.ndarray, b: np.ndarray) -> bool:
    return bool((np.abs(b) > 0.2).all())


class Step(NamedTuple):
    """An operation, on how many nodes it works, and where it has a moderate slope."""

    write: Callable[..., Node]
    operands: int
    suits: Callable[..., bool] = anywhere


STEPS = [
    Step(lambda a, b: a + b, 2),
    Step(lambda a, b: a - b, 2),
    Step(lambda a, b: a * b, 2),
    Step(lambda a, b: a / b, 2, second_is_clear_of_0),
    Step(lambda a, b: a**b, 2, first_is_above_0),
    Step(lambda a: a**2, 1),
    Step(lambda a: 2 - a, 1),
    Step(lambda a: 1.5**a, 1),
    Step(lambda a: -a, 1),
    Step(absolute, 1, first_is_clear_of_0),
    Step(relu, 1, first_is_clear_of_0),
    Step(exp, 1),
    Step(log, 1, first_is_above_0),
    Step(logistic, 1),
    Step(tanh, 1),
    Step(lambda a: a.sum(), 1),
    Step(lambda a: a.sum(-1, keepdims=True), 1, lambda a: a.ndim > 0),
    Step(lambda a: a.sum(0), 1, lambda a: a.ndim > 0 and a.shape in [(3,), (1, 3), (2, 3)]),
    Step(lambda a, m: matmul(a, m), 1, lambda a: a.ndim > 1 and a.shape[-1] == 3),
]


class Line(NamedTuple):
    """A line of a program: an operation and the places of its operands among the nodes."""

    step: Step
    places: list[int]


def run(program: list[Line], inputs: tuple[Node, ...]) -> list[Node]:
    """Return the nodes that a program makes; the last of the inputs is the square matrix."""
    *nodes, square = inputs
    for step, places in program:
        more = [square] if step.write is STEPS[-1].write else []
        nodes.append(step.write(*[nodes[place] for place in places], *more))
    return nodes


def is_moderate(line: Line, program: list[Line], arrays: list[np.ndarray]) -> bool:
    """Whether a further line works where slopes are, and makes numbers that are not too large."""
    nodes = run(program, tuple(map(Variable, arrays)))
    if not line.step.suits(*[nodes[place].value for place in line.places]):
        return False
    try:
        made = run([*program, line], tuple(map(Variable, arrays)))[-1]
    except ValueError:  # the result is infinite
        return False
    return bool((np.abs(made.value) < LARGEST).all())


@st.composite
def programs(draw: Any) -> tuple[list[Line], list[np.ndarray]]:
    shapes = draw(st.lists(st.sampled_from(SHAPES), min_size=1, max_size=3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sizes = [rng.uniform(0.3, 1.5, shape) for shape in [*shapes, SQUARE]]
    arrays = [size * rng.choice([-1, 1, 1], size.shape) for size in sizes]
    program: list[Line] = []
    for _ in range(draw(st.integers(1, 7))):
        step = draw(st.sampled_from(STEPS))
        place = st.integers(0, len(shapes) + len(program) - 1)
        line = Line(step, draw(st.lists(place, min_size=step.operands, max_size=step.operands)))
        if is_moderate(line, program, arrays):
            program.append(line)
    return program, arrays


@given(programs())
def test_random_graphs_have_the_numerical_gradient(drawn: tuple[list[Line], list[np.ndarray]]):
    program, arrays = drawn

    def build(*inputs: Node) -> Node:
        *most, last = run(program, inputs)
        return sum(most, start=0.5 * last)  # the earlier nodes count once more on their own

    assert_gradients_agree(build, arrays, tolerance=1e-5)


@given(programs(), st.integers(0, 2**32 - 1))
def test_random_graphs_computed_anew_are_as_if_built_anew(
    drawn: tuple[list[Line], list[np.ndarray]], seed: int
):
    program, arrays = drawn
    variables = tuple(map(Variable, arrays))
    last = run(program, variables)[-1]
    rng = np.random.default_rng(seed)
    moved = [array * rng.uniform(0.99, 1.01, array.shape) for array in arrays]
    for variable, array in zip(variables, moved, strict=True):
        variable.value = array
    last.forward()
    last.backward(np.ones_like(last.value))
    others = tuple(map(Variable, moved))
    fresh = run(program, others)[-1]
    fresh.backward(np.ones_like(fresh.value))
    np.testing.assert_array_equal(last.value, fresh.value)
    for variable, other in zip(variables, others, strict=True):
        if other.grad is not None:
            np.testing.assert_array_equal(variable.grad, other.grad)
