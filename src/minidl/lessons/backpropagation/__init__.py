"""The exercises of the lesson `backpropagation`."""

from minidl.lessons.backpropagation.checks import EXERCISES

__all__ = ["EXERCISES"]
