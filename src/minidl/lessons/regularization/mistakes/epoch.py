"""Mistakes that learners make in "Find the fault: a loss that trembles"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes


def epoch_with(combine, *, step=True, after=False):
    """Return an epoch that reports `combine(losses, sizes)`."""

    def train_epoch(model, optimizer, loss_fn, batches):
        losses, sizes = [], []
        for X, y in batches:
            loss = loss_fn(model(X), y)
            model.backward(loss_fn.backward())
            if step:
                optimizer.step()
            losses.append(loss_fn(model(X), y) if after else loss)
            sizes.append(len(X))
        return combine(np.array(losses), np.array(sizes))

    return train_epoch


def weighted(losses, sizes):
    return losses @ sizes / sizes.sum()


def epoch_of_the_whole(model, optimizer, loss_fn, batches):
    batches = list(batches)
    epoch_with(weighted)(model, optimizer, loss_fn, batches)
    X, y = (np.concatenate(part) for part in zip(*batches, strict=True))
    return loss_fn(model(X), y)


def epoch_measured_before(model, optimizer, loss_fn, batches):
    batches = list(batches)
    losses = np.array([loss_fn(model(X), y) for X, y in batches])
    epoch_with(weighted)(model, optimizer, loss_fn, batches)
    return weighted(losses, np.array([len(X) for X, _ in batches]))


def epoch_in_two_walks(model, optimizer, loss_fn, batches):
    total = size = 0
    for X, y in batches:
        total += loss_fn(model(X), y) * len(X)
        size += len(X)
    for X, y in batches:
        loss_fn(model(X), y)
        model.backward(loss_fn.backward())
        optimizer.step()
    return total / size


def epoch_with_steps_twice(model, optimizer, loss_fn, batches):
    loss = epoch_with(weighted)(model, optimizer, loss_fn, batches)
    optimizer.step()
    return loss


def epoch_counting_twice(model, optimizer, loss_fn, batches):
    total = 0
    for X, y in batches:
        loss = loss_fn(model(X), y)
        model.backward(loss_fn.backward())
        optimizer.step()
        total += loss
    return total / len(list(batches))


def epoch_changing(change):
    def train_epoch(model, optimizer, loss_fn, batches):
        seen = list(batches)
        loss = epoch_with(weighted)(model, optimizer, loss_fn, seen)
        change(model, seen)
        return loss

    return train_epoch


def centred(model, batches):
    for X, _ in batches:
        X -= X.mean()


def nudged(model, batches):
    for parameter in model.parameters():
        parameter.grad += 1e-3


def epoch_of_its_own_loss(model, optimizer, loss_fn, batches):
    total = size = 0
    for X, y in batches:
        error = model(X) - y
        model.backward(2 * error / error.size)
        optimizer.step()
        total += np.sum(error**2)
        size += len(X)
    return total / size


def epoch_of_its_own_steps(model, optimizer, loss_fn, batches):
    total = size = 0
    for X, y in batches:
        total += loss_fn(model(X), y) * len(X)
        size += len(X)
        model.backward(loss_fn.backward())
        for parameter in model.parameters():
            parameter.value -= optimizer.param_groups[0]["lr"] * parameter.grad
    return total / size


def epoch_in_evaluation(model, optimizer, loss_fn, batches):
    model.eval()
    loss = epoch_with(weighted)(model, optimizer, loss_fn, batches)
    model.train()
    return loss


MISTAKES = Mistakes(
    Mistake(
        "last-batch",
        epoch_with(lambda losses, sizes: losses[-1]),
        "This is the loss of the last batch. Which points are in it is chance.",
    ),
    Mistake(
        "first-batch",
        epoch_with(lambda losses, sizes: losses[0]),
        "This is the loss of the first batch only.",
    ),
    Mistake(
        "batches-not-points",
        epoch_with(lambda losses, sizes: losses.mean()),
        "This is the mean over the batches; the last one has 2 points and counts like "
        "4. Weigh each loss by `len(X)`.",
    ),
    Mistake(
        "sum",
        epoch_with(lambda losses, sizes: losses @ sizes),
        "This is the sum over the points. Divide by how many there are.",
    ),
    Mistake(
        "sum",
        epoch_with(lambda losses, sizes: losses.sum()),
        "This is the sum of the batches' losses.",
    ),
    Mistake(
        "loss-after",
        epoch_with(weighted, after=True),
        "These are the losses after each step; take those that the steps started from.",
    ),
    Mistake(
        "second-look",
        epoch_of_the_whole,
        "This is the loss of the whole set after the epoch: a fine number, at the "
        "price of another forward pass. Use the losses that the steps have computed "
        "anyway.",
    ),
    Mistake(
        "all-before",
        epoch_measured_before,
        "These losses are all from before the first step. Measure each batch just before its own "
        "step, when those of the others have moved the model already.",
    ),
    Mistake(
        "two-walks",
        epoch_in_two_walks,
        "After the epoch the model is what it was before: the second walk through `batches` found "
        "none left. Measure and step in one walk.",
    ),
    Mistake(
        "no-step",
        epoch_with(weighted, step=False),
        "After the epoch the model is what it was before. For each batch call "
        "`model.backward(loss_fn.backward())`, then `optimizer.step()`.",
    ),
    Mistake(
        "other-steps",
        epoch_with_steps_twice,
        "The loss is right, but the model isn't: one step for each batch, in their order.",
    ),
    Mistake(
        "walked-twice",
        epoch_counting_twice,
        "`batches` can be walked through once. Count the points on the way: `len(X)`. {error}",
    ),
    Mistake(
        "sum-over-ten",
        epoch_with(lambda losses, sizes: losses @ sizes / 10),
        "Right for 10 points only: count them on the way, `len(X)`.",
    ),
    Mistake(
        "changes",
        epoch_changing(centred),
        "Loss and model are right, but the points in the batches are no longer what they were.",
    ),
    Mistake(
        "other-mode",
        epoch_changing(lambda model, batches: model.eval()),
        "Loss and model are right, but the model is in evaluation mode now. Leave it in training.",
    ),
    Mistake(
        "other-gradients",
        epoch_changing(nudged),
        "Loss and model are right, but the gradients are not those of the last batch. Whoever "
        "looks at them later is misled.",
    ),
    Mistake(
        "loss-by-heart",
        epoch_of_its_own_loss,
        "Right for the mean squared error only: ask `loss_fn`.",
    ),
    Mistake(
        "steps-by-heart",
        epoch_of_its_own_steps,
        "Right for plain descent only: `optimizer.step()` knows how a step is taken.",
    ),
    Mistake(
        "in-evaluation",
        epoch_in_evaluation,
        "It trains in evaluation mode, where layers such as dropout do nothing: leave the mode.",
    ),
    Mistake("not-one-number", epoch_with(lambda losses, sizes: losses)),
    Mistake("values", epoch_with(lambda losses, sizes: np.sqrt(weighted(losses, sizes)))),
)
