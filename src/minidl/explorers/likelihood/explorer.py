"""The likelihood explorer: a distribution's surprise at some data, and the loss of that name."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.explorers.likelihood.families import FAMILIES, Family
from minidl.explorers.likelihood.picture import (
    GOALS,
    LikelihoodArtists,
    LikelihoodView,
    draw_likelihood,
    update_likelihood,
)
from minidl.plots.numbers import plain
from minidl.widgets.controls import buttons, int_slider, slider, stops
from minidl.widgets.explorer import Explorer, Figure, State

RATE = 2.0  # goals in a match, on average
MOST = 50  # matches
RANGES = {"theta": (0.1, 6.0), "p": (0.01, 0.99)}
_POINTS = 119  # of the curves: θ moves in steps of 0.05


class LikelihoodExplorer(Explorer[LikelihoodArtists, LikelihoodView]):
    """Distribution, parameter and data → mean of −log density, and the loss that it is.

    The data are goals in football matches, drawn from a Poisson distribution; a Bernoulli
    distribution is asked whether there were two or more.

    Parameters
    ----------
    **start
        First values of controls: `family`, `theta`, `p`, `matches`, `seed`.

    Examples
    --------
    >>> explorer = LikelihoodExplorer(family="Bernoulli", p=0.5)
    >>> explorer.status.split(",")[0]
    'Bernoulli with p = 0.50: the mean of −log q is 0.6931'
    >>> explorer.close()
    """

    alt = (
        "Left, the data as grey bars and a distribution over them. Right, the mean of −log q "
        "against the parameter, and the loss beside it; both are lowest at one place"
    )
    size = (740, 320)

    def __init__(self, **start: Any) -> None:
        super().__init__(**start)
        self.controls["family"].observe(self._show_parameter, names="value")
        self._show_parameter()

    def make_controls(self) -> dict[str, Any]:
        """Return the distribution, its parameter, of which one is visible, and the data."""
        return {
            "family": buttons(
                "Distribution", "Normal", options=list(FAMILIES),
                tooltip="What the data are thought to be drawn from.",
            ),
            "theta": slider(
                "Parameter μ or λ", 3.0, low=0.1, high=6.0, step=0.05,
                tooltip="The centre μ, or the rate λ, which is predicted for every match.",
            ),
            "p": slider(
                "Probability p", 0.5, low=0.01, high=0.99, step=0.01,
                tooltip="The probability of two goals or more, predicted for every match.",
            ),
            "matches": stops(
                "Matches N", 10, options=[1, 2, 5, 10, 20, MOST], tooltip="How many data there are."
            ),
            "seed": int_slider("Seed", 20, low=0, high=99, tooltip="Other matches."),
        }  # fmt: skip

    def compute(self, state: State) -> LikelihoodView:
        """Return both curves, and what they are at the parameter and where they are lowest."""
        family = FAMILIES[state.family]
        goals = np.random.default_rng(state.seed).poisson(RATE, MOST)[: state.matches]
        labels = family.labels(goals.astype(np.float64))
        parameters = np.linspace(*RANGES[family.control], _POINTS)
        here = float(getattr(state, family.control))
        spots = np.arange(GOALS) if family.discrete else np.linspace(-1, GOALS, 221)
        spots = spots[:2] if family.control == "p" else spots
        best = float(np.clip(family.best(labels), *RANGES[family.control]))
        return LikelihoodView(
            family=state.family,
            labels=labels,
            spots=spots,
            densities=np.exp(family.log_density(spots, here)),
            parameters=parameters,
            surprise=family.surprise(labels, parameters),
            losses=family.losses(labels, parameters),
            here=(here, *_at(family, labels, here)),
            best=(best, *_at(family, labels, best)),
        )

    def draw(self, figure: Figure) -> LikelihoodArtists:
        """Draw the empty panels."""
        return draw_likelihood(figure)

    def update(self, artists: LikelihoodArtists, view: LikelihoodView) -> None:
        """Show the data, the distribution and the curves."""
        update_likelihood(artists, view)

    def sentence(self, state: State, view: LikelihoodView) -> str:
        """State both values at the parameter, and where they are lowest."""
        family, digits = FAMILIES[view.family], 2
        (here, surprise, loss), best = view.here, family.best(view.labels)
        return (
            f"{view.family} with {family.symbol} = {plain(here, digits)}: the mean of −log q is "
            f"{plain(surprise, 4)}, {type(family.loss).__name__} is {plain(loss, 4)}. Both are "
            f"lowest at {plain(best, digits)}, the {family.center} of the labels."
        )

    def _show_parameter(self, _: Any = None) -> None:
        """Show only the parameter that the chosen distribution has."""
        wanted = FAMILIES[self.controls["family"].value].control
        for name in RANGES:
            self.controls[name].layout.display = None if name == wanted else "none"


def _at(family: Family, labels: Any, parameter: float) -> tuple[float, float]:
    """Return the mean of −log density and the loss at one parameter."""
    one = np.array([parameter])
    return float(family.surprise(labels, one)[0]), float(family.losses(labels, one)[0])
