"""What all schedules share: the rate as a function of time."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar, final

from minidl.validation import check_positive_int, check_real, describe

Kind = TypeVar("Kind", bound="Schedule")


class Schedule:
    """The base of the schedules: pure functions from the epoch to the learning rate.

    A subclass writes `rate(epoch, base_lr)`. `epoch` counts from 0 whatever the schedule is
    applied once in: epochs or steps. The same epoch gives the same rate however often it is asked
    for, and in any order: nothing is stepped, hence nothing can be stepped twice or too early.

    Attributes
    ----------
    per_group : tuple of str
        The names of those attributes that may be a list with a value for each parameter group.

    Examples
    --------
    >>> class Halving(Schedule):
    ...     def rate(self, epoch, base_lr):
    ...         return base_lr * 0.5**epoch
    >>> [Halving().lr_at(epoch, base_lr=0.8) for epoch in range(4)]
    [0.8, 0.4, 0.2, 0.1]
    """

    per_group: ClassVar[tuple[str, ...]] = ()
    takes_fractions: ClassVar[bool] = False

    def rate(self, epoch: Any, base_lr: float) -> float:
        """Return the rate at an epoch. A subclass writes this."""
        raise NotImplementedError(f"{type(self).__name__} needs rate(self, epoch, base_lr)")

    def momentum_at(self, epoch: Any) -> float | None:
        """Return the momentum that goes with the rate, or None: it stays as it is."""
        return None

    @final
    def lr_at(self, epoch: Any, base_lr: float) -> float:
        """Return the learning rate at an epoch.

        Parameters
        ----------
        epoch : int
            0, 1, …; for `CosineAnnealingWarmRestarts` also a fraction.
        base_lr : float
            The rate that the optimizer was made with.

        Raises
        ------
        TypeError, ValueError
            If one of them is out of range, or the schedule holds values for several groups (see
            `for_group`).
        """
        name = f"{type(self).__name__}: epoch"
        if self.takes_fractions:
            epoch = check_real(epoch, name, low=0)
        else:
            epoch = check_positive_int(epoch, name, minimum=0)
        if self.num_groups() is not None:
            raise ValueError(
                f"{type(self).__name__}: expected one value for each option, received lists for "
                f"{self.num_groups()} groups; try schedule.for_group(0).lr_at(…)"
            )
        return float(self.rate(epoch, check_real(base_lr, "base_lr", low=0)))

    @final
    def num_groups(self) -> int | None:
        """Return for how many groups there are values, or None if the same serve all."""
        found = [len(v) for name in self.per_group if isinstance(v := getattr(self, name), tuple)]
        return found[0] if found else None

    @final
    def for_group(self: Kind, group: int) -> Kind:
        """Return the schedule of one parameter group, by its number.

        Examples
        --------
        >>> from minidl.schedules import LambdaLR
        >>> both = LambdaLR([lambda epoch: 1.0, lambda epoch: 0.1])
        >>> both.for_group(1).lr_at(5, base_lr=2.0)
        0.2
        """
        one = copy.copy(self)
        for name in self.per_group:
            value = getattr(self, name)
            if isinstance(value, tuple):
                setattr(one, name, value[group])
        return one

    def __repr__(self) -> str:
        options = ", ".join(f"{k}={v!r}" for k, v in vars(self).items() if not k.startswith("_"))
        return f"{type(self).__name__}({options})"


def for_each(value: Any, name: str, check: Callable[[Any, str], Any]) -> Any:
    """Return a checked value, or a tuple of those in a list: one for each group.

    Examples
    --------
    >>> for_each([1, 2], "max_lr", check_real)
    (1.0, 2.0)
    """
    if not isinstance(value, list | tuple):
        return check(value, name)
    if not value:
        raise ValueError(f"{name}: expected a value for each group, received {describe(value)}")
    return tuple(check(item, f"{name}[{place}]") for place, item in enumerate(value))


def check_same_groups(**values: Any) -> None:
    """Refuse lists for different numbers of groups.

    Examples
    --------
    >>> check_same_groups(base_lr=0.1, max_lr=(1.0, 2.0))
    """
    lengths = {name: len(value) for name, value in values.items() if isinstance(value, tuple)}
    if len(set(lengths.values())) > 1:
        given = ", ".join(f"{length} of {name}" for name, length in lengths.items())
        raise ValueError(f"expected as many values of each for the groups, received {given}")
