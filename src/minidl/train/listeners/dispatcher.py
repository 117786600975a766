"""Calls listeners, at next to no cost for the moments that none of them cares about."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from minidl.train.listeners.base import HOOKS, Listener
from minidl.train.parts import as_list
from minidl.train.training_run import TrainingRun
from minidl.validation import describe


def check_listeners(listeners: Iterable[Listener]) -> list[Listener]:
    """Return `listeners` as a list.

    Raises
    ------
    TypeError
        If one of them is no listener, or it is a single one.
    """
    checked: list[Listener] = as_list(listeners, "listeners")
    for listener in checked:
        if not isinstance(listener, Listener):
            hint = "; try adding parentheses" if isinstance(listener, type) else ""
            raise TypeError(f"Runner: expected listeners, received {describe(listener)}{hint}")
    return checked


class Dispatcher:
    """Calls a hook of every listener that writes it, in the listeners' order.

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
            hook: [
                getattr(listener, hook)
                for listener in checked
                if getattr(type(listener), hook) is not getattr(Listener, hook)
            ]
            for hook in HOOKS
        }

    def __call__(self, hook: str, runner: TrainingRun) -> None:
        """Call `hook` with the runner."""
        for method in self._methods[hook]:
            method(runner)
