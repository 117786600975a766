"""The exercises of the lesson `training`."""

from minidl.lessons.training.checks.best import TRAIN_BEST
from minidl.lessons.training.checks.gap import GAP
from minidl.lessons.training.checks.listener import STOP_WHEN_FLAT
from minidl.lessons.training.checks.runner import MINI_RUNNER
from minidl.lessons.training.checks.train import TRAIN

EXERCISES = (TRAIN, TRAIN_BEST, MINI_RUNNER, STOP_WHEN_FLAT, GAP)

__all__ = ["EXERCISES"]
