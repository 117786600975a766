"""The exercises of the lesson `neurons`."""

from minidl.lessons.neurons.checks.collapse import COLLAPSE
from minidl.lessons.neurons.checks.find_the_fault import FIND_THE_FAULT
from minidl.lessons.neurons.checks.from_pytorch import FROM_PYTORCH
from minidl.lessons.neurons.checks.linearity_gap import LINEARITY_GAP
from minidl.lessons.neurons.checks.net_activation import NET_ACTIVATION
from minidl.lessons.neurons.checks.separate import SEPARATE

EXERCISES = (NET_ACTIVATION, FROM_PYTORCH, FIND_THE_FAULT, SEPARATE, LINEARITY_GAP, COLLAPSE)

__all__ = ["EXERCISES"]
