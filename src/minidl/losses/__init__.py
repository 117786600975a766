"""Losses: how wrong predictions are, as one number, and its gradient."""

from minidl.losses.base import Loss
from minidl.losses.binary import BCELoss, BCEWithLogitsLoss
from minidl.losses.class_indexed import ClassIndexedLoss
from minidl.losses.elementwise import ElementwiseLoss, WeightedElementwiseLoss
from minidl.losses.embedding import TripletMarginLoss
from minidl.losses.multiclass import CrossEntropyLoss
from minidl.losses.regression import MSELoss

__all__ = [
    "BCELoss",
    "BCEWithLogitsLoss",
    "ClassIndexedLoss",
    "CrossEntropyLoss",
    "ElementwiseLoss",
    "Loss",
    "MSELoss",
    "TripletMarginLoss",
    "WeightedElementwiseLoss",
]
