"""Right answers to the exercises of the lesson on depth, as somebody else would write them."""

import numpy as np

from minidl.nn import Sequential
from minidl.op import Op


def affine_by_einsum(grad, x, W):
    flat = x.reshape(x.shape[0], W.shape[0])
    dx = np.einsum("nm,dm->nd", grad, W)
    return dx.reshape(x.shape), np.einsum("nd,nm->dm", flat, grad), np.sum(grad, 0)[np.newaxis]


def affine_by_samples(grad, x, W):
    dx, dW, db = np.zeros(x.shape), np.zeros(W.shape), np.zeros((1, W.shape[1]))
    for n in range(len(x)):
        dx[n] = (W @ grad[n]).reshape(x[n].shape)
        dW += np.outer(x[n].ravel(), grad[n])
        db += grad[n]
    return dx, dW, db


def affine_by_turned_products(grad, x, W):
    dW = (grad.T @ np.array([image.flatten() for image in x])).T
    return [(W @ grad.T).T.reshape(x.shape), dW, np.ones((1, len(x))) @ grad]


def ratios_by_roots(model, lr):
    ratios = []
    for parameter in model.parameters():
        if parameter.name.rpartition(".")[2] == "W":
            step = lr * parameter.grad
            ratios.append(((step**2).sum() / (parameter.value**2).sum()) ** 0.5)
    return ratios


def ratios_by_deviations(model, lr):
    weights = [p for p in model.parameters() if p.name.split(".")[-1] == "W"]
    steps = [np.sqrt(np.mean(np.square(lr * p.grad))) for p in weights]
    return np.array(steps) / [np.sqrt(np.mean(np.square(p.value))) for p in weights]


def ratios_by_layers(model, lr):
    layers = [layer for layer in model.layers if "W" in layer.params]
    norm = np.linalg.norm
    return tuple(lr * norm(each.grads["W"].ravel()) / norm(each.params["W"]) for each in layers)


def normalize_by_sums(x, axis, eps):
    n = x.shape[axis]
    centred = x - np.sum(x, axis=axis, keepdims=True) / n
    return centred / np.sqrt(np.sum(centred**2, axis=axis, keepdims=True) / n + eps)


def normalize_turned(x, axis, eps):
    rows = x.T if axis == 0 else x
    rows = rows - rows.mean(axis=1)[:, None]
    rows = rows * (rows.var(axis=1)[:, None] + eps) ** -0.5
    return rows.T if axis == 0 else rows


def normalize_along(x, axis, eps):
    def one(row):
        return (row - np.mean(row)) / np.sqrt(np.std(row) ** 2 + eps)

    return np.apply_along_axis(one, axis, x)


def back_by_the_jacobian(grad, x, axis, eps):
    rows, g = (np.moveaxis(array, axis, -1) for array in (x, grad))
    back = np.empty(rows.shape)
    for place, (row, gradient) in enumerate(zip(rows, g, strict=True)):
        n, sigma = len(row), np.sqrt(row.var() + eps)
        x_hat = (row - row.mean()) / sigma
        jacobian = (np.eye(n) - 1 / n - np.outer(x_hat, x_hat) / n) / sigma
        back[place] = jacobian @ gradient
    return np.moveaxis(back, -1, axis)


def back_by_the_graph(grad, x, axis, eps):
    n, options = x.shape[axis], {"axis": axis, "keepdims": True}
    centred = x - x.mean(**options)
    variance = np.mean(centred**2, **options)
    d_centred = grad / np.sqrt(variance + eps)
    d_variance = np.sum(grad * centred, **options) * -0.5 * (variance + eps) ** -1.5
    d_centred = d_centred + d_variance * 2 * centred / n
    return d_centred - d_centred.sum(**options) / n


def back_by_sums(grad, x, axis, eps):
    n = x.shape[axis]
    inverse = 1 / np.sqrt(x.var(axis=axis, keepdims=True) + eps)
    x_hat = inverse * (x - x.mean(axis=axis, keepdims=True))
    sums = [np.sum(values, axis=axis, keepdims=True) for values in (grad, grad * x_hat)]
    return inverse / n * (n * grad - sums[0] - x_hat * sums[1])


class ShortcutByNames(Op):
    def __init__(self, *layers):
        super().__init__()
        self.block = Sequential(*layers)
        self.layers = [self.block]

    def forward(self, x):
        through = self.block(x)
        return np.add(through, x)

    def backward(self, grad):
        past, through = grad.copy(), self.block.backward(grad)
        past += through
        return past


class ShortcutByHand(Op):
    def __init__(self, *layers):
        super().__init__()
        self.layers = list(layers)

    def forward(self, x):
        y = x
        for layer in self.layers:
            y = layer(y)
        return y + x

    def backward(self, grad):
        back = grad
        for layer in reversed(self.layers):
            back = layer.backward(back)
        return sum([back, grad])


class ShortcutInASequential(Sequential):
    def forward(self, x):
        return super().forward(x) + x

    def backward(self, grad):
        return super().backward(grad) + grad


ALTERNATIVES = {
    "affine": [affine_by_einsum, affine_by_samples, affine_by_turned_products],
    "ratios": [ratios_by_roots, ratios_by_deviations, ratios_by_layers],
    "normalize": [normalize_by_sums, normalize_turned, normalize_along],
    "normalize-back": [back_by_the_jacobian, back_by_the_graph, back_by_sums],
    "residual": [ShortcutByNames, ShortcutByHand, ShortcutInASequential],
}
