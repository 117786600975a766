"""Training: the loop, what it records, what watches it, and how it is saved."""

from minidl.storage import CheckpointError
from minidl.train.divergence import DivergenceError
from minidl.train.history import History
from minidl.train.listeners import (
    BestModel,
    DevPredictions,
    Diagnostics,
    EarlyStopping,
    Listener,
    LogLines,
    LRScheduler,
    PlateauScheduler,
    ProgressBar,
    StepLosses,
    TensorBoard,
)
from minidl.train.runner import Runner
from minidl.train.sweep import Sweep

__all__ = [
    "BestModel",
    "CheckpointError",
    "DevPredictions",
    "Diagnostics",
    "DivergenceError",
    "EarlyStopping",
    "History",
    "LRScheduler",
    "Listener",
    "LogLines",
    "PlateauScheduler",
    "ProgressBar",
    "Runner",
    "StepLosses",
    "Sweep",
    "TensorBoard",
]
