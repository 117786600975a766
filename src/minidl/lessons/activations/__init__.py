"""The exercises of the lesson `activations`."""

from minidl.lessons.activations.checks.clipped_line import CLIPPED_LINE
from minidl.lessons.activations.checks.elu import ELU
from minidl.lessons.activations.checks.softplus import SOFTPLUS
from minidl.lessons.activations.checks.stable_tanh import STABLE_TANH
from minidl.lessons.activations.checks.swish import SWISH
from minidl.lessons.activations.checks.tanh_slope import TANH_SLOPE

EXERCISES = (STABLE_TANH, TANH_SLOPE, CLIPPED_LINE, ELU, SOFTPLUS, SWISH)

__all__ = ["EXERCISES"]
