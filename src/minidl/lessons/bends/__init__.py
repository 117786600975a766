"""The exercises of the lesson `bends`."""

from minidl.lessons.bends.checks.hinges import HINGES
from minidl.lessons.bends.checks.xor import XOR

EXERCISES = (HINGES, XOR)

__all__ = ["EXERCISES"]
