"""Optimizers: from gradients to better parameters."""

from minidl.optim.adadelta import Adadelta
from minidl.optim.adagrad import Adagrad
from minidl.optim.adam import Adam, AdamW
from minidl.optim.adamax import Adamax
from minidl.optim.asgd import ASGD
from minidl.optim.base import Optimizer
from minidl.optim.batch_gd import BatchGD
from minidl.optim.by_name import by_name
from minidl.optim.lbfgs import LBFGS
from minidl.optim.rmsprop import RMSprop
from minidl.optim.rprop import Rprop
from minidl.optim.sgd import SGD
from minidl.optim.sparse_adam import SparseAdam
from minidl.optim.update_rule import UpdateRule

__all__ = [
    "ASGD",
    "LBFGS",
    "SGD",
    "Adadelta",
    "Adagrad",
    "Adam",
    "AdamW",
    "Adamax",
    "BatchGD",
    "Optimizer",
    "RMSprop",
    "Rprop",
    "SparseAdam",
    "UpdateRule",
    "by_name",
]
