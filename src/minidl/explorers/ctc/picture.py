"""The picture of the CTC explorer: the lattice of a label, and classes at each moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, StepPatch
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator

from minidl.explorers.ctc.view import CLASSES, CtcView
from minidl.plots.picture import set_static
from minidl.plots.style import CATEGORY_COLORS, INK

Array = npt.NDArray[Any]

MOST_STATES = 9
WIDEST = 9.0  # points, of a line that all paths take
LEAST = 0.002  # smaller shares get no line
LARGEST = 190.0  # square points, of a state in which all paths are
SAYS, PATHS, BEST = CATEGORY_COLORS[0], CATEGORY_COLORS[1], INK
FAINT = "#C4C4C4"
BLANK = "–"


@dataclass(frozen=True)
class LatticeArtists:
    """What moves in the lattice."""

    possible: Line2D
    taken: LineCollection
    states: Line2D
    visits: PathCollection
    best: Line2D
    names: list[Text]
    none: Text


@dataclass(frozen=True)
class CtcArtists:
    """What moves in the picture."""

    lattice: LatticeArtists
    says: list[StepPatch]
    shares: list[StepPatch]


def draw_ctc(figure: Figure) -> CtcArtists:
    """Fill `figure` with axes for the lattice and for each class; return what moves."""
    layout: list[Any] = [["lattice", name] for name in CLASSES]
    axes = figure.subplot_mosaic(layout, width_ratios=[1.45, 1])
    rows = [axes[name] for name in CLASSES]
    says, shares = zip(*map(_draw_class, rows, CLASSES), strict=True)
    rows[0].set_title("Each class, at each moment")
    rows[-1].set_xlabel("Moment")
    for row in rows[:-1]:
        row.tick_params(labelbottom=False)
    figure.legend(handles=_handles(), loc="outside lower center", ncols=3)
    lattice = _draw_lattice(axes["lattice"])
    return CtcArtists(lattice, list(says), list(shares))


def _draw_lattice(ax: Axes) -> LatticeArtists:
    """Return the moves, the states, the likeliest path and the states' names."""
    ax.set(title="The label's paths, state by state", xlabel="Moment")
    ax.grid(visible=False)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    (possible,) = ax.plot([], [], color=FAINT, linewidth=0.8, zorder=1)
    taken = LineCollection([], colors=PATHS, alpha=0.55, zorder=2, capstyle="round")
    ax.add_collection(taken, autolim=False)
    look: dict[str, Any] = {"markeredgecolor": "#9A9A9A", "markerfacecolor": "white"}
    (states,) = ax.plot([], [], "o", markersize=4.5, zorder=3, **look)
    visits = ax.scatter([], [], s=[], color=PATHS, edgecolor="white", linewidth=0.8, zorder=4)
    (best,) = ax.plot([], [], "--", color=BEST, linewidth=1.3, zorder=5)
    words: dict[str, Any] = {"ha": "center", "va": "center"}
    beside = {"transform": ax.get_yaxis_transform(), **words}
    names = [ax.text(0.02, s, "", fontsize=12, **beside) for s in range(MOST_STATES)]
    none = ax.text(0.5, 0.5, "", transform=ax.transAxes, fontsize=12, zorder=6, **words)
    none.set_bbox({"facecolor": "white", "edgecolor": "none", "alpha": 0.9})
    for text in (*names, none):
        text.set_in_layout(False)
    return LatticeArtists(possible, taken, states, visits, best, names, none)


def _draw_class(ax: Axes, name: str) -> tuple[StepPatch, StepPatch]:
    """Return the bars of what the network says, and the outline of what the paths say."""
    edges = np.array([0.5, 1.5])
    says = ax.stairs([0], edges, fill=True, color=SAYS, alpha=0.5)
    shares = ax.stairs([0], edges, color=PATHS, linewidth=2.0, baseline=None)
    ax.set(ylim=(0, 1.04), yticks=[0, 1])
    ax.set_ylabel(BLANK if name == "-" else name, rotation=0, va="center", fontsize=12, labelpad=8)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    return says, shares


def _handles() -> list[Any]:
    return [
        Patch(color=SAYS, alpha=0.5, label="the network says"),
        Line2D([], [], color=PATHS, linewidth=3, label="the paths' shares"),
        Line2D([], [], color=BEST, linestyle="--", linewidth=1.3, label="likeliest path"),
    ]


def update_ctc(artists: CtcArtists, view: CtcView) -> None:
    """Show the paths and the classes of a view."""
    _update_moves(artists.lattice, view)
    _update_states(artists.lattice, view)
    edges = np.arange(len(view.probs) + 1) + 0.5
    for k, (says, shares) in enumerate(zip(artists.says, artists.shares, strict=True)):
        says.set_data(view.probs[:, k], edges)
        shares.set_data(view.shares[:, k], edges)
        set_static(says.axes, xlim=(float(edges[0]), float(edges[-1])))


def _update_moves(artists: LatticeArtists, view: CtcView) -> None:
    """Draw a line for each move that some path takes, as wide as the share of those that do."""
    lines = [[(t + 1.0, s), (t + 2.0, after)] for t, s, after in view.moves]
    gaps = [[*line, (np.nan, np.nan)] for line in lines]  # a single line, with gaps, is quick
    artists.possible.set_data(*np.array(gaps).reshape(-1, 2).T)
    seen = view.move_shares > LEAST
    artists.taken.set_segments([line for line, shown in zip(lines, seen, strict=True) if shown])
    artists.taken.set_linewidth((WIDEST * view.move_shares[seen]).tolist())
    best = [] if view.all_alike else view.best
    artists.best.set_data(range(1, len(best) + 1), best)
    artists.none.set_text("" if view.best else "no path from the start to the end")


def _update_states(artists: LatticeArtists, view: CtcView) -> None:
    """Draw the states, the larger the more of the paths are in them, and write their names."""
    T, L = view.visits.shape
    set_static(artists.states.axes, xlim=(0.2, T + 0.4), ylim=(L - 0.4, -0.6))
    moments, states = (grid.ravel() for grid in np.mgrid[1 : T + 1, :L])
    artists.states.set_data(moments, states)
    artists.visits.set_offsets(np.column_stack([moments, states]))
    artists.visits.set_sizes(LARGEST * view.visits.ravel())
    for s, name in enumerate(artists.names):
        name.set_text(view.states[s].replace("-", BLANK) if s < L else "")
        name.set_visible(s < L)
