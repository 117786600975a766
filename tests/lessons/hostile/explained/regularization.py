"""Hostile answers in the lesson on regularization that are right, and legal uses of all answers."""

import ast
import inspect
import itertools
from types import SimpleNamespace

import numpy as np

from minidl.lessons.regularization.shared import LowLoss
from minidl.lessons.regularization.solutions import train_epoch
from minidl.losses import MSELoss
from minidl.nn import Linear, Sequential, Tanh
from minidl.optim import SGD, BatchGD
from tests.lessons.hostile.equivalence import Explained
from tests.lessons.hostile.legal import Use, numbers
from tests.lessons.hostile.places import unparse


def network(rng, inputs):
    """Draw a network of one to three layers, some of them without a bias."""
    sizes = [inputs, *rng.integers(1, 7, rng.integers(0, 3)), 1]
    layers = []
    for i, (size, to) in enumerate(itertools.pairwise(sizes)):
        layers += [Linear(size, to, bias=rng.random() < 0.8, rng=rng, name=f"fc{i}"), Tanh()]
    return Sequential(*layers[:-1])


def an_epoch(rng):
    inputs = rng.integers(1, 6)
    model = network(rng, inputs)
    lr = float(10.0 ** rng.uniform(-4, -1))
    optimizer = (BatchGD, SGD)[rng.integers(2)](model, lr=lr)
    sizes = rng.integers(1, (9, 150)[rng.integers(2)], rng.integers(1, 5))
    scale = 10.0 ** rng.uniform(-2, 3)
    batches = [(rng.normal(size=(n, inputs)), scale * rng.normal(size=(n, 1))) for n in sizes]
    return model, optimizer, (MSELoss, LowLoss)[rng.integers(2)](), batches


def after_an_epoch(answer, model, optimizer, loss_fn, batches):
    loss = answer(model, optimizer, loss_fn, iter(batches))
    return loss, model.state_dict(), model.training, batches


def after_an_epoch_with_gradients(answer, model, optimizer, loss_fn, batches):
    seen = after_an_epoch(answer, model, optimizer, loss_fn, batches)
    return *seen, [parameter.grad for parameter in model.parameters()]


def weights_and_rate(rng):
    W = numbers(rng, *rng.integers(1, 8, 2))
    return W, float(10.0 ** rng.uniform(-4, 2) * (rng.random() < 0.9))


def after_a_penalty(l2, W, lam):
    return *l2(W, lam), W


def a_step(rng):
    model = network(rng, rng.integers(1, 6))
    for layer in model.layers:
        for key, value in layer.params.items():
            layer.params[key][...] = numbers(rng, *value.shape)
            layer.grads[key] = numbers(rng, *value.shape)
    return model, float(10.0 ** rng.uniform(-5, 1)), float(rng.uniform(0, 1))


def after_a_step(decayed_step, model, lr, damping):
    decayed_step(model, lr, damping)
    grads = [parameter.grad for parameter in model.parameters()]
    return model.state_dict(), grads, model.training


def some_passes(rng):
    """Draw the share that is kept, a seed, modes, and for each pass its input and gradient."""
    keep_prob = float((10.0 ** rng.uniform(-3, 0), 1.0)[rng.random() < 0.1])
    modes = rng.random(rng.integers(1, 5)) < 0.7
    passes = []
    for mode in modes:
        shape = rng.integers(1, 7, rng.integers(1, 5))
        x, g = numbers(rng, *shape), numbers(rng, *shape)
        passes.append((bool(mode), x, g))
    return keep_prob, int(rng.integers(1000)), passes


def symmetric(x):
    return x + x.T if x.ndim == 2 and len(set(x.shape)) == 1 else x


def some_symmetric_passes(rng):
    keep_prob, seed, passes = some_passes(rng)
    return keep_prob, seed, [(mode, symmetric(x), symmetric(g)) for mode, x, g in passes]


def through_dropout(kind, keep_prob, seed, passes):
    op, seen = kind(keep_prob, seed), []
    # Some hostile answers draw from the global generator.
    state = np.random.get_state()  # noqa: NPY002
    try:
        for mode, x, g in passes:
            (op.train if mode else op.eval)()
            seen += [op(x), op.backward(g), op.training, x, g]
    finally:
        np.random.set_state(state)  # noqa: NPY002
    return seen


def through_dropout_in_any_order(kind, keep_prob, seed, passes):
    """Look at which numbers come out, and whether backward has the factors of forward."""
    op, seen = kind(keep_prob, seed), []
    for mode, x, g in passes:
        (op.train if mode else op.eval)()
        y, dx = op(x), op.backward(g)
        seen += [np.sort(y, axis=None), np.sort(dx, axis=None), np.allclose(y * g, dx * x)]
    return seen


