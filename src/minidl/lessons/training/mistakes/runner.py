"""Mistakes that learners make in "Find two faults: a forgetful runner with too long a memory"."""

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.training.mistakes.faulty_runners import (
    Centres,
    EmptiesTheTrainLosses,
    EvaluateReturnsNothing,
    EvaluateRunsBackward,
    EvaluateSwitches,
    EvaluateTrains,
    Faulty,
    Forgets,
    LeavesTraining,
    NoBackward,
    NoEvaluate,
    NoRecord,
    OnlyTheArgument,
    OnlyTheRecord,
    OtherName,
    RecordsTwice,
    StartsOver,
    SwallowsTheRest,
    TrainReturnsNothing,
    TrainReturnsTheDevLosses,
    runner,
)
from minidl.lessons.training.mistakes.train import NO_BACKWARD, WRONG_ORDERS

MISTAKES = Mistakes(
    Mistake(
        "leaves-traces",
        OnlyTheArgument,
        "Calling `evaluate` once made {name} grow from {count} to {now} entries. "
        "Asking must not change the history: let `train` record.",
    ),
    Mistake(
        "silent-epochs",
        OnlyTheRecord,
        "`train` called with {call} raises nothing and trains for {count} epochs. Name "
        "the argument in the method's first line, and Python will refuse such a call.",
    ),
    Mistake(
        "history",
        NoRecord,
        "After {epochs} epochs, expected {epochs} numbers in {name}, found {count}. `train` is to "
        "record one of each in every epoch; `evaluate` only returns a loss.",
    ),
    Mistake(
        "history",
        RecordsTwice,
        "After {epochs} epochs, expected {epochs} numbers in {name}, found {count}. `train` is to "
        "record one of each in every epoch; `evaluate` only returns a loss.",
    ),
    *(Mistake(loop.diagnosis, runner(loop.code), loop.sentence) for loop in WRONG_ORDERS),
    Mistake(
        "no-num-epochs",
        OtherName,
        "Expected a method that can be called as `train(train_set, dev_set, num_epochs=12)`.",
    ),
    Mistake(
        "train-returns-nothing",
        TrainReturnsNothing,
        "`train` works, but returned None. Let it end with `return self.train_losses`.",
    ),
    Mistake(
        "evaluate-returns-nothing",
        EvaluateReturnsNothing,
        "`evaluate` returned None. Let it return the loss.",
    ),
    Mistake(
        "swallows-the-rest",
        SwallowsTheRest,
        "`train` called with num_epochs=12, {typo}=50 raises nothing. `**options` "
        "takes whatever is misspelt; do without it.",
    ),
    Mistake("no-backward", NoBackward, NO_BACKWARD),
    Mistake(
        "forgets",
        Forgets,
        "After {first} epochs and {then} more, a list holds {count}: a second `train` goes on, so "
        "begin the lists in `__init__` only.",
    ),
    Mistake(
        "forgets",
        EmptiesTheTrainLosses,
        "After {first} epochs and {then} more, a list holds {count}",
    ),
    Mistake(
        "starts-over",
        StartsOver,
        "A second `train` is to go on from the weights that the first one left, and does not.",
    ),
    Mistake(
        "returns-something-else",
        TrainReturnsTheDevLosses,
        "`train` is to return the list of train losses, and returns something else.",
    ),
    Mistake(
        "other-model",
        LeavesTraining,
        "The losses are right, but the model is not as the last step left it, or no longer in "
        "training.",
    ),
    Mistake(
        "changes-the-data",
        Centres,
        "The losses are right, but the sets or the learning rate are not what they were.",
    ),
    Mistake(
        "runs-backward",
        EvaluateRunsBackward,
        "`evaluate` leaves other gradients behind: asking needs no `backward`.",
    ),
    Mistake(
        "evaluate-trains",
        EvaluateTrains,
        "`evaluate` changes the model. Asking must leave it as it is.",
    ),
    Mistake(
        "switches-the-mode",
        EvaluateSwitches,
        "`evaluate` leaves the model in another mode, training or evaluation, than it found it in.",
    ),
    Mistake("no-method", NoEvaluate, "Expected a class with a method {method}, received {runner}."),
    Mistake("not-a-class", Faulty(None, None, None)),
)
