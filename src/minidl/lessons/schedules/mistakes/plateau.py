"""Mistakes that learners make in "A plateau"."""

import math

from minidl.checking.mistake import Mistake, Mistakes


def plateau(rule):
    """Return a class whose `rate_after` is `rule(self, loss, lr)`."""

    class Plateau:
        """Falls by a wrong rule."""

        def __init__(self, patience, factor):
            self.patience, self.factor = patience, factor
            self.best, self.bad = math.inf, 0

        def rate_after(self, loss, lr):
            return rule(self, loss, lr)

    return Plateau


def count(self, loss):
    if loss < self.best:
        self.best, self.bad = loss, 0
    else:
        self.bad += 1


def fall(self, lr, limit=None, factor=None):
    if self.bad > (self.patience if limit is None else limit):
        self.bad = 0
        return lr * (self.factor if factor is None else factor)
    return lr


def counts_all(self, loss, lr):
    if loss < self.best:
        self.best = loss
    else:
        self.bad += 1
    return fall(self, lr)


def last_not_best(self, loss, lr):
    self.bad = 0 if loss < self.best else self.bad + 1
    self.best = loss
    return fall(self, lr)


def falls_on(self, loss, lr):
    count(self, loss)
    return lr * self.factor if self.bad > self.patience else lr


def falls_when_better(self, loss, lr):
    if loss > self.best or self.best == math.inf:
        self.best, self.bad = loss, 0
    else:
        self.bad += 1
    return fall(self, lr)


def starts_at_zero(self, loss, lr):
    self.best = min(self.best, 0)
    count(self, loss)
    return fall(self, lr)


def equal_is_better(self, loss, lr):
    if loss <= self.best:
        self.best, self.bad = loss, 0
    else:
        self.bad += 1
    return fall(self, lr)


def forgets_the_best(self, loss, lr):
    count(self, loss)
    if self.bad > self.patience:
        self.best, self.bad = math.inf, 0
        return lr * self.factor
    return lr


def one_early(self, loss, lr):
    count(self, loss)
    return fall(self, lr, limit=self.patience - 1)


def one_late(self, loss, lr):
    count(self, loss)
    return fall(self, lr, limit=self.patience + 1)


def patience_by_heart(self, loss, lr):
    count(self, loss)
    return fall(self, lr, limit=2)


def factor_by_heart(self, loss, lr):
    count(self, loss)
    return fall(self, lr, factor=0.1)


def subtracts(self, loss, lr):
    count(self, loss)
    return lr - self.factor if lr != fall(self, lr) else lr


def divides(self, loss, lr):
    count(self, loss)
    return lr / self.factor if lr != fall(self, lr) else lr


def never_falls(self, loss, lr):
    count(self, loss)
    return lr


def only_when_it_falls(self, loss, lr):
    count(self, loss)
    return self.factor * lr if fall(self, lr) != lr else None


class Shared:
    """Keeps the best and the count in the class."""

    best, bad = math.inf, 0

    def __init__(self, patience, factor):
        self.patience, self.factor = patience, factor

    def rate_after(self, loss, lr):
        count(Shared, loss)
        if Shared.bad > self.patience:
            Shared.bad = 0
            return lr * self.factor
        return lr


MISTAKES = Mistakes(
    Mistake("missing-method", dict),
    Mistake(
        "returns-nothing",
        plateau(only_when_it_falls),
        "After the loss {loss:g} it returns no rate. It should return one each time: the old "
        "one, if nothing falls.",
    ),
    Mistake(
        "counts-all",
        plateau(counts_all),
        "It counts all bad losses so far. A better one starts the count anew: it is those in a "
        "row that matter.",
    ),
    Mistake(
        "last-not-best",
        plateau(last_not_best),
        "It compares with the loss before, not with the best so far. A loss that jumps up and "
        "down would then never count as flat.",
    ),
    Mistake(
        "falls-on",
        plateau(falls_on),
        "After the first fall it falls at each further bad loss. A fall starts the count anew.",
    ),
    Mistake("other-way-round", plateau(falls_when_better), "A loss is better when it is lower."),
    Mistake(
        "starts-at-0",
        plateau(starts_at_zero),
        "No loss ever counts as better here. Better is lower than the best, and the best begins at "
        "`math.inf`.",
    ),
    Mistake(
        "equal-is-better",
        plateau(equal_is_better),
        "A loss that only equals the best counts as better here; a flat one would never be flat.",
    ),
    Mistake(
        "forgets-the-best",
        plateau(forgets_the_best),
        "A fall makes it forget the best loss. Only the count begins anew.",
    ),
    Mistake(
        "one-early",
        plateau(one_early),
        "It falls at bad loss number `patience`. So many are put up with; the next one is too "
        "many.",
    ),
    Mistake(
        "one-late",
        plateau(one_late),
        "It puts up with one more than `patience` bad losses.",
    ),
    Mistake(
        "patience-by-heart", plateau(patience_by_heart), "Take `self.patience`, whatever it is."
    ),
    Mistake("factor-by-heart", plateau(factor_by_heart), "Take `self.factor`, whatever it is."),
    Mistake("subtracts", plateau(subtracts), "`factor` multiplies the rate."),
    Mistake("never-falls", plateau(never_falls), "The rate never falls."),
    Mistake(
        "shared",
        Shared,
        "Two of them share their memory: what one has seen, the other counts. Set best and count "
        "in `__init__`, as `self.…`.",
    ),
    Mistake("divides", plateau(divides), "`factor` multiplies the rate; a division makes it grow."),
    Mistake("values", plateau(lambda self, loss, lr: 2 * lr)),
)
