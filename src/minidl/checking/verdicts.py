"""The two ways in which a check ends early: the answer is missing, or it is wrong."""

from __future__ import annotations

from typing import Any, NoReturn

import numpy as np

BLANKS = (None, Ellipsis, NotImplemented, NotImplementedError)


class NotAttempted(Exception):
    """Raised inside a check when there is nothing to grade yet."""


class WrongAnswer(Exception):
    """Raised inside a check with a diagnosis, which is a name, and a sentence for the learner."""

    def __init__(self, diagnosis: str, sentence: str) -> None:
        super().__init__(f"{diagnosis}: {sentence}")
        self.diagnosis = diagnosis
        self.sentence = sentence


def wrong(diagnosis: str, sentence: str) -> NoReturn:
    """End the check: the answer is wrong.

    Parameters
    ----------
    diagnosis : str
        A short name such as `missing-mean`; the tests plant a mistake for each.
    sentence : str
        What is wrong, with the smallest example that shows it.

    Raises
    ------
    WrongAnswer
        Always.

    Examples
    --------
    >>> wrong("sign", "The gradient points the wrong way.")
    Traceback (most recent call last):
    minidl.checking.verdicts.WrongAnswer: sign: The gradient points the wrong way.
    """
    raise WrongAnswer(diagnosis, sentence)


def expect(condition: bool, diagnosis: str, sentence: str) -> None:
    """End the check as `wrong` does, unless the condition holds.

    Examples
    --------
    >>> expect(1 + 1 == 2, "sum", "One and one are two.")
    """
    if not condition:
        wrong(diagnosis, sentence)


def is_blank(value: Any) -> bool:
    """Return whether a value stands for "nothing here yet", or is a sequence that holds one.

    Examples
    --------
    >>> is_blank(...), is_blank((1, None)), is_blank(0.0)
    (True, True, False)
    """
    if isinstance(value, (tuple, list)):
        return any(map(is_blank, value))
    if isinstance(value, np.ndarray):
        return value.dtype == object and any(map(is_blank, value.flat))
    return any(value is blank for blank in BLANKS) or isinstance(value, NotImplementedError)
