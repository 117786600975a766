"""How a banknote of no country is drawn, and how it looks when somebody photographs it.

A note is drawn once, flat and large; a photo of it looks up what lies at each of its points.
"""

from __future__ import annotations

import math
from colorsys import hsv_to_rgb
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

SIDE = 32
"""Pixels of a photo's height and width."""
FINENESS = 3
"""Points per pixel, each way, of which a pixel's colour is the mean."""
WIDTH, HEIGHT = 1.5, 1.0
"""Where a note ends, to the right and to the top, from its middle."""
DOTS = 64
"""Dots per unit of the drawing."""

NUMERALS = {
    "0": [(math.cos(a) / 2, math.sin(a)) for a in np.linspace(0, 2 * math.pi, 17)],
    "1": [(-0.35, 0.55), (0.05, 1.0), (0.05, -1.0)],
    "5": [(0.45, 1.0), (-0.35, 1.0), (-0.42, 0.15)]
    + [(0.5 * math.cos(a) - 0.07, 0.6 * math.sin(a) - 0.4) for a in np.linspace(2.2, -2.5, 11)],
}
"""Strokes from −1 (below) to 1 (above)."""


@cache
def drawing_of(value: str) -> Array:
    """Return a note as it is printed: a picture on the left, its value on the right.

    Ten has a head in an oval, fifty a tower.

    Returns
    -------
    ndarray of shape (rows, columns, 4)
        How much of paper, ink, white and desk there is at each dot, 1 together; the desk shows in
        the outermost dots.
    """
    columns, rows = (int(2 * DOTS * length) for length in (WIDTH, HEIGHT))
    u, v = np.meshgrid(np.linspace(-WIDTH, WIDTH, columns), np.linspace(HEIGHT, -HEIGHT, rows))
    frame = np.maximum(np.abs(u) - WIDTH, np.abs(v) - HEIGHT) > -0.09
    oval = np.hypot((u + 0.85) / 0.5, v / 0.74) < 1
    picture = oval & (_head(u + 0.85, v) if value == "10" else _tower(u + 0.85, v))
    strokes = _near(u, v, value[0], 0.2) | _near(u, v, value[1], 0.92)
    waves = 0.11 + 0.11 * np.sin(9 * u + 4 * np.sin(3 * v))
    white = 0.6 * oval
    shares = np.stack([(1 - waves) * (1 - white), waves * (1 - white), white, 0 * white], axis=-1)
    shares[frame | picture | strokes] = (0, 1, 0, 0)
    shares[[0, -1]] = shares[:, [0, -1]] = (0, 0, 0, 1)
    shares.setflags(write=False)  # as long as Python runs, it is the same
    return shares


def _head(u: Array, v: Array) -> Array:
    face = np.hypot(u / 0.2, (v - 0.16) / 0.28) < 1
    neck = (np.abs(u) < 0.09) & (np.abs(v + 0.15) < 0.2)
    shoulders = np.hypot(u / 0.42, (v + 0.74) / 0.5) < 1
    return np.asarray(face | neck | shoulders)


def _tower(u: Array, v: Array) -> Array:
    wall = (np.abs(u) < 0.22) & (v < 0.2)
    roof = (v >= 0.2) & (np.abs(u) < 0.8 * (0.64 - v))
    door = (np.abs(u) < 0.08) & (v < -0.3)
    return np.asarray((wall & ~door) | roof)


def _near(u: Array, v: Array, numeral: str, middle: float) -> Array:
    """Return where the pen has been that draws a numeral."""
    points = np.array(NUMERALS[numeral]) * (0.56, 0.62) + (middle, 0)
    return _distance(u, v, points) < 0.115


def _distance(u: Array, v: Array, points: Array) -> Array:
    """Return how far each place is from a line through points."""
    nearest = np.full(u.shape, np.inf)
    for (u0, v0), (du, dv) in zip(points[:-1], np.diff(points, axis=0), strict=True):
        along = np.clip(((u - u0) * du + (v - v0) * dv) / (du**2 + dv**2), 0, 1)
        nearest = np.minimum(nearest, np.hypot(u - u0 - along * du, v - v0 - along * dv))
    return nearest


def photo_of(value: str, rng: np.random.Generator, *, watermark: bool = False) -> Array:
    """Return a photo of a note: uint8, shape (32, 32, 3).

    Colour, place, size, turn, desk and light are drawn the same way for both values, so that only
    what is printed tells them apart. The watermark is the photographer's: a ring in the lower
    right corner.
    """
    x, y = _points()
    colors = _shares(drawing_of(value), *_on_the_note(x, y, rng)) @ _palette(rng)
    if watermark:
        colors = _with_ring(colors, x, y)
    colors *= _light(x, y, rng)
    pixels = colors.reshape(SIDE, FINENESS, SIDE, FINENESS, 3).mean(axis=(1, 3))
    pixels += rng.normal(0, 0.015, pixels.shape)
    return np.rint(255 * np.clip(pixels, 0, 1)).astype(np.uint8)


@cache
def _points() -> tuple[Array, Array]:
    """Return the places that the camera sees, from −1 to 1."""
    places = (np.arange(SIDE * FINENESS) + 0.5) / (SIDE * FINENESS) * 2 - 1
    x, y = np.meshgrid(places, -places)
    return x, y


def _on_the_note(x: Array, y: Array, rng: np.random.Generator) -> tuple[Array, Array]:
    """Return where on a note, shifted, turned and larger or smaller, each place lies."""
    turn, size, height = rng.normal(0, 0.09), rng.uniform(0.54, 0.64), rng.uniform(1.0, 1.25)
    x, y = x - rng.uniform(-0.12, 0.12), y - rng.uniform(-0.2, 0.2)
    u = (x * math.cos(turn) + y * math.sin(turn)) / size
    v = (y * math.cos(turn) - x * math.sin(turn)) / (size * height)
    return u, v


def _shares(drawing: Array, u: Array, v: Array) -> Array:
    """Return a drawing's shares at places on and beside the note."""
    rows, columns, _ = drawing.shape
    down = np.clip((HEIGHT - v) * DOTS, 0, rows - 1).astype(np.int64)
    right = np.clip((u + WIDTH) * DOTS, 0, columns - 1).astype(np.int64)
    return np.asarray(drawing[down, right])


def _palette(rng: np.random.Generator) -> Array:
    """Return the colours of paper, ink, white and desk, shape (4, 3)."""
    hue = rng.random()
    paper = hsv_to_rgb(hue, rng.uniform(0.15, 0.4), rng.uniform(0.75, 0.95))
    ink_hue = (hue + rng.uniform(-0.08, 0.08)) % 1
    ink = hsv_to_rgb(ink_hue, rng.uniform(0.4, 0.8), rng.uniform(0.15, 0.4))
    desk = hsv_to_rgb(rng.random(), rng.uniform(0, 0.5), rng.uniform(0.2, 0.8))
    return np.array([paper, ink, (1, 1, 1), desk])


def _with_ring(colors: Array, x: Array, y: Array) -> Array:
    distance = np.hypot(x - 0.78, y + 0.78)[..., np.newaxis]
    colors = np.where(distance < 0.19, 0.1 * colors + 0.9, colors)
    return np.where(distance < 0.09, 0.1, colors)


def _light(x: Array, y: Array, rng: np.random.Generator) -> Array:
    """Return how bright it is at each place: more so on one side."""
    angle, strength = rng.uniform(0, 2 * math.pi), rng.uniform(0, 0.18)
    slope = math.cos(angle) * x + math.sin(angle) * y
    return np.asarray(rng.uniform(0.75, 1.1) * (1 + strength * slope))[..., np.newaxis]
