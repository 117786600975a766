"""Runners with one fault each, and the right one."""


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
    """One fault mended: unknown arguments are refused; `evaluate` still writes into the record."""

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


class RecordsTwice(OnlyTheRecord):
    """A runner of which `train` and `evaluate` both record the dev loss."""

    def evaluate(self, data):
        loss = super().evaluate(data)
        self.dev_losses.append(loss)
        return loss


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
