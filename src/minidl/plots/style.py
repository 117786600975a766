"""Colours and type that every picture of the course shares.

The colours are Okabe and Ito's, darkened where they carry thin lines, so that readers who see
colours differently tell them apart; marks and dashes repeat what colour says. Pictures are
opaque and white, so they read the same in light and dark themes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.rcsetup import cycler

INK = "#222222"
"""Text, axes and whatever belongs to no class."""
MUTED = "#767676"
"""Second thoughts: helper lines, old positions, labels of the less important."""
GRID = "#DDDDDD"
"""Grid lines."""

CLASS_COLORS = ("#0072B2", "#D55E00")
"""Class 0 is blue, class 1 is vermilion, in every picture."""
CLASS_MARKERS = ("o", "^")
"""Class 0 is drawn with circles, class 1 with triangles."""
CATEGORY_COLORS = ("#0072B2", "#D55E00", "#882255", "#222222", "#2E8B57", "#8A7000")
"""Colours of curves that stand for different things, to be taken in this order; the first four
stay apart for every reader, further ones also need dashes or labels."""

PASS_COLORS = {"forward": CATEGORY_COLORS[4], "backward": CATEGORY_COLORS[2]}
"""Values on the way forward are green, gradients on the way back are purple."""

SPLIT_COLORS = {"train": "#222222", "dev": "#009E73", "test": "#882255"}
"""Colours of the training, development and test sets in curves."""
SPLIT_LINES = {"train": "-", "dev": "--", "test": ":"}
"""Dashes of the three sets in curves."""
SPLIT_MARKERS = {"train": "o", "dev": "s", "test": "D"}
"""Marks of the three sets among points."""

CLASS_MAP = LinearSegmentedColormap.from_list(
    "minidl_classes", ["#5BA7D6", "#B5D6EA", "#F7F7F5", "#F6CDB0", "#EC9A63"]
)
"""Shading from class 0 (blue) over undecided (white) to class 1 (vermilion)."""

STYLE: dict[Any, Any] = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 10.5,
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 10.5,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "axes.edgecolor": "#8A8A8A",
    "axes.linewidth": 0.8,
    "axes.prop_cycle": cycler(color=CATEGORY_COLORS),
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.facecolor": "white",
    "axes.grid": True,
    "axes.unicode_minus": True,
    "grid.color": GRID,
    "grid.linewidth": 0.7,
    "xtick.color": "#8A8A8A",
    "ytick.color": "#8A8A8A",
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 9.5,
    "ytick.labelsize": 9.5,
    "text.color": INK,
    "figure.facecolor": "white",
    "figure.constrained_layout.w_pad": 0.09,  # inches: room at the edges, seen in dark themes
    "figure.constrained_layout.h_pad": 0.09,
    "savefig.facecolor": "white",
    "legend.frameon": True,
    "legend.framealpha": 0.9,
    "legend.edgecolor": "none",
    "legend.fontsize": 9.5,
    "lines.linewidth": 2.0,
    "image.interpolation": "nearest",
}
"""matplotlib's settings for the course's pictures; nothing else in the session changes."""


ENVIRONMENT: tuple[str, ...] = (
    *(
        "backend",
        "interactive",
        "toolbar",
        "timezone",
        "date.epoch",
        "webagg.",
        "tk.",
        "docstring.",
    ),
    *("figure.max_open_warning", "figure.raise_window", "savefig.directory"),
)
"""How the names of those settings begin that say where pictures appear, not what they look like."""

BASE = {
    name: value
    for name, value in matplotlib.rcParamsDefault.items()
    if not name.startswith(ENVIRONMENT)
} | STYLE
"""All that pictures depend on: matplotlib's defaults but for what the course sets."""


@contextmanager
def styled() -> Iterator[None]:
    """Return a context (also usable as a decorator) in which figures get the course's look.

    Whatever style or settings the session has, in it pictures start from matplotlib's defaults;
    afterwards the session's are as they were. Numbers too small for floating point are 0 in it,
    also where NumPy is set to raise for them: matplotlib's masked arrays make some.

    Examples
    --------
    >>> with styled():
    ...     matplotlib.rcParams["axes.titlelocation"]
    'left'
    """
    others = {name: value for name, value in BASE.items() if matplotlib.rcParams[name] != value}
    with matplotlib.rc_context(others), np.errstate(under="ignore"):
        yield


def styled_subplots(rows: int = 1, columns: int = 1, **options: Any) -> tuple[Figure, Any]:
    """Return pyplot's subplots in the course's look, which they keep when they are drawn later.

    matplotlib makes ticks and their labels only while it draws.
    """
    import matplotlib.pyplot as plt

    with styled():
        figure, axes = plt.subplots(rows, columns, layout="constrained", **options)
    figure.draw = styled()(figure.draw)
    return figure, axes


def new_axes(ax: Axes | None = None, *, width: float = 4.8, height: float = 3.6) -> Axes:
    """Return `ax`, or new axes in the course's look when it is None.

    Parameters
    ----------
    ax
        Axes to draw into; None makes a new pyplot figure, which a notebook shows.
    width, height
        Size in inches of the figure that is made when `ax` is None.

    Returns
    -------
    matplotlib.axes.Axes
    """
    if ax is not None:
        return ax
    made: Axes = styled_subplots(figsize=(width, height))[1]
    return made
