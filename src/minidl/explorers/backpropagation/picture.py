"""A network as a row of operators, with what flows through the one that is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch

from minidl.explorers.backpropagation.trace import Visit
from minidl.plots.matrices import LEFT, Column, cells_of, height_of, place
from minidl.plots.matrices import TOP as MATRICES_TOP
from minidl.plots.style import CATEGORY_COLORS, CLASS_MAP, GRID, INK, MUTED, PASS_COLORS
from minidl.plots.words import Word, add_words, show_words

Array = npt.NDArray[Any]

WIDTH, HEIGHT = 760, 470  # of the picture, in the pixels in which everything here is measured
MARKS = {"agrees": "✓ agrees", "differs": "✗ differs", "": ""}
ROOM_FOR_WORDS = 100  # in a slot, for a mark with its word
TOP, BOTTOM = 34, 82  # of the operators' boxes
FORWARD_Y, BACKWARD_Y = 48, 68  # of the arrows


@dataclass(frozen=True)
class BackpropagationView:
    """One step of a forward or a backward pass.

    Attributes
    ----------
    visit : Visit
        The operator's part in it.
    faults : dict of str to str
        For each operator that backward has reached, what is wrong, or "".
    grads : dict of str to ndarray
        The gradients of all parameters that backward has reached, by dotted name.
    samples : (ndarray, ndarray)
        The inputs and labels that go through the network.
    at : int
        The box of the operator, "data" being number 0.
    forward, backward : list of str
        The shapes at the arrows, as far as the passes have come.
    value : str
        The loss, in words.
    checks : list of str
        For each box "agrees", "differs" or "".
    heading, note : str
        Two lines above the matrices.
    columns, signs
        The matrices; see `minidl.plots.matrices.place`.
    lower_columns, lower_signs
        Those below them: how an affine layer gets the gradients of its parameters.
    """

    visit: Visit
    faults: dict[str, str]
    grads: dict[str, Array]
    samples: tuple[Array, Array]
    at: int
    forward: list[str]
    backward: list[str]
    value: str
    checks: list[str]
    heading: str
    note: str
    columns: list[Column]
    signs: list[str]
    lower_columns: list[Column] = field(default_factory=list)
    lower_signs: list[str] = field(default_factory=list)

    @property
    def direction(self) -> str:
        """Where the step goes, "forward" or "backward"."""
        return self.visit.direction


@dataclass(frozen=True)
class BackpropagationArtists:
    """What moves in the picture."""

    frames: list[FancyBboxPatch]
    forward: list[Line2D]
    backward: list[Line2D]
    cells: PolyCollection
    words: PathCollection


def draw_backpropagation(
    figure: Figure, names: Sequence[str], kinds: Sequence[str]
) -> BackpropagationArtists:
    """Draw a row of boxes and return the moving parts of the picture.

    Parameters
    ----------
    figure : Figure
        An empty figure.
    names, kinds : sequence of str
        What stands in the boxes, "data" and "loss" included: `fc1`, and below it `Linear`.
    """
    figure.set_layout_engine("none")  # a pixel here is a pixel of the picture
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, WIDTH), ylim=(HEIGHT, 0), autoscale_on=False)
    ax.axis("off")
    slot = WIDTH / max(len(names), 1)
    box = 0.6 * slot
    centers = [slot * (i + 0.5) for i in range(len(names))]
    for center, name, kind in zip(centers, names, kinds, strict=True):
        ax.add_patch(_box(center, box, edgecolor=MUTED, facecolor="white"))
        _text(ax, center, 51, name, weight="bold", size=min(10, box / 5))
        _text(ax, center, 67, kind, size=min(8, 1.1 * box / max(len(kind), 1)), color=MUTED)
    gaps = [(a + box / 2 + 3, b - box / 2 - 3) for a, b in pairwise(centers)]
    for gap in gaps:
        for y in (FORWARD_Y, BACKWARD_Y):
            ax.plot(gap, (y, y), color=GRID, lw=1.2)
    cells = PolyCollection([], edgecolor="white", linewidth=1.0)
    ax.add_collection(cells, autolim=False)
    return BackpropagationArtists(
        frames=[_frame(ax, center, box) for center in centers],
        forward=[_arrow(ax, gap, "forward") for gap in gaps],
        backward=[_arrow(ax, gap, "backward") for gap in gaps],
        cells=cells,
        words=add_words(ax),
    )


def update_backpropagation(artists: BackpropagationArtists, view: BackpropagationView) -> None:
    """Show one step: which operator it is at, what has flowed so far, and its matrices."""
    for position, frame in enumerate(artists.frames):
        frame.set_visible(position == view.at)
        frame.set_edgecolor(PASS_COLORS[view.direction])
    arrows, labels = artists.forward + artists.backward, view.forward + view.backward
    for arrow, label in zip(arrows, labels, strict=True):
        arrow.set_visible(bool(label))
    placed, titles = place(view.columns, view.signs, width=WIDTH)
    if view.lower_columns:
        top = MATRICES_TOP + height_of(view.columns)
        below = place(view.lower_columns, view.lower_signs, width=WIDTH, top=top)
        placed, titles = placed + below[0], titles + below[1]
    corners, values, numbers = cells_of(placed)
    artists.cells.set_verts(corners)
    artists.cells.set_facecolor(list(CLASS_MAP(0.5 + 0.5 * np.array(values))))
    show_words(artists.words, [*_row_words(view), *_headings(view), *titles, *numbers])


def _row_words(view: BackpropagationView) -> Iterator[Word]:
    """Yield the shapes at the arrows, the loss, and the outcomes of the checks."""
    slot = WIDTH / len(view.checks)
    size = min(8.5, slot / 11)
    rows = (("forward", view.forward, 28), ("backward", view.backward, 94))
    for direction, labels, y in rows:
        for position, label in enumerate(labels):
            yield Word(slot * (position + 1), y, label, color=PASS_COLORS[direction], size=size)
    yield Word(WIDTH - max(slot / 2, 40), 12, view.value, color=PASS_COLORS["forward"], size=9)
    for position, check in enumerate(view.checks):
        mark = MARKS[check] if slot > ROOM_FOR_WORDS else MARKS[check][:1]
        word = Word(slot * (position + 0.5), 94, mark)
        differs = check == "differs"
        yield word._replace(weight="bold", color=CATEGORY_COLORS[1]) if differs else word


def _headings(view: BackpropagationView) -> Iterator[Word]:
    color = PASS_COLORS[view.direction]
    yield Word(LEFT, 128, view.heading, "left", "bold", color, size=11)
    yield Word(LEFT, 147, view.note, "left", size=9.5)


def _box(center: float, width: float, **look: Any) -> FancyBboxPatch:
    corner = (center - width / 2 + 4, TOP + 4)
    size = (width - 8, BOTTOM - TOP - 8)
    return FancyBboxPatch(corner, *size, boxstyle="round,pad=4", **look)


def _frame(ax: Axes, center: float, width: float) -> FancyBboxPatch:
    """Return the thick frame that marks a box as the present one."""
    frame = _box(center, width, fill=False, linewidth=2.6, visible=False)
    ax.add_patch(frame)
    return frame


def _arrow(ax: Axes, gap: tuple[float, float], direction: str) -> Line2D:
    forward = direction == "forward"
    y = FORWARD_Y if forward else BACKWARD_Y
    (arrow,) = ax.plot(
        gap, (y, y), color=PASS_COLORS[direction], lw=1.8, marker=5 if forward else 4
    )
    arrow.set_markevery([1 if forward else 0])
    return arrow


def _text(ax: Axes, x: float, y: float, text: str, **look: Any) -> None:
    ax.text(x, y, text, **{"ha": "center", "va": "center", "color": INK, **look})
