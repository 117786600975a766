"""The exercises of the lesson `images`."""

from minidl.lessons.images.checks.back import BACK
from minidl.lessons.images.checks.occlusion import OCCLUSION
from minidl.lessons.images.checks.parameters import PARAMETERS
from minidl.lessons.images.checks.statistics import STATISTICS
from minidl.lessons.images.checks.validation import VALIDATION
from minidl.lessons.images.checks.writers import WRITERS

EXERCISES = (STATISTICS, BACK, PARAMETERS, VALIDATION, OCCLUSION, WRITERS)

__all__ = ["EXERCISES"]
