"""Listeners: everything that watches training."""

from minidl.train.listeners.base import Listener
from minidl.train.listeners.best_model import BestModel
from minidl.train.listeners.dev_predictions import DevPredictions
from minidl.train.listeners.diagnostics import Diagnostics
from minidl.train.listeners.early_stopping import EarlyStopping
from minidl.train.listeners.log_lines import LogLines
from minidl.train.listeners.lr_scheduler import LRScheduler, PlateauScheduler
from minidl.train.listeners.progress_bar import ProgressBar

__all__ = [
    "BestModel",
    "DevPredictions",
    "Diagnostics",
    "EarlyStopping",
    "LRScheduler",
    "Listener",
    "LogLines",
    "PlateauScheduler",
    "ProgressBar",
]
