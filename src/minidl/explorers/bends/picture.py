"""The picture of units that add up to a shape: on the left the sum, on the right its making."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from contourpy import contour_generator
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from minidl.explorers.bends.panels import (
    BLANK,
    COARSE,
    Box,
    Shapes,
    curve_in,
    frame_of,
    middle_of,
    pixels_in,
    place_panels,
    shores_in,
    words_on,
)
from minidl.explorers.bends.session import MOST, BendsSession
from minidl.explorers.bends.shapes import (
    CURVE,
    EXTENT,
    GRID,
    SIDE,
    across,
    beside_joints,
    chord,
    place_on,
    shade_of,
)
from minidl.explorers.bends.tasks import REACH
from minidl.plots.picture import set_static
from minidl.plots.points import mark_size, marks_of
from minidl.plots.regions import shade_regions
from minidl.plots.style import CATEGORY_COLORS, CLASS_COLORS, CLASS_MARKERS, INK, MUTED
from minidl.plots.words import add_words, show_words

Array = npt.NDArray[Any]

WIDTH, HEIGHT = 760, 392  # of the picture, in pixels
PLANE = (48, 44, 316)  # left, bottom and side of the plane
PANELS = 386  # where the panels begin
CHOSEN = CATEGORY_COLORS[2]
TITLES = {False: "Where the sum is positive", True: "The sum, and its joints"}


@dataclass(frozen=True)
class PlaneArtists:
    """What moves in the plane on the left."""

    regions: AxesImage
    boundary: LineCollection
    lines: LineCollection
    chosen: Line2D
    numbers: list[Text]
    target: Line2D
    sum: Line2D
    joints: Line2D
    points: list[Line2D]
    cross: Line2D


@dataclass(frozen=True)
class PanelArtists:
    """What moves among the panels: first all shares, then all sums."""

    images: list[AxesImage]
    frames: LineCollection
    middles: LineCollection
    lines: LineCollection
    sums: LineCollection
    chosen: Rectangle
    words: PathCollection


@dataclass(frozen=True)
class BendsArtists:
    """What moves in the picture."""

    plane: PlaneArtists
    panels: PanelArtists


def draw_bends(figure: Figure) -> BendsArtists:
    """Fill an empty figure of WIDTH × HEIGHT pixels and return its moving artists."""
    figure.set_layout_engine("none")  # a pixel here is a pixel of the picture
    left, bottom, side = PLANE
    ax = figure.add_axes((left / WIDTH, bottom / HEIGHT, side / WIDTH, side / HEIGHT))
    width = WIDTH - PANELS
    right = figure.add_axes((PANELS / WIDTH, 0, width / WIDTH, 1))
    return BendsArtists(_draw_plane(ax), _draw_panels(right, width, HEIGHT))


def update_bends(artists: BendsArtists, session: BendsSession) -> None:
    """Put the units, as they are now, into the picture."""
    curve = session.task.curve
    shares = session.shares(CURVE if curve else GRID)
    so_far = session.c + np.cumsum(shares, axis=0)
    shapes = Shapes(shares, so_far, session.rows, session.unit, curve=curve)
    _update_panels(artists.panels, shapes)
    plane = artists.plane
    for artist in (plane.regions, plane.boundary, plane.lines, plane.cross, *plane.points):
        artist.set_visible(not curve)
    for line in (plane.target, plane.sum, plane.joints):
        line.set_visible(curve)
        line.set_data([], [])
    if curve:
        _update_curve(plane, session, so_far[-1])
    else:
        _update_regions(plane, session, so_far[-1], shapes.full)


def _draw_plane(ax: Axes) -> PlaneArtists:
    regions = shade_regions(ax, np.full((SIDE, SIDE), 0.5), EXTENT)
    ax.set(xlim=EXTENT[:2], ylim=EXTENT[2:], xlabel="$x_1$", ylabel="$x_2$", title=TITLES[False])
    ax.set(xticks=range(-2, 3), yticks=range(-2, 3))
    boundary = LineCollection([], colors=INK, linewidths=2.2, zorder=3)
    lines = LineCollection([], colors=MUTED, linewidths=1.1, linestyles="--", zorder=2)
    for collection in (boundary, lines):
        ax.add_collection(collection, autolim=False)
    (chosen,) = ax.plot([], [], "--", color=CHOSEN, linewidth=1.8, zorder=2.5)
    look: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 9.5, "zorder": 4}
    numbers = [ax.text(0, 0, "", fontweight="bold", clip_on=True, **look) for _ in range(MOST)]
    (target,) = ax.plot([], [], "--", color=MUTED, linewidth=1.6)
    (total,) = ax.plot([], [], color=INK, linewidth=2.2)
    (joints,) = ax.plot([], [], "o", color=INK, markersize=6, markeredgecolor="white", zorder=3)
    points = [
        ax.plot([], [], marker, zorder=3.5, **marks_of("train", color))[0]
        for color, marker in zip(CLASS_COLORS, CLASS_MARKERS, strict=True)
    ]
    (cross,) = ax.plot([], [], "+", color=INK, markersize=11, markeredgewidth=1.2, zorder=3.4)
    return PlaneArtists(
        regions, boundary, lines, chosen, numbers, target, total, joints, points, cross
    )


def _update_regions(plane: PlaneArtists, session: BendsSession, total: Array, full: float) -> None:
    """Show points, each unit's line, and where the sum is positive."""
    set_static(plane.lines.axes, xlabel="$x_1$", ylabel="$x_2$", title=TITLES[False])
    heights = total.reshape(SIDE, SIDE)
    side = np.linspace(-REACH, REACH, SIDE)
    generator: Any = contour_generator(side, side, heights)
    plane.regions.set_data(shade_of(heights, full))
    plane.boundary.set_segments(list(generator.lines(0.0)))
    chords = [chord(*row[:3]) for row in session.rows]
    plane.lines.set_segments([line for line in chords if line is not None])
    chosen = chords[session.unit]
    plane.chosen.set_data(*(([], []) if chosen is None else chosen.T))
    for number, place in _numbered(plane, session, list(map(place_on, chords, session.rows))):
        number.set_position(place)
    X, y = session.task.X, session.task.y[:, 0]
    for label, marks in enumerate(plane.points):
        marks.set_data(*X[y == label].T)
        marks.set_markersize(mark_size(len(X)) + 1.5 * (len(X) < 20))
    plane.cross.set_data(*[[at] for at in session.place])


