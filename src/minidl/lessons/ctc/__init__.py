"""The exercises of the lesson `ctc`."""

from minidl.lessons.ctc.checks.collapse import COLLAPSE
from minidl.lessons.ctc.checks.forward import FORWARD

EXERCISES = (COLLAPSE, FORWARD)

__all__ = ["EXERCISES"]
