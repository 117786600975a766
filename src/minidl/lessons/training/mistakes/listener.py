"""Mistakes that learners make in "A listener that stops"."""

from minidl.checking.mistake import Mistake, Mistakes
from minidl.train import Listener


def listener(decide):
    """Return a listener class that stops when `decide(losses, window, tolerance)` says so."""

    class StopWhenFlat(Listener):
        """A listener that stops where `decide(losses, window, tolerance)` says so."""

        def __init__(self, window, tolerance):
            self.window, self.tolerance = window, tolerance

        def on_epoch_end(self, runner):
            if decide(runner.history.train_loss, self.window, self.tolerance):
                runner.stop("flat")

    return StopWhenFlat


class NeverSaysStop(Listener):
    """A listener that returns whether to stop and does not stop."""

    def __init__(self, window, tolerance):
        self.window, self.tolerance = window, tolerance

    def on_epoch_end(self, runner):
        losses = runner.history.train_loss
        return len(losses) > 3 and losses[-4] - losses[-1] < self.tolerance


class WatchesDev(Listener):
    """A listener that looks at the dev loss."""

    def __init__(self, window, tolerance):
        self.window, self.tolerance = window, tolerance

    def on_epoch_end(self, runner):
        losses = runner.history.dev_loss
        if len(losses) > self.window and losses[-1 - self.window] - losses[-1] < self.tolerance:
            runner.stop("flat")


class CountsFromOne(Listener):
    """A listener that takes the number of an epoch for its place in the list."""

    def __init__(self, window, tolerance):
        self.window, self.tolerance = window, tolerance

    def on_epoch_end(self, runner):
        losses, epoch = runner.history.train_loss, runner.epoch
        if epoch > self.window and losses[epoch - self.window] - losses[epoch] < self.tolerance:
            runner.stop("flat")


class NoHook(Listener):
    """A listener whose method no moment calls."""

    def __init__(self, window, tolerance):
        self.window, self.tolerance = window, tolerance

    def end_of_epoch(self, runner):
        runner.stop("flat")


def also(change):
    class StopWhenFlat(listener(lambda L, w, t: len(L) > w and L[-1 - w] - L[-1] < t)):
        """The right listener, which also changes something of the Runner's."""

        def on_epoch_end(self, runner):
            super().on_epoch_end(runner)
            change(runner)

    return StopWhenFlat


MISTAKES = Mistakes(
    Mistake(
        "stops-while-falling",
        listener(lambda L, w, t: len(L) > w and L[-1 - w] - L[-1] > t),
        "It stops at epoch {stopped}, while the loss falls by 0.15 in every 3 epochs.",
    ),
    Mistake(
        "never-stops",
        NeverSaysStop,
        "It never stops, though the train loss has levelled out. What ends training is "
        '`runner.stop("why")`.',
    ),
    Mistake(
        "dev-loss", WatchesDev, "It stops when the dev loss levels out. Take `history.train_loss`."
    ),
    Mistake(
        "no-guard",
        listener(lambda L, w, t: L[-1 - w] - L[-1] < t),
        "In epoch {epoch} there is no loss from `window` = {window} epochs before: do "
        "nothing as long as there is none. ({error})",
    ),
    Mistake(
        "counts-from-1",
        CountsFromOne,
        "Epochs count from 1, places in a list from 0: after {epoch} epochs the newest loss is "
        "`losses[{epoch} - 1]`, or `losses[-1]`. ({error})",
    ),
    Mistake(
        "sign-lost",
        listener(lambda L, w, t: len(L) > w and abs(L[-1 - w] - L[-1]) < t),
        "For the losses {rising} it should stop at epoch 4: a loss that has risen is "
        "less than `tolerance` below, too. Is there an `abs`?",
    ),
    Mistake(
        "compares-with-the-first",
        listener(lambda L, w, t: len(L) > w and L[0] - L[-1] < t),
        "It compares with the loss of the first epoch: once that has been left behind, it never "
        "stops. Take the loss `window` epochs before, `losses[-1 - window]`.",
    ),
    Mistake(
        "numbers-by-heart",
        listener(lambda L, w, t: len(L) > 20 and L[-21] - L[-1] < 0.01),
        "With window = 3 and tolerance = 0.03 it stops after {late} flat epochs only. Take "
        "`self.window` and `self.tolerance`.",
    ),
    Mistake(
        "guard",
        listener(lambda L, w, t: len(L) > w + 1 and L[-1 - w] - L[-1] < t),
        "For losses that rise it stops at epoch {stopped}, though the first loss that is "
        "`window` = {window} epochs old is there before: how many losses are needed?",
    ),
    Mistake(
        "window-by-heart",
        listener(lambda L, w, t: len(L) > 3 and L[-4] - L[-1] < t),
        "Right with window = 3 only: take `self.window`.",
    ),
    Mistake(
        "tolerance-by-heart",
        listener(lambda L, w, t: len(L) > w and L[-1 - w] - L[-1] < 0.03),
        "Right with tolerance = 0.03 only: take `self.tolerance`.",
    ),
    Mistake(
        "history-changed",
        also(lambda runner: runner.history.train_loss.pop(0)),
        "It changes the runner's history. Others read it, too: only look.",
    ),
    Mistake(
        "model-changed",
        also(lambda runner: runner.model.eval()),
        "It changes the model, its mode, the learning rate or the runner's counts. A listener that "
        "stops only looks.",
    ),
    Mistake(
        "not-less",
        listener(lambda L, w, t: len(L) > w and L[-1 - w] - L[-1] <= t),
        "It stops when the loss has fallen by exactly `tolerance`; less than that is asked.",
    ),
    Mistake(
        "off-by-one",
        listener(lambda L, w, t: len(L) > w and L[-w] - L[-1] < t),
        "It compares with the loss two epochs before, not three: `losses[-1]` is the newest, "
        "so the one `window` epochs before it is `losses[-1 - window]`.",
    ),
    Mistake(
        "ignores-the-window",
        listener(lambda L, w, t: len(L) > w and L[-2] - L[-1] < t),
        "It compares with the epoch just before, not with the one `window` epochs before.",
    ),
    Mistake(
        "moment",
        listener(lambda L, w, t: len(L) > 8 and L[-1 - w] - L[-1] < t),
        "Not the right moment.",
    ),
    Mistake("no-hook", NoHook),
    Mistake("not-a-listener", dict),
)
