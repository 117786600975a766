"""Explorer of the losses: what a prediction costs, and the gradient that it sends back."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.explorers.loss.picture import LossArtists, LossView, draw_loss, update_loss
from minidl.plots.loss_slices import REACHES, SLICES, LossSlice
from minidl.plots.numbers import plain
from minidl.widgets.controls import buttons, checkbox, choice, slider, stops
from minidl.widgets.explorer import Explorer, Figure, State

Array = npt.NDArray[Any]

STEP = 1e-6
PLACES = {"score": "x", "p": "p", "distance": "distance", "angle": "angle"}
"""The control of a prediction, by its kind."""
OPTIONS = ("beta", "margin", "cosine", "degree", "pos_weight")
"""The controls of a loss's options."""


class LossExplorer(Explorer[LossArtists, LossView]):
    """Loss, label, prediction and options → what it costs and the gradient.

    Parameters
    ----------
    **start
        First values of controls: `loss`, a name such as "MSELoss"; `other`, whether to take the
        other of two labels; the prediction, which is `x`, `p`, `distance` or `angle`, as the
        loss has it; the options `beta`, `margin`, `cosine` (the margin of CosineEmbeddingLoss),
        `degree` and `pos_weight`.
    """

    alt = (
        "Left the loss over the prediction, for two labels, with a dot and its tangent; right the "
        "gradient, with dots where it was measured"
    )
    size = (740, 330)

    def __init__(self, **start: Any) -> None:
        super().__init__(**start)
        self.controls["loss"].observe(self._show_controls, names="value")
        self._show_controls()

    def make_controls(self) -> dict[str, Any]:
        """Return the loss, the labels, the prediction, and options, of which few are visible."""
        return {
            "loss": choice(
                "Loss", "SmoothL1Loss", options=list(SLICES), tooltip="Which of the eighteen."
            ),
            "other": checkbox(
                "The other label", False, tooltip="What is true: the picture names both labels."
            ),
            "x": _place("score", 0.1, "Prediction x", "The number that the model gives."),
            "p": _place("p", 0.01, "Prediction p", "The probability that the model gives."),
            "distance": _place("distance", 0.1, "Distance", "How far apart the two are."),
            "angle": _place("angle", 1.0, "Angle φ in °", "The angle between the embeddings."),
            "beta": slider(
                "β", 1.0, low=0, high=3, step=0.1, tooltip="Where the parabola becomes a line."
            ),
            "margin": slider(
                "Margin", 1.0, low=0.1, high=2, step=0.1, tooltip="The lead that is asked for."
            ),
            "cosine": slider(
                "Margin of cos φ", 0.0, low=-0.9, high=0.9, step=0.1,
                tooltip="The cosine below which unlike things cost nothing.",
            ),
            "degree": buttons(
                "Degree p", 1, options={"1": 1, "2": 2},
                tooltip="Whether what is lacking counts as it is or squared.",
            ),
            "pos_weight": stops(
                "pos_weight", 1.0, options=[0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0],
                tooltip="How many times a positive counts.",
            ),
        }  # fmt: skip

    def compute(self, state: State) -> LossView:
        """Return both labels' curves and slopes, slopes as measured, and the prediction's."""
        each, first = SLICES[state.loss], not state.other
        options = options_of(each, state)
        at = np.array([getattr(state, PLACES[each.kind])], dtype=float)
        x = each.grid()
        (loss, slope), (other_loss, other_slope) = (
            each.curve(x, label, **options) for label in (first, not first)
        )
        dots = each.grid(34)[1:-1]
        value, gradient = each.curve(at, first, **options)
        return LossView(
            x=x,
            first=first,
            labels=each.labels,
            axis=each.axis,
            losses=(loss, other_loss),
            slopes=(slope, other_slope),
            dots=dots,
            measured=measure_slope(each, dots, first, options),
            point=(float(at[0]), float(value[0]), float(gradient[0])),
        )

    def draw(self, figure: Figure) -> LossArtists:
        """Draw the empty panels."""
        return draw_loss(figure)

    def update(self, artists: LossArtists, view: LossView) -> None:
        """Show the loss."""
        update_loss(artists, view)

    def sentence(self, state: State, view: LossView) -> str:
        """Say what the prediction costs, and where it is pulled."""
        x, loss, slope = view.point
        digits = {"p": 2, "angle": 0}.get(SLICES[state.loss].kind, 1)
        label = view.labels[not view.first]
        return (
            f"{state.loss}, {label}, {view.axis} {plain(x, digits)}: loss {plain(loss, 4)}, "
            f"gradient {plain(slope, 4)}, {pull(slope)}."
        )

    def _show_controls(self, _: Any = None) -> None:
        """Show only the prediction and the options that the chosen loss has."""
        each = SLICES[self.controls["loss"].value]
        wanted = {PLACES[each.kind], *(control_of(each, name) for name in each.options)}
        for name in (*PLACES.values(), *OPTIONS):
            self.controls[name].layout.display = None if name in wanted else "none"


def _place(kind: str, step: float, description: str, tooltip: str) -> Any:
    """Return the slider of a prediction."""
    low, high = REACHES[kind]
    start = {"score": -2.0, "p": 0.3, "distance": 0.5, "angle": 60.0}[kind]
    return slider(description, start, low=low, high=high, step=step, tooltip=tooltip)


def control_of(each: LossSlice, option: str) -> str:
    """Return the control of an argument of a loss.

    Examples
    --------
    >>> control_of(SLICES["CosineEmbeddingLoss"], "margin")
    'cosine'
    """
    if each.kind == "angle":
        return "cosine"
    return {"p": "degree"}.get(option, option)


def options_of(each: LossSlice, state: State) -> dict[str, Any]:
    """Return the arguments of a loss, as the controls say."""
    return {name: getattr(state, control_of(each, name)) for name in each.options}


def measure_slope(each: LossSlice, x: Array, first: bool, options: dict[str, Any]) -> Array:
    """Return slopes by central differences on the loss's values.

    Examples
    --------
    >>> measure_slope(SLICES["MSELoss"], np.array([0.0, 2.0]), True, {}).round(4)
    array([0., 4.])
    """
    above, _ = each.curve(x + STEP, first, **options)
    below, _ = each.curve(x - STEP, first, **options)
    return (above - below) / (2 * STEP)


def pull(slope: float) -> str:
    """Return what a step of gradient descent does to a prediction.

    Examples
    --------
    >>> pull(-0.5), pull(0.0)
    ('so a step raises it', 'so a step leaves it alone')
    """
    if abs(slope) < 5e-5:
        return "so a step leaves it alone"
    return f"so a step {'raises' if slope < 0 else 'lowers'} it"
