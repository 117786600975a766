"""The check of the exercise "debugging/diagnose"."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from minidl.checking.asking import ask
from minidl.checking.exercise import Exercise
from minidl.checking.showing import describe_answer, show
from minidl.checking.verdicts import expect, wrong
from minidl.clinic import PATIENTS, first_look
from minidl.lessons.debugging import solutions
from minidl.lessons.debugging.mistakes.diagnose import MISTAKES

NAMES = (
    "unscaled inputs", "wrong sign", "missing 1/N", "wrong formula", "dead ReLUs",
    "saturated units", "no shuffling", "drawn with replacement", "rate too high", "nothing yet",
)  # fmt: skip
SEEDS = ((103, 50), (201, 25), (204, 36))
"""Which samples and weights are drawn, and on how many samples the slope is measured."""


def name_of(fault: str) -> str:
    """Return what can be said of a fault before training; a wrong index is a wrong formula.

    Examples
    --------
    >>> name_of("rate too high"), name_of("label leak")
    ('rate too high', 'nothing yet')
    """
    fault = "wrong formula" if fault == "wrong broadcast" else fault
    return fault if fault in NAMES else "nothing yet"


@lru_cache(maxsize=1)
def reports() -> tuple[tuple[dict[str, float], str], ...]:
    """Return first looks at all patients, of seeds that no lesson shows, and their names.

    They come in the order of the names, so that an answer meets each fault before the next.
    """
    ordered = sorted(PATIENTS, key=lambda each: NAMES.index(name_of(each.fault)))
    return tuple(
        (first_look(each.training, seed, samples), name_of(each.fault))
        for seed, samples in SEEDS
        for each in ordered
    )


def check_diagnose(diagnose: Any) -> None:
    """Check the diagnoses of patients that nobody has seen."""
    answers = [ask(diagnose, dict(report)) for report, _ in reports()]
    for answer in answers:
        sentence = f"Expected one of the names, received {describe_answer(answer)}."
        expect(type(answer) is str and answer in NAMES, "not-a-name", sentence)
    wrong_ones = [
        (report, right, answer)
        for (report, right), answer in zip(reports(), answers, strict=True)
        if answer != right
    ]
    if not wrong_ones:
        return
    report, right, answer = wrong_ones[0]
    _expect_room(diagnose, report, right)
    told = ", ".join(f"{name} {show(x)}" for name, x in report.items())
    for mistake in MISTAKES:
        if mistake.sentence and [mistake.code(dict(each)) for each, _ in reports()] == answers:
            wrong(mistake, count=len(wrong_ones), told=told, right=right, answer=answer)
    wrong(MISTAKES["misjudged"], count=len(wrong_ones), told=told, right=right, answer=answer)


def _expect_room(diagnose: Any, report: dict[str, float], right: str) -> None:
    """Blame a slope that is asked for to the last digit, if a rounded one would be understood."""
    rounded = report | {"slope": round(report["slope"], 3)}
    expect(ask(diagnose, rounded) != right, MISTAKES["exactly-one"])


DIAGNOSE = Exercise(
    name="debugging/diagnose",
    title="Name the fault, before an epoch is trained",
    check=check_diagnose,
    solution=solutions.diagnose,
    mistakes=MISTAKES,
    hints=(
        "One number for each fault: which of a report's numbers is far off, for whom, in the "
        "tables above?",
        "Ask for causes before effects: large inputs make large updates, too. And three values of "
        '`report["slope"]` have a meaning of their own; one of them is `report["samples"]`.',
        "What is computed never hits a number exactly: `abs(x - 1) < 0.01`. Between the ill and "
        "the well there is a gap: put each threshold into the middle of it.",
    ),
    takeaway="Most faults show before the first epoch: look before you train.",
)
