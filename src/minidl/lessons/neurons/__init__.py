"""The exercises of the lesson `neurons`."""

from minidl.lessons.neurons.checks import EXERCISES

__all__ = ["EXERCISES"]
