"""Mistakes that learners make in "Find three faults: a loop after PyTorch's manner"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.pytorch.solutions import epoch
from minidl.losses import CrossEntropyLoss
from minidl.nn import Softmax


def mistaken(*, adds=False, softmax=False, mean=None, scale=lambda g: g, at_end=False):
    """Return an epoch with some faults left in, or others put in."""

    def answer(W, b, batches, lr):
        loss_fn, again = CrossEntropyLoss(), Softmax(dim=1)
        dW, db = np.zeros_like(W), np.zeros_like(b)
        losses, sizes = [], []
        for X, y in batches:
            scores = X @ W + b
            losses.append(loss_fn(again(scores) if softmax else scores, y))
            g = scale(loss_fn.backward())
            g = again.backward(g) if softmax else g
            keep = adds or at_end
            dW = dW * keep + X.T @ g
            db = db * keep + g.sum(axis=0, keepdims=True)
            if not at_end:
                W, b = W - lr * dW, b - lr * db
            sizes.append(len(y))
        if at_end:
            W, b = W - lr * dW, b - lr * db
        return W, b, (mean or of_samples)(losses, sizes)

    return answer


def of_samples(losses, sizes):
    return float(np.average(losses, weights=sizes))


def of_batches(losses, sizes):
    return float(np.mean(losses))


def softmax_without_its_way_back(W, b, batches, lr):
    loss_fn, softmax = CrossEntropyLoss(), Softmax(dim=1)
    total, samples = 0.0, 0
    for X, y in batches:
        total += len(y) * loss_fn(softmax(X @ W + b), y)
        g = loss_fn.backward()
        W, b = W - lr * X.T @ g, b - lr * g.sum(axis=0, keepdims=True)
        samples += len(y)
    return W, b, total / samples


def only_one_begins_anew(weights):
    """Return an epoch in which only the weights' gradient, or only the biases', begins anew."""

    def answer(W, b, batches, lr):
        loss_fn, dW, db = CrossEntropyLoss(), np.zeros_like(W), np.zeros_like(b)
        total, samples = 0.0, 0
        for X, y in batches:
            total += len(y) * loss_fn(X @ W + b, y)
            g = loss_fn.backward()
            dW, db = dW * (not weights) + X.T @ g, db * weights + g.sum(axis=0, keepdims=True)
            W, b = W - lr * dW, b - lr * db
            samples += len(y)
        return W, b, total / samples

    return answer


def zeroes_too_late(W, b, batches, lr):
    dW, db = np.zeros_like(W), np.zeros_like(b)
    for X, y in batches:
        loss_fn = CrossEntropyLoss()
        loss_fn(X @ W + b, y)
        g = loss_fn.backward()
        dW += X.T @ g
        db += g.sum(axis=0, keepdims=True)
        dW[...], db[...] = 0, 0
        W, b = W - lr * dW, b - lr * db
    return W, b, epoch(W, b, batches, lr)[2]


def changes(W, b, batches, lr):
    found = epoch(W, b, batches, lr)
    batches.clear()
    return found


MISTAKES = Mistakes(
    Mistake(
        "all-left",
        mistaken(adds=True, softmax=True, mean=of_batches),
        "Two faults are left in the step: gradients still add up from batch to batch, and a "
        "softmax stands before a loss that has its own.",
    ),
    Mistake(
        "accumulates",
        mistaken(adds=True),
        "The gradients of earlier batches are still in `dW` and `db`: each batch begins anew. (In "
        "PyTorch, `optimizer.zero_grad()`.)",
    ),
    Mistake(
        "b-accumulates",
        only_one_begins_anew(weights=True),
        "`dW` begins anew in each batch; `db` still holds the gradients of earlier ones.",
    ),
    Mistake(
        "W-accumulates",
        only_one_begins_anew(weights=False),
        "`db` begins anew in each batch; `dW` still holds the gradients of earlier ones.",
    ),
    Mistake(
        "double-softmax",
        mistaken(softmax=True),
        "A softmax stands before the loss, which has one inside: it takes scores.",
    ),
    Mistake(
        "softmax-half",
        softmax_without_its_way_back,
        "The scores still go through a softmax before the loss, which has one inside; and the "
        "way back leaves it out.",
    ),
    Mistake(
        "mean-of-means",
        mistaken(mean=of_batches),
        "A mean of the batches' means gives a sample of a small last batch more weight than the "
        "others. Each batch counts with its number of samples.",
    ),
    Mistake(
        "sum",
        mistaken(mean=lambda losses, sizes: float(np.dot(losses, sizes))),
        "This is the sum of the losses of all samples; divide by their number.",
    ),
    Mistake(
        "samples-over-batches",
        mistaken(mean=lambda losses, sizes: float(np.dot(losses, sizes) / len(sizes))),
        "Each batch's loss counts with its number of samples; then divide by the number of "
        "samples, not of batches.",
    ),
    Mistake(
        "means-over-samples",
        mistaken(mean=lambda losses, sizes: float(np.sum(losses) / np.sum(sizes))),
        "Each batch's loss is a mean already: times its number of samples first, then add up and "
        "divide by the number of all.",
    ),
    Mistake(
        "last-loss",
        mistaken(mean=lambda losses, sizes: float(losses[-1])),
        "This is the loss of the last batch; the mean over all samples of the epoch is wanted.",
    ),
    Mistake(
        "once-an-epoch",
        mistaken(at_end=True),
        "The step is taken once, at the end; each batch is followed by one.",
    ),
    Mistake(
        "zeroes-too-late",
        zeroes_too_late,
        "The gradients are set to 0 between the way back and the step, so nothing moves. Set them "
        "to 0 before the way back, or after the step.",
    ),
    Mistake(
        "uphill",
        mistaken(scale=lambda g: -g),
        "The step goes uphill: `W - lr * dW`.",
    ),
    Mistake(
        "divides-again",
        mistaken(scale=lambda g: g / len(g)),
        "The gradient is divided by the number of samples once more; the loss, which is a mean, "
        "has done so.",
    ),
    Mistake(
        "changes-batches", changes, "Your code changes the batches; the next epoch needs them."
    ),
    Mistake(
        "not-three",
        lambda W, b, batches, lr: epoch(W, b, batches, lr)[:2],
        "Expected three results, `return W, b, loss`, received {found}.",
    ),
    Mistake("values", mistaken(scale=lambda g: 1.1 * g)),
)
