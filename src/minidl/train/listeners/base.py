"""The moments of a training run at which something may want to look or act."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any, ClassVar, final

from minidl.train.training_run import TrainingRun

HOOKS = (
    "on_train_begin",
    "on_epoch_begin",
    "on_step_end",
    "on_evaluate_begin",
    "on_evaluate_end",
    "on_epoch_end",
    "on_train_end",
)


class Listener:
    """The base of the listeners: a method for each moment, called with the Runner.

    A subclass writes the methods for the moments it cares about. In an epoch they come in the
    order of `HOOKS`, with `on_step_end` once a batch; an evaluation that is due after a step
    (`eval_steps`) comes just before that step's `on_step_end`. When a listener raises an error,
    the others still hear of that moment before training ends with it.

    One that remembers something writes `reset`, with which it begins afresh in another Runner,
    and `state_dict` and `load_state_dict`, with which a checkpoint continues it. A second `train`
    of the same Runner goes on, and so does its memory. One that acts at evaluations alone is
    refused where there is no dev set.

    Attributes
    ----------
    governs : str or None
        What it alone decides, if anything: a Runner takes only one listener that does.

    Raises
    ------
    TypeError
        When a subclass is defined with a method `on_…` that is not one of them.

    Examples
    --------
    >>> class Bell(Listener):
    ...     def on_train_end(self, runner):
    ...         print(f"done after {runner.epoch} epochs")
    """

    governs: ClassVar[str | None] = None
    _served: object | None = None  # the `identity` of the last Runner

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Refuse a misspelt hook, which would never be called."""
        super().__init_subclass__(**kwargs)
        for name in vars(cls):
            if name.startswith("on_") and name not in HOOKS:
                close = difflib.get_close_matches(name, HOOKS, n=1)
                hint = f"; did you mean {close[0]}?" if close else ""
                raise TypeError(
                    f"{cls.__name__}: expected hooks among {', '.join(HOOKS)}, "
                    f"received {name}{hint}"
                )

    def on_train_begin(self, runner: TrainingRun) -> None:
        """Before the first epoch."""

    def on_epoch_begin(self, runner: TrainingRun) -> None:
        """Before the first batch of an epoch, but not when an interrupted epoch goes on."""

    def on_step_end(self, runner: TrainingRun) -> None:
        """After a batch, the optimizer's step, and the evaluation if one is due."""

    def on_evaluate_begin(self, runner: TrainingRun) -> None:
        """Before an evaluation on the dev set within training."""

    def on_evaluate_end(self, runner: TrainingRun) -> None:
        """After an evaluation on the dev set within training, with its result.

        `runner.history` has loss and score, `runner.evaluation` the predictions too, for now.
        """

    def on_epoch_end(self, runner: TrainingRun) -> None:
        """After an epoch; `runner.history` has its result."""

    def on_train_end(self, runner: TrainingRun) -> None:
        """After the last epoch, also when an error ends training, be it in an `on_train_begin`."""

    def reset(self) -> None:
        """Forget everything. A subclass that remembers something writes this."""

    @final
    def serve(self, runner: TrainingRun) -> None:
        """Reset, if another Runner was served before; a Runner calls this before it uses it."""
        if self._served is not None and self._served is not runner.identity:
            self.reset()
        self._served = runner.identity

    def state_dict(self) -> dict[str, Any]:
        """Return what a checkpoint must hold for training to go on as if never interrupted."""
        return {}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Take over what `state_dict` returned."""