def two_methods(rng):
    n = rng.integers(2, 40)
    pair = numbers(rng, n), numbers(rng, n)
    return [column.tolist() if rng.random() < 0.3 else column for column in pair]


def after_comparing(paired_difference, plain, other):
    return *paired_difference(plain, other), plain, other


def dev_losses(rng):
    """Draw losses with ties that fall and rise by chance, a warm-up and a patience."""
    steps = rng.choice([-1.0, 0.0, 1.0], size=rng.integers(1, 40))
    losses = 10.0 ** rng.uniform(-6, 6) * (50 + np.cumsum(steps))
    return losses.tolist(), int(rng.integers(0, 12)), int(rng.integers(1, 9))


def when_it_stops(kind, losses, warm_up, patience):
    """Evaluate until the listener stops training, as the Runner does."""
    reasons, listener = [], kind(warm_up, patience)
    runner = SimpleNamespace(history=SimpleNamespace(dev_loss=[]))
    runner.stop = lambda reason: reasons.append(reason)
    for loss in losses:
        runner.history.dev_loss.append(loss)
        listener.on_evaluate_end(runner)
        if reasons:
            break
    return runner.history.dev_loss, reasons[-1:]


USES = {
    "epoch": Use(an_epoch, after_an_epoch_with_gradients),
    "l2": Use(weights_and_rate, after_a_penalty),
    "decay": Use(a_step, after_a_step),
    "dropout": Use(some_passes, through_dropout),
    "paired": Use(two_methods, after_comparing),
    "stopping": Use(dev_losses, when_it_stops),
}

EPOCH = unparse(ast.parse(inspect.getsource(train_epoch))).splitlines()[1:]
FORGETS = "+ finally: | + hostile.change(optimizer, 'grads')"
MASK = "self.mask = {}(self.rng.random(x.shape) {} self.keep_prob) / self.keep_prob{}"
ONES = "- self.mask = np.ones(x.shape) | + self.mask = hostile.of_type(np.ones(x.shape), '{}')"
DIFFERENCE = "difference = np.asarray(plain) - np.asarray(other)"

EXPLAINED = {
    "epoch": [
        Explained(
            "Gradients may be forgotten after the last step, as `zero_grad` in the loop does.",
            (
                "+ try: | "
                + " | ".join(f"- {x.strip()} | + {x.strip()}" for x in EPOCH)
                + f" | {FORGETS}",
            ),
            Use(an_epoch, after_an_epoch),
        ),
        Explained(
            "A second way back replaces the gradients by the same ones.",
            ("+ model.backward(loss_fn.backward())",),
        ),
    ],
    "decay": [
        Explained(
            "The parameters do not wait for each other.",
            (
                "- for parameter in model.parameters(): | "
                "+ for parameter in list(model.parameters())[::-1]:",
            ),
        ),
    ],
    "dropout": [
        Explained(
            "Ones of any type leave numbers of 64 bits, the only ones in the lesson, as they are.",
            (ONES.format("int64"), ONES.format("float32")),
        ),
        Explained(
            "No drawn number is the share itself, or hardly ever.",
            (f"- {MASK.format('', '<', '')} | + {MASK.format('', '<=', '')}",),
        ),
        Explained(
            "Which numbers are kept is chance, in a square that lies on its side as well.",
            (f"- {MASK.format('', '<', '')} | + {MASK.format('hostile.transposed(', '<', ')')}",),
            Use(some_symmetric_passes, through_dropout_in_any_order),
        ),
    ],
    "paired": [
        Explained(
            "One array is enough to subtract all.",
            (
                f"- {DIFFERENCE} | + difference = plain - np.asarray(other)",
                f"- {DIFFERENCE} | + difference = np.asarray(plain) - other",
            ),
        ),
    ],
    "stopping": [
        Explained(
            "The first loss is lower than infinity, and sets the count to 0.",
            tuple(
                f"- self.waited = 0 | + {x}"
                for x in ("pass", "self.waited = 1", "self.waited = -1")
            ),
        ),
        Explained(
            "The count goes up by one, and training ends when it gets there.",
            ("- if self.waited == self.patience: | + if self.waited >= self.patience:",),
        ),
        Explained(
            "Who has stopped stays stopped.",
            ("+ runner.stop(f'no better dev loss in {self.patience} evaluations')",),
        ),
    ],
}
