"""The exercises of the lesson `example_lesson`."""

from minidl.lessons.example_lesson.checks.square import SQUARE

EXERCISES = (SQUARE,)

__all__ = ["EXERCISES"]
