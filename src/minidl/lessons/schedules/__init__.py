"""The exercises of the lesson `schedules`."""

from minidl.lessons.schedules.checks.fading import FADING
from minidl.lessons.schedules.checks.plateau import PLATEAU
from minidl.lessons.schedules.checks.stairs import STAIRS
from minidl.lessons.schedules.checks.warm_up import WARM_UP
from minidl.lessons.schedules.checks.wave import WAVE

EXERCISES = (STAIRS, WAVE, WARM_UP, PLATEAU, FADING)

__all__ = ["EXERCISES"]
