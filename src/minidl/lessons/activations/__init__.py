"""The exercises of the lesson `activations`."""

from minidl.lessons.activations.checks.elu import ELU
from minidl.lessons.activations.checks.keep_size import KEEP_SIZE
from minidl.lessons.activations.checks.stable_tanh import STABLE_TANH
from minidl.lessons.activations.checks.swish import SWISH
from minidl.lessons.activations.checks.tanh_slope import TANH_SLOPE

EXERCISES = (STABLE_TANH, TANH_SLOPE, SWISH, ELU, KEEP_SIZE)

__all__ = ["EXERCISES"]
