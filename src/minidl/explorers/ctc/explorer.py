"""The CTC explorer: all paths that read as a label, and where the gradient pulls."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from minidl.explorers.ctc.picture import CtcArtists, draw_ctc, update_ctc
from minidl.explorers.ctc.view import CLASSES, CtcView, descend, view_of
from minidl.plots.numbers import plain
from minidl.widgets.controls import choice, int_slider, slider
from minidl.widgets.explorer import Explorer, Figure, State

LABELS = ("T", "AT", "TT", "CAT", "TATT")
LONGEST = 12  # moments
RATE = 1.0


class CtcExplorer(Explorer[CtcArtists, CtcView]):
    """A label, a number of moments and scores → its paths, and the classes that they want.

    Parameters
    ----------
    **start
        First values of controls: `label`, `moments`, `peakedness`, `steps`.

    Examples
    --------
    >>> explorer = CtcExplorer(label="TT", moments=2)
    >>> explorer.status
    '"TT" in 2 moments: no path reads so, it takes 3. The loss is infinite, and nothing is learned.'
    >>> explorer.close()
    """

    alt = (
        "Left: the states of a label at each moment, with lines as wide as the share of the paths "
        "that move there. Right: what the network says of each class at each moment, and what the "
        "paths say"
    )
    size = (760, 400)

    def make_controls(self) -> dict[str, Any]:
        """Return the label, and sliders for moments, peakedness and steps."""
        return {
            "label": choice(
                "Label", "CAT", options=LABELS, tooltip="What the paths are to read as."
            ),
            "moments": int_slider(
                "Moments", 8, low=2, high=LONGEST, tooltip="How many times the network speaks."
            ),
            "peakedness": slider(
                "Peakedness", 1.0, low=0, high=5, step=0.25,
                tooltip="What the network's random scores are multiplied by; 0: all are equal.",
            ),
            "steps": int_slider(
                "Steps", 0, low=0, high=50,
                tooltip="Of gradient descent on the scores themselves, at rate 1.",
            ),
        }  # fmt: skip

    def compute(self, state: State) -> CtcView:
        """Draw scores, take the steps, and add up the paths."""
        scores = np.random.default_rng(0).standard_normal((LONGEST, len(CLASSES)))
        scores = state.peakedness * scores[: state.moments]
        return view_of(descend(scores, state.label, lr=RATE, steps=state.steps), state.label)

    def draw(self, figure: Figure) -> CtcArtists:
        """Draw the axes."""
        return draw_ctc(figure)

    def update(self, artists: CtcArtists, view: CtcView) -> None:
        """Show the lattice and both kinds of probability."""
        update_ctc(artists, view)

    def sentence(self, state: State, view: CtcView) -> str:
        """Say how many paths there are, what they cost, and what the gradient moves most."""
        start = f'"{state.label}" in {state.moments} moments: '
        if not view.best:
            return (
                f"{start}no path reads so, it takes {moments_for(state.label)}. "
                "The loss is infinite, and nothing is learned."
            )
        return (
            f"{start}{view.count:,} of {len(CLASSES) ** state.moments:,} paths read so. Loss "
            f"{plain(view.loss)}. {likeliest(view)} {pull(view)}"
        )


def likeliest(view: CtcView) -> str:
    """Return which path is the likeliest."""
    if view.all_alike:
        return "All are equally likely."
    path = "".join(view.states[s] for s in view.best)
    return f"The likeliest path, {path}, has {100 * view.best_share:.0f} % of their probability."


def moments_for(label: str) -> int:
    """Return how many moments a label takes at least.

    Examples
    --------
    >>> moments_for("CAT"), moments_for("TATT")
    (3, 5)
    """
    return len(label) + sum(a == b for a, b in pairwise(label))


def pull(view: CtcView) -> str:
    """Return which probability the gradient moves most, and where to."""
    gap = view.shares - view.probs
    t, k = np.unravel_index(np.argmax(np.round(np.abs(gap), 9)), gap.shape)
    name = "the blank" if k == 0 else CLASSES[k]
    way = "up" if gap[t, k] > 0 else "down"
    return (
        f"Descent pulls most at {name}, moment {t + 1}: {way} from {plain(view.probs[t, k])} "
        f"towards {plain(view.shares[t, k])}."
    )
