"""The clinic: patients under numbers, their vital signs, tests to order, and a verdict."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.clinic import PATIENTS, Course, Patient, Training, course_of, epochs_of, patient_in
from minidl.clinic.training import DIVERGED, EPOCHS
from minidl.explorers.clinic.ordering import NO_TEST, TESTS, answer_to, question_of
from minidl.explorers.clinic.picture import (
    ClinicArtists,
    ClinicView,
    draw_clinic,
    update_clinic,
)
from minidl.plots.numbers import few_letters
from minidl.widgets.controls import checkbox, choice, int_slider, stops
from minidl.widgets.explorer import Explorer, Figure, State

Array = npt.NDArray[Any]

UNDECIDED, TELL = "undecided", "tell me"
SUSPECTS = sorted(each.fault for each in PATIENTS if each.part)


class ClinicExplorer(Explorer[ClinicArtists, ClinicView]):
    """A patient and a test → the course of its training, its vital signs, and the result.

    Parameters
    ----------
    **start
        First values of controls, such as `patient=3, test="twice"`: patient, test, suspect, twin,
        ward.
    """

    alt = (
        "Left: the losses on train and dev set by epoch, on request beside those of the healthy "
        "twin. Right: the size of a step over that of the weights for three layers, and the share "
        "of shut units. Below: the result of a test"
    )
    size = (760, 430)

    def make_controls(self) -> dict[str, Any]:
        """Return the controls."""
        return {
            "patient": int_slider(
                "Patient", 1, low=1, high=len(PATIENTS), tooltip="Each has one fault at most.",
            ),
            "test": choice(
                "Test", NO_TEST, options=[NO_TEST, *TESTS], tooltip="A cheap question to the code.",
            ),
            "suspect": choice(
                "Your diagnosis", UNDECIDED,
                options=[UNDECIDED, "none", *SUSPECTS, TELL], tooltip="What is wrong with it?",
            ),
            "ward": stops(
                "Ward", 0, options=range(10),
                tooltip="In each other ward numbers, samples and first weights are drawn anew.",
            ),
            "twin": checkbox(
                "Healthy twin", False, tooltip="The same training without the fault beside it.",
            ),
        }  # fmt: skip

    def compute(self, state: State) -> Iterator[ClinicView | None]:
        """Train the patient, and its twin if it is wanted, and then do the test."""
        chosen = patient_in(state.ward, state.patient)
        question = question_of(state.test)
        for course, twin in together(chosen, state.ward, twin=state.twin):
            yield view_of(course, twin, question)
        if state.test in TESTS:
            for answer in answer_to(state.test, chosen, state.ward, twin=state.twin):
                yield None if answer is None else view_of(course, twin, question, answer)

    def draw(self, figure: Figure) -> ClinicArtists:
        """Draw the empty panels."""
        return draw_clinic(figure)

    def update(self, artists: ClinicArtists, view: ClinicView) -> None:
        """Show the training so far."""
        update_clinic(artists, view)

    def sentence(self, state: State, view: ClinicView) -> str:
        """State how the training has gone, what the test has found, and the verdict."""
        losses = [few_letters(float(f"{row[-1]:.1e}")) for row in view.losses]
        found = f" {view.question} {view.answer}." if view.answer else ""
        found += verdict(state.suspect, patient_in(state.ward, state.patient).fault)
        given_up = ", where it was given up" if view.losses[0, -1] >= DIVERGED else ""
        return (
            f"Ward {state.ward}, patient {state.patient}, epoch {view.losses.shape[1]} of "
            f"{EPOCHS}{given_up}: train loss {losses[0]}, dev loss {losses[1]}, "
            f"{view.accuracy:.0%} of the dev set right.{found}"
        )


def together(chosen: Patient, seed: int, *, twin: bool) -> Iterator[tuple[Course, Course | None]]:
    """Yield a patient's course and that of its twin, if it is wanted, as both go.

    Who ends first, since its loss has diverged, waits for the other.
    """
    ill = courses(chosen.training, seed)
    well = courses(chosen.healthy, seed) if twin else iter(())
    course, other = next(ill), next(well, None)
    yield course, other
    for newer, newer_twin in zip_longest(ill, well):
        course, other = newer or course, newer_twin or other
        yield course, other


def courses(training: Training, seed: int) -> Iterator[Course]:
    """Yield a training's course as it goes; at once to its end, if it has been seen before."""
    if (training, seed) in _seen:
        yield course_of(training, seed)
        return
    yield from epochs_of(training, training.sets(seed), seed=seed)
    _seen.add((training, seed))


_seen: set[tuple[Training, int]] = set()


def view_of(course: Course, twin: Course | None, question: str, answer: str = "") -> ClinicView:
    """Return what is shown of a course."""
    signs, nothing = course.diagnostics, np.zeros((2, 0))
    return ClinicView(
        losses=losses_of(course),
        twin=nothing if twin is None else losses_of(twin),
        steps=np.array(signs.steps),
        ratios=np.array(list(signs.updates.values())),
        shut=np.array([worst(signs.saturated), worst(signs.dead)]),
        accuracy=course.dev_scores[-1],
        question=question,
        answer=answer,
    )


def losses_of(course: Course) -> Array:
    """Return the losses on train and dev set, by epoch."""
    return np.array([course.train_losses, course.dev_losses])


def worst(shares: dict[str, list[float]]) -> Array:
    """Return the largest of several layers' shares, at each time."""
    return np.max(list(shares.values()), axis=0)


def verdict(suspect: str, fault: str) -> str:
    """Return whether a diagnosis is right, in words."""
    if suspect == UNDECIDED:
        return ""
    if suspect == TELL:
        return " It is healthy." if fault == "none" else f" It is: {fault}."
    return f" {suspect[0].upper()}{suspect[1:]}: " + ("that is it." if suspect == fault else "no.")
