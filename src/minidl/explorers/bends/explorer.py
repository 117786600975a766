"""Bends that add up to a shape: a few hidden units, set by hand or trained."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from minidl.explorers.bends.picture import HEIGHT, WIDTH, BendsArtists, draw_bends, update_bends
from minidl.explorers.bends.session import (
    LAST_EPOCH,
    MOST,
    BendsSession,
    Unit,
    random_start,
    tidy_start,
)
from minidl.explorers.bends.tasks import (
    BENDS,
    MINE,
    OWN,
    REACH,
    TASKS,
    Mark,
    Task,
    marks_in,
    task_of,
    toggled,
)
from minidl.plots.numbers import plain, signed
from minidl.validation import describe
from minidl.widgets.controls import action, choice, int_slider, slider
from minidl.widgets.playground import Playground
from minidl.widgets.stage import Action, Figure, State

BY_HAND = ("w1", "w2", "b", "v", "c")
ONLY_PLANE = ("w2", "x1", "x2")
PACE = 5  # steps of the optimizer in a frame
FRAME = 0.03  # seconds after which a frame ends, however many it has had


class BendsExplorer(Playground[BendsArtists, BendsSession]):
    """A few units, each with its line, its bend and its weight → their shares, and the sum.

    Parameters
    ----------
    hand : sequence of (w1, w2, b, v), optional
        Your own units, up to eight, in place of those that it starts with.
    bias : float
        The bias of their sum.
    **start
        First values of controls: task, bend, units, unit, seed, x1, x2.

    Examples
    --------
    >>> explorer = BendsExplorer([(1, -1, 0, 1), (-1, 1, 0, 1)], bias=-1)
    >>> explorer.status.partition(":")[0]
    '2 units with ReLU, untrained, have 4 of 4 points on their side. Unit 1'
    >>> explorer.close()
    """

    alt = (
        "Left: the plane with points, the line of each unit and the region where their sum is "
        "positive, or a curve and the sum with its joints. Right, for each unit: its share, and "
        "below it the sum so far"
    )
    size = (WIDTH, HEIGHT)
    midway = ("bend", "units", "unit", *BY_HAND, "x1", "x2")
    clicks = True
    verb = "Train"

    def __init__(self, hand: Sequence[Unit] | None = None, bias: float = 0.0, **start: Any) -> None:
        self._own: list[Mark] = list(OWN)
        self._hand = None if hand is None else (_as_units(hand), float(bias))
        if self._hand is not None:
            start = {"units": len(self._hand[0]), **start}
        super().__init__(**start)

    def make_controls(self) -> dict[str, Any]:
        """Return the controls: the task, the units, the numbers of one of them, a place."""
        weight: dict[str, Any] = {"low": -5, "high": 5, "step": 0.1}
        at: dict[str, Any] = {"low": -REACH, "high": REACH, "step": 0.1}
        return {
            "task": choice(
                "Task", "XOR", options=[*TASKS, MINE], tooltip="What is to be built; begins anew",
            ),
            "bend": choice("Bend", "ReLU", options=list(BENDS), tooltip="The function of a unit"),
            "units": int_slider("Units", 2, low=1, high=MOST, tooltip="How many there are"),
            "unit": int_slider(
                "Unit to set", 1, low=1, high=2, tooltip="Whose numbers the next sliders are",
            ),
            "w1": slider("Its w₁", 1.0, **weight, tooltip="How much z grows with x₁"),
            "w2": slider("Its w₂", 0.0, **weight, tooltip="How much z grows with x₂"),
            "b": slider("Its b", 0.0, **weight, tooltip="Shifts its line or its joint"),
            "v": slider("Its weight v", 1.0, **weight, tooltip="How much of it goes into the sum"),
            "c": slider("Sum's bias c", -0.5, **weight, tooltip="What the sum begins with"),
            "seed": int_slider(
                "Start (0: tidy)", 0, low=0, high=50,
                tooltip="Round numbers, or other random ones; begins anew",
            ),
            "x1": slider("Point's x₁", 0.0, **at, tooltip="Where the button puts a point"),
            "x2": slider("Point's x₂", 0.0, **at, tooltip="Where the button puts a point"),
        }  # fmt: skip

    def make_actions(self) -> dict[str, Action]:
        """Return the buttons."""
        train_and_reset = super().make_actions()
        tooltip = "Put a triangle at the cross; one that is there turns to a circle, then vanishes"
        put = action("Put point", icon="plus", tooltip=tooltip)
        return {
            "play": train_and_reset["play"],
            "put_point": (put, self.put_point),
            "reset": train_and_reset["reset"],
        }

    def highest(self, values: dict[str, Any]) -> dict[str, float]:
        """Return which unit is the last that can be set."""
        units = values.get("units", self.controls["units"].value)
        return {"unit": max(2, units)} if units in range(1, MOST + 1) else {}

    def begin(self, state: State) -> BendsSession:
        """Return the units as they are at the start."""
        task = task_of(self._own) if state.task == MINE else TASKS[state.task]()
        tidy = not state.seed
        first = tidy_start if tidy else lambda **kind: random_start(state.seed, **kind)
        start, c = first(curve=task.curve)
        if self._hand is not None and tidy:
            rows, c = self._hand
            start = [*rows, *start[len(rows) :]]
        for name in ONLY_PLANE:
            if task.curve:
                self.disable(name, "a curve has one input")
            else:
                self.enable(name)
        session = BendsSession(task, BENDS[state.bend], start, c, units=state.units)
        return self._look(session, state)

    def adjust(self, session: BendsSession, name: str, state: State) -> None:
        """Follow a control of the units, or of where to look."""
        if name in BY_HAND:
            session.set(name, getattr(state, name))
        elif name == "bend":
            session.bend_by(BENDS[state.bend])
        elif name == "units":
            session.resize(state.units)
        self._look(session, state)

    def advance(self, session: BendsSession) -> bool:
        """Take the steps of a frame."""
        begin = time.perf_counter()
        for _ in range(PACE):
            session.train(1)
            if time.perf_counter() - begin > FRAME:
                break
        return session.epoch < LAST_EPOCH and len(session.task.X) > 0

    def put_point(self) -> None:
        """Put a point at the cross, or change the one that is there, among points of one's own."""
        session = self.session
        if session is None or session.task.curve:
            return
        self._own = toggled(marks_in(session.task), self.state.x1, self.state.x2)
        self.put(task=MINE)
        self.act(lambda session: _give(session, task_of(self._own)))

    def clicked(self, x: float, y: float) -> None:
        """Move the cross to a place of the plane and put a point there."""
        found = self.picture.data_at(self.picture.artists.plane.lines.axes, x, y)
        if found is None or self.session is None or self.session.task.curve:
            return
        self.set(**dict(zip(("x1", "x2"), (round(at, 1) for at in found), strict=True)))
        self.put_point()

    def reset(self, **values: Any) -> None:
        """Put every control, and the reader's own points, back to where they were at first."""
        self._own = list(OWN)
        super().reset(**values)

    def shown_by_controls(self, session: BendsSession) -> dict[str, Any]:
        """Let the sliders show the unit that is looked at, as far as they reach."""
        numbers = dict(zip(("w1", "w2", "b", "v"), session.rows[session.unit], strict=True))
        return {"unit": session.unit + 1, **numbers, "c": session.c}

    def draw(self, figure: Figure) -> BendsArtists:
        """Fill the figure."""
        return draw_bends(figure)

    def update(self, artists: BendsArtists, session: BendsSession) -> None:
        """Put the units into the picture."""
        update_bends(artists, session)

    def sentence(self, session: BendsSession) -> str:
        """State how well the sum does, and the formula of the unit that is looked at."""
        many = f"{session.units} unit{'s' * (session.units > 1)} with {self.state.bend}"
        steps = f"after {session.epoch:,} steps" if session.epoch else "untrained"
        w1, w2, b, v = session.rows[session.unit]
        if session.task.curve:
            well = f"miss the curve by {plain(session.farthest())} at most"
            formula = f"z = {signed(w1, first=True)}·x {signed(b)}, weight {plain(v, 1)}"
        else:
            well = f"have {session.right()} of {len(session.task.X)} points on their side"
            formula = (
                f"z = {signed(w1, first=True)}·x₁ {signed(w2)}·x₂ {signed(b)}, weight {plain(v, 1)}"
            )
        return f"{many}, {steps}, {well}. Unit {session.unit + 1}: {formula}."

    def _look(self, session: BendsSession, state: State) -> BendsSession:
        session.unit = min(state.unit, session.units) - 1
        session.place = state.x1, state.x2
        return session


def _give(session: BendsSession, task: Task) -> None:
    session.task = task


def _as_units(hand: Any) -> list[Unit]:
    """Return the reader's own units, refusing what is none."""
    try:
        units = [(float(w1), float(w2), float(b), float(v)) for w1, w2, b, v in hand]
    except (TypeError, ValueError):
        units = []
    if not 1 <= len(units) <= MOST:
        raise ValueError(
            f"bends_explorer: expected one to {MOST} units (w1, w2, b, v), received "
            f"{describe(hand)}; try [(1, -1, 0, 1), (-1, 1, 0, 1)]"
        )
    return units
