"""Right answers to the exercises of the lesson on PyTorch, as somebody else would write them."""

import itertools

import numpy as np

from minidl.lessons.pytorch.recording import Recorded
from minidl.losses import CrossEntropyLoss
from minidl.numerics import softmax


class TensorByLambdas(Recorded):
    def __matmul__(self, other):
        a, b = self.data, other.data
        return TensorByLambdas(a.dot(b), (self, other), lambda g: (g.dot(b.T), a.T.dot(g)))

    def __add__(self, other):
        return TensorByLambdas(
            self.data + other.data, (self, other), lambda g: (g, np.ones((1, len(g))) @ g)
        )

    def relu(self):
        gate = np.where(self.data > 0, 1.0, 0.0)
        return TensorByLambdas(gate * self.data, (self,), lambda g: (gate * g,))


class TensorByEinsum(Recorded):
    def __matmul__(self, other):
        def pass_back(grad):
            to_self = np.einsum("nm,dm->nd", grad, other.data)
            return [to_self, np.einsum("nd,nm->dm", self.data, grad)]

        return type(self)(np.einsum("nd,dm->nm", self.data, other.data), [self, other], pass_back)

    def __add__(self, other):
        def pass_back(grad):
            return grad.copy(), np.sum(grad, 0)[None]

        return type(self)(np.add(self.data, other.data), (self, other), pass_back)

    def relu(self):
        def pass_back(grad):
            grad = grad.copy()
            grad[self.data <= 0] = 0
            return [grad]

        return type(self)(self.data.clip(min=0), (self,), pass_back)


class TensorOfFunctions(Recorded):
    @classmethod
    def made(cls, value, parents, *rules):
        return cls(value, parents, lambda grad: tuple(rule(grad) for rule in rules))

    def __matmul__(self, other):
        return self.made(
            (other.data.T @ self.data.T).T,
            (self, other),
            lambda grad: (other.data @ grad.T).T,
            lambda grad: (grad.T @ self.data).T,
        )

    def __add__(self, other):
        rules = (lambda grad: grad, lambda grad: sum(grad)[np.newaxis, :])
        return self.made(self.data + other.data, (self, other), *rules)

    def relu(self):
        positive = self.data > 0
        value = np.where(positive, self.data, 0)
        return self.made(value, (self,), lambda grad: np.where(positive, grad, 0))


def state_by_comprehension(state):
    def theirs(name, array):
        if name.endswith(".W"):
            return name[:-1] + "weight", np.ascontiguousarray(array.T) + 0
        return name[:-1] + "bias", array.ravel().copy()

    return dict(theirs(name, array) for name, array in state.items())


def state_by_shapes(state):
    found = {}
    for name in state:
        *layer, kind = name.split(".")
        word = {"W": "weight", "b": "bias"}[kind]
        flat = state[name].reshape(-1) if kind == "b" else state[name].transpose()
        found[".".join([*layer, word])] = np.array(flat)
    return found


def state_by_layers(state):
    layers = dict.fromkeys(name.rsplit(".", 1)[0] for name in state)
    found = {}
    for layer in layers:
        W, b = state[layer + ".W"], state[layer + ".b"]
        found[layer + ".weight"] = np.stack([W[:, j] for j in range(W.shape[1])])
        found[layer + ".bias"] = np.array([b[0, j] for j in range(b.shape[1])])
    return found


def epoch_by_formula(W, b, batches, lr):
    losses = []
    for X, y in batches:
        p = softmax(X @ W + b)
        losses.extend(-np.log(p[np.arange(len(y)), y]))
        g = (p - np.eye(W.shape[1])[y]) / len(y)
        W, b = W - lr * X.T @ g, b - lr * g.sum(0, keepdims=True)
    return W, b, np.mean(losses)


