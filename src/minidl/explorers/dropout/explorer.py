"""The dropout explorer: a layer pass by pass, and what many passes average to."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.explorers.dropout.picture import (
    DropoutArtists,
    DropoutView,
    draw_dropout,
    update_dropout,
)
from minidl.nn import Dropout, Linear, Logistic, Sequential
from minidl.plots.numbers import plain
from minidl.validation import as_generator
from minidl.widgets.controls import int_slider, slider, stops
from minidl.widgets.explorer import Explorer, Figure, State

Array = npt.NDArray[Any]

UNITS = 8
INPUT = (1.0, -0.5)
PASSES = (1, 2, 3, 4, 5, 10, 20, 50, 100, 200, 500, 1000)


class DropoutExplorer(Explorer[DropoutArtists, DropoutView]):
    """Keep probability, number of passes → the units of the last one, averages over all.

    Parameters
    ----------
    **start
        First values of the controls `keep_prob`, `passes` and `seed`.

    Examples
    --------
    >>> explorer = DropoutExplorer(keep_prob=0.5, passes=1000)
    >>> explorer.status.partition(" Mean so far: ")[2].partition(";")[0]
    'kept share 0.50, p = 0.5'
    >>> explorer.close()
    """

    alt = (
        "Left: a layer of eight units in a forward pass, dropped ones hollow, and the output. "
        "Right: kept share and output, averaged over the passes so far, against the number of "
        "passes, with the keep probability and the output in evaluation"
    )
    size = (760, 400)

    def make_controls(self) -> dict[str, Any]:
        """Return the controls."""
        return {
            "keep_prob": slider(
                "Keep probability", 0.8, low=0.1, high=1, step=0.1,
                tooltip="The probability p with which each unit is kept, in every pass anew",
            ),
            "passes": stops(
                "Passes", 1, options=PASSES,
                tooltip="Forward passes of the same input in training mode",
            ),
            "seed": int_slider(
                "Seed", 0, low=0, high=99, tooltip="Another seed draws other weights and masks",
            ),
        }  # fmt: skip

    def compute(self, state: State) -> DropoutView:
        """Run the passes; all that there can be, so that the axes stay while more are shown."""
        network = small_network(state.keep_prob, state.seed)
        values, outputs = run_passes(network, PASSES[-1])
        shown = slice(state.passes)
        passes = np.arange(1, state.passes + 1)
        network.eval()
        return DropoutView(
            keep_prob=state.keep_prob,
            values=values[state.passes - 1],
            kept=values[state.passes - 1] > 0,
            weights=network.layers[-1].params["W"][:, 0],
            output=float(outputs[state.passes - 1]),
            shares=np.cumsum((values > 0).mean(axis=1)[shown]) / passes,
            outputs=outputs[shown],
            means=np.cumsum(outputs[shown]) / passes,
            evaluation=float(network([INPUT])[0, 0]),
            extremes=(outputs.min(), outputs.max()),
        )

    def draw(self, figure: Figure) -> DropoutArtists:
        """Fill the figure; see `minidl.explorers.dropout.picture`."""
        return draw_dropout(figure, units=UNITS, passes=PASSES[-1])

    def update(self, artists: DropoutArtists, view: DropoutView) -> None:
        """Show the passes."""
        update_dropout(artists, view)

    def sentence(self, state: State, view: DropoutView) -> str:
        """Say what the last pass kept, and what the passes average to."""
        mean, evaluation = view.means[-1], view.evaluation
        kept = np.count_nonzero(view.kept)
        return (
            f"Pass {state.passes:,}: {kept} of {UNITS} units kept, output "
            f"{plain(view.output)}. Mean so far: kept share {view.shares[-1]:.2f}, "
            f"p = {state.keep_prob:.1f}; output {plain(mean)}, in evaluation {plain(evaluation)}. "
            f"Without dividing by p the mean would be {plain(state.keep_prob * mean)}."
        )


def small_network(keep_prob: float, rng: int | np.random.Generator | None) -> Sequential:
    """Return Linear → Logistic → Dropout → Linear, with positive weights to the output.

    Examples
    --------
    >>> small_network(0.5, rng=0)([INPUT]).shape
    (1, 1)
    """
    rng = as_generator(rng)
    return Sequential(
        Linear(len(INPUT), UNITS, rng=rng, name="fc1"),
        Logistic(name="act1"),
        Dropout(keep_prob, rng=rng, name="dropout"),
        Linear(UNITS, 1, weight_init=positive, rng=rng, name="fc2"),
    )


def positive(shape: tuple[int, ...], fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
    """Return draws from U(0, 1), so that a missing unit always lowers the output."""
    return rng.random(shape)


def run_passes(network: Sequential, passes: int) -> tuple[Array, Array]:
    """Return what dropout made of the units, (passes, units), and the outputs, (passes,).

    A row of a batch has a mask of its own, so one pass of a batch stands for many of a sample.

    Examples
    --------
    >>> values, outputs = run_passes(small_network(0.5, rng=0), passes=3)
    >>> values.shape, outputs.shape
    ((3, 8), (3,))
    """
    *body, last = network.layers
    values = np.repeat([INPUT], passes, axis=0)
    for layer in body:
        values = layer(values)
    return values, last(values)[:, 0]
