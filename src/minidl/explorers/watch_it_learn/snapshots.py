"""The state of a training after earlier epochs, in memory that does not grow for ever."""

from __future__ import annotations

import copy
from dataclasses import dataclass, fields
from typing import Any

from minidl.train import History, Runner

MOST = 256  # snapshots kept; with more, every other one is dropped


@dataclass(frozen=True)
class Snapshot:
    """All that training goes on from: parameters, the optimizer's state, random generators."""

    step: int
    model: dict[str, Any]
    optimizer: dict[str, Any]
    generators: list[dict[str, Any]]


class Snapshots:
    """Snapshots of a runner by epoch: of every one, later of every second, fourth and so on.

    Parameters
    ----------
    runner : Runner
        Whose state is kept; the first snapshot is taken at once.
    """

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._every = 1
        self._kept: dict[int, Snapshot] = {}
        self.take()

    def __len__(self) -> int:
        return len(self._kept)

    def take(self) -> None:
        """Keep the runner's state, if its epoch is one of those to be kept."""
        runner = self._runner
        if runner.epoch % self._every:
            return
        self._kept[runner.epoch] = Snapshot(
            runner.step,
            {name: array.copy() for name, array in runner.model.state_dict().items()},
            copy.deepcopy(runner.optimizer.state_dict()),
            [rng.bit_generator.state for rng in _generators(runner)],  # made anew by each look
        )
        if len(self._kept) > MOST:
            self._every *= 2
            self._kept = {e: kept for e, kept in self._kept.items() if e % self._every == 0}

    def restore(self, epoch: int) -> int:
        """Give the runner the state after an epoch, or the last one kept before; return which."""
        epoch = max(kept for kept in self._kept if kept <= epoch)
        runner, kept = self._runner, self._kept[epoch]
        runner.model.load_state_dict(kept.model)
        runner.optimizer.load_state_dict(copy.deepcopy(kept.optimizer))
        for rng, state in zip(_generators(runner), kept.generators, strict=True):
            rng.bit_generator.state = state
        runner.epoch, runner.step, runner.under_way = epoch, kept.step, None
        return epoch

    def forget_after(self, epoch: int) -> None:
        """Drop the snapshots of later epochs."""
        self._kept = {e: kept for e, kept in self._kept.items() if e <= epoch}


def first_epochs(history: History, epochs: int) -> History:
    """Return a history of one evaluation an epoch up to this many epochs.

    Examples
    --------
    >>> history = History(train_loss=[0.7, 0.6], dev_loss=[0.8, 0.7])
    >>> first_epochs(history, 1).train_loss
    [0.7]
    """
    return History(**{f.name: getattr(history, f.name)[:epochs] for f in fields(History)})


def _generators(runner: Runner) -> list[Any]:
    """Return every random generator that training draws from."""
    of_model = (op.rng for _, op in runner.model.named_layers())
    return [runner.rng, *(rng for rng in of_model if rng is not None)]
