"""The schedule explorer: any schedule, composed with a warm-up, and ten trainings under it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.explorers.schedules.fleet import (
    Tasks,
    moons_tasks,
    rates_of,
    train_fleet,
)
from minidl.explorers.schedules.picture import (
    ScheduleArtists,
    ScheduleView,
    draw_schedules,
    mean_and_error,
    update_schedules,
)
from minidl.explorers.schedules.shapes import PLATEAU, SHAPES, composed, plateau_of
from minidl.plots.numbers import significant
from minidl.schedules import ReduceLROnPlateau
from minidl.widgets.controls import choice, log_slider, stops
from minidl.widgets.explorer import Explorer, Figure, State

Array = npt.NDArray[Any]

STEPS = 1600
EVERY = 20  # steps between two measurements
REFERENCE = 0.5
"""The best constant rate, by seeds 0 to 9."""
SEEDS_EACH = 10
SEEDS = {"0 to 9": 0, "10 to 19": 10, "20 to 29": 20}


@lru_cache(maxsize=2)
def _tasks(first: int) -> Tasks:
    return moons_tasks(range(first, first + SEEDS_EACH), STEPS)


def _plateaus(state: State) -> list[ReduceLROnPlateau]:
    """Return a plateau for each seed, if rates are to fall by one."""
    watched = state.shape == PLATEAU and state.fall > 1
    return [plateau_of(state.lr, state.fall) for _ in range(SEEDS_EACH if watched else 0)]


def _lower(plateaus: list[ReduceLROnPlateau], to_come: Array, losses: Array) -> None:
    """Lower the rates to come of each seed, a column, whose plateau has waited long enough."""
    for seed, plateau in enumerate(plateaus):
        if plateau.observe(losses[seed]) and len(to_come):
            to_come[:, seed] = plateau.reduced(to_come[0, seed])


class ScheduleExplorer(Explorer[ScheduleArtists, ScheduleView]):
    """A schedule, composed with a warm-up → its curve, and ten trainings under it.

    Parameters
    ----------
    **start
        First values of controls, such as `shape="StepLR", lr=2`: shape, lr, fall, warm_up, seeds.

    Examples
    --------
    >>> explorer = ScheduleExplorer(shape="constant", lr=0.5)
    >>> explorer.status.partition(": ")[0]
    'constant from 0.5'
    >>> explorer.close()
    """

    alt = (
        "Left: the learning rate against steps, on a logarithmic scale. Right: the mean loss of "
        "ten trainings under the schedule, and under two constant rates, with their errors"
    )
    size = (760, 380)

    def make_controls(self) -> dict[str, Any]:
        """Return the controls."""
        return {
            "shape": choice(
                "Schedule", "CosineAnnealingLR", options=(*SHAPES, PLATEAU),
                tooltip="How the rate goes from its largest value to its last; with "
                "ReduceLROnPlateau, each seed has its own, of which the median is shown.",
            ),
            "lr": log_slider(
                "Largest rate", 1.0, low=0.1, high=5, tooltip="Where the schedule begins to fall.",
            ),
            "fall": stops(
                "Falls by a factor", 1000, options=[1, 3, 10, 30, 100, 1000],
                tooltip="The largest rate divided by the last one. (The square ends at 0.)",
            ),
            "warm_up": stops(
                "Warm-up steps", 0, options=[0, 20, 50, 100, 200, 400, 800],
                tooltip="Steps in which the rate first grows in a straight line.",
            ),
            "seeds": choice(
                "Seeds", 0, options=SEEDS, tooltip="Other points, batches and first weights.",
            ),
        }  # fmt: skip

    def compute(self, state: State) -> Iterator[ScheduleView | None]:
        """Train ten networks under each of three schedules; yield the losses so far."""
        # A plateau's rates begin as those of a constant, and are lowered as losses come in.
        shape = "constant" if state.shape == PLATEAU else state.shape
        schedule = composed(shape, state.lr, state.fall, state.warm_up, STEPS)
        constants = [np.full(STEPS, rate) for rate in (state.lr, REFERENCE)]
        shown = np.stack([rates_of(schedule, state.lr, STEPS), *constants])
        rates = np.repeat(shown[:, :, np.newaxis], SEEDS_EACH, axis=2)
        plateaus = _plateaus(state)
        measured, losses = [], []
        tasks = _tasks(state.seeds)
        yield None
        for step, found in train_fleet(tasks, rates, every=EVERY):
            if plateaus and step >= state.warm_up:
                _lower(plateaus, rates[0, step:], found[0])
                shown = np.median(rates, axis=2)
            measured.append(step)
            losses.append(found)
            yield ScheduleView(shown, np.array(measured), np.array(losses))

    def draw(self, figure: Figure) -> ScheduleArtists:
        """Draw both axes."""
        return draw_schedules(figure, steps=STEPS)

    def update(self, artists: ScheduleArtists, view: ScheduleView) -> None:
        """Put rates and losses into the picture."""
        update_schedules(artists, view)

    def sentence(self, state: State, view: ScheduleView) -> str:
        """Say what the schedule is, and how the trainings stand."""
        warm_up = f" after {state.warm_up} steps of warm-up" if state.warm_up else ""
        now = view.losses[-1]
        means, errors = mean_and_error(now)
        shown = [f"{mean:.3f} ± {error:.3f}" for mean, error in zip(means, errors, strict=True)]
        better = np.count_nonzero(now[0] < now[2])
        return (
            f"{state.shape} from {significant(state.lr)}{warm_up}: after {view.steps[-1]:,} of "
            f"{STEPS:,} steps the loss is {shown[0]}. Constant at {significant(state.lr)}: "
            f"{shown[1]}; at {REFERENCE}: {shown[2]}, higher in {better} of {now.shape[1]} seeds."
        )
