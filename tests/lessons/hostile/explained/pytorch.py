"""Hostile answers in the lesson on PyTorch that are right, and how its answers are used."""

import ast
import inspect

import numpy as np

from minidl.data import ArrayDataset, DataLoader
from minidl.lessons.pytorch.solutions import fit
from minidl.losses import CrossEntropyLoss
from minidl.nn import BatchNorm1d, Dropout, Linear, ReLU, Sequential
from minidl.optim import SGD, Adam
from tests.lessons.hostile.equivalence import Explained
from tests.lessons.hostile.legal import Use, numbers
from tests.lessons.hostile.places import unparse


def layer(rng):
    N, D, M = (int(drawn) for drawn in rng.integers(1, 8, 3))
    shapes = ((N, D), (D, M), (1, M), (M, M), (N, M))
    return [numbers(rng, *shape) for shape in shapes]


def network_and_parts(Tensor, x, W, b, V, grad):
    x, W, b, V = leaves = [Tensor(array) for array in (x, W, b, V)]
    z = x @ W
    s = z + b
    h = s.relu()
    seen = [list(node.pass_back(grad)) for node in (z, s, h)]
    out = (h @ V + b) @ V
    out.backward()
    return seen, [node.data for node in (z, s, h, out)], [leaf.grad for leaf in leaves]


def state(rng):
    dtype = rng.choice([np.float32, np.float64])
    names = rng.permutation(["fc1", "b.W", "0", "W"])[: rng.integers(1, 5)]
    found = {}
    for name in names:
        D, M = rng.integers(1, 8, 2)
        found[f"{name}.W"] = numbers(rng, D, M).astype(dtype)
        found[f"{name}.b"] = numbers(rng, 1, M).astype(dtype)
    return (found,)


def entries(to_pytorch, state):
    found = to_pytorch(state)
    shared = [np.shares_memory(a, b) for a in found.values() for b in state.values()]
    dtypes = [str(array.dtype) for _, array in sorted(found.items())]
    return sorted(found), [array for _, array in sorted(found.items())], dtypes, shared, state


def classifier_and_batches(rng):
    D, M = int(rng.integers(1, 8)), int(rng.integers(2, 9))
    sizes = rng.integers(1, 8, rng.integers(1, 6))
    batches = [(numbers(rng, N, D), rng.integers(0, M, N)) for N in sizes]
    lr = float(10.0 ** rng.uniform(-3, 1))
    return numbers(rng, D, M), numbers(rng, 1, M), batches, lr


def samples(rng):
    N, batch_size = (int(drawn) for drawn in rng.integers(1, 30, 2))
    shape = (N, *rng.integers(1, 5, rng.integers(1, 3)))
    seed, drop_last = int(rng.integers(1000)), bool(rng.integers(2))
    return numbers(rng, *shape), rng.integers(0, 1000, N), batch_size, seed, drop_last


def two_epochs(batches_of, X, y, batch_size, seed, drop_last):
    rng = np.random.default_rng(seed)
    epochs = [list(batches_of(X, y, batch_size, rng, drop_last)) for _ in range(2)]
    return epochs, list(batches_of(X, y, batch_size, rng)), X, y


def training(rng):
    return (*(int(drawn) for drawn in rng.integers(1, 7, 4)), int(rng.integers(1000)))


def accuracies_and_network(fit, D, H, batch_size, num_epochs, seed):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(40, D))
    y = (X @ rng.normal(size=(D, 4))).argmax(axis=1)
    layers = [Linear(D, H, rng=rng), ReLU(), Dropout(0.6, rng=rng), Linear(H, 4, rng=rng)]
    if seed % 2:
        layers.insert(1, BatchNorm1d(H))
    model = Sequential(*layers)
    optimizer = Adam(model, lr=0.05) if seed % 3 else SGD(model, lr=0.3)
    loader = DataLoader(ArrayDataset(X[:24], y[:24]), 2 * batch_size, shuffle=True, rng=rng)
    found = fit(model, optimizer, CrossEntropyLoss(), loader, (X[24:], y[24:]), num_epochs)
    return [float(share) for share in found], model.state_dict(), X, y


def at_last(line):
    """Return the name of a `fit` that does something more at its end, however it ends."""
    lines = unparse(ast.parse(inspect.getsource(fit))).splitlines()[1:]
    both = [f"{sign} {each.strip()}" for each in lines for sign in "-+"]
    return " | ".join(["+ try:", *both, "+ finally:", f"+ {line}"])


USES = {
    "tensor": Use(layer, network_and_parts),
    "state": Use(state, entries),
    "fault": Use(classifier_and_batches),
    "loader": Use(samples, two_epochs),
    "translate": Use(training, accuracies_and_network),
}
EXPLAINED = {
    "state": [
        Explained(
            "A state dict is read by its names; their order says nothing.",
            (
                "- for name, array in state.items(): | "
                "+ for name, array in list(state.items())[::-1]:",
            ),
        ),
        Explained(
            "There are W and b, and b comes after W.", ("- if kind == 'W': | + if kind <= 'W':",)
        ),
        Explained(
            "The one row of a bias is its first and its last.",
            (
                "- theirs[f'{layer}.bias'] = array[0].copy() | "
                "+ theirs[f'{layer}.bias'] = array[0 - 1].copy()",
                "- theirs[f'{layer}.bias'] = array[0].copy() | "
                "+ theirs[f'{layer}.bias'] = array[-1].copy()",
            ),
        ),
    ],
    "fault": [
        Explained(
            "A row less an array of one axis is a row.",
            (
                "- db = g.sum(axis=0, keepdims=True) | + db = g.sum(axis=0)",
                "- db = g.sum(axis=0, keepdims=True) | + db = g.sum(axis=0, keepdims=False)",
            ),
        ),
    ],
    "loader": [
        Explained(
            "There are as many labels as samples.",
            (
                "- order = rng.permutation(len(X)) | + order = rng.permutation(len(y))",
                "- for start in range(0, len(X), batch_size): | "
                "+ for start in range(0, len(y), batch_size):",
            ),
        ),
    ],
    "translate": [
        Explained(
            "No step takes the last gradients any more.",
            (
                at_last("hostile.change(model, 'grads')"),
                at_last("hostile.change(optimizer, 'grads')"),
            ),
        ),
        Explained(
            "In which mode the network is left, the text leaves open.",
            (at_last("hostile.change(model, 'mode')"),),
        ),
        Explained(
            "The number of the epoch is not used.",
            ("- for _ in range(num_epochs): | + for _ in list(range(num_epochs))[::-1]:",),
        ),
        Explained(
            "To set a mode twice, or to replace gradients by the same, changes nothing.",
            ("+ model.train()", "+ model.eval()", "+ model.backward(loss_fn.backward())"),
        ),
    ],
}
