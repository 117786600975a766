"""The picture of the explorer of drift: three losses on top of each other, and how far apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from minidl.plots.picture import set_static
from minidl.plots.style import CATEGORY_COLORS, MUTED

Array = npt.NDArray[Any]

PROGRAMS: dict[str, dict[str, Any]] = {
    "float64": {"color": CATEGORY_COLORS[3], "linestyle": "-", "linewidth": 3.0, "alpha": 0.45},
    "float64, sums in another order": {"color": CATEGORY_COLORS[0], "linestyle": "-"},
    "float32": {"color": CATEGORY_COLORS[1], "linestyle": "--"},
}
LOWEST, HIGHEST = 1e-17, 10.0
"""The lower edge, where losses are drawn that are the same to the last bit, and the upper one."""


@dataclass(frozen=True)
class DriftView:
    """Three trainings so far.

    Attributes
    ----------
    losses : ndarray of shape (3, steps)
        In float64, in float64 with sums in another order, and in float32.
    differences : ndarray of shape (2, steps)
        Of the last two from the first, over the first loss.
    num_steps : int
        How long the trainings will be.
    dead : bool
        Whether the first one's hidden units let nothing through any more.
    """

    losses: Array
    differences: Array
    num_steps: int
    dead: bool


@dataclass(frozen=True)
class DriftArtists:
    """What moves in the picture."""

    losses: list[Line2D]
    differences: list[Line2D]


def draw_drift(figure: Figure) -> DriftArtists:
    """Draw both axes; return the moving parts."""
    figure.set_layout_engine("constrained", rect=(0, 0, 0.985, 1))  # room for the last tick label
    left, right = figure.subplots(1, 2)
    left.set(title="Three losses", ylabel="Loss of each batch", ylim=(0, 3))
    right.set(title="How far apart", ylabel="Difference from float64, relative")
    right.set(yscale="log", ylim=(LOWEST, HIGHEST))
    right.set_yticks([1e-16, 1e-12, 1e-8, 1e-4, 1])
    right.set_yticks([], minor=True)
    for bits, dtype in ((64, np.float64), (32, np.float32)):
        eps = float(np.finfo(dtype).eps)
        right.axhline(eps, color=MUTED, linewidth=1, linestyle=":")
        right.annotate(f"last digit\nof float{bits}", (1, eps), (5, 0), color=MUTED, fontsize=8,
                       xycoords=("axes fraction", "data"), textcoords="offset points",
                       va="center")  # fmt: skip
    losses = [_line(left, name) for name in PROGRAMS]
    differences = [_line(right, name) for name in list(PROGRAMS)[1:]]
    for ax in (left, right):
        ax.set(xlabel="Step")
    figure.legend(losses, list(PROGRAMS), loc="outside lower center", ncols=3)
    return DriftArtists(losses, differences)


def update_drift(artists: DriftArtists, view: DriftView) -> None:
    """Put the trainings into the picture."""
    steps = np.arange(1, view.losses.shape[1] + 1)
    for line, losses in zip(artists.losses, view.losses, strict=True):
        line.set_data(steps, np.clip(np.nan_to_num(losses, nan=3), 0, 3))
    for line, differences in zip(artists.differences, view.differences, strict=True):
        line.set_data(steps, np.clip(differences, LOWEST, HIGHEST))
    for line in (artists.losses[0], artists.differences[0]):
        set_static(line.axes, xlim=(0, view.num_steps))


def _line(ax: Axes, name: str) -> Line2D:
    (line,) = ax.plot([], [], **{"linewidth": 1.2, **PROGRAMS[name]})
    return line
