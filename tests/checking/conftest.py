"""An endless answer is stopped sooner here than in a notebook."""

import gc
from collections.abc import Iterator

import pytest

from minidl.checking import deadline


@pytest.fixture(autouse=True)
def less_time(monkeypatch):
    monkeypatch.setattr(deadline, "SECONDS", 0.6)


@pytest.fixture(autouse=True)
def nothing_is_collected_meanwhile() -> Iterator[None]:
    """Leave out of an answer's time what looking through ten thousand tests for garbage takes."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
