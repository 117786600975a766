"""The exercises of the lesson `losses`."""

from minidl.lessons.losses.checks.constants import CONSTANTS
from minidl.lessons.losses.checks.hinge import HINGE
from minidl.lessons.losses.checks.honest import HONEST
from minidl.lessons.losses.checks.logits import LOGITS
from minidl.lessons.losses.checks.smooth_l1 import SMOOTH_L1
from minidl.lessons.losses.checks.triplet import TRIPLET

EXERCISES = (CONSTANTS, SMOOTH_L1, LOGITS, HINGE, TRIPLET, HONEST)

__all__ = ["EXERCISES"]
