"""The pointer over a picture: controls that go to what it points at, and what a click does.

The page tells every now and then where the pointer is, and where it is clicked (`live.js`, only for
stages that ask for it), and a stage says what a place stands for. Both are short cuts: whatever
they do can be done by the keyboard, with controls and buttons.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

Hears = Callable[[float, float], None]
"""What is called with a place of a stage's picture, in its pixels from the upper left."""


def follower(stage: Any) -> Hears:
    """Return what to call with the places at which the pointer is.

    Parameters
    ----------
    stage : Stage
        Its `pointed` says what is at a place. Controls that are there already stay; an error is
        shown in place.
    """

    def follow(stage: Any, x: float, y: float) -> None:
        values = stage.pointed(x, y)
        now = vars(stage.state)
        if now != {**now, **values}:
            stage.put(**values)
            stage.refresh()

    return _hearing(stage, follow)


def clicker(stage: Any) -> Hears:
    """Return what to call with the places at which the picture is clicked.

    Parameters
    ----------
    stage : Stage
        Its `clicked` does what a place stands for; an error is shown in place.
    """
    return _hearing(stage, lambda stage, x, y: stage.clicked(x, y))


def _hearing(stage: Any, act: Callable[[Any, float, float], None]) -> Hears:
    """Return a function that acts on a stage while it is open, and keeps nothing alive."""
    seen = weakref.ref(stage)

    def hear(x: float, y: float) -> None:
        stage = seen()
        if stage is None or stage.closed:
            return
        try:
            act(stage, x, y)
        except Exception as error:  # JupyterLab would hide it
            stage.fail(error)

    return hear
