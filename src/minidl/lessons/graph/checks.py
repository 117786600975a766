"""Exercises of the lesson "The computational graph"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import Suspect, expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.expecting import expect_two
from minidl.checking.showing import describe_answer, show
from minidl.checking.verdicts import WrongAnswer, expect, wrong
from minidl.lessons.graph import solutions as solutions
from minidl.lessons.graph.loops import ask_ending
from minidl.lessons.graph.nodes import NODE, expect_pair
from minidl.lessons.graph.order import ORDER, RUN

Array = npt.NDArray[Any]

TRACE = [
    (0.00, 0.00), (0.13, 0.10), (0.36, 0.20), (0.58, 0.10), (0.74, 0.00), (1.13, 0.10),
    (1.43, 0.20), (1.62, 0.30), (1.94, 0.20), (1.50, 0.30), (1.87, 0.40),
]  # fmt: skip
"""The machine's w and b before the first and after each of ten points."""
RATES = (0.05, 0.1)
"""The machine's learning rates for w and for b."""
ABOVE = (3.0, 0.5, 2.0, 5.0, 0.5, 0.25)  # w, b, x, y, lr_w, lr_b, with the line above the point
BELOW = (0.0, 0.0, -2.0, 1.5, 0.5, 0.25)
RAISED = (1.0, 3.0, 2.0, 4.0, 0.5, 0.25)  # b alone lifts the line above the point
ON = (2.0, 1.0, 3.0, 7.0, 0.5, 0.25)


def check_step(step: Any) -> None:
    """Check one step of the machine, on both sides of the line and on it."""
    sentence = (
        "This makes the error larger: against the gradient is minus. Or is your error turned "
        "round? e = w·x + b − y."
    )
    _expect_step(step, ABOVE, Suspect("uphill", _moved(ABOVE, -1), sentence))
    sentence = "Right above the line, and wrong below it: where is the sign of the error?"
    _expect_step(step, BELOW, Suspect("sign-left-out", _moved(BELOW, -1), sentence))
    sentence = "Here b alone lifts the line above the point. Is + b in your error, w·x + b − y?"
    _expect_step(step, RAISED, Suspect("b-left-out", _moved(RAISED, -1), sentence))
    w, b = pair = _on_the_line(lambda: _ask_pair(step, ON))
    expect(
        bool(np.allclose(pair, ON[:2])), "moves-at-zero",
        f"With an error of exactly 0 the line moves to ({show(w)}, {show(b)}). There we take the "
        "slope 0, as PyTorch does: `np.sign(0)` is 0.",
    )  # fmt: skip


def _on_the_line(ask_there: Callable[[], Array]) -> Array:
    """Return the pair at an error of 0, by which nothing can be divided."""
    advice = "Where the error is exactly 0, nothing can be divided by it: take the slope 0."
    try:
        pair = ask_there()
    except WrongAnswer as fault:
        if "ZeroDivisionError" not in fault.sentence:
            raise
        wrong("divides-by-zero", f"{fault.sentence} {advice}")
    expect(
        bool(np.isfinite(pair).all()), "divides-by-zero", f"The new line is not finite. {advice}"
    )
    return pair


def _expect_step(step: Any, args: tuple[float, ...], suspect: Suspect) -> None:
    w, b, x, y, lr_w, lr_b = args
    size = abs(w * x + b - y)
    suspects = [
        suspect,
        Suspect("size-counts", _moved(args, size), "The slope of |e| is 1 or −1, however large "
                "e is."),
        Suspect("w-without-x", _moved(args, x_in_w=False), "w acts through w·x: its gradient has "
                "the factor x."),
        Suspect("b-with-x", _moved(args, x_in_b=True), "b is added as it is: no factor x."),
        Suspect("rates-swapped", _moved((w, b, x, y, lr_b, lr_w)), "Each has its own rate."),
        Suspect("w-stays", (w, _moved(args)[1]), "w has to move, too."),
        Suspect("order", _moved(args)[::-1], "The order is w, b."),
        Suspect("moves-only", np.subtract(_moved(args), (w, b)), "These are the moves: add the "
                "old w and b."),
        Suspect("gradients-only", np.sign(w * x + b - y) * np.array([x, 1.0]), "These are the "
                "gradients. A step subtracts each, times its rate, from the old w and b."),
        Suspect("new-w-for-b", (_moved(args)[0], _moved(args, -1)[1]), "b's step has to take the "
                "error from before w has moved."),
    ]  # fmt: skip
    names = ("w", "b", "x", "y", "lr_w", "lr_b")
    expect_pair(
        _ask_pair(step, args).tolist(), solutions.step(*args), names=("the new w", "the new b"),
        given=", ".join(f"{name} = {show(n)}" for name, n in zip(names, args, strict=True)),
        what="the new pair (w, b)", diagnosis="step", suspects=suspects,
    )  # fmt: skip


def _moved(
    args: tuple[float, ...], size: float = 1, *, x_in_w: bool = True, x_in_b: bool = False
) -> tuple[float, float]:
    """Return w and b after a step of another size or with the factor x in other places."""
    w, b, x, y, lr_w, lr_b = args
    pull = size * np.sign(w * x + b - y)
    return w - lr_w * pull * (x if x_in_w else 1), b - lr_b * pull * (x if x_in_b else 1)


