"""A picture as numbers: what artists draw, written down for a page that draws it again.

matplotlib's artists draw themselves through a renderer. Agg's renderer fills pixels; this one
writes a list of operations, so that whatever draws in the one way draws in the other, too.

An operation is a dict of texts and numbers, lengths in screen pixels with y pointing down:

- `kind`: "path", "marks" (one path at many places) or "image";
- `at`, `count`: where the path begins in the recording's bytes, and its number of corners. A corner
  is three int16: matplotlib's path code, x and y, in units of 1/UNIT pixel (marks: 1/FINE);
- `fill`, `stroke`: colours as "#rrggbbaa"; with a stroke `width`, `cap`, `join`, and `dash`, the
  offset and the lengths;
- `snap`: whether edges are to be put on the screen's pixels, as those of bars and straight lines;
- `clip`: x, y, width, height of the rectangle outside of which nothing is drawn;
- marks: `places`, `marks`: where the places begin (x and y, int16), and their number;
- images: `at`, `rows`, `columns` of its RGBA bytes, `corners`: x and y of the first and of the
  last pixel's outer corner, `smooth`: whether colours are interpolated.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from matplotlib.artist import Artist
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties
from matplotlib.image import AxesImage
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from minidl.plots.corners import (
    FINE,
    UNIT,
    Tape,
    corners_of,
    integers,
    is_rectilinear,
    short,
    within_reach,
)
from minidl.plots.letters import math_outline, text_outline
from minidl.plots.pen import color_of, pen_of

Array = npt.NDArray[Any]
Operation = dict[str, Any]

MARGIN = 40  # screen pixels around the picture, beyond which lines are cut off
SMOOTH = {"nearest": False, "none": False, "bilinear": True}


class Recording(NamedTuple):
    """Operations in the order in which they are drawn, and the bytes that they refer to."""

    operations: list[Operation]
    data: bytes


class Recorder(RendererBase):
    """A renderer that writes down what artists draw.

    Parameters
    ----------
    agg : RendererAgg
        The renderer of the same figure, which is asked how much room texts take.
    width, height : int
        The picture's size in screen pixels.

    Examples
    --------
    >>> from minidl.plots.picture import Picture
    >>> picture = Picture(lambda figure: figure.subplots().plot([0, 1], "r-"))
    >>> [operation["stroke"] for operation in picture.record().operations if "at" in operation]
    ['#ff0000ff']
    """

    def __init__(self, agg: RendererAgg, width: int, height: int) -> None:
        super().__init__()
        self._agg = agg
        self._pixel = agg.width / width  # the figure's pixels in a screen pixel
        self._to_screen = Affine2D().scale(1 / self._pixel, -1 / self._pixel).translate(0, height)
        self._reach = (-MARGIN, -MARGIN, width + MARGIN, height + MARGIN)
        self._clear()

    def record(self, artist: Artist) -> None:
        """Write down what an artist draws.

        Raises
        ------
        NotImplementedError
            If it draws something that a page would not show in the same way.
        """
        try:
            if isinstance(artist, AxesImage):
                self._draw_unsampled(artist)
            else:
                artist.draw(self)
        except NotImplementedError as error:
            label = str(artist.get_label())
            name = "" if label.startswith("_") else f" {label!r}"
            raise NotImplementedError(
                f"{type(artist).__name__}{name}: expected what a page can draw in the same way, "
                f"received {error}; "
                "try an artist without it, or leave this one out of the moving artists"
            ) from error

    def note(self, operation: Operation) -> None:
        """Write down an operation that no artist draws."""
        self._operations.append(operation)

    def take(self) -> Recording:
        """Return what has been written down, and begin anew."""
        recording = Recording(self._operations, self._tape.content())
        self._clear()
        return recording

    # What matplotlib asks of a renderer

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Return the figure's size in its own pixels."""
        return self._agg.width, self._agg.height

    def points_to_pixels(self, points: Any) -> Any:
        """Return a length in the figure's pixels."""
        return self._agg.points_to_pixels(points)

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> Any:
        """Return what Agg says, so that texts stand where they do there."""
        return self._agg.get_text_width_height_descent(s, prop, ismath)

    def draw_path(
        self, gc: GraphicsContextBase, path: Path, transform: Any, rgbFace: Any = None
    ) -> None:
        """Write down a line or an area."""
        style = self._style(gc, rgbFace)
        self._add_path(path, transform + self._to_screen, style, gc.get_snap())

    def draw_markers(
        self,
        gc: GraphicsContextBase,
        marker_path: Path,
        marker_trans: Any,
        path: Path,
        trans: Any,
        rgbFace: Any = None,
    ) -> None:
        """Write down one shape at many places."""
        style = self._style(gc, rgbFace)
        places: Array = (trans + self._to_screen).transform(path.vertices)
        places = places[np.all(np.isfinite(places), axis=1)]
        low, high = self._reach[:2], self._reach[2:]
        places = places[np.all((places > low) & (places < high), axis=1)]
        if not places.size or not style:
            return
        shape = marker_path.cleaned(
            marker_trans + Affine2D().scale(1 / self._pixel, -1 / self._pixel), curves=True
        )
        corners = corners_of(shape, FINE)
        at = self._tape.add(corners)
        where = self._tape.add(integers(places, UNIT))
        where_and_what = {"places": where, "marks": len(places), "at": at, "count": len(corners)}
        self.note({"kind": "marks", **where_and_what, **style})

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        """Write down the outline of a line of text; no font has to be on the reader's machine."""
        outline, codes = math_outline(s, prop) if ismath else text_outline(s, prop)[:2]
        em = self.points_to_pixels(prop.get_size_in_points())
        place = Affine2D().scale(em).rotate_deg(angle).translate(x, self._agg.height - y)
        style = {"fill": color_of(gc, gc.get_rgb()), **self._clip(gc)}
        self._add_path(Path(outline, codes), place + self._to_screen, style, snap=False)

    def draw_tex(self, *args: Any, **kwargs: Any) -> None:
        """Refuse."""
        raise NotImplementedError("text set by TeX")

    def draw_gouraud_triangles(self, *args: Any, **kwargs: Any) -> None:
        """Refuse."""
        raise NotImplementedError("triangles with shaded colours")

    def draw_image(self, gc: GraphicsContextBase, x: float, y: float, im: Any, *_: Any) -> None:
        """Write down an image in the figure's own pixels, bottom row first."""
        rows, columns = im.shape[:2]
        corners = self._to_screen.transform([(x, y), (x + columns, y + rows)])
        self._add_image(im, corners, smooth=False, clip=self._clip(gc))

    # How it is written down

    def _draw_unsampled(self, artist: AxesImage) -> None:
        """Write down an image in its own pixels, which are fewer than the figure's."""
        if not artist.get_visible():
            return
        if artist.get_interpolation() not in SMOOTH:
            raise NotImplementedError(f"interpolation={artist.get_interpolation()!r}")
        pixels, x, y, transform = artist.make_image(self, unsampled=True)
        ends = transform.transform([(0, 0), (pixels.shape[1], pixels.shape[0])])
        gc = self.new_gc()
        if artist.get_clip_on() and artist.get_clip_box() is not None:
            gc.set_clip_rectangle(artist.get_clip_box())
        smooth = SMOOTH[artist.get_interpolation()]
        self._add_image(
            pixels,
            self._to_screen.transform(np.add(ends, (x, y))),
            smooth=smooth,
            clip=self._clip(gc),
        )

    def _add_image(self, pixels: Any, corners: Array, *, smooth: bool, clip: Operation) -> None:
        at = self._tape.add(np.ascontiguousarray(pixels, dtype=np.uint8))
        size = {"at": at, "rows": pixels.shape[0], "columns": pixels.shape[1]}
        places = [short(value) for value in corners.ravel()]
        self.note({"kind": "image", **size, "corners": places, "smooth": smooth, **clip})

    def _add_path(self, path: Path, transform: Any, style: Operation, snap: bool | None) -> None:
        if not style:
            return
        filled = "fill" in style
        cleaned = path.cleaned(
            transform,
            remove_nans=True,
            clip=None if filled else self._reach,
            simplify=path.should_simplify and not filled,
            curves=True,
        )
        corners = corners_of(within_reach(cleaned, self._reach) if filled else cleaned, UNIT)
        if len(corners) < 2:
            return
        begin = self._tape.add(corners)
        snap = is_rectilinear(corners) if snap is None else snap
        self.note({"kind": "path", "at": begin, "count": len(corners), "snap": snap, **style})

    def _style(self, gc: GraphicsContextBase, face: Any) -> Operation:
        """Return colours, stroke and clipping; nothing if nothing would be seen."""
        pen = pen_of(gc, face, point=self.points_to_pixels(1.0) / self._pixel)
        return {**pen, **self._clip(gc)} if pen else {}

    def _clip(self, gc: GraphicsContextBase) -> Operation:
        path, _ = gc.get_clip_path()
        if path is not None:
            raise NotImplementedError("a clip path that is no upright rectangle")
        box = gc.get_clip_rectangle()
        if box is None:
            return {}
        (x0, y0), (x1, y1) = self._to_screen.transform([(box.x0, box.y1), (box.x1, box.y0)])
        return {"clip": [short(value) for value in (x0, y0, x1 - x0, y1 - y0)]}

    def _clear(self) -> None:
        self._operations: list[Operation] = []
        self._tape = Tape()
