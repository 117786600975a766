"""The exercises of the lesson `graph`."""

from minidl.lessons.graph.checks.inputs import INPUTS
from minidl.lessons.graph.checks.node import NODE
from minidl.lessons.graph.checks.order import ORDER
from minidl.lessons.graph.checks.run import RUN
from minidl.lessons.graph.checks.step import STEP

EXERCISES = (NODE, ORDER, RUN, STEP, INPUTS)

__all__ = ["EXERCISES"]
