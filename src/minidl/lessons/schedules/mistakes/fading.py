"""Mistakes that learners make in "Find two faults: a rate that forgets where it was"."""

from typing import ClassVar

from minidl.checking.mistake import Mistake, Mistakes


def fading(begin, rates):
    """Return a class that keeps what `begin(groups)` gives, and sets what `rates` makes of it."""

    class Fading:
        """Takes its rates from what it kept, by a wrong rule."""

        def __init__(self, optimizer, gamma):
            self.optimizer, self.gamma = optimizer, gamma
            self.kept = begin(optimizer.param_groups)

        def rates(self, epoch):
            return rates(self.kept, self.optimizer.param_groups, self.gamma, epoch)

        def set_rates(self, epoch):
            groups = self.optimizer.param_groups
            for group, lr in zip(groups, self.rates(epoch), strict=True):
                group["lr"] = lr
            return [group["lr"] for group in groups]

    return Fading


def first_rates(groups):
    return [group["lr"] for group in groups]


def from_now(kept, groups, gamma, epoch):
    return [group["lr"] * gamma**epoch for group in groups]


def power_of(change):
    return lambda kept, groups, gamma, epoch: [lr * gamma ** change(epoch) for lr in kept]


class Multiplies:
    """Multiplies whatever rate it finds."""

    def __init__(self, optimizer, gamma):
        self.optimizer, self.gamma = optimizer, gamma

    def set_rates(self, epoch):
        for group in self.optimizer.param_groups:
            group["lr"] *= self.gamma
        return [group["lr"] for group in self.optimizer.param_groups]


class MultipliesLater(Multiplies):
    """The same, except in epoch 0."""

    def set_rates(self, epoch):
        if epoch == 0:
            return [group["lr"] for group in self.optimizer.param_groups]
        return super().set_rates(epoch)


class OnlyReturns(fading(first_rates, power_of(lambda e: e))):
    """Sets nothing."""

    def set_rates(self, epoch):
        return [lr * self.gamma**epoch for lr in self.kept]


class OnlySets(fading(first_rates, power_of(lambda e: e))):
    """Returns nothing."""

    def set_rates(self, epoch):
        super().set_rates(epoch)


class OnlyTheFirst(fading(first_rates, power_of(lambda e: e))):
    """Returns one rate."""

    def set_rates(self, epoch):
        return super().set_rates(epoch)[0]


class CallsCounted(fading(first_rates, power_of(lambda e: e))):
    """Counts the epochs that it has seen, and takes this count for the epoch."""

    def __init__(self, optimizer, gamma):
        super().__init__(optimizer, gamma)
        self.seen = set()

    def set_rates(self, epoch):
        self.seen.add(epoch)
        return super().set_rates(len(self.seen) - 1)


class SharedRates:
    """Keeps the first rates in the class."""

    base_lrs: ClassVar = []

    def __init__(self, optimizer, gamma):
        self.optimizer, self.gamma = optimizer, gamma
        if not self.base_lrs:
            self.base_lrs.extend(first_rates(optimizer.param_groups))

    def set_rates(self, epoch):
        for group, lr in zip(self.optimizer.param_groups, self.base_lrs, strict=False):
            group["lr"] = lr * self.gamma**epoch
        return [group["lr"] for group in self.optimizer.param_groups]


MISTAKES = Mistakes(
    Mistake("missing-method", dict),
    Mistake(
        "returns-nothing", OnlySets, "The rates are set, but not returned: a list, one a group."
    ),
    Mistake(
        "multiplies",
        Multiplies,
        "Each call multiplies whatever rate it finds: called twice in an epoch, it falls twice, "
        "and after a resume it begins again. Remember the first rates, and use `epoch`.",
    ),
    Mistake(
        "multiplies",
        MultipliesLater,
        "Each call multiplies whatever rate it finds: called twice in an epoch, it falls twice, "
        "and after a resume it begins again. Remember the first rates, and use `epoch`.",
    ),
    Mistake(
        "from-now",
        fading(lambda groups: None, from_now),
        "It takes the power of `epoch`, but of the rate as it is now, which has fallen already. "
        "Remember the first rates in `__init__`.",
    ),
    Mistake(
        "counts-epochs",
        CallsCounted,
        "It counts the epochs that it has seen: after a resume it begins again. `epoch` says "
        "which one it is.",
    ),
    Mistake(
        "one-rate",
        fading(lambda groups: [groups[0]["lr"]] * len(groups), power_of(lambda e: e)),
        "All groups get the rate of the first; each has its own.",
    ),
    Mistake(
        "one-late",
        fading(first_rates, power_of(lambda e: max(e - 1, 0))),
        "One epoch late: epoch 0 has the first rate, epoch 1 `gamma` times that.",
    ),
    Mistake(
        "one-early",
        fading(first_rates, power_of(lambda e: e + 1)),
        "One epoch early: epoch 0 has the first rate itself.",
    ),
    Mistake(
        "once",
        fading(first_rates, power_of(lambda e: min(e, 1))),
        "It falls once; in each epoch it should fall by `gamma`.",
    ),
    Mistake(
        "factor-not-power",
        fading(first_rates, lambda kept, _, g, e: [lr * g * e if e else lr for lr in kept]),
        "`gamma * epoch` grows; what is wanted is `gamma` times itself, `gamma ** epoch`.",
    ),
    Mistake(
        "not-set",
        OnlyReturns,
        "It returns the right rates, but the optimizer's groups keep their old ones.",
    ),
    Mistake(
        "shared",
        SharedRates,
        "A second optimizer gets the first one's rates: remember them as `self.…`, in `__init__`.",
    ),
    Mistake(
        "not-a-list",
        OnlyTheFirst,
        "Expected a list with one rate for each of {groups} groups, received {answer}.",
    ),
    Mistake("values", fading(first_rates, power_of(lambda e: 0.5))),
)
