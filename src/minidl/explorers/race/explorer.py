"""The race: optimizers run down to one valley, each at the rate that suits it best."""

from __future__ import annotations

from typing import Any

from minidl.explorers.race.landscapes import LANDSCAPES
from minidl.explorers.race.picture import RaceArtists, draw_race, update_race
from minidl.explorers.race.racers import RACERS, STEPS
from minidl.explorers.race.session import RaceSession
from minidl.plots.numbers import significant
from minidl.widgets.controls import action, checkbox, choice, int_slider, stops
from minidl.widgets.playground import Playground
from minidl.widgets.stage import Action, Figure, State

FIRST = ("SGD", "momentum", "Adagrad", "Adam", "LBFGS")
"""Who runs at first."""
FACTORS = (0.1, 0.2, 0.5, 1, 2, 5, 10)
NOISES = {"none": 0, "noise A": 1, "noise B": 2, "noise C": 3}


class RaceExplorer(Playground[RaceArtists, RaceSession]):
    """Optimizers, a landscape and noise → a race to the valley: play it, pause, go to any step.

    Parameters
    ----------
    **start
        First values of the controls: `landscape`, `noise`, `factor`, `step`, and for each
        optimizer, by its name, whether it takes part.

    Examples
    --------
    >>> race = RaceExplorer(landscape="bowl", step=0)
    >>> race.status.partition(":")[0]
    'Step 0'
    >>> race.close()
    """

    alt = (
        "Left: the ways of several optimizers over the contours of a landscape. Right: how much "
        "of its height each has left, against steps"
    )
    size = (760, 350)
    midway = ("step",)

    def make_controls(self) -> dict[str, Any]:
        """Return the controls of the race, and a box for each optimizer."""
        titles = {landscape.title: key for key, landscape in LANDSCAPES.items()}
        return {
            "landscape": choice(
                "Landscape", "ravine", options=titles, tooltip="What is to be descended.",
            ),
            "noise": choice(
                "Gradient noise", 0, options=NOISES, tooltip="The same for all who race.",
            ),
            "factor": stops(
                "Best rate times", 1, options=FACTORS, tooltip="1 is the best rate of each.",
            ),
            "step": int_slider(
                "Step", 30, low=0, high=STEPS, tooltip="Go to any step of the race.",
            ),
            **{
                name: checkbox(name, name in FIRST, tooltip=f"Whether {name} takes part.")
                for name in RACERS
            },
        }  # fmt: skip

    def make_actions(self) -> dict[str, Action]:
        """Return the buttons."""
        play_and_reset = super().make_actions()
        one = action("Step", icon="step-forward", tooltip="Take one step of the race")
        return {
            "play": play_and_reset["play"],
            "one": (one, self.take_a_step),
            "reset": play_and_reset["reset"],
        }

    def begin(self, state: State) -> RaceSession:
        """Run the whole race, and look at it at the step of the slider."""
        names = [name for name in RACERS if getattr(state, name)]
        session = RaceSession(state.landscape, names, noise=state.noise, factor=float(state.factor))
        session.step = state.step
        return session

    def adjust(self, session: RaceSession, name: str, state: State) -> None:
        """Go to a step."""
        self.halt()
        session.step = state.step

    def play(self) -> None:
        """Go on, or from the start if the race is over."""
        if self.session is not None and self.session.step >= STEPS:
            self.session.step = 0
        super().play()

    def advance(self, session: RaceSession) -> bool:
        """Go on by a step."""
        session.step = min(session.step + 1, STEPS)
        return session.step < STEPS

    def take_a_step(self) -> None:
        """Go on by a step, and stay there."""
        self.pause()
        self.act(lambda session: void(self.advance(session)))

    def shown_by_controls(self, session: RaceSession) -> dict[str, Any]:
        """Let the slider stand at the present step."""
        return {"step": session.step}

    def draw(self, figure: Figure) -> RaceArtists:
        """Draw the axes."""
        return draw_race(figure)

    def update(self, artists: RaceArtists, session: RaceSession) -> None:
        """Put the race, as it is at its step, into the picture."""
        update_race(artists, session)

    def sentence(self, session: RaceSession) -> str:
        """Say who has arrived, and how far the others are."""
        said = [_place(session, name) for name in session.ranking()]
        noise = "with noise" if session.noisy else "without noise"
        listed = "; ".join(said) or "nobody runs"
        return f"Step {session.step}: {session.landscape.title}, {noise}: {listed}."


def void(_: Any) -> None:
    """Drop a result."""


def _place(session: RaceSession, name: str) -> str:
    """Say where one of them is."""
    arrived, left = session.arrived[name], float(session.left[name][session.step])
    if arrived is not None and arrived <= session.step and not session.noisy:
        return f"{name} (rate {significant(session.rates[name], 2)}) arrived in step {arrived}"
    if not left < 1000:
        return f"{name} has run away"
    return f"{name} has {significant(left, 2)} of the height left"
