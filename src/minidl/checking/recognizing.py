"""Recognizing a mistake: the check is run on the known ones, too, and the results compared."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import cache
from typing import Any

from minidl.checking.asking import GUARDED
from minidl.checking.difference import Difference, DifferentResult, collecting
from minidl.checking.mistake import Mistake, Mistakes
from minidl.checking.verdicts import NotAttempted, WrongAnswer

Check = Callable[[Any], None]


def recognized(
    check: Check, answer: Any, mistakes: Mistakes, fault: DifferentResult
) -> WrongAnswer:
    """Return the verdict of the mistake that explains an answer, or the fault where none does.

    A mistake explains an answer if it differs from what is right for the first time at the same
    result, and equals the answer in every comparison of that result in the check: on all inputs,
    not only on the one that would be shown.

    Parameters
    ----------
    check : callable
        The exercise's.
    answer : object
        The learner's, whose check has ended with the fault.
    mistakes : Mistakes
        Those that are known; one without a sentence has nothing to say and is left out.
    fault : DifferentResult
        What is said otherwise.
    """
    own = differences(check, answer)
    for mistake in mistakes:
        if mistake.sentence and _explains(_known(check, mistake), own):
            sentence = f"{mistake.sentence} {fault.difference.example()}"
            return WrongAnswer(mistake.diagnosis, sentence)
    return fault


def differences(check: Check, answer: Any) -> list[Difference]:
    """Return every difference between an answer's results and the right ones, in order."""
    with collecting() as found, contextlib.suppress(NotAttempted, WrongAnswer, *GUARDED):
        check(answer)
    return found


@cache
def _known(check: Check, mistake: Mistake) -> list[Difference]:
    return differences(check, mistake.code)


def _explains(mistaken: list[Difference], own: list[Difference]) -> bool:
    if not mistaken or not own or mistaken[0].what != own[0].what:
        return False
    what = own[0].what
    both = [[each for each in found if each.what == what] for found in (mistaken, own)]
    return len(both[0]) == len(both[1]) and all(map(Difference.is_like, *both))
