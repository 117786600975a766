"""The pointer over a picture: controls that go to what it points at.

The page tells every now and then where the pointer is, or where it is pressed (`live.js`, only for
stages that ask for it), and a stage says which values of controls a place stands for. It is a short
cut: the same controls follow the keyboard.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any


def follower(stage: Any) -> Callable[[float, float], None]:
    """Return what to call with a place of a stage's picture, in its pixels from the upper left.

    Parameters
    ----------
    stage : Stage
        Its `pointed` says what is at a place. Controls that are there already stay; an error is
        shown in place.
    """
    seen = weakref.ref(stage)  # whoever is called back keeps nothing alive

    def follow(x: float, y: float) -> None:
        stage = seen()
        if stage is None or stage.closed:
            return
        try:
            values = stage.pointed(x, y)
            now = vars(stage.state)
            if now != {**now, **values}:
                stage.put(**values)
                stage.refresh()
        except Exception as error:  # JupyterLab would hide it
            stage.fail(error)

    return follow
