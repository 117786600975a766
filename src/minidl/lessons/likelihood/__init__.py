"""The exercises of the lesson `likelihood`."""

from minidl.lessons.likelihood.checks.cross_entropy import CROSS_ENTROPY
from minidl.lessons.likelihood.checks.kl import KL
from minidl.lessons.likelihood.checks.log_softmax import LOG_SOFTMAX
from minidl.lessons.likelihood.checks.softmax import SOFTMAX
from minidl.lessons.likelihood.checks.weighted import WEIGHTED

EXERCISES = (SOFTMAX, LOG_SOFTMAX, CROSS_ENTROPY, KL, WEIGHTED)

__all__ = ["EXERCISES"]
