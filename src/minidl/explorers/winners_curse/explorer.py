"""The winner's curse: how many trials, how many dev images → what the best of them is worth."""

from __future__ import annotations

from typing import Any

from minidl.explorers.winners_curse.picture import (
    CurseArtists,
    CurseView,
    draw_curse,
    update_curse,
)
from minidl.explorers.winners_curse.searches import run_searches
from minidl.widgets.controls import slider, stops
from minidl.widgets.explorer import Explorer, Figure, State

SEARCHES = 400


class WinnersCurseExplorer(Explorer[CurseArtists, CurseView]):
    """Trials and size of the dev set → what the best on dev promises, and what it has.

    Parameters
    ----------
    **start
        First values of controls, such as `trials=100, dev_size=50`: trials, dev_size, spread,
        typical.

    Examples
    --------
    >>> explorer = WinnersCurseExplorer(trials=1, spread=0.02)
    >>> explorer.status.partition(":")[0]
    '400 searches, the best of 1 on 150 dev images'
    >>> explorer.close()
    """

    alt = (
        "Left: the trials of one search, the accuracy of each on dev against what it really has, "
        "the winner marked. Right: how the winners of 400 searches are distributed, on dev and in "
        "truth, beside a typical trial"
    )
    size = (760, 390)

    def make_controls(self) -> dict[str, Any]:
        """Return the controls."""
        return {
            "trials": stops(
                "Trials", 30, options=[1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300],
                tooltip="How many trials a search has; the best on dev wins.",
            ),
            "dev_size": stops(
                "Dev images", 150, options=[20, 50, 100, 150, 300, 600, 1000, 2000, 5000, 10_000],
                tooltip="How many images the dev set has.",
            ),
            "spread": slider(
                "Spread of skill", 0.01, low=0, high=0.05, step=0.005,
                tooltip="Standard deviation of the trials' true accuracies; 0: all are alike.",
            ),
            "typical": stops(
                "Typical accuracy", 0.9, options=[0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98],
                tooltip="The mean of the trials' true accuracies.",
            ),
        }  # fmt: skip

    def compute(self, state: State) -> CurseView:
        """Run the searches."""
        found = run_searches(
            SEARCHES, state.trials, state.dev_size, state.typical, state.spread, rng=1
        )
        return CurseView(
            skills=found.skills[0],
            scores=found.scores[0],
            winner=int(found.winners[0]),
            promised=found.promised,
            true=found.true,
            typical=float(found.skills.mean()),
            reach=(state.spread**2 + state.typical * (1 - state.typical) / state.dev_size) ** 0.5,
            dev_size=state.dev_size,
        )

    def draw(self, figure: Figure) -> CurseArtists:
        """Draw both axes."""
        return draw_curse(figure, searches=SEARCHES)

    def update(self, artists: CurseArtists, view: CurseView) -> None:
        """Show the searches."""
        update_curse(artists, view)

    def sentence(self, state: State, view: CurseView) -> str:
        """State what winners promise and have, and what of the lead is skill and luck."""
        means = view.promised.mean(), view.true.mean(), view.typical
        dev, true, typical = (round(float(mean), 3) for mean in means)
        skill, luck = (round(gap, 3) + 0.0 for gap in (true - typical, dev - true))  # no −0
        return (
            f"{SEARCHES} searches, the best of {state.trials} on {state.dev_size} dev images: "
            f"{dev:.3f} on dev, {true:.3f} in truth; a typical trial has {typical:.3f}. "
            f"Skill {skill:+.3f}, luck {luck:+.3f}."
        )
