"""The patients, by number: a healthy training each, and the same with at most one fault."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from minidl.clinic import faults, healthy
from minidl.clinic.training import Training

PLAIN = Training()
DROPOUT = Training(build=healthy.build_with_dropout)
NORM = Training(build=healthy.build_with_norm)
TANH = Training(build=healthy.build_with_tanh)


@dataclass(frozen=True)
class Patient:
    """A training, and what it would be without its fault.

    Attributes
    ----------
    fault : str
        Its name.
    training, healthy : Training
        With the fault and without; the same where nothing is wrong.
    part : str
        Which function has been exchanged; empty where none has.
    """

    fault: str
    training: Training
    healthy: Training
    part: str = ""

    @property
    def summary(self) -> str:
        """What the faulty lines say of themselves, or that there are none.

        Examples
        --------
        >>> patient(5).summary
        'Return the gradient of a sum, not of a mean.'
        """
        if not self.part:
            return "Nothing is wrong."
        return inspect.getdoc(getattr(self.training, self.part)) or ""

    @property
    def code(self) -> str:
        """The faulty lines, or a sentence where there are none."""
        if not self.part:
            return "# Nothing: this one is healthy.\n"
        return textwrap.dedent(inspect.getsource(getattr(self.training, self.part)))


def ill(fault: str, part: str, faulty: Callable[..., Any], twin: Training = PLAIN) -> Patient:
    """Return a patient in whose training one part has been exchanged."""
    return Patient(fault, replace(twin, **{part: faulty}), twin, part)


PATIENTS = (
    ill("rate too high", "update", faults.rate_too_high),
    ill("label leak", "prepare", faults.label_leak),
    ill("dropout in evaluation", "predict", faults.dropout_in_evaluation, DROPOUT),
    ill("double softmax", "build", faults.double_softmax),
    ill("missing 1/N", "gradient", faults.missing_mean),
    ill("dead ReLUs", "build", faults.dead_relus),
    ill("wrong formula", "build", faults.wrong_formula),
    Patient("none", NORM, NORM),
    ill("saturated units", "build", faults.saturated_units, TANH),
    ill("no shuffling", "batches", faults.no_shuffling),
    ill("wrong sign", "gradient", faults.wrong_sign),
    ill("stale statistics", "build", faults.stale_statistics, NORM),
    ill("wrong broadcast", "gradient", faults.wrong_broadcast),
    ill("drawn with replacement", "batches", faults.with_replacement),
    ill("unscaled inputs", "prepare", faults.unscaled_inputs),
    ill("best put back", "end_epoch", faults.best_put_back),
)


def patient(number: int) -> Patient:
    """Return a patient by its number, from 1.

    Examples
    --------
    >>> patient(8).fault
    'none'
    """
    if not 1 <= number <= len(PATIENTS):
        raise ValueError(f"expected a patient from 1 to {len(PATIENTS)}, received {number}")
    return PATIENTS[number - 1]


def patient_in(ward: int, number: int) -> Patient:
    """Return a patient of a ward: in ward 0 they have the usual numbers, in others drawn ones.

    Examples
    --------
    >>> patient_in(0, 8).fault
    'none'
    >>> sorted(patient_in(1, number).fault for number in range(1, 17))[:2]
    ['best put back', 'dead ReLUs']
    """
    if ward == 0:
        return patient(number)
    order = np.random.default_rng(ward).permutation(len(PATIENTS))
    return patient(1 + int(order[number - 1]))
