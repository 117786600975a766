"""The exercises of the lesson `example_lesson`."""

from minidl.lessons.example_lesson.checks.cube import CUBE

EXERCISES = (CUBE,)

__all__ = ["EXERCISES"]
