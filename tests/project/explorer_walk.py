"""Move every control of every explorer in a running notebook, as its reader would."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator
from typing import Any

from ipywidgets import SelectionSlider

from minidl.widgets.stage import Stage

A_MOVE = 1.0  # seconds to watch a move at most
SIGHTS = 2  # changes of the sentence after which a long training may be dropped
THE_END = 60.0  # seconds that the last move may take to the end


def stops_of(control: Any) -> list[Any]:
    """Return the values to visit: the ends of a range, or all options of a list."""
    if isinstance(control, SelectionSlider):
        return [control.options[0][1], control.options[-1][1]]
    if hasattr(control, "options"):
        return [value for _, value in control.options]
    if hasattr(control, "base"):
        return [control.base**control.min, control.base**control.max]
    if hasattr(control, "min"):
        return [control.min, control.max]
    return [not control.value]


async def settle(explorer: Stage, seconds: float, *, sights: float = math.inf) -> None:
    """Let the notebook's event loop work until the explorer is done or has shown enough."""
    loop = asyncio.get_running_loop()
    deadline, status = loop.time() + seconds, explorer.status
    while explorer.busy and sights and loop.time() < deadline:
        await asyncio.sleep(0.005)
        sights -= explorer.status != status
        status = explorer.status


async def walk(explorer: Stage) -> AsyncIterator[str]:
    """Visit the stops of each control, then press Reset; yield a name for each move."""
    yield "shown first"
    for name, control in explorer.controls.items():
        start = control.value
        for stop in [] if control.disabled else stops_of(control):
            control.value = stop
            await settle(explorer, A_MOVE, sights=SIGHTS)
            yield f"{name} = {stop}"
        explorer.put(**{name: start})  # without computing; the next move or Reset does that
    explorer.reset()
    await settle(explorer, THE_END)
    yield "Reset"


def complaint(explorer: Stage, move: str, first: str) -> str | None:
    """Return what is wrong with an explorer after a move, None if nothing is."""
    if explorer.error:
        return f"{move}: {explorer.error}"
    if move == "Reset" and explorer.busy:
        return f"{move}: still computing after {THE_END:.0f} s"
    if not explorer.status:
        return f"{move}: no line of text"
    if move == "Reset" and explorer.status != first:
        return f"Reset: {explorer.status!r} instead of {first!r}"
    return None


async def walk_all() -> list[dict[str, Any]]:
    """Walk every open explorer; return name, number of moves and complaints for each."""
    reports = []
    for explorer in sorted(Stage.all_open(), key=lambda one: str(one.model_id)):
        first = explorer.status
        found = [complaint(explorer, move, first) async for move in walk(explorer)]
        wrong = [text for text in found if text]
        reports.append({"name": type(explorer).__name__, "moves": len(found), "wrong": wrong})
    return reports
