"""The epoch under way, so that training can stop in the middle of it and go on later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy.typing as npt

from minidl.data.loader import check_order
from minidl.validation import check_positive_int

Array = npt.NDArray[Any]


@dataclass
class EpochUnderWay:
    """How far an epoch has come, and what it has measured so far.

    Attributes
    ----------
    size : int
        The number N of training samples.
    batch_size : int
        Samples a step.
    order : ndarray of int, shape (N,)
        The samples' numbers in the order in which this epoch takes them; empty where it takes
        them as they lie.
    samples : int
        Samples done.
    loss, score : float
        Sums over these samples.
    last_loss : float
        The mean loss of the last batch.
    ends_step : bool
        Whether the last step still waits for its evaluation or its `on_step_end`, as where an
        interrupt came between.
    """

    size: int
    batch_size: int
    order: Array
    samples: int = 0
    loss: float = 0.0
    score: float = 0.0
    last_loss: float = 0.0
    ends_step: bool = False

    def add(self, loss: float, score: float) -> None:
        """Add the next batch by its mean loss and score."""
        samples = min(self.batch_size, self.size - self.samples)
        self.samples += samples
        self.loss += loss * samples
        self.last_loss = loss
        self.score += score * samples
        self.ends_step = True

    def state_dict(self) -> dict[str, Any]:
        """Return all of it."""
        return asdict(self)

    @classmethod
    def from_state_dict(cls, state: Mapping[str, Any]) -> EpochUnderWay:
        """Return the epoch that `state_dict` described.

        Raises
        ------
        TypeError, ValueError
            If it could not have been one.
        """
        epoch = cls(**state)
        check_positive_int(epoch.size, "size")
        check_positive_int(epoch.batch_size, "batch_size")
        check_order(epoch.order, epoch.size)
        if check_positive_int(epoch.samples, "samples", minimum=0) > epoch.size:
            raise ValueError(
                f"expected at most {epoch.size} samples done, received {epoch.samples}"
            )
        if not isinstance(epoch.ends_step, bool):
            raise TypeError(f"ends_step: expected True or False, received {epoch.ends_step!r}")
        for name in (
            "loss",
            "score",
            "last_loss",
        ):  # a score may be NaN, and a sum of losses infinite
            if not isinstance(getattr(epoch, name), float | int):
                raise TypeError(f"{name}: expected a number, received {getattr(epoch, name)!r}")
        return epoch
