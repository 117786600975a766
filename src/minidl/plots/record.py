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
from matplotlib.colors import to_hex
from matplotlib.font_manager import FontProperties
from matplotlib.image import AxesImage
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox

from minidl.plots.letters import math_outline, text_outline

Array = npt.NDArray[Any]
Operation = dict[str, Any]

UNIT = 32
"""Steps in a screen pixel; int16 then reaches over 1024 pixels to each side."""
FINE = 256
"""Steps in a screen pixel for the shape of a mark."""
MARGIN = 40  # screen pixels around the picture, beyond which lines are cut off
MOST_SNAPPED = 1024  # corners of a path that Agg looks at before it puts edges on pixels
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
            name = f"{type(artist).__name__} {artist.get_label()!r}".replace(" ''", "")
            raise NotImplementedError(
                f"{name}: expected what a page can draw in the same way, received {error}; "
                "try an artist without it, or leave this one out of the moving artists"
            ) from error

    def note(self, operation: Operation) -> None:
        """Write down an operation that no artist draws."""
        self._operations.append(operation)

    def take(self) -> Recording:
        """Return what has been written down, and begin anew."""
        recording = Recording(self._operations, b"".join(self._parts))
        self._clear()
        return recording

    # What matplotlib asks of a renderer

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Return the figure's size in its own pixels."""
        return self._agg.width, self._agg.height

    def points_to_pixels(self, points: float) -> float:
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
        places = (trans + self._to_screen).transform(path.vertices)
        places = places[np.all(np.isfinite(places), axis=1)]
        low, high = self._reach[:2], self._reach[2:]
        places = places[np.all((places > low) & (places < high), axis=1)]
        if not len(places) or not style:
            return
        shape = marker_path.cleaned(
            marker_trans + Affine2D().scale(1 / self._pixel, -1 / self._pixel), curves=True
        )
        begin = self._add(_corners(shape, FINE))
        where = self._add(_integers(places, UNIT))
        self.note(
            {
                **{"kind": "marks", "at": begin, "count": len(shape.vertices) - 1},
                **{"places": where, "marks": len(places), **style},
            }
        )

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
        style = {"fill": self._color(gc, gc.get_rgb()), **self._clip(gc)}
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
        ends = transform.transform([(0, 0), (pixels.shape[1], pixels.shape[0])]) + (x, y)
        gc = self.new_gc()
        artist._set_gc_clip(gc)
        smooth = SMOOTH[artist.get_interpolation()]
        self._add_image(pixels, self._to_screen.transform(ends), smooth=smooth, clip=self._clip(gc))

    def _add_image(self, pixels: Any, corners: Array, *, smooth: bool, clip: Operation) -> None:
        rows, columns = pixels.shape[:2]
        at = self._add(np.ascontiguousarray(pixels, dtype=np.uint8))
        places = [_short(value) for value in corners.ravel()]
        self.note(
            {
                **{"kind": "image", "at": at, "rows": rows, "columns": columns},
                **{"corners": places, "smooth": smooth, **clip},
            }
        )

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
        corners = _corners(cleaned if not filled else self._within_reach(cleaned), UNIT)
        if len(corners) < 2:
            return
        begin = self._add(corners)
        snap = _is_rectilinear(corners) if snap is None else snap
        self.note({"kind": "path", "at": begin, "count": len(corners), "snap": snap, **style})

    def _within_reach(self, path: Path) -> Path:
        """Cut an area that reaches beyond what int16 can say."""
        if np.abs(path.vertices).max(initial=0) * UNIT < np.iinfo(np.int16).max:
            return path
        own = path.codes != Path.STOP
        box = Bbox.from_extents(*self._reach)
        cut = Path(path.vertices[own], path.codes[own]).clip_to_bbox(box)
        return cut.cleaned(curves=True)

    def _add(self, array: Array) -> int:
        """Append an array and return where it begins; every part starts at a multiple of four."""
        begin = self._size
        part = array.tobytes()
        part += bytes(-len(part) % 4)
        self._parts.append(part)
        self._size += len(part)
        return begin

    def _style(self, gc: GraphicsContextBase, face: Any) -> Operation:
        """Return colours, stroke and clipping; nothing if nothing would be seen."""
        if gc.get_hatch():
            raise NotImplementedError(f"hatch={gc.get_hatch()!r}")
        if gc.get_sketch_params():
            raise NotImplementedError("sketch lines")
        style: Operation = {}
        if face is not None and not (len(face) > 3 and face[3] == 0):
            style["fill"] = self._color(gc, face)
        if gc.get_linewidth() > 0 and gc.get_rgb()[3] > 0:
            style.update(self._stroke(gc))
        return {**style, **self._clip(gc)} if style else {}

    def _stroke(self, gc: GraphicsContextBase) -> Operation:
        offset, lengths = gc.get_dashes()
        dash = None if lengths is None else [self._pixels(offset or 0), *map(self._pixels, lengths)]
        stroke = {
            "stroke": self._color(gc, gc.get_rgb()),
            "width": self._pixels(gc.get_linewidth()),
            "cap": {"projecting": "square"}.get(gc.get_capstyle(), gc.get_capstyle()),
            "join": gc.get_joinstyle(),
        }
        return stroke if dash is None else {**stroke, "dash": dash}

    def _pixels(self, points: float) -> float:
        """Return a length in screen pixels."""
        return _short(self.points_to_pixels(float(points)) / self._pixel)

    def _color(self, gc: GraphicsContextBase, color: Any) -> str:
        """Return a colour with its opacity, by the rule that Agg follows."""
        opacity = gc.get_alpha() if gc.get_forced_alpha() or len(color) == 3 else color[3]
        return str(to_hex((*color[:3], opacity), keep_alpha=True))

    def _clip(self, gc: GraphicsContextBase) -> Operation:
        path, _ = gc.get_clip_path()
        if path is not None:
            raise NotImplementedError("a clip path that is no upright rectangle")
        box = gc.get_clip_rectangle()
        if box is None:
            return {}
        (x0, y0), (x1, y1) = self._to_screen.transform([(box.x0, box.y1), (box.x1, box.y0)])
        return {"clip": [_short(value) for value in (x0, y0, x1 - x0, y1 - y0)]}

    def _clear(self) -> None:
        self._operations: list[Operation] = []
        self._parts: list[bytes] = []
        self._size = 0


def _corners(path: Path, unit: int) -> Array:
    """Return code, x and y of each corner of a cleaned path as int16, shape (N, 3)."""
    shown = path.codes != Path.STOP
    corners = np.empty((np.count_nonzero(shown), 3), dtype="<i2")
    corners[:, 0] = path.codes[shown]
    corners[:, 1:] = _integers(path.vertices[shown], unit)
    return corners


def _integers(places: Array, unit: int) -> Array:
    """Return places in whole units; what is out of reach stays at its end."""
    limits = np.iinfo(np.int16)
    return np.clip(np.rint(places * unit), limits.min, limits.max).astype("<i2")


def _is_rectilinear(corners: Array) -> bool:
    """Return whether a path has horizontal and vertical edges only, Agg's rule for snapping."""
    codes, places = corners[:, 0], corners[:, 1:]
    if len(corners) > MOST_SNAPPED or np.any((codes == Path.CURVE3) | (codes == Path.CURVE4)):
        return False
    is_straight = np.any(places[1:] == places[:-1], axis=1)
    return bool(np.all(is_straight | (codes[1:] != Path.LINETO)))


def _short(value: float) -> float:
    """Return a number with as many digits as a screen can show."""
    return round(float(value), 3)
