"""The exercises of the lesson `optimizers`."""

from minidl.lessons.optimizers.checks.adam import ADAM
from minidl.lessons.optimizers.checks.average import AVERAGE
from minidl.lessons.optimizers.checks.descend import DESCEND
from minidl.lessons.optimizers.checks.momentum import MOMENTUM
from minidl.lessons.optimizers.checks.resume import RESUME

EXERCISES = (DESCEND, AVERAGE, MOMENTUM, ADAM, RESUME)

__all__ = ["EXERCISES"]