def epoch_that_zeroes(W, b, batches, lr):
    loss_fn = CrossEntropyLoss()
    W, b = W.copy(), b.copy()
    dW, db = np.zeros_like(W), np.zeros_like(b)
    seen, total = 0, 0.0
    for X, y in batches:
        dW[...], db[...] = 0, 0
        total += loss_fn(X @ W + b, y) * len(X)
        g = loss_fn.backward()
        dW += X.T @ g
        db += g.sum(axis=0)
        W -= lr * dW
        b -= lr * db
        seen += len(X)
    return [W, b, total / seen]


def epoch_by_sums(W, b, batches, lr):
    loss_fn = CrossEntropyLoss(reduction="sum")
    total = 0.0
    for X, y in batches:
        total += loss_fn(X @ W + b, y)
        g = loss_fn.backward()
        W = W - lr / len(y) * (X.T @ g)
        b = b - lr / len(y) * g.sum(axis=0, keepdims=True)
    return W, b, total / sum(len(y) for _, y in batches)


def loader_by_pieces(X, y, batch_size, rng, drop_last=False):
    order = rng.permutation(len(X))
    pieces = np.split(order, np.arange(batch_size, len(X), batch_size))
    return [(X[p], y[p]) for p in pieces if len(p) == batch_size or not drop_last]


def loader_by_islice(X, y, batch_size, rng, drop_last=False):
    left = iter(rng.permutation(len(X)))
    while rows := list(itertools.islice(left, batch_size)):
        if len(rows) == batch_size or not drop_last:
            yield np.take(X, rows, axis=0), np.take(y, rows, axis=0)


def loader_of_shuffled_copies(X, y, batch_size, rng, drop_last=False):
    order = rng.permutation(len(X))
    X, y = X[order], y[order]
    count = len(X) // batch_size if drop_last else -(-len(X) // batch_size)
    for number in range(count):
        part = slice(number * batch_size, (number + 1) * batch_size)
        yield X[part], y[part]


def fit_by_predictions(model, optimizer, loss_fn, loader, dev_set, num_epochs):
    accuracies = []
    for _ in range(num_epochs):
        model.train()
        for x, labels in loader:
            optimizer.zero_grad()
            loss_fn(model.forward(x), labels)
            model.backward(loss_fn.backward())
            optimizer.step()
        model.eval()
        predicted = np.argmax(model(dev_set[0]), axis=1)
        accuracies.append(np.count_nonzero(predicted == dev_set[1]) / len(predicted))
    return accuracies


def fit_in_parts(model, optimizer, loss_fn, loader, dev_set, num_epochs):
    def epoch():
        model.train()
        for batch in loader:
            loss_fn(model(batch[0]), batch[1])
            grad = loss_fn.backward()
            model.backward(grad)
            optimizer.step()

    def accuracy():
        model.eval()
        scores = model(dev_set[0])
        return sum(
            row.argmax() == label for row, label in zip(scores, dev_set[1], strict=True)
        ) / len(scores)

    return [(epoch(), accuracy())[1] for _ in range(num_epochs)]


def fit_into_an_array(model, optimizer, loss_fn, loader, dev_set, num_epochs):
    accuracies = np.zeros(num_epochs)
    for number in range(num_epochs):
        for x, labels in loader:
            loss_fn(model(x), labels)
            model.backward(loss_fn.backward())
            optimizer.step()
        model.eval()
        accuracies[number] = (model(dev_set[0]).argmax(1) == dev_set[1]).mean()
        model.train()
    return accuracies


ALTERNATIVES = {
    "tensor": [TensorByLambdas, TensorByEinsum, TensorOfFunctions],
    "state": [state_by_comprehension, state_by_shapes, state_by_layers],
    "fault": [epoch_by_formula, epoch_that_zeroes, epoch_by_sums],
    "loader": [loader_by_pieces, loader_by_islice, loader_of_shuffled_copies],
    "translate": [fit_by_predictions, fit_in_parts, fit_into_an_array],
}
