"""Losses: how wrong predictions are, as one number, and its gradient."""

from minidl.losses.base import Loss
from minidl.losses.binary import BCELoss, BCEWithLogitsLoss
from minidl.losses.regression import MSELoss

__all__ = ["BCELoss", "BCEWithLogitsLoss", "Loss", "MSELoss"]
