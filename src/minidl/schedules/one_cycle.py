"""One large cycle for the whole of a training."""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

from minidl.schedules.base import Schedule, check_same_groups, for_each
from minidl.schedules.cosine import half_wave
from minidl.schedules.cyclic import check_momentum, check_rate
from minidl.validation import check_choice, check_positive_int, check_real


class Phase(NamedTuple):
    """A part of the cycle: when it ends, and between what it moves.

    The two levels are those of rates; the momentum moves between `max_momentum` (low) and
    `base_momentum` (high).
    """

    end: float
    start_lr: str
    end_lr: str


class OneCycleLR(Schedule):
    """From max_lr / div_factor up to max_lr, and far below the start at the end.

    The momentum goes from `max_momentum` down to `base_momentum` and up again.

    Parameters
    ----------
    max_lr : float or list of float
        The highest rate; in a list, for each parameter group. The optimizer's own rate does not
        count.
    total_steps : int, optional
        The steps N of the whole training; or else `epochs` times `steps_per_epoch`.
    epochs, steps_per_epoch : int, optional
        In place of `total_steps`.
    pct_start : float
        The share of the steps that go up, in [0, 1].
    anneal_strategy : {"cos", "linear"}
        Along half a wave, or a straight line.
    cycle_momentum : bool
        Whether the momentum moves too; for Adam and its kind, β₁.
    base_momentum, max_momentum : float or list of float
        Its bounds.
    div_factor : float
        The start is max_lr / div_factor.
    final_div_factor : float
        The end is the start / final_div_factor.
    three_phase : bool
        Whether it goes down to the start in as many steps as it went up, and only then below.

    Raises
    ------
    ValueError
        If there is no number of steps; by `lr_at`, beyond step N.

    Notes
    -----
    Names, defaults and numbers are PyTorch's. Source: Smith and Topin (2019), who use three
    phases.

    Examples
    --------
    >>> cycle = OneCycleLR(max_lr=1.0, total_steps=10)
    >>> [round(cycle.lr_at(step, base_lr=0.1), 3) for step in range(10)]
    [0.04, 0.52, 1.0, 0.95, 0.812, 0.611, 0.389, 0.188, 0.05, 0.0]
    """

    per_group: ClassVar[tuple[str, ...]] = ("max_lr", "base_momentum", "max_momentum")

    def __init__(
        self,
        max_lr: Any,
        total_steps: int | None = None,
        epochs: int | None = None,
        steps_per_epoch: int | None = None,
        pct_start: float = 0.3,
        anneal_strategy: str = "cos",
        cycle_momentum: bool = True,
        base_momentum: Any = 0.85,
        max_momentum: Any = 0.95,
        div_factor: float = 25.0,
        final_div_factor: float = 1e4,
        three_phase: bool = False,
    ) -> None:
        self.max_lr: Any = for_each(max_lr, "max_lr", check_rate)
        self.base_momentum: Any = for_each(base_momentum, "base_momentum", check_momentum)
        self.max_momentum: Any = for_each(max_momentum, "max_momentum", check_momentum)
        self.total_steps = _total(total_steps, epochs, steps_per_epoch)
        self.pct_start = check_real(pct_start, "pct_start", low=0, high=1)
        self.anneal_strategy = check_choice(anneal_strategy, "anneal_strategy", ("cos", "linear"))
        self.cycle_momentum = bool(cycle_momentum)
        self.div_factor = check_real(div_factor, "div_factor", low=0, low_inclusive=False)
        self.final_div_factor = check_real(
            final_div_factor, "final_div_factor", low=0, low_inclusive=False
        )
        self.three_phase = bool(three_phase)
        check_same_groups(**{name: getattr(self, name) for name in self.per_group})

    def rate(self, epoch: int, base_lr: float) -> float:
        """Return the rate between the two levels of the phase."""
        phase, done = self._place(epoch)
        levels = self._levels()
        return self._between(levels[phase.start_lr], levels[phase.end_lr], done)

    def momentum_at(self, epoch: int) -> float | None:
        """Return the momentum between the two levels of the phase."""
        if not self.cycle_momentum:
            return None
        phase, done = self._place(epoch)
        start, end = (
            self.base_momentum if level == "max" else self.max_momentum
            for level in (phase.start_lr, phase.end_lr)
        )
        return self._between(start, end, done)

    def _levels(self) -> dict[str, float]:
        start = self.max_lr / self.div_factor
        return {"start": start, "max": self.max_lr, "end": start / self.final_div_factor}

    def _between(self, start: float, end: float, done: float) -> float:
        if self.anneal_strategy == "cos":
            return half_wave(start, end, done)
        return start + (end - start) * done

    def _place(self, step: int) -> tuple[Phase, float]:
        """Return the phase that a step belongs to, and how much of it is done."""
        if step > self.total_steps:
            raise ValueError(
                f"OneCycleLR: expected a step of at most {self.total_steps}, received {step}; "
                "try total_steps = epochs · steps an epoch"
            )
        phases = self._phases()
        begin = 0.0
        for phase in phases:
            if step <= phase.end or phase is phases[-1]:
                break
            begin = phase.end
        return phase, (step - begin) / (phase.end - begin)

    def _phases(self) -> list[Phase]:
        up, last = self.pct_start * self.total_steps, self.total_steps - 1
        rise = Phase(up - 1, "start", "max")
        if not self.three_phase:
            return [rise, Phase(last, "max", "end")]
        return [rise, Phase(2 * up - 2, "max", "start"), Phase(last, "start", "end")]


def _total(total_steps: int | None, epochs: int | None, steps_per_epoch: int | None) -> int:
    if total_steps is not None:
        return check_positive_int(total_steps, "total_steps")
    if epochs is None or steps_per_epoch is None:
        raise ValueError(
            "OneCycleLR: expected total_steps, or epochs and steps_per_epoch, received neither"
        )
    return check_positive_int(epochs, "epochs") * check_positive_int(
        steps_per_epoch, "steps_per_epoch"
    )
