"""Optimizers: from gradients to better parameters."""

from minidl.optim.base import Optimizer
from minidl.optim.batch_gd import BatchGD
from minidl.optim.lbfgs import LBFGS
from minidl.optim.sgd import SGD
from minidl.optim.update_rule import UpdateRule

__all__ = ["LBFGS", "SGD", "BatchGD", "Optimizer", "UpdateRule"]
