"""What all tests of explorers share."""

from __future__ import annotations

import pytest

from minidl.widgets.stage import Stage
from tests.widgets.helpers import stage_classes


@pytest.fixture(autouse=True)
def coarse_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw one pixel for each screen pixel: the same picture, at a quarter of the cost."""
    for cls in [Stage, *stage_classes()]:
        monkeypatch.setattr(cls, "pixel_ratio", 1)
