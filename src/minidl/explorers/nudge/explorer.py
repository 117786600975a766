"""The nudge explorer: a nudge travels forward through a small machine, and slopes come back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.explorers.nudge.machine import DIALS, RESULTS, Machine
from minidl.explorers.nudge.picture import (
    HEIGHT,
    TURNED,
    WIDTH,
    NudgeArtists,
    draw_nudge,
    update_nudge,
)
from minidl.explorers.nudge.view import NudgeView
from minidl.plots.numbers import significant
from minidl.widgets.controls import choice, int_slider, slider
from minidl.widgets.explorer import Explorer, Figure, State

Array = npt.NDArray[Any]

TURNS = (*((name,) for name in RESULTS), ("y",), ("a", "v"), ("z",), ("p", "b"), ("w", "x"))
"""What is reached in each step: forward from link to link, then back."""
FORWARD = len(RESULTS)
POINTS = 141  # of the curve: one at each twentieth, so that its corners are sharp
TOOLTIPS = {
    "w": "What multiplies x.",
    "x": "What goes in.",
    "b": "What is added.",
    "v": "What multiplies the rest.",
}
FIRST = Machine(w=2.0, x=3.0, b=-1.0, v=-1.5)


class NudgeExplorer(Explorer[NudgeArtists, NudgeView]):
    """Four dials of the machine y = max(w·x + b, 0)·v, and a nudge of one → what becomes of it.

    Parameters
    ----------
    **start
        First values of controls: `step`, `dial`, `by`, and the dials `w`, `x`, `b` and `v`.

    Examples
    --------
    >>> explorer = NudgeExplorer(step=4)
    >>> explorer.status.rpartition(", ")[2]
    'y by −0.45: −4.5 times as far as w.'
    >>> explorer.close()
    """

    alt = (
        "Above, a chain from w over p, z and a to y, with x, b and v below it, their values and "
        "slopes. Below, left y along the nudged dial, right the slope of each dial"
    )
    size = (WIDTH, HEIGHT)

    def make_controls(self) -> dict[str, Any]:
        """Return the step, the nudge and the four dials."""
        dials = {
            name: slider(f"Dial {name}", value, low=-3, high=3, step=0.1, tooltip=TOOLTIPS[name])
            for name, value in vars(FIRST).items()
        }
        return {
            "step": int_slider(
                "Step", len(TURNS), low=1, high=len(TURNS),
                tooltip="The nudge goes forward to y, then slopes come back.",
            ),
            "dial": choice("Nudge the dial", "w", options=DIALS, tooltip="Which one is nudged."),
            "by": slider(
                "Nudge it by", 0.1, low=0.1, high=1, step=0.1, tooltip="How far it is turned."
            ),
            **dials,
        }  # fmt: skip

    def compute(self, state: State) -> NudgeView:
        """Run the machine before and after the nudge, and walk back as far as the step asks."""
        machine = Machine(*(getattr(state, name) for name in DIALS))
        nudged, turn = machine.turned(state.dial, state.by), TURNS[state.step - 1]
        forward = {*DIALS, *RESULTS[: state.step]}
        back = {name for names in TURNS[FORWARD : state.step] for name in names}
        return NudgeView(
            dial=state.dial,
            turn=turn,
            before=machine.values(),
            after={name: value for name, value in nudged.values().items() if name in forward},
            slopes={name: slope for name, slope in machine.slopes().items() if name in back},
            factors=machine.factors(),
            measured={name: times_as_far(machine, name, state.by) for name in DIALS},
            curve=curve_along(machine, state.dial),
        )

    def draw(self, figure: Figure) -> NudgeArtists:
        """Draw the chain and the empty panels."""
        return draw_nudge(figure)

    def update(self, artists: NudgeArtists, view: NudgeView) -> None:
        """Show the step."""
        update_nudge(artists, view)

    def sentence(self, state: State, view: NudgeView) -> str:
        """Say what moves how far, and what has come back."""
        words = forward_words(view) if state.step <= FORWARD else backward_words(view, state.by)
        return f"Step {state.step} of {len(TURNS)}, {words}"


def times_as_far(machine: Machine, dial: str, nudge: float) -> float:
    """Return how many times as far y moves as a dial, the others held still.

    Examples
    --------
    >>> round(times_as_far(FIRST, "w", 0.1), 9)
    -4.5
    """
    y, moved = machine.values()["y"], machine.turned(dial, nudge).values()["y"]
    return (moved - y) / nudge


def curve_along(machine: Machine, dial: str) -> Array:
    """Return positions of a dial and y at each, the other dials held still, shape (2, N).

    Examples
    --------
    >>> curve_along(FIRST, "v")[:, :2].tolist()
    [[-3.0, -2.95], [-15.0, -14.75]]
    """
    places = np.linspace(*TURNED, POINTS)
    from_here = places - getattr(machine, dial)
    return np.array([places, [machine.turned(dial, by).values()["y"] for by in from_here]])


def forward_words(view: NudgeView) -> str:
    """Return how far each link moves that the nudge has reached."""
    start, end = view.before[view.dial], view.after[view.dial]
    reached = [name for name in RESULTS if name in view.after]
    moves = [f"{name} by {significant(view.after[name] - view.before[name])}" for name in reached]
    text = f"{view.dial} goes from {significant(start)} to {significant(end)}"
    text = f"forward: {text}. {', '.join(moves).replace(' by', ' moves by', 1)}"
    if "y" not in view.after:
        return f"{text}."
    return f"{text}: {significant(view.measured[view.dial])} times as far as {view.dial}."


def backward_words(view: NudgeView, by: float) -> str:
    """Return the slopes that have come back, beside what nudging each dial gives at the end."""
    text = f"back: slopes {_listed(view.slopes)}."
    if view.slopes.keys() >= set(DIALS):
        text += f" Each dial nudged alone, by {significant(by)}: {_listed(view.measured)}."
    z, nudged = view.before["z"], view.after["z"]
    if z <= 0 and "z" in view.slopes:
        text += " z is not above 0: the max lets nothing through."
    if (z > 0) != (nudged > 0):
        text += f" This nudge of {view.dial} carries z across 0, where the max bends."
    return text


def _listed(numbers: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {significant(number)}" for name, number in numbers.items())
