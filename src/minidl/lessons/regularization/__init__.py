"""The exercises of the lesson `regularization`."""

from minidl.lessons.regularization.checks.decay import DECAY
from minidl.lessons.regularization.checks.dropout import DROPOUT
from minidl.lessons.regularization.checks.epoch import EPOCH
from minidl.lessons.regularization.checks.l2 import L2
from minidl.lessons.regularization.checks.paired import PAIRED
from minidl.lessons.regularization.checks.stopping import STOPPING

EXERCISES = (EPOCH, L2, DECAY, DROPOUT, PAIRED, STOPPING)

__all__ = ["EXERCISES"]
