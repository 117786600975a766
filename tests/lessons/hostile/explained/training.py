"""Hostile answers in the lesson on training that are right: nothing tells them apart."""

import ast
import inspect

import numpy as np

from minidl.lessons.training.shared import AnyLoss, gradients
from minidl.lessons.training.solutions import train, train_best
from minidl.losses import BCELoss
from minidl.nn import Linear, Logistic, Sequential
from minidl.optim import BatchGD
from minidl.train import Runner
from tests.lessons.hostile.equivalence import Explained
from tests.lessons.hostile.legal import Use
from tests.lessons.hostile.places import unparse


def neuron(width, rng):
    return Sequential(Linear(width, 1, rng=rng), Logistic())


def parts(rng):
    """Draw a network, an optimizer, a loss that may be below 0 or coarse, and two sets."""
    width = int(rng.integers(1, 6))
    model = neuron(width, rng)
    digits = int(rng.choice([1, 17]))
    loss_fn = AnyLoss(10.0 ** rng.uniform(-3, 3), float(rng.choice([0, 0.7])), digits)
    sets = (
        (rng.normal(size=(n, width)), 1.0 * (rng.random((n, 1)) < 0.5))
        for n in rng.integers(1, 6, 2)
    )
    return model, BatchGD(model, lr=float(10.0 ** rng.uniform(-2, 1))), loss_fn, *sets


def with_epochs(rng):
    return *parts(rng), int(rng.integers(1, 5))


def without_gradients(loop, *args):
    """Return what a loop gives and leaves behind, and that training can go on from there."""
    found, state = loop(*args), args[0].state_dict()
    return found, args[0].training, args[3:5], state, train(*args[:-1], 1)


def all_of_it(loop, *args):
    found = loop(*args)
    return found, gradients(args[0]), without_gradients(lambda *_: (), *args)


def twice(rng):
    return *with_epochs(rng), int(rng.integers(1, 4))


def asked_between(MiniRunner, model, optimizer, loss_fn, train_set, dev_set, epochs, more):
    runner = MiniRunner(model, optimizer, loss_fn)
    seen = []
    for count in (epochs, more):
        seen += [list(runner.train(train_set, dev_set, num_epochs=count)), gradients(model)]
        seen += [runner.evaluate(data) for data in (train_set, dev_set)]
        seen += [list(runner.train_losses), list(runner.dev_losses), model.state_dict()]
    return [*seen, model.training, train_set, dev_set]


def losses(rng):
    """Draw losses that fall, rise or repeat, a window and a tolerance."""
    drawn = 10.0 ** rng.uniform(-3, 3) * np.cumsum(rng.integers(-3, 2, int(rng.integers(1, 20))))
    return drawn.tolist(), int(rng.integers(1, 8)), float(rng.choice([0.5, 1, 2]) * abs(drawn[0]))


def stopped(StopWhenFlat, train_losses, window, tolerance):
    model = neuron(2, 0)
    runner = Runner(model, BatchGD(model, lr=1.0), BCELoss(), metric=None)
    listener = StopWhenFlat(window=window, tolerance=tolerance)
    for loss in train_losses:
        runner.history.record_train(1, loss, None)
        listener.on_epoch_end(runner)
        if runner.stop_reason is not None:
            break
    return runner.history.train_loss, runner.stop_reason


def at_last(loop, line):
    """Return the name of a loop that does something more at its end, however it ends."""
    lines = unparse(ast.parse(inspect.getsource(loop))).splitlines()[1:]
    both = [f"{sign} {each.strip()}" for each in lines for sign in "-+"]
    return " | ".join(["+ try:", *both, "+ finally:", f"+ {line}"])


BACKWARD = "model.backward(loss_fn.backward())"
REPLACES = "`backward` replaces the gradients of before by the same ones."
UNNUMBERED = "The number of the epoch is not used, so that the order of numbers does not matter."
BACKWARDS = "- for _ in range(num_epochs): | + for _ in list(range(num_epochs))[::-1]:"


def begun(epoch, state):
    """Return the name of a `train_best` that begins with another best epoch and state."""
    target = "best_score, best_epoch, best_state"
    lines = [
        unparse(ast.parse(f"{target} = -np.inf, {first}, {best}"))
        for first, best in ((0, "model.state_dict()"), (epoch, state))
    ]
    return f"- {lines[0]} | + {lines[1]}"


def forgets_gradients(loop):
    return Explained(
        "No step takes the last gradients any more, and `zero_grad` is how PyTorch forgets them.",
        (at_last(loop, "hostile.change(optimizer, 'grads')"),),
        Use(with_epochs, without_gradients),
    )


USES = {
    "train": Use(with_epochs, all_of_it),
    "best": Use(with_epochs, all_of_it),
    "runner": Use(twice, asked_between),
    "listener": Use(losses, stopped),
}
EXPLAINED = {
    "train": [
        Explained(REPLACES, (f"+ {BACKWARD}",)),
        Explained(UNNUMBERED, (BACKWARDS,)),
        forgets_gradients(train),
    ],
    "best": [
        forgets_gradients(train_best),
        Explained(REPLACES, (f"+ {BACKWARD}",)),
        Explained(
            "The score of the first epoch is above −∞, so what stood there before is never used.",
            (
                begun(1, "model.state_dict()"),
                begun(-1, "model.state_dict()"),
                begun(0, "model"),
                begun(0, "optimizer.state_dict()"),
            ),
        ),
        Explained(
            "To compute or to load the same once more changes nothing.",
            ("+ loss_fn(model(X), y)", "+ model.load_state_dict(best_state)"),
        ),
    ],
    "runner": [
        Explained(REPLACES, ("+ self.model.backward(self.loss_fn.backward())",)),
        Explained(UNNUMBERED, (BACKWARDS,)),
    ],
    "listener": [
        Explained(
            "Training that is stopped stays so.",
            ("+ runner.stop(f'the train loss fell by less than {self.tolerance}')",),
        ),
    ],
}
