"""Learning-rate schedules: how large a step, and when."""

from minidl.schedules.base import Schedule
from minidl.schedules.cosine import CosineAnnealingLR, CosineAnnealingWarmRestarts
from minidl.schedules.cyclic import CyclicLR
from minidl.schedules.decays import ExponentialLR, LambdaLR, MultiStepLR, PolynomialLR, StepLR
from minidl.schedules.one_cycle import OneCycleLR
from minidl.schedules.plateau import ReduceLROnPlateau
from minidl.schedules.sequential import SequentialLR
from minidl.schedules.warm_up import ConstantLR, LinearLR

__all__ = [
    "ConstantLR",
    "CosineAnnealingLR",
    "CosineAnnealingWarmRestarts",
    "CyclicLR",
    "ExponentialLR",
    "LambdaLR",
    "LinearLR",
    "MultiStepLR",
    "OneCycleLR",
    "PolynomialLR",
    "ReduceLROnPlateau",
    "Schedule",
    "SequentialLR",
    "StepLR",
]
