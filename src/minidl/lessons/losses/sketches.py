"""Losses as pictures small enough for a table: SVG that needs no file and no script."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.plots.loss_slices import SLICES
from minidl.plots.style import CLASS_COLORS

WIDTH, HEIGHT = 110, 56
HIGHEST = 4.5
"""Losses up to this are shown, from a bit below 0."""
LOWEST = -0.5
DASHES = ("", ' stroke-dasharray="4 2.5"')
"""The curve of the first label is solid, that of the second dashed."""


def sketch(name: str) -> str:
    """Return a loss over its prediction, for both labels, as an image of HTML.

    Examples
    --------
    >>> sketch("L1Loss").split("base64")[0]
    '<img alt="L1Loss over prediction: solid y = 0, dashed y = 1" style="min-width:110px" \
src="data:image/svg+xml;'
    """
    each = SLICES[name]
    first, second = each.labels
    alt = f"{name} over {each.axis}: solid {first}, dashed {second}".replace('"', "&quot;")
    code = b64encode(svg(name).encode()).decode()
    keep = f'style="min-width:{WIDTH}px"'  # in a narrow table too
    return f'<img alt="{alt}" {keep} src="data:image/svg+xml;base64,{code}">'


def svg(name: str) -> str:
    """Return the curves of a loss for both labels, over a line at 0."""
    each = SLICES[name]
    x = each.grid(56)
    curves = [
        f'<polyline points="{points(each.curve(x, first)[0])}" fill="none" '
        f'stroke="{color}" stroke-width="1.6"{dash}/>'
        for first, color, dash in zip((True, False), CLASS_COLORS, DASHES, strict=True)
    ]
    zero = f'<path d="M0 {down(0.0):.1f}H{WIDTH}" stroke="#999999" stroke-width="0.8"/>'
    size = f'width="{WIDTH}" height="{HEIGHT}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<rect {size} fill="white"/>{zero}{"".join(curves)}</svg>'
    )


def points(losses: npt.NDArray[Any]) -> str:
    """Return a curve's points from the left to the right, as SVG writes them.

    Examples
    --------
    >>> points(np.array([0.0, 4.5, 99.0]))
    '0,50.4 55,0 110,-10'
    """
    x = np.linspace(0, WIDTH, len(losses)).round()
    y = np.round([max(down(loss), -10.0) for loss in losses], 1)
    return " ".join(f"{a:.0f},{b:g}" for a, b in zip(x, y, strict=True))


def down(loss: float) -> float:
    """Return how far below the upper edge a loss is drawn.

    Examples
    --------
    >>> down(4.5), down(-0.5)
    (0.0, 56.0)
    """
    return HEIGHT * (HIGHEST - float(loss)) / (HIGHEST - LOWEST)
