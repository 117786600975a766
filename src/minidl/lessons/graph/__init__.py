"""The exercises of the lesson `graph`."""

from minidl.lessons.graph.checks import EXERCISES

__all__ = ["EXERCISES"]
