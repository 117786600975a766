"""Explorer of imbalanced classes: a weight in the loss, a threshold behind it, and who is found."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data import StandardScaler
from minidl.explorers.imbalance.borders import borders
from minidl.explorers.imbalance.colony import (
    RARE,
    Colony,
    confusion,
    make_colony,
    three_scores,
    two_scores,
)
from minidl.explorers.imbalance.picture import (
    COLUMNS,
    EXTENTS,
    ROWS,
    ImbalanceArtists,
    ImbalanceView,
    draw_imbalance,
    update_imbalance,
)
from minidl.numerics import softmax
from minidl.plots.plane import grid_over
from minidl.widgets.controls import choice, int_slider, slider, stops
from minidl.widgets.explorer import Explorer, Figure, State

Array = npt.NDArray[Any]

MEASURES = {"flipper length": "flipper length in mm", "bill length": "bill length in mm"}
COLUMN_NAMES = {"flipper length": "flipper_length_mm", "bill length": "bill_length_mm"}
TRAINERS: dict[str, Callable[..., tuple[Array, Array]]] = {
    "BCEWithLogitsLoss": two_scores,
    "CrossEntropyLoss": three_scores,
}
KINDS = {"BCEWithLogitsLoss": 2, "CrossEntropyLoss": 3}


class ImbalanceExplorer(Explorer[ImbalanceArtists, ImbalanceView]):
    """Loss, weight of the rare species, threshold, how rare it is → boundary and who is found.

    Parameters
    ----------
    **start
        First values of the controls `loss` ("BCEWithLogitsLoss" for two species or
        "CrossEntropyLoss" for three), `weight`, `threshold`, `few`, `measure` ("flipper length"
        or "bill length") and `seed`.
    """

    alt = (
        "Left: penguins in the plane of two measures, and the lines on which a model changes its "
        "mind. Right: how many of each species are taken for which, in training and among new birds"
    )
    size = (760, 380)

    def make_controls(self) -> dict[str, Any]:
        """Return the controls."""
        return {
            "loss": choice(
                "Loss", "BCEWithLogitsLoss", options=list(KINDS),
                tooltip="BCEWithLogitsLoss tells two species apart, CrossEntropyLoss three.",
            ),
            "weight": stops(
                "Weight", 1, options=[1, 2, 3, 5, 10, 20, 50, 100],
                tooltip="How many times a Chinstrap counts: pos_weight, or its class's weight.",
            ),
            "threshold": slider(
                "Threshold", 0.5, low=0.02, high=0.98, step=0.01,
                tooltip="The σ(x) from which on a bird is taken for a Chinstrap, x being by how "
                "much its score leads the best of the others.",
            ),
            "few": stops(
                "Chinstraps", 10, options=[3, 5, 10, 20, 40],
                tooltip="How many of them there are to train on, beside 100 of each other species.",
            ),
            "measure": choice(
                "Measured", "flipper length", options=list(MEASURES),
                tooltip="What is known of a bird besides the depth of its bill.",
            ),
            "seed": int_slider("Seed", 0, low=0, high=99, tooltip="Which birds are trained on."),
        }  # fmt: skip

    def compute(self, state: State) -> ImbalanceView:
        """Train a layer, and ask it about every bird and all over the plane."""
        columns, kinds = (COLUMN_NAMES[state.measure], "bill_depth_mm"), KINDS[state.loss]
        colony, scaler, (W, b) = trained(state.loss, columns, state.few, state.seed, state.weight)
        handicap = np.zeros(kinds)
        handicap[RARE] = np.log(state.threshold / (1 - state.threshold))

        def lowered(X: Array) -> Array:  # scores that the threshold has been taken off
            return np.asarray(scaler.transform(X) @ W + b - handicap)

        axis = MEASURES[state.measure]
        _, _, points = grid_over(EXTENTS[axis, kinds], COLUMNS, ROWS)
        lines = borders(W, b - handicap)
        return ImbalanceView(
            axis=axis,
            train=colony.train,
            regions=softmax(lowered(points)).reshape(ROWS, COLUMNS, kinds),
            borders=[scaler.mean + scaler.scale * line for line in lines],
            counts=tuple(
                confusion(lowered(measures).argmax(axis=1), species, kinds)
                for measures, species in (colony.train, colony.new)
            ),
            mean=float(softmax(lowered(colony.train[0]) + handicap)[:, RARE].mean()),
        )

    def draw(self, figure: Figure) -> ImbalanceArtists:
        """Draw the empty panels."""
        return draw_imbalance(figure)

    def update(self, artists: ImbalanceArtists, view: ImbalanceView) -> None:
        """Show birds, boundary and counts."""
        update_imbalance(artists, view)

    def sentence(self, state: State, view: ImbalanceView) -> str:
        """Say who is found among the new birds, and what the mean probability is."""
        new = view.counts[1]
        found, taken = new[RARE, RARE], new[:, RARE].sum() - new[RARE, RARE]
        others = new.sum() - new[RARE].sum()
        kinds, p = (
            ("Adélies", "σ(x)") if state.loss == "BCEWithLogitsLoss" else ("others", "their p")
        )
        return (
            f"{state.loss}, weight {state.weight}, threshold {state.threshold:.2f}: of "
            f"{new[RARE].sum()} new Chinstraps {found} are found, and {taken} of {others} new "
            f"{kinds} are taken for one. In training, {np.mean(view.train[1] == RARE):.0%} are "
            f"Chinstraps, and the mean of {p} is {view.mean:.0%}."
        )


@lru_cache(maxsize=64)
def trained(
    loss: str, columns: tuple[str, str], few: int, seed: int, weight: float
) -> tuple[Colony, StandardScaler, tuple[Array, Array]]:
    """Return a colony, the scaler of its measures, and W and b of the scores trained on it."""
    colony = make_colony(columns, KINDS[loss], few, seed)
    scaler = StandardScaler().fit(colony.train[0])
    X = scaler.transform(colony.train[0])
    return colony, scaler, TRAINERS[loss](X, colony.train[1], weight)
