"""Pictures from arrays or a history: `ax=None` in, `ax` out; they never train."""

try:
    import matplotlib as _matplotlib  # noqa: F401
except ImportError as error:
    raise ImportError(
        "minidl.plots needs matplotlib. Try: python -m pip install 'minidl[viz]'"
    ) from error

from minidl.plots.picture import Artists, Picture
from minidl.plots.style import (
    CATEGORY_COLORS,
    CLASS_COLORS,
    CLASS_MAP,
    CLASS_MARKERS,
    SPLIT_COLORS,
    SPLIT_LINES,
    SPLIT_MARKERS,
    new_axes,
    styled,
)

__all__ = [
    "CATEGORY_COLORS",
    "CLASS_COLORS",
    "CLASS_MAP",
    "CLASS_MARKERS",
    "SPLIT_COLORS",
    "SPLIT_LINES",
    "SPLIT_MARKERS",
    "Artists",
    "Picture",
    "new_axes",
    "styled",
]
