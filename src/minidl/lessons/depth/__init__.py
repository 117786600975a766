"""The exercises of the lesson `depth`."""

from minidl.lessons.depth.checks.affine import AFFINE
from minidl.lessons.depth.checks.normalize import NORMALIZE
from minidl.lessons.depth.checks.normalize_back import NORMALIZE_BACK
from minidl.lessons.depth.checks.ratios import RATIOS
from minidl.lessons.depth.checks.residual import RESIDUAL

EXERCISES = (AFFINE, RATIOS, NORMALIZE, NORMALIZE_BACK, RESIDUAL)

__all__ = ["EXERCISES"]
