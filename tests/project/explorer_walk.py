"""Move every control of every explorer in a running notebook, as its reader would."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from minidl.widgets.explorer import Explorer

PATIENCE = 20.0  # seconds that one move may take


def stops_of(control: Any) -> list[Any]:
    """Return the values to visit: all options, or the ends and the middle of a range."""
    if hasattr(control, "options"):
        return [value for _, value in control.options]
    if hasattr(control, "base"):
        return [control.base**control.min, control.value, control.base**control.max]
    if hasattr(control, "min"):
        return [control.min, control.value, control.max]
    return [not control.value, control.value]


async def settle(explorer: Explorer) -> None:
    """Let the notebook's event loop work until the explorer has followed its controls."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + PATIENCE
    while explorer.busy and loop.time() < deadline:
        await asyncio.sleep(0.005)


async def walk(explorer: Explorer) -> AsyncIterator[str]:
    """Visit the stops of each control, then press Reset; yield a name for each move."""
    yield "shown first"
    for name, control in explorer.controls.items():
        start = control.value
        for stop in [] if control.disabled else [*stops_of(control), start]:
            control.value = stop
            await settle(explorer)
            yield f"{name} = {stop}"
    explorer.reset()
    await settle(explorer)
    yield "Reset"


def complaint(explorer: Explorer, move: str, first: str) -> str | None:
    """Return what is wrong with an explorer after a move, None if nothing is."""
    if explorer.error:
        return f"{move}: {explorer.error}"
    if explorer.busy:
        return f"{move}: still computing after {PATIENCE} s"
    if not explorer.status:
        return f"{move}: no line of text"
    if move == "Reset" and explorer.status != first:
        return f"Reset: {explorer.status!r} instead of {first!r}"
    return None


async def walk_all() -> list[dict[str, Any]]:
    """Walk every open explorer; return name, number of moves and complaints for each."""
    reports = []
    for explorer in sorted(Explorer._open, key=lambda one: str(one.model_id)):
        first = explorer.status
        found = [complaint(explorer, move, first) async for move in walk(explorer)]
        wrong = [text for text in found if text]
        reports.append({"name": type(explorer).__name__, "moves": len(found), "wrong": wrong})
    return reports
