"""The tests that can be ordered in the clinic: a question, and what a healthy one answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from minidl.clinic import EXAMINATIONS, Patient
from minidl.plots.numbers import few_letters

NO_TEST = "none yet"


@dataclass(frozen=True)
class Test:
    """What an examination is asked, and what should come out."""

    question: str
    expected: str
    name: str


TESTS = {
    "loss at the start": Test("The loss before the first step?", "near log 10 = 2.3", "start"),
    "size of the inputs": Test("The typical size of an input?", "near 1", "inputs"),
    "gradient check": Test("The gradient, over the slope measured along it?", "1", "slope"),
    "30 by heart": Test("The loss on 30 samples after 150 steps on them?", "near 0", "by heart"),
    "shuffled labels": Test(
        "The share right on the dev set, if labels are shuffled first?", "near 0.1", "shuffled"
    ),
    "constant input": Test(
        "The train loss if all inputs are 0?", "near 2.3, far above that with images", "constant",
    ),
    "judged twice": Test("By how much do two evaluations of one model differ?", "0", "twice"),
    "both modes": Test(
        "The train set's loss as it is judged, less that in the training mode?", "near 0", "modes"
    ),
    "classes in a batch": Test("How many of ten digits has a batch of 20?", "near 9", "classes"),
    "samples in an epoch": Test("Which share of the samples does an epoch see?", "1", "distinct"),
    "standing still": Test("After which share of epochs had no weight moved?", "0", "idle"),
}  # fmt: skip


def question_of(test: str) -> str:
    """Return what a test asks; before one is ordered, an invitation.

    Examples
    --------
    >>> question_of("judged twice")
    'By how much do two evaluations of one model differ?'
    """
    return TESTS[test].question if test in TESTS else "Order a test, and its result stands here."


def answer_to(test: str, chosen: Patient, seed: int, *, twin: bool) -> Iterator[str | None]:
    """Yield None while a test is under way, then what it has found."""
    ordered = TESTS[test]
    examine, words = EXAMINATIONS[ordered.name], f"healthy: {ordered.expected}"
    yield None
    found = written(examine(chosen.training, seed))
    yield f"{found}  ({words})"
    if twin:
        yield f"{found}  (twin: {written(examine(chosen.healthy, seed))}; {words})"


def written(value: float) -> str:
    """Return a number in few letters, two digits of it.

    Examples
    --------
    >>> written(0.00012345), written(2.31), written(-0.0)
    ('1.2e−4', '2.3', '0')
    """
    return few_letters(float(f"{value:.1e}") + 0.0)
