"""An exercise as a learner holds it: how an answer is graded."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from minidl.checking.asking import end_early, report, shielded
from minidl.checking.blanks import is_blank, is_unwritten, missing_method
from minidl.checking.collecting import collecting
from minidl.checking.deadline import TimeUp
from minidl.checking.difference import Difference
from minidl.checking.exercise import Exercise
from minidl.checking.mistake import Mistake
from minidl.checking.outcome import NOT_ATTEMPTED, RIGHT, WRONG, Message, Outcome, Solution
from minidl.checking.plain import settled
from minidl.checking.sandbox import Refused, Sandbox
from minidl.checking.verdicts import NotAttempted, WrongAnswer

BLANK_TEXT = (
    "Nothing to check yet: fill in the cell above, run it, then run this one again. "
    "If you have filled it in: is a `...` left?"
)
MISSING = {"AttributeError", "NotImplementedError", "not-implemented", "ungradable"}
NOTHING = "Your code returned nothing: does it end with `return` and the result?"


class Check:
    """What a learner holds: call it with the answer, ask it for a hint or for the solution.

    Parameters
    ----------
    exercise : Exercise
        What it checks.
    """

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self._hints_given = 0

    def __call__(self, answer: Any) -> Outcome:
        """Grade an answer. Whatever the answer does, this returns an outcome.

        Parameters
        ----------
        answer : object
            What the exercise asks for: a function, a class, an array, a number.

        Returns
        -------
        Outcome
            `right`, `wrong` with a diagnosis, or `not attempted`.
        """
        exercise, box = self.exercise, Sandbox()
        differences, end = _run(exercise.check, answer, box)
        status, text, diagnosis = RIGHT, exercise.takeaway, ""
        try:
            self._judge(answer, differences, end)
        except NotAttempted:
            status, text = NOT_ATTEMPTED, BLANK_TEXT
        except WrongAnswer as fault:
            status, text, diagnosis = WRONG, fault.sentence, fault.diagnosis
        return Outcome(status, exercise.title, text, diagnosis, box.printed.text())

    def yours_or_ours(self, answer: Any) -> Any:
        """Return an answer if it is right, else the solution: what the cells below go on with.

        Parameters
        ----------
        answer : object
            What the exercise asks for.

        Examples
        --------
        >>> from minidl.exercises import exercise
        >>> exercise("graph/run").yours_or_ours(...).__name__
        'run'
        """
        return answer if self(answer).right else self.exercise.reference

    def _judge(self, answer: Any, differences: list[Difference], end: BaseException | None) -> None:
        """Raise what a check has found: first what was not let happen, then the differences."""
        if isinstance(end, (TimeUp, Refused)):
            raise end_early(end)
        solution = self.exercise.reference
        blank = isinstance(end, NotAttempted) and (end.dots or is_unwritten(answer, solution))
        if (differences or end is not None) and not blank:
            self._expect_methods(answer, end)
        if differences:
            raise self._verdict(differences)
        if isinstance(end, NotAttempted):
            raise end if blank else WrongAnswer("returns-nothing", NOTHING)
        if isinstance(end, WrongAnswer):
            raise end
        if end is not None:
            report(end)

    def _expect_methods(self, answer: Any, end: BaseException | None) -> None:
        """Say so where a class lacks a method that the solution has, `missing-method`."""
        missing = missing_method(answer, self.exercise.reference)
        if missing is not None and (missing[1] or _cause(end) in MISSING):
            name, near = missing
            found = f"found `{near}`: is it misspelt?" if near else "found none of this name."
            sentence = f"Expected a method `{name}` in {answer.__name__}, {found}"
            raise WrongAnswer("missing-method", sentence)

    def _verdict(self, differences: list[Difference]) -> WrongAnswer:
        """Return what the mistake says that explains the differences, or else the first of them.

        A mistake explains them if it differs from what is right for the first time at the same
        result, and equals the answer in every comparison of that result: on all inputs that the
        check tries, not only on the one that is shown. One wrong result may be like another by
        chance, so a mistake is named only where the answer is wrong on two inputs.
        """
        first, check = differences[0], self.exercise.check
        own = [each for each in differences if each.what == first.what]
        if len(set().union(*map(Difference.examples, own))) < 2:
            return first.verdict(sure=False)
        for mistake in self.exercise.mistakes:
            if mistake.sentence and _explains(_of_mistake(check, mistake), differences):
                return first.verdict_of(mistake)
        return first.verdict()

    def hint(self) -> Message:
        """Return the next hint; after the last, say that there are no more."""
        hints = self.exercise.hints
        if self._hints_given == len(hints):
            self._hints_given = 0
            text = "That was the last one. `.solution()` shows one way to do it."
            return Message("hint", self.exercise.title, text)
        self._hints_given += 1
        heading = f"{self.exercise.title}, {self._hints_given} of {len(hints)}"
        return Message("hint", heading, hints[self._hints_given - 1])

    def solution(self) -> Solution:
        """Return code that solves the exercise, to be read after an honest try."""
        return Solution(self.exercise.code)

    def __repr__(self) -> str:
        exercise = self.exercise
        return (
            f"{exercise.title} ({exercise.name}): call me with {exercise.answer}; "
            ".hint() helps, .solution() shows code."
        )


def _cause(end: BaseException | None) -> str:
    return end.diagnosis if isinstance(end, WrongAnswer) else type(end).__name__


def _run(
    check: Callable[[Any], None], answer: Any, box: Sandbox
) -> tuple[list[Difference], BaseException | None]:
    """Return all differences from what is right, and what else has ended the check."""
    found: list[Difference] = []

    def run() -> BaseException | None:
        try:
            with collecting(found), shielded():
                check(settled(answer))
        except BaseException as end:
            if isinstance(end, (KeyboardInterrupt, TimeUp)):
                raise
            return end
        return box.refused

    if answer is None or is_blank(answer):
        return found, NotAttempted(dots=True)
    try:
        return found, box.run(run, *_namespaces(answer))
    except TimeUp as end:
        return found, end


def _namespaces(answer: Any) -> list[dict[str, Any]]:
    """Return where an answer's code looks up its names."""
    parts = vars(answer).values() if isinstance(answer, type) else (answer,)
    spaces = (getattr(part, "__globals__", None) for part in parts)
    return list({id(space): space for space in spaces if isinstance(space, dict)}.values())


@cache
def _of_mistake(check: Callable[[Any], None], mistake: Mistake) -> list[Difference]:
    return _run(check, mistake.code, Sandbox())[0]


def _explains(mistaken: list[Difference], own: list[Difference]) -> bool:
    if not mistaken or mistaken[0].what != own[0].what:
        return False
    what = own[0].what
    both = [[each for each in found if each.what == what] for found in (mistaken, own)]
    return len(both[0]) == len(both[1]) and all(map(Difference.is_like, *both))