def _ask_pair(step: Any, args: tuple[float, ...]) -> Array:
    pair = ask(step, *args)
    pair = pair.tolist() if isinstance(pair, np.ndarray) else pair  # two numbers may come so, too
    return np.array([_number(n) for n in expect_two(pair, "two numbers, `return w, b`")])


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        wrong("not-one-number", f"Expected a number, received {describe_answer(value)}.")


def check_inputs(inputs_of: Any) -> None:
    """Check that the inputs are read off the trace, and off another machine's."""
    advice = "Does it go on to the next pair each time, as by `i += 1`?"
    _expect_inputs(ask_ending(inputs_of, TRACE, *RATES, advice=advice), TRACE, RATES, "the trace")
    xs, other = (1.5, -0.5, 8.0, -3.0), [(0.0, 0.0)]
    for x in xs:
        other.append(solutions.step(*other[-1], x, 3.0 - x, 0.2, 0.5))
    where = "another trace, with lr_w = 0.2 and lr_b = 0.5, of a machine that learns y = 3 − x"
    _expect_inputs(ask(inputs_of, other, 0.2, 0.5), other, (0.2, 0.5), where)


def _expect_inputs(
    found: Any, trace: list[tuple[float, float]], rates: tuple[float, float], where: str
) -> None:
    if not isinstance(found, (list, tuple, np.ndarray)):
        wrong("not-a-list", f"Expected a list of numbers, received {describe_answer(found)}.")
    xs = np.array([_number(x) for x in found])
    right = np.array(solutions.inputs_of(trace, *rates))
    moves_w, moves_b = np.diff(np.array(trace), axis=0).T
    sentence = f"{len(trace)} pairs have {len(right)} steps between them, received {len(xs)}."
    expect(len(xs) == len(right), "count", sentence)
    whole = np.array_equal(xs, np.round(xs)) and bool((abs(xs - right) < 1).all())
    expect(
        not whole, "rounded",
        f"These are whole numbers, but the inputs need not be: expected {show(right[0])} as the "
        f"first, received {show(xs[0])}.",
    )  # fmt: skip
    suspects = [*_hard_coded(right, rates), *_inputs_suspects(right, rates, moves_w, moves_b)]
    expect_close(
        xs, right, what="the list of inputs", given=where, diagnosis="inputs", suspects=suspects,
    )  # fmt: skip


def _hard_coded(right: Array, rates: tuple[float, float]) -> list[Suspect]:
    other_w, other_b = rates[0] / RATES[0], rates[1] / RATES[1]
    sentence = (
        "Right with the rates of the lesson's trace, 0.05 and 0.1, but here they are others: take "
        "`lr_w` and `lr_b`."
    )
    return [
        Suspect("hard-coded-rates", right * factor, sentence)
        for factor in (other_w / other_b, other_w, 1 / other_b)
    ]


def _inputs_suspects(
    right: Array, rates: tuple[float, float], moves_w: Array, moves_b: Array
) -> list[Suspect]:
    return [
        Suspect("sign-lost", np.abs(right), "The sign of x is lost: b's move has the sign of "
                "the error, w's move that of error times x."),
        Suspect("sign-of-error", moves_w / rates[0], "This is −sign(e)·x. What does b's "
                "move say about sign(e)?"),
        Suspect("turned", -right, "Every sign is turned: both moves go against the gradient."),
        Suspect("rates-left-out", moves_w / moves_b, "Each move contains its own rate."),
        Suspect("rate-of-w-left-out", moves_w * np.sign(moves_b), "The sign is there, but "
                "w's move still contains its rate."),
        Suspect("rates-swapped", moves_w / moves_b * rates[0] / rates[1],
                "Divide w's move by w's rate, and b's by b's."),
        Suspect("upside-down", 1 / right, "Upside down: x stands in w's move."),
    ]  # fmt: skip


STEP = Exercise(
    name="graph/step",
    title="A step by hand",
    check=check_step,
    solution=solutions.step,
    hints=(
        "You have seen both gradients in the stepper: they are products of local derivatives.",
        "With e = w·x + b − y they are sign(e)·x for w and sign(e) for b. `np.sign` has it.",
        "`return w - lr_w * s * x, b - lr_b * s`, where s is the sign of the error.",
    ),
    takeaway="The size of the error is nowhere in it. Keep that in mind.",
)
INPUTS = Exercise(
    name="graph/inputs",
    title="Which ten numbers?",
    check=check_inputs,
    solution=solutions.inputs_of,
    hints=(
        "Look at two neighbours in the trace: by how much does w move, by how much b?",
        "b moves by −lr_b·sign(e): that gives away the sign of the error.",
        "w moves by −lr_w·sign(e)·x. Divide one move by the other, and sign(e) is gone.",
        "x = (Δw / lr_w) / (Δb / lr_b), from `trace[i]` and `trace[i + 1]`.",
    ),
    takeaway="The target y = 2x + 1 was not needed: a gradient carries the input with it.",
)
EXERCISES = (NODE, ORDER, RUN, STEP, INPUTS)
