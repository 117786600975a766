"""Mistakes that learners make in "A loop translated"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.pytorch.solutions import fit


def mistaken(*, train=True, evaluates=True, steps=True, times=1, score=None, epochs=0, first=False):
    """Return a loop with a line missing, or another one."""

    def answer(model, optimizer, loss_fn, loader, dev_set, num_epochs):
        X, y = dev_set
        found = []
        for _ in range(num_epochs + epochs):
            if train:
                model.train()
            if first:
                model.eval()
                found.append(accuracy(model, X, y))
                model.train()
            for x, labels in loader:
                for _ in range(times):
                    loss_fn(model(x), labels)
                    model.backward(loss_fn.backward())
                if steps:
                    optimizer.step()
            if evaluates:
                model.eval()
            if not first:
                found.append((score or accuracy)(model, X, y))
        return found

    return answer


def accuracy(model, X, y):
    return float(np.mean(model(X).argmax(axis=1) == y))


def right_ones(model, X, y):
    return float(np.sum(model(X).argmax(axis=1) == y))


def error(model, X, y):
    return 1 - accuracy(model, X, y)


def by_batches(model, optimizer, loss_fn, loader, dev_set, num_epochs):
    found = []
    for _ in range(num_epochs):
        for x, labels in loader:
            model.train()
            loss_fn(model(x), labels)
            model.backward(loss_fn.backward())
            optimizer.step()
            model.eval()
            found.append(accuracy(model, *dev_set))
    return found


def on_the_batch(model, optimizer, loss_fn, loader, dev_set, num_epochs):
    found = []
    for _ in range(num_epochs):
        model.train()
        for x, labels in loader:
            loss_fn(model(x), labels)
            model.backward(loss_fn.backward())
            optimizer.step()
        model.eval()
        found.append(accuracy(model, x, labels))
    return found


def goes_on(model, optimizer, loss_fn, loader, dev_set, num_epochs):
    found = fit(model, optimizer, loss_fn, loader, dev_set, num_epochs)
    fit(model, optimizer, loss_fn, loader, dev_set, 1)
    return found


def sorts_dev(model, optimizer, loss_fn, loader, dev_set, num_epochs):
    found = fit(model, optimizer, loss_fn, loader, dev_set, num_epochs)
    dev_set[1].sort()
    return found


def word_for_word(model, optimizer, loss_fn, loader, dev_set, num_epochs):
    for x, labels in loader:
        loss = loss_fn(model(x), labels)
        loss.backward()
        optimizer.step()


def hands_the_loss_back(model, optimizer, loss_fn, loader, dev_set, num_epochs):
    for x, labels in loader:
        model.backward(loss_fn(model(x), labels))
        optimizer.step()


def leaves_the_model_out(model, optimizer, loss_fn, loader, dev_set, num_epochs):
    for x, labels in loader:
        loss_fn(model(x), labels)
        loss_fn.backward()
        optimizer.step()


def one_step_an_epoch(model, optimizer, loss_fn, loader, dev_set, num_epochs):
    found = []
    for _ in range(num_epochs):
        model.train()
        for x, labels in loader:
            loss_fn(model(x), labels)
            model.backward(loss_fn.backward())
        optimizer.step()
        model.eval()
        found.append(accuracy(model, *dev_set))
    return found


MISTAKES = Mistakes(
    Mistake(
        "no-model-backward",
        leaves_the_model_out,
        "The network has no gradients: `loss_fn.backward()` goes back through the loss alone, and "
        "returns the gradient of the scores, which is for the network's `backward`.",
    ),
    Mistake(
        "loss-backward",
        word_for_word,
        "{error} Here a loss is a plain number, which knows no way back; `loss_fn` and `model` "
        "each know their part of it.",
    ),
    Mistake(
        "loss-not-gradient",
        hands_the_loss_back,
        "{error} What goes back through the network is the gradient that `loss_fn.backward()` "
        "returns, not the loss.",
    ),
    Mistake(
        "tensors-left",
        mistaken(score=lambda model, X, y: float((model(X).argmax(dim=1) == y).mean())),
        "{error} What comes out of a network is NumPy's array here: an axis is called `axis`, and "
        "a mean of True and False needs no `double()`.",
    ),
    Mistake(
        "tensors-left",
        mistaken(score=lambda model, X, y: (model(X).argmax(axis=1) == y).double().mean()),
    ),
    Mistake(
        "no-eval",
        mistaken(evaluates=False),
        "The accuracy is measured while dropout still leaves units out: `model.eval()` before it.",
    ),
    Mistake(
        "no-train",
        mistaken(train=False),
        "The first epoch is right; from the second on the network trains in evaluation mode, "
        "without dropout: `model.train()` at the beginning of each epoch.",
    ),
    Mistake(
        "no-step",
        mistaken(steps=False),
        "The network does not move: `optimizer.step()` is missing.",
    ),
    Mistake(
        "one-step-an-epoch",
        one_step_an_epoch,
        "There is one step an epoch, after the last batch; it belongs to each batch.",
    ),
    Mistake(
        "before-training",
        mistaken(first=True),
        "Each accuracy comes one epoch too early: measure after the batches, not before them.",
    ),
    Mistake(
        "twice",
        mistaken(times=2),
        "Each batch goes forth and back twice, so that dropout draws two masks. Once, then a step.",
    ),
    Mistake(
        "right-ones",
        mistaken(score=right_ones),
        "This counts the right ones; the share of them is wanted, the mean.",
    ),
    Mistake("error", mistaken(score=error), "This is the share of wrong answers."),
    Mistake(
        "on-the-batch",
        on_the_batch,
        "The accuracy is that on the last batch of the training set; it is wanted on the dev set.",
    ),
    Mistake(
        "epochs",
        by_batches,
        "Expected {epochs} accuracies, one after each epoch, received {found}.",
    ),
    Mistake("epochs", mistaken(epochs=1)),
    Mistake(
        "other-network",
        goes_on,
        "The accuracies are right, but the network that is left is another one: does it train on?",
    ),
    Mistake("changes-data", sorts_dev, "Your code changes the dev set; others need it, too."),
    Mistake(
        "not-a-list",
        lambda *args: float(np.mean(fit(*args))),
        "Expected a list of accuracies, one for each epoch, received {found}.",
    ),
    Mistake("values", mistaken(score=lambda *args: 0.9 * accuracy(*args))),
)
