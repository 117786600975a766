"""The exercises of the lesson `debugging`."""

from minidl.lessons.debugging.checks.batches import BATCHES
from minidl.lessons.debugging.checks.by_heart import BY_HEART
from minidl.lessons.debugging.checks.diagnose import DIAGNOSE
from minidl.lessons.debugging.checks.gradient import GRADIENT
from minidl.lessons.debugging.checks.slope import SLOPE

EXERCISES = (SLOPE, GRADIENT, BY_HEART, BATCHES, DIAGNOSE)

__all__ = ["EXERCISES"]
