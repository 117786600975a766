"""Watch a network learn: play, pause, step, go back, change the rate midway."""

from __future__ import annotations

import time
from typing import Any

from minidl.explorers.watch_it_learn.picture import WatchArtists, draw_watch, update_watch
from minidl.explorers.watch_it_learn.session import LAST_EPOCH, LearningSession
from minidl.models import two_layer_net
from minidl.widgets.controls import action, choice, int_slider, slider, stops
from minidl.widgets.network import NetworkFactory, build_network
from minidl.widgets.playground import Playground
from minidl.widgets.stage import Action, Figure, State

Measures = tuple[float | None, float]
"""Accuracy and loss."""

RATES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)
PACES = (1, 2, 5, 10, 20)
BATCHES = {"all 640 points": 640, "160": 160, "40": 40}
ALL = 640
FRAME = 0.035  # seconds that a frame may take; a slow network gets fewer epochs into it


class WatchItLearn(Playground[WatchArtists, LearningSession]):
    """A network that learns the moons while you watch, and do as you like with its rate.

    Parameters
    ----------
    network : callable, optional
        Your own: a function `(input_size, hidden_size, output_size, *, rng)` that returns a
        network ending in a probability. By default `minidl.models.two_layer_net`.
    **start
        First values of controls, such as `noise=0.5, lr=0.2`: epoch, lr, pace, batch, noise, seed.

    Examples
    --------
    >>> watched = WatchItLearn(epoch=10)
    >>> watched.status.partition(":")[0]
    'Epoch 10'
    >>> watched.close()
    """

    alt = (
        "Two moons of points over the regions that the network assigns to them, moving as it "
        "learns; beside them losses and accuracies over the epochs"
    )
    size = (760, 380)
    midway = ("epoch", "lr", "pace", "batch")

    def __init__(self, network: NetworkFactory | None = None, **start: Any) -> None:
        self._factory = two_layer_net if network is None else network
        super().__init__(**start)

    def make_controls(self) -> dict[str, Any]:
        """Return the controls of the training under way, then those of a new one."""
        return {
            "epoch": int_slider(
                "Epoch", 0, low=0, high=1, tooltip="Go back to any epoch, and on from there",
            ),
            "lr": stops(
                "Learning rate", 0.2, options=RATES, tooltip="Length of the steps from now on",
            ),
            "pace": stops(
                "Epochs a frame", 2, options=PACES, tooltip="How fast it plays",
            ),
            "batch": choice(
                "Samples a step", ALL, options=BATCHES, tooltip="How many points a step looks at",
            ),
            "noise": slider(
                "Noise (σ)", 0.2, low=0, high=0.5, step=0.05,
                tooltip="How much noise blurs the moons; trains anew up to here",
            ),
            "seed": int_slider(
                "Seed", 0, low=0, high=99, tooltip="Other points and weights; trains anew to here",
            ),
        }  # fmt: skip

    def make_actions(self) -> dict[str, Action]:
        """Return the buttons."""
        play_and_reset = super().make_actions()
        step = action("Step", icon="step-forward", tooltip="Take one step of the optimizer")
        epoch = action("Epoch", icon="forward", tooltip="Go on to the end of an epoch")
        return {
            "play": play_and_reset["play"],
            "step": (step, self.step),
            "epoch": (epoch, self.train_epoch),
            "reset": play_and_reset["reset"],
        }

    def highest(self, values: dict[str, Any]) -> dict[str, float]:
        """Return where the slider of the epochs ends: at the last one known, or asked for."""
        if "epoch" not in values or not isinstance(values["epoch"], int):
            return {}
        latest = getattr(self.session, "latest", 0) if hasattr(self, "session") else 0
        return {"epoch": max(1, latest, min(values["epoch"], LAST_EPOCH))}

    def begin(self, state: State) -> LearningSession:
        """Return a new network, trained up to the epoch of the slider."""
        network = build_network(self._factory, 2, 5, 1, rng=state.seed)
        session = LearningSession(network, noise=state.noise, seed=state.seed, lr=state.lr)
        self.adjust(session, "batch", state)
        session.train_epochs(state.epoch)
        return session

    def adjust(self, session: LearningSession, name: str, state: State) -> None:
        """Follow the rate and the batch size from here on, or go to an epoch."""
        if name == "epoch":
            self.halt()
            session.go_to(min(state.epoch, session.latest))
            session.train_epochs(state.epoch - session.epoch)
        session.lr = state.lr
        session.batch_size = None if state.batch == ALL else state.batch

    def advance(self, session: LearningSession) -> bool:
        """Train for the epochs of a frame."""
        begin = time.perf_counter()
        for _ in range(self.state.pace):
            session.train_epochs(1)
            if time.perf_counter() - begin > FRAME:
                break
        return session.epoch < LAST_EPOCH

    def step(self) -> None:
        """Take one step of the optimizer."""
        self.pause()
        self.act(LearningSession.train_step)

    def train_epoch(self) -> None:
        """Go on to the end of an epoch."""
        self.pause()
        self.act(lambda session: session.train_epochs(1))

    def shown_by_controls(self, session: LearningSession) -> dict[str, Any]:
        """Let the slider stand at the present epoch."""
        return {"epoch": session.epoch}

    def draw(self, figure: Figure) -> WatchArtists:
        """Fill the figure."""
        return draw_watch(figure)

    def update(self, artists: WatchArtists, session: LearningSession) -> None:
        """Put the training into the picture."""
        update_watch(artists, session)

    def sentence(self, session: LearningSession) -> str:
        """Return epoch, losses, accuracies and rate in words."""
        (train_score, train_loss), (dev_score, dev_loss) = measured(session)
        under_way = session.runner.under_way
        done = f" and {under_way.samples} of 640 points" if under_way else ""
        samples = "all points" if session.batch_size is None else f"{session.batch_size} points"
        return (
            f"Epoch {session.epoch:,}{done}: train loss {train_loss:.3f}, dev {dev_loss:.3f}; "
            f"train accuracy {train_score:.3f}, dev {dev_score:.3f}. "
            f"Learning rate {session.lr:g}, {samples} a step."
        )


def measured(session: LearningSession) -> tuple[Measures, Measures]:
    """Return accuracy and loss on the training set and on the dev set after the present epoch."""
    if not session.epoch:
        return session.untrained
    history, last = session.history, session.epoch - 1
    return (
        (history.train_score[last], history.train_loss[last]),
        (history.dev_score[last], history.dev_loss[last]),
    )
