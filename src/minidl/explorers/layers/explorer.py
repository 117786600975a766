"""Through the layers: what a deep network does to the numbers that it hands on and back."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.explorers.layers.picture import (
    DEEPEST,
    LayersArtists,
    LayersView,
    draw_layers,
    root_mean_square,
    update_layers,
)
from minidl.explorers.layers.stack import ACTIVATIONS, NORMS, Signals, deep_blocks, measure
from minidl.plots.numbers import few_letters
from minidl.widgets.controls import checkbox, choice, int_slider, stops
from minidl.widgets.explorer import Explorer, Figure, State

Array = npt.NDArray[Any]

SCALES = (0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0, 3.0, 5.0)
LR = 0.1
"""The rate of the step that is compared with the weights."""


class LayersExplorer(Explorer[LayersArtists, LayersView]):
    """Depth, first weights, activation, norm → sizes on the way forward and back, by layers.

    Parameters
    ----------
    **start
        First values of controls, such as `depth=12, scale=0.5`: depth, scale, activation, norm,
        shortcuts.

    Examples
    --------
    >>> explorer = LayersExplorer(depth=2)
    >>> explorer.status.partition(":")[0]
    '2 layers, ReLU'
    >>> explorer.close()
    """

    alt = (
        "Above, for each layer, how often activations and their gradients have which size. "
        "Below, the share of shut units, and the size of a step over that of the weights"
    )
    size = (760, 440)

    def make_controls(self) -> dict[str, Any]:
        """Return the choices that a network is built from."""
        return {
            "depth": int_slider(
                "Layers", 12, low=2, high=DEEPEST, tooltip="How many affine layers there are.",
            ),
            "scale": stops(
                "Weights (× He)", 1.0, options=SCALES,
                tooltip="The size of the first weights, as a multiple of He's.",
            ),
            "activation": choice(
                "Activation", "ReLU", options=list(ACTIVATIONS),
                tooltip="What follows each affine layer.",
            ),
            "norm": choice(
                "Norm", "none", options=list(NORMS),
                tooltip="What stands between affine layer and activation.",
            ),
            "shortcuts": checkbox(
                "Shortcuts", False, tooltip="Whether each block's input is added to its output.",
            ),
        }  # fmt: skip

    def compute(self, state: State) -> LayersView:
        """Build the network, send digits forward and the gradient back, and measure."""
        blocks = deep_blocks(state.depth, state.scale, state.activation, state.norm)
        return view_of(measure(blocks, shortcuts=state.shortcuts))

    def draw(self, figure: Figure) -> LayersArtists:
        """Draw the empty panels."""
        return draw_layers(figure)

    def update(self, artists: LayersArtists, view: LayersView) -> None:
        """Show the sizes."""
        update_layers(artists, view)

    def sentence(self, state: State, view: LayersView) -> str:
        """Return what becomes of activations and gradients, and how many units are dead."""
        forth = [root_mean_square(view.activations[place]) for place in (0, -2)]
        back = [root_mean_square(view.gradients[place]) for place in (-1, 0)]
        sizes = [few_letters(float(f"{size:.1e}")) for size in (*forth, *back)]
        return (
            f"{state.depth} layers, {state.activation}: activations have the size {sizes[0]} in "
            f"the first layer and {sizes[1]} in the last hidden one; the gradient is {sizes[2]} at "
            f"the scores and {sizes[3]} at the first layer. Shut for every image: "
            f"{100 * view.dead[-2]:.0f}% of the last hidden layer's units."
        )


def view_of(signals: Signals) -> LayersView:
    """Return the sizes of what was measured."""
    return LayersView(
        activations=[np.abs(a) for a in signals.activations],
        gradients=[np.abs(g) for g in signals.gradients],
        shut=np.array([shut.mean() for shut in signals.shut]),
        dead=np.array([shut.all(axis=0).mean() for shut in signals.shut]),
        ratios=np.array(
            [LR * root_mean_square(dW) / root_mean_square(W) for W, dW in signals.weights]
        ),
    )
