"""The search explorer: settings tried on a map of rate and penalty, and how much of it is noise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.explorers.search.picture import (
    SearchArtists,
    SearchView,
    draw_search,
    update_search,
)
from minidl.explorers.search.trials import (
    WHOLE,
    Trials,
    Window,
    around,
    grid_trials,
    moons_sets,
    random_trials,
    train,
)
from minidl.plots.numbers import plain, significant
from minidl.widgets.controls import buttons, checkbox, int_slider, log_slider, stops
from minidl.widgets.explorer import Explorer, Figure, State

Array = npt.NDArray[Any]

GRID, RANDOM, FINER = "grid", "random", "coarse, then finer"
SIDES = {16: 4, 36: 6, 64: 8, 100: 10}
"""The budgets: as many trials as the cells of a square."""
SEEDS = range(1, 6)
"""First weights other than the search's own, for the repeats."""


class SearchExplorer(Explorer[SearchArtists, SearchView]):
    """Way of searching and budget → a map of dev losses, and the best five over five seeds.

    Each trial is a network with 20 Tanh units on 40 points of the moons. The finer part of a
    search is around the best of the coarse one, or where the reader puts it: by sliders, or by
    pressing a place of the map.

    Parameters
    ----------
    **start
        First values of controls, such as `how="random", budget=36`: how ("grid", "random" or
        "coarse, then finer"), budget (16, 36, 64 or 100 trials), epochs (100, 300 or 1000), seed
        (of the points), around_best, and rate and l2 where it is False.

    Examples
    --------
    >>> explorer = SearchExplorer(budget=16, epochs=100)
    >>> explorer.view.losses.shape
    (16,)
    >>> explorer.close()
    """

    alt = (
        "Left: a map of learning rates and penalties, each trial a cell as dark as its dev loss is "
        "low. Right: the dev losses of the five best, and of the same settings with five other "
        "first weights"
    )
    size = (760, 400)
    clicks = True

    def __init__(self, **start: Any) -> None:
        self._before: tuple[Any, SearchView] | None = None
        super().__init__(**start)

    def make_controls(self) -> dict[str, Any]:
        """Return the controls: how to search, and where the finer part of a search is."""
        return {
            "how": buttons(
                "Search", GRID, options=[GRID, RANDOM, FINER],
                tooltip="Even steps, places at random, or half of the trials around the best.",
            ),
            "budget": stops(
                "Trials", 64, options=list(SIDES), tooltip="How many settings may be tried.",
            ),
            "epochs": stops(
                "Epochs of each", 300, options=[100, 300, 1000],
                tooltip="How long each network is trained.",
            ),
            "seed": int_slider(
                "Points", 1, low=0, high=9, tooltip="Which points are drawn to learn from.",
            ),
            **self._window_controls(),
        }  # fmt: skip

    def _window_controls(self) -> dict[str, Any]:
        (low_rate, high_rate), (low_l2, high_l2) = (
            [float(f"{10**end:g}") for end in ends] for ends in WHOLE
        )
        return {
            "around_best": checkbox(
                "Around the best", True, tooltip="Whether the finer part is around the best.",
            ),
            "rate": log_slider(
                "Its rate", 1.0, low=low_rate, high=high_rate, per_decade=4,
                tooltip="The middle of the finer part, if it is not around the best.",
            ),
            "l2": log_slider(
                "Its penalty λ", 0.001, low=low_l2, high=high_l2, per_decade=4,
                tooltip="The middle of the finer part, if it is not around the best.",
            ),
        }  # fmt: skip

    def consequences(self, name: str, value: Any) -> dict[str, Any]:
        """Let whoever moves the window search finer in it."""
        return {"how": FINER, "around_best": False} if name in ("rate", "l2") else {}

    def clicked(self, x: float, y: float) -> None:
        """Search anew, the finer part around the place of the map that is clicked."""
        found = self.picture.data_at(self.picture.artists.cells.axes, x, y)
        if found is not None:
            self.put(how=FINER, around_best=False, rate=found[0], l2=found[1])
            self.refresh()

    def compute(self, state: State) -> Iterator[SearchView]:
        """Train all trials at once, a finer part after them, and the best with other weights."""
        for view in self._search(state):
            yield view
        rates, l2 = (np.repeat(part[view.top], len(SEEDS)) for part in view.trials[:2])
        seeds = [*SEEDS] * len(view.top)
        for _, losses in train(rates, l2, seeds, moons_sets(state.seed), state.epochs):
            yield view.repeated(losses.reshape(len(view.top), -1))

    def _search(self, state: State) -> Iterator[SearchView]:
        """Yield the trials so far, without repeats."""
        key = state.how, state.budget, state.seed, state.epochs
        if self._before is None or self._before[0] != key:
            trials = first_trials(state)
            for epoch, losses in _train(trials, state):
                yield SearchView(trials, losses, epoch)
            self._before = key, SearchView(trials, losses, epoch)
        before = self._before[1]
        yield before
        if state.how == FINER:
            yield from _search_finer(state, before)

    def draw(self, figure: Figure) -> SearchArtists:
        """Draw the empty map, and the axes of the repeats."""
        return draw_search(figure)

    def update(self, artists: SearchArtists, view: SearchView) -> None:
        """Colour the map."""
        update_search(artists, view)

    def sentence(self, state: State, view: SearchView) -> str:
        """State the best, and what other first weights make of it."""
        rate, l2 = (significant(part[view.best], 2) for part in view.trials[:2])
        loss = view.losses[view.best]
        found = (
            f"{len(view.losses)} trials, epoch {view.epoch} of {state.epochs}: the best has rate "
            f"{rate} and λ {l2}, dev loss {plain(loss, 3)}."
        )
        if view.repeats is None:
            return found
        mean, spread = view.repeats[0].mean(), view.repeats[0].std(ddof=1)
        near = np.count_nonzero(view.losses <= loss + spread) - 1
        return (
            f"{found} From five other first weights: {plain(mean, 3)} ± {plain(spread, 3)}. Within "
            f"that spread of the best: {near} of the {len(view.losses) - 1} others."
        )


def _search_finer(state: State, coarse: SearchView) -> Iterator[SearchView]:
    """Yield the trials of a coarse search, and of the finer one so far."""
    window = window_of(state, coarse)
    fine = grid_trials(SIDES[state.budget], SIDES[state.budget] // 2, window)
    trials = Trials(*map(np.concatenate, zip(coarse.trials, fine, strict=True)))
    for epoch, losses in _train(fine, state):
        yield SearchView(trials, np.concatenate([coarse.losses, losses]), epoch, window)


def _train(trials: Trials, state: State) -> Iterator[tuple[int, Array]]:
    """Train a network for each trial, all from the same first weights."""
    seeds = [0] * len(trials.rates)
    return train(trials.rates, trials.l2, seeds, moons_sets(state.seed), state.epochs)


def first_trials(state: State) -> Trials:
    """Return the trials of a search, of one that becomes finer the coarse half.

    Examples
    --------
    >>> [len(first_trials(State(how=how, budget=36, seed=0)).rates) for how in (RANDOM, FINER)]
    [36, 18]
    """
    n = SIDES[state.budget]
    if state.how == RANDOM:
        return random_trials(n * n, state.seed)
    return grid_trials(n, n if state.how == GRID else n // 2)


def window_of(state: State, coarse: SearchView) -> Window:
    """Return the window of the finer part of a search."""
    if not state.around_best:
        return around(state.rate, state.l2)
    return around(*(part[coarse.best] for part in coarse.trials[:2]))
