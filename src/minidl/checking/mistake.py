"""A mistake that learners make: what tells it apart is also what the tests plant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, eq=False)
class Mistake:
    """A wrong answer, written once as a learner would write it.

    An answer that gives what `code` gives, where that is not right, on two inputs at least, gets
    the diagnosis. Where a result does not tell (inputs are changed, nothing is returned), the
    check says it itself: `wrong(MISTAKES["the-diagnosis"])`. The tests plant `code` and demand the
    diagnosis.

    Attributes
    ----------
    diagnosis : str
        The mistake's name, such as `missing-mean`. Several forms of one mistake share it.
    code : object
        The whole answer, mistaken: a function, a class, a number.
    sentence : str
        What to say to the learner; the smallest failing example is added. It may hold places,
        as for `str.format`, for what only the check knows. Without a sentence the diagnosis is a
        general one, such as `shape`, whose words the engine has.
    """

    diagnosis: str
    code: Any
    sentence: str = ""


class Mistakes:
    """The mistakes of one exercise, in the order in which they are looked for.

    Parameters
    ----------
    *mistakes : Mistake
        In the order in which an answer is compared with them.

    Examples
    --------
    >>> doubling = Mistakes(Mistake("half", lambda x: x, "Twice x is wanted."))
    >>> doubling["half"].sentence, len(doubling)
    ('Twice x is wanted.', 1)
    """

    def __init__(self, *mistakes: Mistake) -> None:
        self._mistakes = mistakes

    def __iter__(self) -> Iterator[Mistake]:
        return iter(self._mistakes)

    def __len__(self) -> int:
        return len(self._mistakes)

    def __getitem__(self, diagnosis: str) -> Mistake:
        """Return the first mistake of this name."""
        for mistake in self:
            if mistake.diagnosis == diagnosis:
                return mistake
        known = ", ".join(mistake.diagnosis for mistake in self)
        raise KeyError(f"expected one of {known}, received {diagnosis}")
