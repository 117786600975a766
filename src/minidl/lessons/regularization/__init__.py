"""The exercises of the lesson `regularization`."""

from minidl.lessons.regularization.checks import EXERCISES

__all__ = ["EXERCISES"]
