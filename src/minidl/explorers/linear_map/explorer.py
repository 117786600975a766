"""A map of the plane: what a matrix and a shift do to a grid, once or several times in a row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.explorers.linear_map.picture import (
    LinearMapArtists,
    LinearMapView,
    U,
    V,
    draw_linear_map,
    update_linear_map,
)
from minidl.plots.linear_map import Marks, grid_lines
from minidl.plots.numbers import matrix, vector
from minidl.widgets.controls import choice, int_slider, slider
from minidl.widgets.explorer import Explorer, Figure, State
from minidl.widgets.network import own_function

Array = npt.NDArray[Any]
Layer = Callable[[Array, Array, Array], Array]
"""A function (X, W, b) → images, with X (N, 2), W (2, 2), b (1, 2) and images (N, 2)."""

PRESETS = {
    "Identity": [[1.0, 0.0], [0.0, 1.0]],
    "Rotation by 37°": [[0.8, 0.6], [-0.6, 0.8]],
    "Scaling": [[1.5, 0.0], [0.0, 0.5]],
    "Shear": [[1.0, 0.0], [0.8, 1.0]],
    "Projection": [[0.5, -0.5], [-0.5, 0.5]],
    "Reflection": [[-1.0, 0.0], [0.0, 1.0]],
    "Zero map": [[0.0, 0.0], [0.0, 0.0]],
}
"""Linear maps by name; the rows of a matrix are the images of (1, 0) and (0, 1).

The rotation is the one of the triangle with sides 3, 4, 5: sliders can show it exactly.
"""
OWN = "Your own"


def affine(X: Array, W: Array, b: Array) -> Array:
    """Return X·W + b."""
    return X @ W + b


class LinearMapExplorer(Explorer[LinearMapArtists, LinearMapView]):
    """Matrix, shift and number of layers → the grid that they make of a square one.

    Parameters
    ----------
    layer
        The learner's own function (X, W, b) → images of the points X; by default X·W + b. One
        that bends lines shows that no single matrix can do the same.
    **start
        First values of controls: `preset`, `w11`, `w12`, `w21`, `w22`, `b1`, `b2`, `layers`.
    """

    alt = (
        "Left, a square grid with a letter F and the unit vectors; right, where the map takes "
        "them, with a diamond halfway between the images of two points, and a circle and a cross "
        "that coincide if the map is linear"
    )
    size = (720, 380)

    def __init__(self, layer: Layer | None = None, **start: Any) -> None:
        self._layer = own_function(layer, affine, call="(X, W, b)", returns="the images of X")
        super().__init__(**start)

    def make_controls(self) -> dict[str, Any]:
        """Return the choice of a map, its matrix, its shift and the number of layers."""
        entry, shift = ({"low": -limit, "high": limit, "step": 0.05} for limit in (2, 1))
        first, second = (
            "Where (1, 0) goes, before the shift.",
            "Where (0, 1) goes, before the shift.",
        )
        options = [*PRESETS, OWN]
        return {
            "preset": choice("Map", "Identity", options=options, tooltip="Well-known linear maps."),
            "layers": int_slider("Layers", 1, low=1, high=10, tooltip="How often it is applied."),
            "w11": slider("Weight w₁₁", 1.0, **entry, tooltip=first),
            "w12": slider("Weight w₁₂", 0.0, **entry, tooltip=first),
            "w21": slider("Weight w₂₁", 0.0, **entry, tooltip=second),
            "w22": slider("Weight w₂₂", 1.0, **entry, tooltip=second),
            "b1": slider("Bias b₁", 0.0, **shift, tooltip="Shift to the right."),
            "b2": slider("Bias b₂", 0.0, **shift, tooltip="Shift upwards."),
        }

    def consequences(self, name: str, value: Any) -> dict[str, Any]:
        """Let a preset set the matrix, and a moved matrix be the reader's own."""
        if name == "preset" and value != OWN:
            entries = zip(("w11", "w12", "w21", "w22"), np.ravel(PRESETS[value]), strict=True)
            return {**{entry: float(number) for entry, number in entries}, "b1": 0.0, "b2": 0.0}
        return {"preset": OWN} if name.startswith("w") else {}

    def compute(self, state: State) -> LinearMapView:
        """Send all marks through the layers, and collapse the layers into one matrix and shift."""
        W = np.array([[state.w11, state.w12], [state.w21, state.w22]])
        b = np.array([[state.b1, state.b2]])

        def run(X: Array) -> Array:
            for _ in range(state.layers):
                X = self._apply(X, W, b)
            return X

        marks = Marks.under(run)
        one_W, one_b = marks.units - marks.origin, marks.origin[None]  # three points tell which map
        return LinearMapView(
            marks=marks,
            ends=run(np.array([U, V])),
            middle=run((U + V)[None] / 2)[0],
            whole=run((2 * U + V)[None])[0],
            parts=(2 * run(U[None]) + run(V[None]))[0],
            W=one_W,
            b=one_b,
            bends=not _same(marks.lines, grid_lines() @ one_W + one_b),
            expected=collapse(W, b, state.layers),
        )

    def draw(self, figure: Figure) -> LinearMapArtists:
        """Draw the plane before the map, and axes for what comes after."""
        return draw_linear_map(figure)

    def update(self, artists: LinearMapArtists, view: LinearMapView) -> None:
        """Show a map."""
        update_linear_map(artists, view)

    def sentence(self, state: State, view: LinearMapView) -> str:
        """State the one matrix and shift that do the same, and how the linearity test ends."""
        one, many = state.layers == 1, f"{state.layers} layers"
        if view.bends:
            return (
                f"No single matrix and shift do what {'this layer does' if one else many + ' do'}."
            )
        does = "T(x) = x·W + b" if one else f"{many} do what one does: x·W + b"
        text = f"{does} with W = {matrix(view.W)}, b = {vector(view.b[0])}. "
        if not all(map(_same, (view.W, view.b), view.expected)):
            asked_W, asked_b = view.expected
            return text + f"The sliders ask for W = {matrix(asked_W)}, b = {vector(asked_b[0])}."
        if _same(view.whole, view.parts):
            return text + "Linear: T(2u + v) = 2T(u) + T(v)."
        gap = vector(view.whole - view.parts)
        return text + f"Not linear: T(2u + v) misses 2T(u) + T(v) by {gap}."

    def _apply(self, X: Array, W: Array, b: Array) -> Array:
        """Return the layer's images of X; refuse other shapes."""
        images = np.asarray(self._layer(X, W, b), dtype=float)
        if images.shape != X.shape:
            raise ValueError(
                f"expected the layer to turn points of shape {X.shape} into points of the same "
                f"shape, received {images.shape}. Try X @ W + b."
            )
        return images


def collapse(W: Array, b: Array, layers: int) -> tuple[Array, Array]:
    """Return the one matrix and the one shift that do what several equal layers do in a row.

    x ↦ (x·W + b)·W + b = x·W² + (b·W + b), and so on.

    Examples
    --------
    >>> collapse(2 * np.eye(2), np.array([[1.0, 0.0]]), layers=3)
    (array([[8., 0.],
           [0., 8.]]), array([[7., 0.]]))
    """
    one_W, one_b = np.eye(2), np.zeros((1, 2))
    for _ in range(layers):
        one_W, one_b = one_W @ W, one_b @ W + b
    return one_W, one_b


def _same(one: Array, other: Array) -> bool:
    """Return whether arrays agree but for rounding, measured against their largest number."""
    return bool(np.allclose(one, other, rtol=0, atol=1e-9 * (1 + np.abs(other).max())))
