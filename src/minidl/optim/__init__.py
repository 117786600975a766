"""Optimizers: from gradients to better parameters."""

from minidl.optim.base import Optimizer
from minidl.optim.batch_gd import BatchGD

__all__ = ["BatchGD", "Optimizer"]
