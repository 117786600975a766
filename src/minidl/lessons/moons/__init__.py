"""The exercises of the lesson `moons`."""

from minidl.lessons.moons.checks import EXERCISES

__all__ = ["EXERCISES"]
