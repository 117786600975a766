"""The check of the exercise "graph/inputs"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.showing import describe_answer, show_pair
from minidl.checking.verdicts import WrongAnswer, expect, wrong
from minidl.lessons.graph import solutions as solutions
from minidl.lessons.graph.mistakes.inputs import MISTAKES
from minidl.lessons.graph.shared import as_number

TRACE = [
    (0.00, 0.00), (0.13, 0.10), (0.36, 0.20), (0.58, 0.10), (0.74, 0.00), (1.13, 0.10),
    (1.43, 0.20), (1.62, 0.30), (1.94, 0.20), (1.50, 0.30), (1.87, 0.40),
]  # fmt: skip
"""The machine's w and b before the first and after each of ten points."""

RATES = (0.05, 0.1)
"""The machine's learning rates for w and for b."""

RUNS = ((1, 1.0, 0.25), (4, 0.03, 0.7), (6, 2.5, 0.01), (13, 0.4, 0.3))
"""How many inputs other machines get, and their rates."""


def check_inputs(inputs_of: Any) -> None:
    """Check that the inputs are read off the trace, and off another machine's."""
    given = list(TRACE)
    found = _ask_inputs(inputs_of, given)
    expect(given == TRACE, MISTAKES["changes-the-trace"])
    _expect_inputs(found, TRACE, RATES, "the trace")
    xs, other = (1.5, -0.5, 8.0, -3.0), [(0.0, 0.0)]
    for x in xs:
        other.append(solutions.step(*other[-1], x, 3.0 - x, 0.2, 0.5))
    where = "another trace, with lr_w = 0.2 and lr_b = 0.5, of a machine that learns y = 3 − x"
    _expect_inputs(ask(inputs_of, list(other), 0.2, 0.5), other, (0.2, 0.5), where)
    for seed, (length, *rates) in enumerate(RUNS):
        trace = machine(seed, length, *rates)
        where = f"a trace of {length + 1} lines, with lr_w = {rates[0]} and lr_b = {rates[1]}"
        _expect_inputs(ask(inputs_of, list(trace), *rates), trace, (rates[0], rates[1]), where)


def _ask_inputs(inputs_of: Any, trace: list[tuple[float, float]]) -> Any:
    advice = "Does it go on to the next pair each time, as by `i += 1`?"
    try:
        return ask(inputs_of, trace, *RATES, advice=advice)
    except WrongAnswer as fault:
        if "IndexError" not in fault.sentence:
            raise
        lines = len(trace)
        wrong(MISTAKES["one-too-far"], error=fault.sentence, lines=lines, steps=lines - 1)


def machine(seed: int, length: int, lr_w: float, lr_b: float) -> list[tuple[float, float]]:
    """Return the trace of a machine that learns a line of its own from inputs of many sizes."""
    rng = np.random.default_rng(seed)
    trace = [(0.5, -0.25)]
    for x in rng.normal(size=length) * 10.0 ** rng.integers(-1, 5, length):
        w, b = solutions.step(*trace[-1], x, 4.0 - 7.0 * x, lr_w, lr_b)
        trace.append((float(w), float(b)))
    return trace


def _expect_inputs(
    found: Any, trace: list[tuple[float, float]], rates: tuple[float, float], where: str
) -> None:
    if not isinstance(found, (list, tuple, np.ndarray)):
        wrong("not-a-list", f"Expected a list of numbers, received {describe_answer(found)}.")
    xs = np.array([as_number(x) for x in found])
    right = np.array(solutions.inputs_of(trace, *rates))
    expect(
        len(xs) == len(right),
        MISTAKES["count"],
        lines=len(trace),
        steps=len(right),
        received=len(xs),
    )
    for digits in range(8):
        near = bool((abs(xs - right) < 10.0**-digits).all()) and not np.allclose(xs, right, 1e-9)
        rounded = near and np.array_equal(xs, np.round(xs, digits))
        one, own = show_pair(right[0], xs[0])
        expect(not rounded, MISTAKES["rounded"], first=one, received=own, digits=digits)
    expect_close(xs, right, what="the list of inputs", given=where, diagnosis="inputs", rtol=1e-9)


INPUTS = Exercise(
    name="graph/inputs",
    title="Which ten numbers?",
    check=check_inputs,
    solution=solutions.inputs_of,
    mistakes=MISTAKES,
    hints=(
        "Look at two neighbours in the trace: by how much does w move, by how much b?",
        "b moves by −lr_b·sign(e): that gives away the sign of the error.",
        "w moves by −lr_w·sign(e)·x. Divide one move by the other, and sign(e) is gone.",
        "x = (Δw / lr_w) / (Δb / lr_b), from `trace[i]` and `trace[i + 1]`.",
    ),
    takeaway="The target y = 2x + 1 was not needed: a gradient carries the input with it.",
)
