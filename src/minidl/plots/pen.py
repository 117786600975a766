"""Colours and strokes of matplotlib's artists in the words of a page."""

from __future__ import annotations

from typing import Any

from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.colors import to_hex

from minidl.plots.corners import short

CAPS = {"projecting": "square"}
"""Ends of lines that a page calls by another name."""


def pen_of(gc: GraphicsContextBase, face: Any, *, point: float) -> dict[str, Any]:
    """Return fill and stroke as `minidl.plots.record` describes them.

    Parameters
    ----------
    gc : GraphicsContextBase
        How matplotlib says what a stroke looks like.
    face : tuple or None
        The colour to fill with.
    point : float
        Screen pixels in a point.

    Returns
    -------
    dict
        Empty if nothing would be seen.

    Raises
    ------
    NotImplementedError
        If it is hatched or sketched.

    Examples
    --------
    >>> pen_of(GraphicsContextBase(), (1.0, 0.0, 0.0, 0.5), point=2)["fill"]
    '#ff000080'
    """
    if gc.get_hatch():
        raise NotImplementedError(f"hatch={str(gc.get_hatch())!r}")
    if gc.get_sketch_params():
        raise NotImplementedError("sketched lines")
    pen: dict[str, Any] = {}
    if face is not None and not (len(face) > 3 and face[3] == 0):
        pen["fill"] = color_of(gc, face)
    line: Any = gc.get_rgb()
    if gc.get_linewidth() > 0 and line[3] > 0:
        pen |= {"stroke": color_of(gc, line), "width": short(gc.get_linewidth() * point)}
        pen |= {"cap": CAPS.get(gc.get_capstyle(), gc.get_capstyle()), "join": gc.get_joinstyle()}
        pen |= _dash_of(gc, point)
    return pen


def color_of(gc: GraphicsContextBase, color: Any) -> str:
    """Return a colour with its opacity, by the rule that Agg follows."""
    opacity = gc.get_alpha() if gc.get_forced_alpha() or len(color) == 3 else color[3]
    return str(to_hex((*color[:3], opacity), keep_alpha=True))


def _dash_of(gc: GraphicsContextBase, point: float) -> dict[str, Any]:
    lengths: Any
    offset, lengths = gc.get_dashes()
    if lengths is None:
        return {}
    return {"dash": [short(float(length) * point) for length in (offset or 0, *lengths)]}
