"""The exercises of the lesson `backpropagation`."""

from minidl.lessons.backpropagation.checks.bias import BIAS
from minidl.lessons.backpropagation.checks.linear import LINEAR
from minidl.lessons.backpropagation.checks.logistic import LOGISTIC
from minidl.lessons.backpropagation.checks.loss import LOSS
from minidl.lessons.backpropagation.checks.network import NETWORK
from minidl.lessons.backpropagation.checks.step import STEP

EXERCISES = (BIAS, LINEAR, LOGISTIC, LOSS, NETWORK, STEP)

__all__ = ["EXERCISES"]
