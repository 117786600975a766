"""The exercises of the lesson `convolution`."""

from minidl.lessons.convolution.checks.cube import CUBE

EXERCISES = (CUBE,)

__all__ = ["EXERCISES"]
