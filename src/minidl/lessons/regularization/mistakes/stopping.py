"""Mistakes that learners make in "Stop in time"."""

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.regularization.mistakes.faulty_stoppings import (
    WarmUpInSteps,
    WatchesTrain,
    WrongHook,
    look_after_a_longer_warm_up,
    look_after_a_shorter_warm_up,
    look_after_warm_up,
    look_and_empty,
    look_and_slow_down,
    look_and_smooth,
    look_and_switch,
    look_at_the_last,
    look_at_the_last_after_the_best_of_the_warm_up,
    look_at_the_last_counting_all,
    look_counting_all,
    look_keeping_the_last_of_the_warm_up,
    look_without_reset,
    look_without_warm_up_for_time,
    stopping,
)

MISTAKES = Mistakes(
    Mistake("not-a-listener", dict),
    Mistake("no-hook", WrongHook),
    Mistake(
        "compares-none",
        stopping(start=None),
        "At the first evaluation there is no best loss yet, and None can't be compared "
        "with a number. Start from a loss that anything beats: np.inf.",
    ),
    Mistake(
        "never-stops",
        stopping(is_time=lambda self: False),
        "It never stops, though the dev loss rises all the time. What ends training is "
        '`runner.stop("why")`.',
    ),
    Mistake(
        "stops-while-falling",
        stopping(start=0.0),
        "It stops at evaluation {stopped} of dev losses that fall all the time: {falling}.",
    ),
    Mistake(
        "off-by-one",
        stopping(is_time=lambda self: self.waited > self.patience),
        "It stops one evaluation too late: at the patience-th, not after it.",
    ),
    Mistake(
        "off-by-one",
        stopping(is_time=lambda self: self.waited >= self.patience - 1),
        "It stops one evaluation too early.",
    ),
    Mistake(
        "never-reset",
        stopping(look=look_without_reset),
        "Evaluations count in a row: a better loss sets the count back to 0.",
    ),
    Mistake(
        "compares-with-the-last",
        stopping(look=look_at_the_last),
        "It compares with the evaluation before, not with the best of all.",
    ),
    Mistake(
        "compares-with-the-last",
        stopping(look=look_at_the_last_counting_all, is_time=look_without_warm_up_for_time),
        "It compares with the evaluation before, not with the best of all.",
    ),
    Mistake(
        "compares-with-the-last",
        stopping(look=look_at_the_last_after_the_best_of_the_warm_up),
        "It compares with the evaluation before, not with the best of all.",
    ),
    Mistake(
        "equal-is-better",
        stopping(better=lambda self, loss: loss <= self.best),
        "The same loss again is no improvement.",
    ),
    Mistake(
        "counts-the-warm-up",
        stopping(look=look_counting_all, is_time=look_without_warm_up_for_time),
        "It counts evaluations of the warm-up, too.",
    ),
    Mistake(
        "counts-the-warm-up",
        stopping(look=look_counting_all),
        "It counts evaluations of the warm-up, too.",
    ),
    Mistake(
        "train-loss",
        WatchesTrain,
        "It goes by the train loss. That falls on and on while the dev loss rises, and "
        "so training never stops: ask `dev_loss`.",
    ),
    Mistake(
        "warm-up-in-steps",
        WarmUpInSteps,
        "The warm-up is a number of evaluations, not of steps: here, "
        "an evaluation comes every 2 steps.",
    ),
    Mistake(
        "warm-up-off-by-one",
        stopping(look=look_after_a_shorter_warm_up),
        "The warm-up ends one evaluation too early.",
    ),
    Mistake(
        "warm-up-off-by-one",
        stopping(look=look_after_a_longer_warm_up),
        "The warm-up ends one evaluation too late.",
    ),
    Mistake(
        "last-of-the-warm-up",
        stopping(look=look_keeping_the_last_of_the_warm_up),
        "Of the warm-up it remembers the last loss, not the lowest.",
    ),
    Mistake(
        "forgets-the-warm-up",
        stopping(look=look_after_warm_up),
        "The best loss may lie in the warm-up; remember it.",
    ),
    Mistake(
        "history-changed",
        stopping(on_evaluate_end=look_and_empty),
        "It changes the runner's history. Others read it, too: only look.",
    ),
    Mistake(
        "history-changed",
        stopping(on_evaluate_end=look_and_smooth),
        "It changes the runner's history. Others read it, too: only look.",
    ),
    Mistake(
        "runner-changed",
        stopping(on_evaluate_end=look_and_slow_down),
        "It changes the learning rate, or the count of steps. A listener that stops only looks.",
    ),
    Mistake(
        "model-changed",
        stopping(on_evaluate_end=look_and_switch),
        "It changes the model, or switches it out of training. A listener that stops only looks.",
    ),
    Mistake(
        "wants-more",
        stopping(better=lambda self, loss: loss < self.best - 0.009),
        "Any lower loss is better, however little: compare with `<` and nothing else.",
    ),
    Mistake(
        "patience-by-heart",
        stopping(is_time=lambda self: self.waited >= 3),
        "Right with patience = 3 only: take `self.patience`.",
    ),
    Mistake(
        "warm-up-ignored",
        stopping(
            look=lambda self, loss: (
                look_after_a_longer_warm_up(self, loss)
                if self.seen > 2
                else look_counting_all(self, loss)
            )
        ),
        "The warm-up's evaluations count here.",
    ),
    Mistake(
        "moment",
        stopping(is_time=lambda self: self.waited >= self.patience + 2),
        "Not the right moment.",
    ),
)
