"""A rate that falls when nothing has improved for a while: the one schedule with a memory."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from minidl.schedules.base import for_each
from minidl.validation import check_choice, check_positive_int, check_real


class ReduceLROnPlateau:
    """Multiplies the rate by a factor when a value has not improved for `patience` looks.

    What the rate will be, no function of the epoch can say: it depends on what training finds.
    `observe` takes one value after the other, and `reduced` says what becomes of a rate.

    Parameters
    ----------
    mode : {"min", "max"}
        Whether lower or higher is better.
    factor : float
        What the rate is multiplied by, ≥ 0 and < 1.
    patience : int
        Looks without improvement that are put up with; the next one lets the rate fall.
    threshold : float
        How much better a value must be than the best so far to count.
    threshold_mode : {"rel", "abs"}
        Whether that is a share of the best, or a difference.
    cooldown : int
        Looks after a fall in which nothing is counted.
    min_lr : float or list of float
        Below which no rate falls; in a list, for each parameter group.
    eps : float
        A rate that would fall by no more than this stays.

    Notes
    -----
    Names, defaults and numbers are PyTorch's.

    Examples
    --------
    >>> plateau = ReduceLROnPlateau(patience=1, factor=0.5)
    >>> [plateau.observe(loss) for loss in (1.0, 0.8, 0.9, 0.9, 0.7)]
    [False, False, False, True, False]
    >>> plateau.reduced(0.1)
    0.05
    """

    def __init__(
        self,
        mode: str = "min",
        factor: float = 0.1,
        patience: int = 10,
        threshold: float = 1e-4,
        threshold_mode: str = "rel",
        cooldown: int = 0,
        min_lr: Any = 0,
        eps: float = 1e-8,
    ) -> None:
        self.mode = check_choice(mode, "mode", ("min", "max"))
        self.factor = check_real(factor, "factor", low=0, high=1, high_inclusive=False)
        self.patience = check_positive_int(patience, "patience", minimum=0)
        self.threshold = check_real(threshold, "threshold", low=0)
        self.threshold_mode = check_choice(threshold_mode, "threshold_mode", ("rel", "abs"))
        self.cooldown = check_positive_int(cooldown, "cooldown", minimum=0)
        self.min_lr: Any = for_each(min_lr, "min_lr", _check_lowest)
        self.eps = check_real(eps, "eps", low=0)
        self.reset()

    def reset(self) -> None:
        """Forget the best value and the counts."""
        self.best = math.inf if self.mode == "min" else -math.inf
        self.waited = 0
        self.cooling = 0

    def observe(self, value: float) -> bool:
        """Look at a value; return whether the rate is to fall now."""
        if self._improves(value):
            self.best, self.waited = value, 0
        else:
            self.waited += 1
        if self.cooling > 0:
            self.cooling, self.waited = self.cooling - 1, 0
        if self.waited <= self.patience:
            return False
        self.cooling, self.waited = self.cooldown, 0
        return True

    def _improves(self, value: float) -> bool:
        sign = 1 if self.mode == "min" else -1
        if self.threshold_mode == "rel":
            bar = self.best * (1 - sign * self.threshold)
        else:
            bar = self.best - sign * self.threshold
        return sign * value < sign * bar

    def reduced(self, lr: float, group: int = 0) -> float:
        """Return what a rate falls to, in the group of that number."""
        lowest = self.min_lr[group] if isinstance(self.min_lr, tuple) else self.min_lr
        new = max(lr * self.factor, lowest)
        return new if lr - new > self.eps else lr

    def state_dict(self) -> dict[str, Any]:
        """Return the best value and the counts."""
        return {"best": self.best, "waited": self.waited, "cooling": self.cooling}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Take over what `state_dict` returned."""
        self.best = float(state["best"])
        self.waited, self.cooling = int(state["waited"]), int(state["cooling"])


def _check_lowest(value: Any, name: str) -> float:
    return check_real(value, name, low=0)
