"""A figure that outlives its changes: what stays is drawn once, what moves is drawn each time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Generic, TypeVar

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from minidl.plots.depth import Floor, floors
from minidl.plots.layer import Layer, cut_out
from minidl.plots.png import encode_png
from minidl.plots.record import Recorder, Recording
from minidl.plots.style import styled
from minidl.validation import describe

__all__ = ["ArtistsT", "Figure", "Layer", "Picture", "Still", "each_artist", "set_static"]

ArtistsT = TypeVar("ArtistsT")
"""A frozen dataclass of a picture's moving parts: an artist each, several, or such a dataclass."""

DPI = 100  # screen pixels per inch of a figure, before the pixel ratio


@dataclass(frozen=True)
class Still:
    """Artists that stand still between rare changes, beside the moving ones of a picture.

    They are drawn with what never moves, which is then drawn anew when one of them changes.
    """

    artists: Any


def each_artist(artists: Any) -> Iterator[Artist]:
    """Yield the artists of a dataclass or a sequence of artists; such may be nested.

    Raises
    ------
    TypeError
        If there is anything else in it.
    """
    if isinstance(artists, Artist):
        yield artists
        return
    if isinstance(artists, Still):
        return
    if is_dataclass(artists):
        artists = [getattr(artists, field.name) for field in fields(artists)]
    if not isinstance(artists, Sequence) or isinstance(artists, str):
        raise TypeError(
            f"expected artists, in a dataclass or in a list, received {describe(artists)}"
        )
    for part in artists:
        yield from each_artist(part)


def set_static(ax: Any, **properties: Any) -> None:
    """Set properties of axes (ylim, title, ylabel …) only where they differ from what they are.

    Setting them anew each time would redraw the background each time. `ax` is an artist's `axes`,
    which to a type checker may be None.
    """
    changed = {
        name: value for name, value in properties.items() if getattr(ax, f"get_{name}")() != value
    }
    if changed:
        ax.set(**changed)


