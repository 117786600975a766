"""The exercises of the lesson `tuning`."""

from minidl.lessons.tuning.checks.deal import DEAL
from minidl.lessons.tuning.checks.halve import HALVE
from minidl.lessons.tuning.checks.interval import INTERVAL
from minidl.lessons.tuning.checks.log_uniform import LOG_UNIFORM
from minidl.lessons.tuning.checks.reveal import REVEAL
from minidl.lessons.tuning.checks.search import SEARCH

EXERCISES = (INTERVAL, DEAL, LOG_UNIFORM, SEARCH, HALVE, REVEAL)

__all__ = ["EXERCISES"]
