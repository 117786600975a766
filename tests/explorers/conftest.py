"""What all tests of explorers share."""

from tests.widgets.conftest import coarse_pictures

__all__ = ["coarse_pictures"]
