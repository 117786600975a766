"""The exercises of the lesson `convolution`."""

from minidl.lessons.convolution.checks.gradients import GRADIENTS
from minidl.lessons.convolution.checks.image import IMAGE
from minidl.lessons.convolution.checks.pool import POOL
from minidl.lessons.convolution.checks.reach import REACH
from minidl.lessons.convolution.checks.slide import SLIDE

EXERCISES = (SLIDE, IMAGE, REACH, GRADIENTS, POOL)

__all__ = ["EXERCISES"]
