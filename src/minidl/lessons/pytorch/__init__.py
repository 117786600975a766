"""The exercises of the lesson `pytorch`."""

from minidl.lessons.pytorch.checks.fault import FAULT
from minidl.lessons.pytorch.checks.loader import LOADER
from minidl.lessons.pytorch.checks.state import STATE
from minidl.lessons.pytorch.checks.tensor import TENSOR
from minidl.lessons.pytorch.checks.translate import TRANSLATE

EXERCISES = (TENSOR, STATE, FAULT, LOADER, TRANSLATE)

__all__ = ["EXERCISES"]
