"""Explorer of an activation: its curve, its slope, and where the slope is next to nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.explorers.activation.picture import (
    DOTS,
    REACHES,
    ActivationArtists,
    ActivationView,
    draw_activation,
    update_activation,
)
from minidl.nn import Activation
from minidl.plots.activation import Z, saturated_intervals
from minidl.plots.numbers import fixed
from minidl.widgets.activation_choices import ActivationFactory, make_activation, offer
from minidl.widgets.controls import choice, slider, stops
from minidl.widgets.explorer import Explorer, Figure, State

Array = npt.NDArray[Any]

PARAMETERS = {  # the activations that have one: the control's name, the argument's name
    "LeakyReLU": ("gamma", "negative_slope"),
    "ELU": ("alpha", "alpha"),
    "Softplus": ("beta", "beta"),
    "Swish": ("beta", "beta"),
}
STEP = 1e-6
AGREE = 1e-4  # up to this difference a formula and a measured slope agree
NARROW = 0.2  # an interval up to this width is told with two decimals


class ActivationExplorer(Explorer[ActivationArtists, ActivationView]):
    """Function and its parameter → curve, slope and saturated region; a point z to read them at.

    The slope is drawn as the activation's formula gives it. Dots are measured on the curve
    itself, by central differences, so a wrong formula misses them.

    Parameters
    ----------
    *own : class or function that makes an Activation
        Your own activations, offered in the list beside the library's.
    **start
        First values of controls, such as `function="ReLU"` or `z=-1.0`.
    """

    alt = "Left an activation over z, right its slope; grey where it saturates"
    size = (740, 320)

    def __init__(self, *own: ActivationFactory, **start: Any) -> None:
        self._factories = offer(own)
        super().__init__(**start)
        self.controls["function"].observe(self._show_parameter, names="value")
        self._show_parameter()

    def make_controls(self) -> dict[str, Any]:
        """Return the function, the point, and a parameter of which one is visible at a time."""
        return {
            "function": choice(
                "Function",
                "Logistic",
                options=list(self._factories),
                tooltip="The activation to see.",
            ),
            "z": slider(
                "Point z", 2.0, low=-10, high=10, step=0.1, tooltip="Where to read a and slope."
            ),
            "reach": stops(
                "Show up to ±z",
                max(REACHES),
                options=list(REACHES),
                tooltip="A closer look around 0.",
            ),
            "gamma": slider(
                "Slope γ", 0.1, low=0, high=1, step=0.05, tooltip="The slope left of 0."
            ),
            "alpha": slider(
                "Depth α", 1.0, low=0, high=2, step=0.1, tooltip="How far down it goes."
            ),
            "beta": slider(
                "Sharpness β", 1.0, low=0.25, high=5, step=0.25, tooltip="How sharply it bends."
            ),
        }

    def consequences(self, name: str, value: Any) -> dict[str, Any]:
        """Keep the point in the picture: it comes along, or the picture becomes wider."""
        if name == "reach":
            return {"z": float(np.clip(self.state.z, -value, value))}
        if name == "z" and abs(value) > self.state.reach:
            return {"reach": min(reach for reach in REACHES if reach >= abs(value))}
        return {}

    def compute(self, state: State) -> ActivationView:
        """Return the curve, its slope by formula and as measured, and the point."""
        activation = make_activation(self._factory(state))
        at = np.array([state.z])
        slope = activation.derivative(Z)
        return ActivationView(
            a=activation.function(Z),
            slope=slope,
            intervals=saturated_intervals(Z, slope),
            by_formula=activation.derivative(DOTS),
            measured=measure_slope(activation, DOTS),
            point=(
                state.z,
                float(activation.function(at)[0]),
                float(activation.derivative(at)[0]),
            ),
            reach=state.reach,
        )

    def draw(self, figure: Figure) -> ActivationArtists:
        """Draw the empty panels."""
        return draw_activation(figure)

    def update(self, artists: ActivationArtists, view: ActivationView) -> None:
        """Show the activation."""
        update_activation(artists, view)

    def sentence(self, state: State, view: ActivationView) -> str:
        """Return value and slope at z, where it is saturated, and whether its formula is wrong."""
        z, a, slope = view.point
        share = f"so {fixed(100 * slope, 1)}% of the gradient gets back"
        return (
            f"{state.function} at z = {z:.1f}: a = {fixed(a, 4)}, slope {fixed(slope, 4)}, "
            f"{share if np.isfinite(slope) else 'which is no number: the formula fails here'}. "
            f"{where_saturated(view.intervals)}"
            f"{verdict(DOTS, view.by_formula, view.measured)}"
        )

    def _factory(self, state: State) -> ActivationFactory:
        """Return what makes the chosen activation with its parameter."""
        factory = self._factories[state.function]
        if state.function not in PARAMETERS:
            return factory
        control, argument = PARAMETERS[state.function]
        return partial(factory, **{argument: getattr(state, control)})

    def _show_parameter(self, _: Any = None) -> None:
        """Show only the parameter that the chosen function has."""
        wanted, _argument = PARAMETERS.get(self.controls["function"].value, ("", ""))
        for name in ("gamma", "alpha", "beta"):
            self.controls[name].layout.display = None if name == wanted else "none"


def measure_slope(activation: Activation, z: Array) -> Array:
    """Return the slope of an activation by central differences.

    Examples
    --------
    >>> from minidl.nn import Tanh
    >>> measure_slope(Tanh(), np.array([0.0, 10.0])).round(4)
    array([1., 0.])
    """
    rise = activation.function(z + STEP) - activation.function(z - STEP)
    return rise / (2 * STEP)


def where_saturated(intervals: Sequence[tuple[float, float]]) -> str:
    """Return in words where less than 5% of the gradient gets back.

    Examples
    --------
    >>> where_saturated([(-10.0, -2.96), (2.96, 10.0)])
    'Less than 5%, whatever the sign, gets back where z < -3.0 or z > 3.0.'
    """
    parts = [_interval(low, high) for low, high in intervals if high > low]
    if not parts:
        return "Nowhere in the picture does less than 5% get back."
    return f"Less than 5%, whatever the sign, gets back where {' or '.join(parts)}."


def _interval(low: float, high: float) -> str:
    """Return an interval in words, open at the ends of the picture."""
    digits = 1 if high - low > NARROW else 2
    if low > Z[0] and high < Z[-1]:
        return f"{fixed(low, digits)} < z < {fixed(high, digits)}"
    return f"z > {fixed(low, digits)}" if low > Z[0] else f"z < {fixed(high, digits)}"


def verdict(z: Array, formula: Array, measured: Array) -> str:
    """Return where a formula for the slope misses the measured slope, or nothing.

    Examples
    --------
    >>> verdict(np.array([1.0, 2.0]), np.array([2.0, 3.0]), np.array([2.0, 4.0]))
    ' The formula misses the measured slope: at z = 2.00 it gives 3.0000, measured 4.0000.'
    """
    misses = np.flatnonzero(~np.isclose(formula, measured, atol=AGREE))
    if not misses.size:
        return ""
    worst = misses[np.argmin(np.abs(z[misses]))]
    return (
        f" The formula misses the measured slope: at z = {z[worst]:.2f} it gives "
        f"{formula[worst]:.4f}, measured {measured[worst]:.4f}."
    )
