"""A neuron with two inputs: its weights and bias, and the line that they draw in the plane."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.explorers.neuron.picture import (
    REACH,
    NeuronArtists,
    NeuronView,
    draw_neuron,
    update_neuron,
)
from minidl.numerics import sigmoid
from minidl.op import Op
from minidl.plots.numbers import plain, signed, vector
from minidl.widgets.controls import buttons, slider
from minidl.widgets.explorer import Explorer, Figure, State
from minidl.widgets.network import own_function

Array = npt.NDArray[Any]
Neuron = Callable[[Array, Array, Array], Array]
"""A function (X, W, b) → z with X (N, 2), W (2, 1), b (1, 1) and z (N, 1)."""

_SIDE = 121  # points on each side of the shading
_FULL_SHADE = 6.0  # net activation at which the shading has its full colour


def net_activation(X: Array, W: Array, b: Array) -> Array:
    """Return z = X·W + b."""
    return X @ W + b


class NeuronExplorer(Explorer[NeuronArtists, NeuronView]):
    """Weights and bias → the line z = 0, the shading on both sides and a profile across it.

    Parameters
    ----------
    neuron
        The learner's own function (X, W, b) → z, or a layer with two inputs and one output,
        whose parameters W and b are set from the sliders. By default X·W + b.
    **start
        First values of controls: `w1`, `w2`, `b`, `view` ("z" or "a").
    """

    alt = (
        "Left, the plane of inputs, shaded by the neuron's value, with the line where z is 0 and "
        "the weights as an arrow; right, the value along the arrow's direction"
    )
    size = (720, 370)

    def __init__(self, neuron: Neuron | Op | None = None, **start: Any) -> None:
        function = own_function(neuron, net_activation, call="(X, W, b)", returns="z")
        self._neuron = _as_function(function)
        super().__init__(**start)

    def make_controls(self) -> dict[str, Any]:
        """Return sliders for w₁, w₂ and b, and the choice of what is shown."""
        weight = {"low": -3, "high": 3, "step": 0.1}
        return {
            "w1": slider("Weight w₁", 1.0, **weight, tooltip="How much z grows with x₁."),
            "w2": slider("Weight w₂", 0.5, **weight, tooltip="How much z grows with x₂."),
            "b": slider("Bias b", -2.0, low=-4, high=4, step=0.1, tooltip="Shifts the line."),
            "view": buttons(
                "Show",
                "z",
                options={"Net activation z": "z", "Logistic output σ(z)": "a"},
                tooltip="What the shading and the curve show.",
            ),
        }

    def compute(self, state: State) -> NeuronView:
        """Evaluate the neuron over the plane and along the direction of its weights."""
        w, b = np.array([state.w1, state.w2]), float(state.b)
        length = float(np.hypot(*w))
        side = np.linspace(-REACH, REACH, _SIDE)
        plane = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
        along = np.outer(side, w / length if length else [1.0, 0.0])
        z = self._evaluate(np.concatenate([plane, along]), w, b)
        on_plane, on_axis = z[: len(plane)].reshape(_SIDE, _SIDE), z[len(plane) :]
        show_output = state.view == "a"
        fault = _fault(plane, on_plane.ravel(), w, b)
        line_w, line_b = _affine_fit(plane, on_plane.ravel()) if fault else (w, b)
        climb = float(line_w @ w) / length if length else 0.0
        return NeuronView(
            w=w,
            shown=state.view,
            shade=sigmoid(on_plane) if show_output else 0.5 + on_plane / (2 * _FULL_SHADE),
            t=side,
            value=sigmoid(on_axis) if show_output else on_axis,
            line=(line_w, line_b),
            offset=-line_b / climb if climb else np.nan,
            fault=fault,
        )

    def draw(self, figure: Figure) -> NeuronArtists:
        """Draw the empty picture."""
        return draw_neuron(figure)

    def update(self, artists: NeuronArtists, view: NeuronView) -> None:
        """Show a neuron."""
        update_neuron(artists, view)

    def sentence(self, state: State, view: NeuronView) -> str:
        """State the neuron's formula and where its line lies."""
        formula = f"z = {signed(state.w1, first=True)}·x₁ {signed(state.w2)}·x₂ {signed(state.b)}. "
        if view.fault:
            return formula + view.fault
        if np.isnan(view.offset):
            return formula + "Without weights there is no line: z is the same everywhere."
        return formula + (
            f"The line z = 0 is {abs(view.offset):.2f} from the origin; "
            f"along w, z grows by {np.hypot(*view.w):.2f} per unit."
        )

    def _evaluate(self, X: Array, w: Array, b: float) -> Array:
        """Return the neuron's net activation for each row of X, shape (N,)."""
        z = np.asarray(self._neuron(X, w.reshape(2, 1), np.array([[b]])))
        if z.shape != (len(X), 1):
            raise ValueError(
                f"expected net activations of shape ({len(X)}, 1) for inputs of shape {X.shape}, "
                f"received {z.shape}. Try X @ W + b with W of shape (2, 1)."
            )
        return z[:, 0]


def _as_function(neuron: Neuron | Op) -> Neuron:
    """Return a function (X, W, b) → z; a layer is copied, so that the learner's own stays as is."""
    if not isinstance(neuron, Op):
        return neuron
    layer = copy.deepcopy(neuron)

    def run(X: Array, W: Array, b: Array) -> Array:
        layer.params["W"][...] = W
        if "b" in layer.params:
            layer.params["b"][...] = b
        return layer(X)

    return run


def _affine_fit(X: Array, z: Array) -> tuple[Array, float]:
    """Return the weights and the bias that a neuron has in truth; NaN if it bends its lines."""
    columns = np.column_stack([X, np.ones(len(X))])
    fit = np.linalg.lstsq(columns, np.nan_to_num(z), rcond=None)[0]
    fit[np.abs(fit) < 1e-9] = 0.0
    w1, w2, b = fit if np.allclose(columns @ fit, z) else np.full(3, np.nan)
    return np.array([w1, w2]), float(b)


def _fault(X: Array, z: Array, w: Array, b: float) -> str:
    """Return where a neuron is furthest from w·x + b, or nothing if it is right."""
    expected = X @ w + b
    worst = int(np.argmax(np.abs(z - expected)))
    if np.isclose(z[worst], expected[worst]):
        return ""
    return (
        f"Yours differs: at x = {vector(X[worst])} it gives {plain(z[worst])}, "
        f"expected {plain(expected[worst])}."
    )
