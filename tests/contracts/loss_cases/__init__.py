"""One case, or more, for every loss, by family."""

from minidl import losses
from minidl.losses.binary import BinaryLoss
from tests.contracts.loss_cases import classes, elements, embeddings

CASES = [*elements.CASES, *classes.CASES, *embeddings.CASES]

# What has no case because a subclass must finish it.
ABSTRACT = {
    losses.Loss,
    BinaryLoss,
    losses.ClassIndexedLoss,
    losses.ElementwiseLoss,
    losses.WeightedElementwiseLoss,
}
