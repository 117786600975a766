"""One case, or more, for every loss, by family."""

from minidl import losses
from minidl.losses.binary import BinaryLoss
from tests.contracts.loss_cases import (
    classes,
    distances,
    distributions,
    elements,
    margins,
    numbers,
    sequences,
)

FAMILIES = [elements, numbers, distributions, classes, margins, distances, sequences]
CASES = [case for family in FAMILIES for case in family.CASES]

# What has no case because a subclass must finish it.
ABSTRACT = {
    losses.Loss,
    BinaryLoss,
    losses.ClassIndexedLoss,
    losses.ElementwiseLoss,
    losses.MarginOverClasses,
    losses.WeightedElementwiseLoss,
}
