"""An exercise as its author writes it."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from minidl.checking.mistake import Mistakes


@dataclass(frozen=True)
class Exercise:
    """An exercise: what is asked, how it is graded, what helps and what solves it.

    `minidl.checking` tells how to write one.

    Attributes
    ----------
    name : str
        `lesson/word`, such as `activations/relu`.
    title : str
        What it is called, in a few words.
    check : callable
        A function of the learner's object that returns if it is right, and otherwise ends with
        a diagnosis.
    solution : function, class, tuple of these, or str
        The code for the learner's cell, as real code wherever possible.
    mistakes : Mistakes
        What learners do wrong: recognized in an answer, and planted by the tests.
    hints : tuple of str
        From a nudge to nearly everything.
    answer : str
        The name that the learner's cell defines; by default the solution's.
    takeaway : str
        A sentence for when it is right.
    """

    name: str
    title: str
    check: Callable[[Any], None]
    solution: Any
    hints: tuple[str, ...]
    mistakes: Mistakes = field(default_factory=Mistakes)
    answer: str = ""
    takeaway: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]*/[a-z0-9-]+", self.name):
            raise ValueError(f"expected a name such as 'activations/relu', received {self.name!r}")
        if not isinstance(self.hints, tuple) or not self.hints:
            raise ValueError(f"{self.name}: expected a tuple of hints, received {self.hints!r}")
        if not self.answer:
            if isinstance(self.reference, str):
                raise ValueError(f"{self.name}: expected answer=… beside a solution in a string")
            object.__setattr__(self, "answer", self.reference.__name__)

    @property
    def reference(self) -> Any:
        """What an answer stands beside: the solution, of several parts the last."""
        return self.solution[-1] if isinstance(self.solution, tuple) else self.solution

    @property
    def code(self) -> str:
        """The solution's code, to stand in the learner's cell."""
        parts = self.solution if isinstance(self.solution, tuple) else (self.solution,)
        texts = (part if isinstance(part, str) else inspect.getsource(part) for part in parts)
        return "\n\n\n".join(textwrap.dedent(text).strip() for text in texts)
