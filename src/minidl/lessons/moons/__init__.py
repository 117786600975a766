"""The exercises of the lesson `moons`."""

from minidl.lessons.moons.checks.arcs import ARCS
from minidl.lessons.moons.checks.bce import BCE
from minidl.lessons.moons.checks.bce_gradient import GRADIENT
from minidl.lessons.moons.checks.broadcast import SHAPES
from minidl.lessons.moons.checks.log_of_zero import LOG_OF_ZERO
from minidl.lessons.moons.checks.network import NETWORK

EXERCISES = (ARCS, NETWORK, BCE, GRADIENT, SHAPES, LOG_OF_ZERO)

__all__ = ["EXERCISES"]
