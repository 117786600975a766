"""What all tests of explorers share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from minidl.widgets.stage import Stage
from tests.widgets.helpers import stage_classes


@pytest.fixture(autouse=True, scope="module")  # so that explorers that a module shares have it, too
def coarse_pictures() -> Iterator[None]:
    """Draw one pixel for each screen pixel: the same picture, at a quarter of the cost."""
    with pytest.MonkeyPatch.context() as patch:
        for cls in [Stage, *stage_classes()]:
            patch.setattr(cls, "pixel_ratio", 1)
        yield
