"""The exercises of the lesson `activations`."""

from minidl.lessons.activations.checks import EXERCISES

__all__ = ["EXERCISES"]
