"""The state of health of a network in training, layer by layer."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.nn import Activation
from minidl.op import Op
from minidl.penalties import WEIGHTS
from minidl.penalties.gradients import norm_of
from minidl.train.listeners.base import Listener
from minidl.train.training_run import TrainingRun
from minidl.validation import check_positive_int

Array = npt.NDArray[Any]
Record = dict[str, list[float]]

SATURATED = 0.05
"""A number is saturated where the slope is at most this share of the steepest: |tanh| ≥ 0.975."""
CURVE = np.linspace(-8, 8, 321)
"""Where the steepest slope is looked for."""
SERIES = ("updates", "gradients", "saturated", "dead")


class Diagnostics(Listener):
    """Measures, every so many steps, what tells whether the layers of a network can learn.

    A step should change a weight by about a thousandth of its size: much more and it stumbles,
    much less and it hardly learns. Gradients should be of like size from layer to layer. A unit
    that is saturated, or a ReLU that is 0, lets no gradient through; one that does so for every
    sample of a batch is dead to it.

    Parameters
    ----------
    every : int
        Steps from one measurement to the next; the first step is measured too.

    Attributes
    ----------
    steps : list of int
        The steps that were measured.
    updates : dict of str to list of float
        ‖ΔW‖ / ‖W‖ of each weight, by its dotted name; infinite for a weight of 0 that moved.
    gradients : dict of str to list of float
        ‖∂L/∂θ‖ of each parameter, as the optimizer sees it: with penalties, and clipped.
    saturated : dict of str to list of float
        For each activation, by its dotted path, the share of its numbers whose slope is at most
        5 % of its steepest.
    dead : dict of str to list of float
        The share of its units (features, or channels: the second axis) for which this holds all
        over the batch.

    Examples
    --------
    >>> diagnostics = Diagnostics(every=10)  # for Runner(…, listeners=[diagnostics])
    >>> diagnostics.steps
    []
    """

    def __init__(self, every: int = 1) -> None:
        self.every = check_positive_int(every, "every")
        self.reset()

    def reset(self) -> None:
        """Forget all measurements, in records of their own, so that those taken away stay."""
        self.steps: list[int] = []
        self.updates: Record = {}
        self.gradients: Record = {}
        self.saturated: Record = {}
        self.dead: Record = {}
        self._awaited = 0  # the step that is measured next, with the weights before it
        self._before: dict[str, Array] = {}

    # A step begins where the one before has ended, or training begins

    def on_train_begin(self, runner: TrainingRun) -> None:
        """Note the weights, if the next step is to be measured."""
        self._note(runner)

    def on_epoch_begin(self, runner: TrainingRun) -> None:
        """Note the weights, which may have been changed between two epochs."""
        self._note(runner)

    def on_evaluate_begin(self, runner: TrainingRun) -> None:
        """Measure before the evaluation, which lets go of what the step has computed."""
        self._measure(runner)

    def on_step_end(self, runner: TrainingRun) -> None:
        """Measure if it is time, and was not done before an evaluation."""
        self._measure(runner)
        self._note(runner)

    def _note(self, runner: TrainingRun) -> None:
        step = runner.step + 1
        if step == 1 or step % self.every == 0:
            weights = [p for p in runner.model.parameters() if re.search(WEIGHTS, p.name)]
            self._before = {weight.name: weight.value.copy() for weight in weights}
            self._awaited = step

    def _measure(self, runner: TrainingRun) -> None:
        if runner.step != self._awaited or self.steps[-1:] == [runner.step]:
            return
        flats = {
            path: self._flat(path, op)
            for path, op in runner.model.named_layers()
            if isinstance(op, Activation)
        }
        self.steps.append(runner.step)
        self._measure_parameters(runner.model)
        for path, flat in flats.items():
            _add(self.saturated, path, float(flat.mean()))
            _add(self.dead, path, float(all_over_the_batch(flat).mean()))

    @staticmethod
    def _flat(path: str, activation: Activation) -> Array:
        try:
            return is_flat(activation)
        except RuntimeError as error:  # predictions since the step have let go of it
            raise RuntimeError(
                f"Diagnostics: expected to see what the step has computed in {path or activation}, "
                "which is gone; try it as the first of the listeners, before those that predict"
            ) from error

    def _measure_parameters(self, model: Op) -> None:
        for parameter in model.parameters():
            _add(self.gradients, parameter.name, norm_of([parameter.grad]))
            if parameter.name in self._before:
                change = relative_change(self._before[parameter.name], parameter.value)
                _add(self.updates, parameter.name, change)

    def state_dict(self) -> dict[str, Any]:
        """Return all measurements."""
        records = {name: _copied(getattr(self, name)) for name in SERIES}
        return {"steps": list(self.steps), **records}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Take over what `state_dict` returned."""
        self.steps = [int(step) for step in state["steps"]]
        for name in SERIES:
            setattr(self, name, _copied(state[name]))


def relative_change(before: Array, after: Array) -> float:
    """Return ‖after − before‖ / ‖before‖.

    Examples
    --------
    >>> relative_change(np.array([3.0, 4.0]), np.array([3.0, 4.5]))
    0.1
    """
    size, change = norm_of([before]), norm_of([after - before])
    if size == 0:
        return math.inf if change else 0.0
    return change / size


def is_flat(activation: Activation) -> Array:
    """Return where the activation's last forward pass was on a flat part of its curve.

    Examples
    --------
    >>> from minidl.nn import ReLU
    >>> relu = ReLU()
    >>> _ = relu([[-1.0, 2.0]])
    >>> is_flat(relu)
    array([[ True, False]])
    """
    x, a = activation.saved_for_backward()
    steepest = np.abs(activation.derivative(CURVE)).max()
    return np.asarray(np.abs(activation.slope(x, a)) <= SATURATED * steepest)


def all_over_the_batch(flat: Array) -> Array:
    """Return for each unit, along the second axis, whether it is flat for all samples.

    Examples
    --------
    >>> all_over_the_batch(np.array([[True, True], [True, False]]))
    array([ True, False])
    """
    others = tuple(axis for axis in range(flat.ndim) if axis != 1)
    return np.asarray(flat.all(axis=others))


def _add(record: Record, name: str, value: float) -> None:
    record.setdefault(name, []).append(value)


def _copied(record: Mapping[str, Any]) -> Record:
    return {name: [float(value) for value in values] for name, values in record.items()}
