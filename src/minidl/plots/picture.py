"""A figure that outlives its changes: what stays is drawn once, what moves is drawn each time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Generic, TypeVar

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from minidl.plots.png import encode_png
from minidl.plots.style import styled
from minidl.validation import describe

__all__ = ["ArtistsT", "Figure", "Picture", "each_artist", "set_static"]

ArtistsT = TypeVar("ArtistsT")
"""A frozen dataclass of a picture's moving parts: an artist each, several, or such a dataclass."""

DPI = 100  # screen pixels per inch of a figure, before the pixel ratio


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
    """A persistent figure that is turned into PNG bytes again and again.

    The factory's artists are marked as animated: matplotlib leaves them out of the background,
    which is drawn once and restored from memory. When anything else changes (axis limits, a
    title), matplotlib marks the figure as stale and the background is drawn anew, so a picture
    is never wrong, only slower.

    Parameters
    ----------
    draw
        Factory: given an empty figure, fills it and returns its moving artists; see `each_artist`.
    width, height
        Size in screen pixels.
    pixel_ratio
        Picture pixels per screen pixel; above 1 a picture is crisp on dense displays and slower.

    Examples
    --------
    >>> picture = Picture(lambda figure: figure.subplots().plot([0, 1]))
    >>> picture.png()[1:4]
    b'PNG'
    """

    def __init__(
        self,
        draw: Callable[[Figure], ArtistsT],
        *,
        width: int = 720,
        height: int = 360,
        pixel_ratio: float = 2.0,
    ) -> None:
        self.width, self.height = width, height
        with styled():
            self.figure = Figure(
                figsize=(width / DPI, height / DPI),
                dpi=DPI * pixel_ratio,
                layout="constrained",
            )
            self.canvas = FigureCanvasAgg(self.figure)
            self.artists = draw(self.figure)
        self._background: Any = None

    def png(self) -> bytes:
        """Return the picture as it is now, as PNG bytes."""
        if self._background is None or self.figure.stale:
            self._draw_background()
        self.canvas.restore_region(self._background)
        renderer = self.canvas.get_renderer()
        for artist in sorted(each_artist(self.artists), key=lambda artist: artist.get_zorder()):
            artist.draw(renderer)
        return encode_png(np.asarray(self.canvas.buffer_rgba()))

    def _draw_background(self) -> None:
        """Draw everything but the moving artists; the first time, also place the axes."""
        with styled():
            if self._background is None:
                self._place_axes()
            self.canvas.draw()
        self._background = self.canvas.copy_from_bbox(self.figure.bbox)

    def _place_axes(self) -> None:
        """Find room for all labels, those of moving artists too; from then on nothing may jump."""
        layout = self.figure.get_layout_engine()
        if layout is not None:
            layout.execute(self.figure)
        self.figure.set_layout_engine("none")
        for artist in each_artist(self.artists):
            artist.set_animated(True)
