"""The exercises of the lesson `promises`."""

from minidl.lessons.promises.checks.adadelta import ADADELTA
from minidl.lessons.promises.checks.secant import SECANT

EXERCISES = (ADADELTA, SECANT)

__all__ = ["EXERCISES"]
