"""The two ways in which a check ends early: the answer is missing, or it is wrong."""

from __future__ import annotations

from typing import Any, NoReturn

from minidl.checking.collecting import differs_already
from minidl.checking.mistake import Mistake


class NotAttempted(Exception):
    """Raised inside a check when there is nothing to grade: dots are left, or nothing came back.

    Parameters
    ----------
    dots : bool
        Whether there are dots. If not, the engine looks whether the answer is the blank, or one
        that forgets to return its result.
    """

    def __init__(self, dots: bool = False) -> None:
        super().__init__()
        self.dots = dots


class WrongAnswer(Exception):
    """Raised inside a check with a diagnosis, which is a name, and a sentence for the learner."""

    def __init__(self, diagnosis: str, sentence: str) -> None:
        super().__init__(f"{diagnosis}: {sentence}")
        self.diagnosis = diagnosis
        self.sentence = sentence


def wrong(diagnosis: Mistake | str, sentence: str = "", **details: Any) -> NoReturn:
    """End the check: the answer is wrong.

    Parameters
    ----------
    diagnosis : Mistake or str
        One of the exercise's mistakes, which has its own sentence; or, in the engine, a name.
    sentence : str
        What is wrong, with the smallest example that shows it, where the diagnosis is a name.
    **details
        What to put into the places of the mistake's sentence.

    Raises
    ------
    WrongAnswer
        Always.

    Examples
    --------
    >>> wrong("sign", "The gradient points the wrong way.")
    Traceback (most recent call last):
    minidl.checking.verdicts.WrongAnswer: sign: The gradient points the wrong way.
    >>> wrong(Mistake("sign", abs, "It should be {value:g}."), value=-2.0)
    Traceback (most recent call last):
    minidl.checking.verdicts.WrongAnswer: sign: It should be -2.
    """
    if isinstance(diagnosis, Mistake):
        template = diagnosis.sentence
        sentence = template.format(**details) if details else template
        diagnosis = diagnosis.diagnosis
    raise WrongAnswer(diagnosis, sentence)


def expect(condition: bool, diagnosis: Mistake | str, sentence: str = "", **details: Any) -> None:
    """End the check as `wrong` does, unless the condition holds.

    A check in which a result was wrong has its verdict, and goes on.

    Examples
    --------
    >>> expect(1 + 1 == 2, "sum", "One and one are two.")
    """
    if not condition and not differs_already():
        wrong(diagnosis, sentence, **details)
