"""The exercises of the lesson `training`."""

from minidl.lessons.training.checks import EXERCISES

__all__ = ["EXERCISES"]
