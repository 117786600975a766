"""The softmax explorer: three scores → probabilities, the loss of one class, its gradient."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.explorers.softmax.picture import (
    SoftmaxArtists,
    SoftmaxView,
    draw_softmax,
    update_softmax,
)
from minidl.losses import CrossEntropyLoss
from minidl.numerics import softmax
from minidl.plots.numbers import plain
from minidl.widgets.controls import buttons, log_slider, slider
from minidl.widgets.explorer import Explorer, Figure, State

REACH = 5.0  # of each score, to either side


class SoftmaxExplorer(Explorer[SoftmaxArtists, SoftmaxView]):
    """Three scores, a temperature and the right class → probabilities, loss and gradient.

    The temperature T divides the scores s, to which the same number may have been added. The
    gradient is that of the loss with respect to s / T: p − y.

    Parameters
    ----------
    **start
        First values of controls: `s0`, `s1`, `s2`, `add`, `temperature`, `label`.

    Examples
    --------
    >>> explorer = SoftmaxExplorer(s0=1, s1=1, s2=1)
    >>> explorer.status.split(";")[0]
    'Probabilities 0.33, 0.33, 0.33'
    >>> explorer.close()
    """

    alt = (
        "Four panels: three scores as bars; their probabilities as bars that add up to 1; the loss "
        "of the right class on the falling curve −log p; the gradient, negative for the right "
        "class only"
    )
    size = (760, 300)

    def make_controls(self) -> dict[str, Any]:
        """Return the right class, three scores, what is added to them, and the temperature."""
        scores = {
            f"s{k}": slider(
                f"Score {k}", value, low=-REACH, high=REACH, step=0.1,
                tooltip=f"What the model says for class {k}.",
            )
            for k, value in enumerate((1.0, 2.0, 3.0))
        }  # fmt: skip
        return {
            "label": buttons(
                "Right class", 1, options={f"class {k}": k for k in range(3)},
                tooltip="Which class it really is.",
            ),
            **scores,
            "add": slider(
                "Add to all", 0.0, low=-REACH, high=REACH, step=0.5,
                tooltip="A number that is added to all three scores.",
            ),
            "temperature": log_slider(
                "Temperature T", 1.0, low=0.1, high=10.0,
                tooltip="All scores are divided by it: below 1 louder, above 1 quieter.",
            ),
        }  # fmt: skip

    def compute(self, state: State) -> SoftmaxView:
        """Return the scores as the temperature makes them, and what follows."""
        scores = np.array([state.s0, state.s1, state.s2]) + state.add
        scaled, loss_fn = scores / state.temperature, CrossEntropyLoss()
        loss = loss_fn(scaled[np.newaxis], [state.label])
        return SoftmaxView(
            scores=scaled,
            probabilities=softmax(scaled),
            label=int(state.label),
            loss=loss,
            gradient=loss_fn.backward()[0],
        )

    def draw(self, figure: Figure) -> SoftmaxArtists:
        """Draw the empty panels."""
        return draw_softmax(figure)

    def update(self, artists: SoftmaxArtists, view: SoftmaxView) -> None:
        """Show scores, probabilities, loss and gradient."""
        update_softmax(artists, view)

    def sentence(self, state: State, view: SoftmaxView) -> str:
        """State probabilities, loss and gradient."""
        p, gradient = (
            ", ".join(plain(value) for value in values)
            for values in (view.probabilities, view.gradient)
        )
        return (
            f"Probabilities {p}; class {view.label} is right, so the loss is "
            f"{plain(view.loss, 4)}. Gradient p − y: {gradient}."
        )
