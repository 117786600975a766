"""Calls listeners, at next to no cost for the moments that none of them cares about."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from minidl.train.first_error import FirstError
from minidl.train.listeners.base import HOOKS, Listener
from minidl.train.parts import as_list
from minidl.train.training_run import TrainingRun
from minidl.validation import describe

EVALUATION = {"on_evaluate_begin", "on_evaluate_end"}
TRAINING = {"on_train_begin", "on_train_end"}


def check_listeners(listeners: Iterable[Listener]) -> list[Listener]:
    """Return `listeners` as a list.

    Raises
    ------
    TypeError, ValueError
        If one of them is no listener, it is a single one, or two decide the same.
    """
    checked: list[Listener] = as_list(listeners, "listeners")
    for listener in checked:
        if not isinstance(listener, Listener):
            hint = "; try adding parentheses" if isinstance(listener, type) else ""
            raise TypeError(f"Runner: expected listeners, received {describe(listener)}{hint}")
    _check_one_governs(checked)
    return checked


def _check_one_governs(listeners: list[Listener]) -> None:
    """Refuse two that decide the same: the last would win, and nobody would notice."""
    governing: dict[str, Listener] = {}
    for listener in listeners:
        if listener.governs is None:
            continue
        other = governing.setdefault(listener.governs, listener)
        if other is not listener or listeners.count(listener) > 1:
            raise ValueError(
                f"Runner: expected one listener that sets {listener.governs}, received "
                f"{type(other).__name__} and {type(listener).__name__}; try one, with a "
                "SequentialLR of both schedules"
            )


def check_dev_set(listeners: Iterable[Listener], dev_set: object) -> None:
    """Refuse listeners that act at evaluations alone where there is nothing to evaluate on.

    Raises
    ------
    ValueError
        If there is one, and no dev set.
    """
    for listener in listeners:
        written = {hook for hook in HOOKS if _writes(listener, hook)}
        if dev_set is None and written & EVALUATION and written <= EVALUATION | TRAINING:
            raise ValueError(
                f"{type(listener).__name__}: expected a dev_set in train, received none, so that "
                "it would never act; try train(train_set, dev_set, ...), or leave it out"
            )


def _writes(listener: Listener, hook: str) -> bool:
    return getattr(type(listener), hook) is not getattr(Listener, hook)


class Dispatcher:
    """Calls a hook of every listener that writes it, in the listeners' order.

    When one raises an error, the others hear of the moment all the same.

    Parameters
    ----------
    listeners : iterable of Listener
        Whom to call.

    Raises
    ------
    TypeError
        If one of them is no listener.
    """

    def __init__(self, listeners: Iterable[Listener]) -> None:
        checked = check_listeners(listeners)
        self._methods: dict[str, list[Callable[[TrainingRun], None]]] = {
            hook: [getattr(listener, hook) for listener in checked if _writes(listener, hook)]
            for hook in HOOKS
        }

    def __call__(self, hook: str, runner: TrainingRun) -> None:
        """Call `hook` with the runner; raise the first error, if any, when all have been called."""
        methods = self._methods[hook]
        if methods:
            errors = FirstError()
            for method in methods:
                with errors:
                    method(runner)
            errors.release()
