"""Explorer of imbalanced classes: a weight in the loss, a threshold behind it, and who is found."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data import StandardScaler
from minidl.explorers.imbalance.colony import Colony, confusion, make_colony, train_neuron
from minidl.explorers.imbalance.picture import (
    COLUMNS,
    EXTENTS,
    ROWS,
    ImbalanceArtists,
    ImbalanceView,
    draw_imbalance,
    update_imbalance,
)
from minidl.nn import Linear
from minidl.numerics import sigmoid
from minidl.plots.plane import grid_over
from minidl.widgets.controls import choice, int_slider, slider, stops
from minidl.widgets.explorer import Explorer, Figure, State

Array = npt.NDArray[Any]

MEASURES = {"flipper length": "flipper length in mm", "bill length": "bill length in mm"}
COLUMN_NAMES = {"flipper length": "flipper_length_mm", "bill length": "bill_length_mm"}


class ImbalanceExplorer(Explorer[ImbalanceArtists, ImbalanceView]):
    """Weight of the rare species, threshold, and how rare it is → boundary and who is found.

    Parameters
    ----------
    **start
        First values of the controls `pos_weight`, `threshold`, `few`, `measure` ("flipper length"
        or "bill length") and `seed`.
    """

    alt = (
        "Left: penguins in the plane of two measures, and the line on which a neuron changes its "
        "mind. Right: how many of each species are taken for which, in training and among new birds"
    )
    size = (760, 370)

    def make_controls(self) -> dict[str, Any]:
        """Return the controls."""
        return {
            "pos_weight": stops(
                "pos_weight", 1, options=[1, 2, 3, 5, 10, 20, 50, 100],
                tooltip="How many times a Chinstrap counts in the loss.",
            ),
            "threshold": slider(
                "Threshold", 0.5, low=0.02, high=0.98, step=0.01,
                tooltip="The σ(x) from which on a bird is taken for a Chinstrap.",
            ),
            "few": stops(
                "Chinstraps", 10, options=[3, 5, 10, 20, 40],
                tooltip="How many of them there are to train on, beside 100 Adélies.",
            ),
            "measure": choice(
                "Measured", "flipper length", options=list(MEASURES),
                tooltip="What is known of a bird besides the depth of its bill.",
            ),
            "seed": int_slider("Seed", 0, low=0, high=99, tooltip="Which birds are trained on."),
        }  # fmt: skip

    def compute(self, state: State) -> ImbalanceView:
        """Train a neuron, and ask it about every bird and all over the plane."""
        columns = (COLUMN_NAMES[state.measure], "bill_depth_mm")
        colony, scaler, neuron = trained(columns, state.few, state.seed, state.pos_weight)
        axis = MEASURES[state.measure]
        _, _, points = grid_over(EXTENTS[axis], COLUMNS, ROWS)
        lead = float(np.log(state.threshold / (1 - state.threshold)))

        def logits(X: Array) -> Array:
            return np.asarray(neuron(scaler.transform(X)))

        return ImbalanceView(
            axis=axis,
            train=colony.train,
            regions=sigmoid(logits(points) - lead).reshape(ROWS, COLUMNS),
            boundary=boundary(neuron, scaler, lead, EXTENTS[axis][2:]),
            counts=(
                confusion(logits(colony.train[0]) >= lead, colony.train[1]),
                confusion(logits(colony.new[0]) >= lead, colony.new[1]),
            ),
            mean=float(sigmoid(logits(colony.train[0])).mean()),
        )

    def draw(self, figure: Figure) -> ImbalanceArtists:
        """Draw the empty panels."""
        return draw_imbalance(figure)

    def update(self, artists: ImbalanceArtists, view: ImbalanceView) -> None:
        """Show birds, boundary and counts."""
        update_imbalance(artists, view)

    def sentence(self, state: State, view: ImbalanceView) -> str:
        """Say who is found among the new birds, and what the mean of σ(x) is."""
        (right, false), (missed, found) = view.counts[1].tolist()
        y = view.train[1]
        return (
            f"pos_weight {state.pos_weight}, threshold {state.threshold:.2f}: of {missed + found} "
            f"new Chinstraps {found} are found, and {false} of {right + false} new Adélies are "
            f"taken for one. In training, {y.mean():.0%} are Chinstraps, and the mean of σ(x) is "
            f"{view.mean:.0%}."
        )


@lru_cache(maxsize=64)
def trained(
    columns: tuple[str, str], few: int, seed: int, pos_weight: float
) -> tuple[Colony, StandardScaler, Linear]:
    """Return a colony, the scaler of its measures, and the neuron trained on it."""
    colony = make_colony(columns, few, seed)
    scaler = StandardScaler().fit(colony.train[0])
    X = scaler.transform(colony.train[0])
    return colony, scaler, train_neuron(X, colony.train[1], pos_weight)


def boundary(neuron: Linear, scaler: Any, lead: float, depths: tuple[float, float]) -> Array:
    """Return two points of the line where the logit is `lead`, one at each depth of the bill."""
    w1, w2 = neuron.params["W"][:, 0]
    b = neuron.params["b"][0, 0]
    (m1, m2), (s1, s2) = scaler.mean, scaler.scale
    across = (lead - b - w2 * (np.array(depths) - m2) / s2) / w1
    return np.column_stack([m1 + s1 * across, depths])
