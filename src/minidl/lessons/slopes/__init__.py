"""The exercises of the lesson `slopes`."""

from minidl.lessons.slopes.checks.chain import CHAIN
from minidl.lessons.slopes.checks.machine import MACHINE

EXERCISES = (CHAIN, MACHINE)

__all__ = ["EXERCISES"]
