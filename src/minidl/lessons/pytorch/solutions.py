"""Solutions of the exercises in the lesson on PyTorch."""

import numpy as np

from minidl.lessons.pytorch.recording import Recorded
from minidl.losses import CrossEntropyLoss


class Tensor(Recorded):
    """A value that records products, sums and ReLUs."""

    def __matmul__(self, other):
        def pass_back(grad):
            return grad @ other.data.T, self.data.T @ grad

        return Tensor(self.data @ other.data, (self, other), pass_back)

    def __add__(self, other):
        def pass_back(grad):
            return grad, grad.sum(axis=0, keepdims=True)

        return Tensor(self.data + other.data, (self, other), pass_back)

    def relu(self):
        def pass_back(grad):
            return (grad * (self.data > 0),)

        return Tensor(np.maximum(self.data, 0), (self,), pass_back)


def to_pytorch(state):
    theirs = {}
    for name, array in state.items():
        layer, _, kind = name.rpartition(".")
        if kind == "W":
            theirs[f"{layer}.weight"] = array.T.copy()
        else:
            theirs[f"{layer}.bias"] = array[0].copy()
    return theirs


def epoch(W, b, batches, lr):
    loss_fn = CrossEntropyLoss()
    total, samples = 0.0, 0
    for X, y in batches:
        loss = loss_fn(X @ W + b, y)
        g = loss_fn.backward()
        dW = X.T @ g
        db = g.sum(axis=0, keepdims=True)
        W = W - lr * dW
        b = b - lr * db
        total += loss * len(y)
        samples += len(y)
    return W, b, total / samples


def batches_of(X, y, batch_size, rng, drop_last=False):
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        if drop_last and len(rows) < batch_size:
            return
        yield X[rows], y[rows]


def fit(model, optimizer, loss_fn, loader, dev_set, num_epochs):
    dev_X, dev_y = dev_set
    accuracies = []
    for _ in range(num_epochs):
        model.train()
        for x, labels in loader:
            loss_fn(model(x), labels)
            model.backward(loss_fn.backward())
            optimizer.step()
        model.eval()
        accuracies.append(np.mean(model(dev_X).argmax(axis=1) == dev_y))
    return accuracies
