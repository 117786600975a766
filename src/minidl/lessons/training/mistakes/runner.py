"""Mistakes that learners make in "Find two faults: a forgetful runner with too long a memory"."""

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.training.mistakes.train import NO_BACKWARD, WRONG_ORDERS


class Faulty:
    """The runner as the lesson shows it, with both faults."""

    def __init__(self, model, optimizer, loss_fn):
        self.model, self.optimizer, self.loss_fn = model, optimizer, loss_fn
        self.train_losses, self.dev_losses = [], []

    def train(self, train_set, dev_set, **options):
        X, y = train_set
        for _ in range(options.get("num_epochs", 0)):
            self.train_losses.append(self.loss_fn(self.model(X), y))
            self.model.backward(self.loss_fn.backward())
            self.optimizer.step()
            self.evaluate(dev_set)
        return self.train_losses

    def evaluate(self, data):
        X, y = data
        loss = self.loss_fn(self.model(X), y)
        self.dev_losses.append(loss)
        return loss


class OnlyTheArgument(Faulty):
    """One fault mended: unknown arguments are refused, and `evaluate` still writes into the record."""

    def train(self, train_set, dev_set, *, num_epochs):
        return super().train(train_set, dev_set, num_epochs=num_epochs)


class OnlyTheRecord(Faulty):
    """The other mended: the record is right, and a misspelt number of epochs is 0."""

    def train(self, train_set, dev_set, **options):
        X, y = train_set
        for _ in range(options.get("num_epochs", 0)):
            self.train_losses.append(self.loss_fn(self.model(X), y))
            self.model.backward(self.loss_fn.backward())
            self.optimizer.step()
            self.dev_losses.append(self.evaluate(dev_set))
        return self.train_losses

    def evaluate(self, data):
        X, y = data
        return self.loss_fn(self.model(X), y)


class NoRecord(OnlyTheRecord):
    """A runner that evaluates on dev and forgets what it found."""

    def train(self, train_set, dev_set, *, num_epochs):
        X, y = train_set
        for _ in range(num_epochs):
            self.train_losses.append(self.loss_fn(self.model(X), y))
            self.model.backward(self.loss_fn.backward())
            self.optimizer.step()
            self.evaluate(dev_set)
        return self.train_losses


class Right(OnlyTheRecord):
    """The runner with both faults mended, whom the others begin with."""

    def train(self, train_set, dev_set, *, num_epochs):
        return super().train(train_set, dev_set, num_epochs=num_epochs)


def runner(loop):
    """Return a runner that trains by a loop, a function, and records what that returns."""

    class Mistaken(Right):
        """A runner with another loop."""

        def train(self, train_set, dev_set, *, num_epochs):
            parts = self.model, self.optimizer, self.loss_fn, train_set, dev_set, num_epochs
            self.train_losses, self.dev_losses = loop(*parts)
            return self.train_losses

    return Mistaken


class Forgets(Right):
    """A runner that begins its record anew in each `train`."""

    def train(self, train_set, dev_set, *, num_epochs):
        self.train_losses, self.dev_losses = [], []
        return super().train(train_set, dev_set, num_epochs=num_epochs)


class EmptiesTheTrainLosses(Right):
    """A runner that begins half of its record anew in each `train`."""

    def train(self, train_set, dev_set, *, num_epochs):
        self.train_losses = []
        return super().train(train_set, dev_set, num_epochs=num_epochs)


class StartsOver(Right):
    """A runner that puts the first weights back in each `train`."""

    def __init__(self, model, optimizer, loss_fn):
        super().__init__(model, optimizer, loss_fn)
        self.first = model.state_dict()

    def train(self, train_set, dev_set, *, num_epochs):
        self.model.load_state_dict(self.first)
        return super().train(train_set, dev_set, num_epochs=num_epochs)


class TrainReturnsTheDevLosses(Right):
    """A runner that returns the losses on dev."""

    def train(self, train_set, dev_set, *, num_epochs):
        super().train(train_set, dev_set, num_epochs=num_epochs)
        return self.dev_losses


class LeavesTraining(Right):
    """A runner that leaves the model in evaluation mode."""

    def train(self, train_set, dev_set, *, num_epochs):
        losses = super().train(train_set, dev_set, num_epochs=num_epochs)
        self.model.eval()
        return losses


class Centres(Right):
    """A runner that moves the training set after its last epoch."""

    def train(self, train_set, dev_set, *, num_epochs):
        losses = super().train(train_set, dev_set, num_epochs=num_epochs)
        X = train_set[0]
        X -= X.mean()
        return losses


class EvaluateRunsBackward(Right):
    """A runner whose `evaluate` computes gradients."""

    def evaluate(self, data):
        loss = super().evaluate(data)
        self.model.backward(self.loss_fn.backward())
        return loss


class EvaluateTrains(EvaluateRunsBackward):
    """A runner whose `evaluate` takes a step, once training is over."""

    def evaluate(self, data):
        loss = super().evaluate(data)
        self.asked = getattr(self, "asked", 0) + 1
        if self.asked > len(self.train_losses):  # not within `train`
            self.optimizer.step()
        return loss


class EvaluateSwitches(Right):
    """A runner whose `evaluate` leaves the model in training mode."""

    def evaluate(self, data):
        self.model.eval()
        loss = super().evaluate(data)
        self.model.train()
        return loss


class TrainReturnsNothing(Right):
    """A runner that returns nothing from `train`."""

    def train(self, train_set, dev_set, *, num_epochs):
        super().train(train_set, dev_set, num_epochs=num_epochs)


class EvaluateReturnsNothing(Right):
    """A runner that returns nothing from `evaluate`."""

    def evaluate(self, data):
        super().evaluate(data)


class SwallowsTheRest(Right):
    """A runner that takes any further argument and ignores it."""

    def train(self, train_set, dev_set, num_epochs, **options):
        return super().train(train_set, dev_set, num_epochs=num_epochs)


class NoBackward(Right):
    """A runner that takes steps without gradients."""

    def train(self, train_set, dev_set, *, num_epochs):
        for _ in range(num_epochs):
            self.train_losses.append(self.evaluate(train_set))
            self.optimizer.step()
            self.dev_losses.append(self.evaluate(dev_set))
        return self.train_losses


class OtherName(OnlyTheRecord):
    """A runner whose number of epochs has another name."""

    def train(self, train_set, dev_set, epochs):
        return super().train(train_set, dev_set, num_epochs=epochs)


class NoEvaluate:
    """A runner that cannot evaluate."""

    def __init__(self, model, optimizer, loss_fn):
        self.train_losses, self.dev_losses = [], []

    def train(self, train_set, dev_set, *, num_epochs):
        return self.train_losses


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
        "After {epochs} epochs, expected {epochs} numbers in {name}, found {count}.",
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