class Picture(Generic[ArtistsT]):
    """A persistent figure, shown again and again: as PNG bytes, or as layers and numbers.

    The factory's artists move; everything else stands still and is drawn once, as layers of
    pixels. What lies above something that moves (a legend, an axis line) has a layer of its own.
    When anything that stands still changes (axis limits, a title), matplotlib marks it as stale
    and the layers are drawn anew, so a picture is never wrong, only slower.

    Parameters
    ----------
    draw
        Factory: given an empty figure, fills it and returns its moving artists; see `each_artist`.
    width, height
        Size in screen pixels.
    pixel_ratio
        Pixels of what stands still, and of the PNG, per screen pixel; a whole number.

    Examples
    --------
    >>> picture = Picture(lambda figure: figure.subplots().plot([0, 1]))
    >>> picture.png()[1:4]
    b'PNG'
    >>> [operation["kind"] for operation in picture.record().operations]
    ['layer', 'path', 'layer']
    """

    def __init__(
        self,
        draw: Callable[[Figure], ArtistsT],
        *,
        width: int = 720,
        height: int = 360,
        pixel_ratio: int = 2,
    ) -> None:
        self.width, self.height = width, height
        self.pixel_ratio = self._ratio = pixel_ratio
        with styled():
            self.figure = Figure(
                figsize=(width / DPI, height / DPI),
                dpi=DPI * pixel_ratio,
                layout="constrained",
            )
            self.canvas = FigureCanvasAgg(self.figure)
            self.artists = draw(self.figure)
        self._background: Any = None
        self._version = 0
        self._floors: list[Floor] = []

    @property
    def stale(self) -> bool:
        """Whether something that stands still has changed since it was drawn last."""
        above = (artist for floor in self._floors for artist in floor.still)
        return (
            self._background is None or self.figure.stale or any(artist.stale for artist in above)
        )

    @property
    def version(self) -> int:
        """A number that grows whenever something that stands still has changed."""
        if self.stale and (self._background is not None or not self._version):
            self._version, self._background = self._version + 1, None
        return self._version

    def data_at(self, ax: Any, x: float, y: float) -> tuple[float, float] | None:
        """Return which data of `ax` are drawn at a place of the picture; None if it is not in them.

        Parameters
        ----------
        ax
            Axes of the figure, as an artist's `axes`, once they have been drawn.
        x, y : float
            Screen pixels from the upper left corner.
        """
        place = x * self._ratio, (self.height - y) * self._ratio
        if not ax.bbox.contains(*place):
            return None
        across, up = ax.transData.inverted().transform(place)
        return float(across), float(up)

    @styled()
    def png(self) -> bytes:
        """Return the picture as it is now, as PNG bytes."""
        self._draw_background(self.pixel_ratio)
        self.canvas.restore_region(self._background)
        renderer = self.canvas.get_renderer()
        for floor in self._floors:
            for artist in (*floor.still, *_by_depth(floor.moving)):
                artist.draw(renderer)
        self._is_drawn()
        return encode_png(np.asarray(self.canvas.buffer_rgba()))

    @styled()
    def layers(self, pixel_ratio: int | None = None) -> list[Layer]:
        """Return the layers of what stands still, the background first; others are transparent.

        Parameters
        ----------
        pixel_ratio : int, optional
            As many of their pixels are on a screen pixel, by default as many as of the PNG.
        """
        self._draw_background(self.pixel_ratio if pixel_ratio is None else pixel_ratio)
        self.canvas.restore_region(self._background)
        pixels = np.asarray(self.canvas.buffer_rgba())
        layers = [Layer(encode_png(pixels), (0, 0, self.width, self.height))]
        renderer = self.canvas.get_renderer()
        for floor in self._floors[1:]:
            renderer.clear()
            for artist in floor.still:
                artist.draw(renderer)
            layers.append(cut_out(np.asarray(self.canvas.buffer_rgba()), self._ratio))
        self._is_drawn()
        return layers

    @styled()
    def record(self) -> Recording:
        """Return how the picture is drawn now: its layers, by number, and what moves, as numbers.

        See `minidl.plots.record`; the operation `{"kind": "layer", "number": 0}` draws a layer.
        """
        self._draw_background(self._ratio)
        recorder = Recorder(self.canvas.get_renderer(), self.width, self.height)
        for number, floor in enumerate(self._floors):
            recorder.note({"kind": "layer", "number": number})
            for artist in _by_depth(floor.moving):
                recorder.record(artist)
        return recorder.take()

    def _draw_background(self, ratio: int) -> None:
        """Draw what stands still below all that moves, unless that is done.

        The first time, also place the axes.
        """
        if self.version and self._background is not None and ratio == self._ratio:
            return
        if not self._floors:
            self._place_axes()
        self._ratio = ratio
        self.figure.set_dpi(DPI * ratio)
        self.canvas.draw()
        self._is_drawn()
        self._background = self.canvas.copy_from_bbox(self.figure.bbox)

    def _is_drawn(self) -> None:
        """Take note that nothing is stale; drawing ticks or legends says so, too, in passing."""
        self.figure.stale = False
        for floor in self._floors:
            for artist in floor.still:
                artist.stale = False

    def _place_axes(self) -> None:
        """Find room for all labels, those of moving artists too; from then on nothing may jump."""
        layout = self.figure.get_layout_engine()
        if layout is not None:
            layout.execute(self.figure)
        self.figure.set_layout_engine("none")
        self._floors = floors(self.figure, list(each_artist(self.artists)))
        for floor in self._floors:
            for artist in (*floor.still, *floor.moving):
                artist.set_animated(True)  # so that the figure leaves them out of the background


def _by_depth(artists: list[Artist]) -> list[Artist]:
    """Return artists in the order in which they are drawn; their depth may have changed."""
    return sorted(artists, key=lambda artist: artist.get_zorder())
