"""Mistakes that learners make in "The cube"."""

from minidl.checking.mistake import Mistake, Mistakes

MISTAKES = Mistakes(
    Mistake("tripled", lambda x: 3 * x, "That is three times x, not x times x times x."),
    Mistake("squared", lambda x: x**2, "That is one factor too few."),
    Mistake("absolute-value", lambda x: abs(x) ** 3, "Three minus signs make a minus sign."),
    Mistake("values", lambda x: x**3 + 1),
)