def _update_curve(plane: PlaneArtists, session: BendsSession, total: Array) -> None:
    """Show the curve, the sum and the joint of each unit."""
    set_static(plane.lines.axes, xlabel="$x$", ylabel="$y$", title=TITLES[True])
    plane.target.set_data(session.task.X[:, 0], session.task.y[:, 0])
    plane.sum.set_data(CURVE[:, 0], total)
    x = session.joints()
    seen = x[~np.isnan(x)]
    heights = session.sums(across(seen))
    plane.joints.set_data(seen, heights)
    plane.chosen.set_data([x[session.unit]] * 2, [-REACH, REACH])
    places = iter(beside_joints(seen))
    found = [None if np.isnan(at) else next(places) for at in x]
    for number, place in _numbered(plane, session, found):
        number.set_position(place)


def _numbered(plane: PlaneArtists, session: BendsSession, places: list[Any]) -> Any:
    """Yield texts that have a place, each with it; the others are empty."""
    for j, number in enumerate(plane.numbers):
        place = places[j] if j < len(places) else None
        number.set_text("" if place is None else str(j + 1))
        number.set_color(CHOSEN if j == session.unit else INK)
        if place is not None:
            yield number, place


def _draw_panels(ax: Axes, width: float, height: float) -> PanelArtists:
    """Return the empty panels; `ax` fills its place, width × height pixels, y pointing down."""
    ax.set(xlim=(0, width), ylim=(height, 0))
    ax.set_axis_off()
    look: dict[str, Any] = {"fontsize": 11, "fontweight": "bold", "va": "center"}
    ax.text(2, 17, "Shares v·a, and the sums so far", **look)
    images = [shade_regions(ax, BLANK, (0, 1, 1, 0)) for _ in range(2 * MOST)]
    ax.set(xlim=(0, width), ylim=(height, 0))
    collections = [
        LineCollection([], colors=color, linewidths=thick, zorder=depth)
        for color, thick, depth in (
            ("#B0B0B0", 0.8, 2), ("#B0B0B0", 0.8, 1.5), (MUTED, 1.4, 2), (INK, 1.6, 3),
        )
    ]  # fmt: skip
    for collection in collections:
        ax.add_collection(collection, autolim=False)
    frame: dict[str, Any] = {"fill": False, "edgecolor": CATEGORY_COLORS[2], "linewidth": 2.2}
    chosen = Rectangle((0, 0), 1, 1, zorder=4, **frame)
    ax.add_patch(chosen)
    frames, middles, lines, sums = collections
    return PanelArtists(images, frames, middles, lines, sums, chosen, add_words(ax))


def _update_panels(artists: PanelArtists, shapes: Shapes) -> None:
    """Put the units, as they are now, into the panels."""
    ax: Any = artists.chosen.axes
    places = place_panels(len(shapes.rows), ax.get_xlim()[1], ax.get_ylim()[0])
    boxes = [box for pair in zip(*places, strict=True) for box in pair]
    values = [*shapes.shares, *shapes.so_far]
    artists.frames.set_segments([frame_of(box) for box in boxes])
    share = places[shapes.unit][0]
    artists.chosen.set(xy=(share.x, share.y), width=share.side, height=share.side)
    show_words(artists.words, words_on(shapes, places))
    colors = [] if shapes.curve else [shade_of(each, shapes.full) for each in values]
    _update_images(artists, list(zip(boxes, colors, strict=False)))
    n = len(places)
    if shapes.curve:
        curves = [curve_in(box, heights) for box, heights in zip(boxes, values, strict=True)]
        artists.middles.set_segments([middle_of(box) for box in boxes])
        artists.lines.set_segments(curves[:n])
        artists.sums.set_segments(curves[n:])
        return
    artists.middles.set_segments([])
    chords = zip(boxes[:n], (chord(*row[:3]) for row in shapes.rows), strict=True)
    artists.lines.set_segments([pixels_in(box, line) for box, line in chords if line is not None])
    sums = zip(boxes[n:], shapes.so_far, strict=True)
    artists.sums.set_segments([line for box, heights in sums for line in shores_in(box, heights)])


def _update_images(artists: PanelArtists, shown: list[tuple[Box, Array]]) -> None:
    for image in artists.images[len(shown) :]:
        image.set_visible(False)
        image.set_data(BLANK)
    for image, (box, colors) in zip(artists.images, shown, strict=False):
        image.set_visible(True)
        image.set_data(colors.reshape(SIDE, SIDE)[::COARSE, ::COARSE])
        image.set_extent((box.x, box.x + box.side, box.y + box.side, box.y))
