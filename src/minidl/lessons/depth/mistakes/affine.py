"""Mistakes that learners make in "Find three faults: shapes that fit by chance"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.depth import solutions as right
from minidl.nn import Linear


def mistaken(x=None, W=None, b=None):
    """Return the answer with functions (grad, rows, W) in place of some of its gradients."""

    def affine_back(grad, inputs, weights):
        rows = inputs.reshape(len(inputs), -1)
        dx, dW, db = right.affine_back(grad, inputs, weights)
        dx = dx if x is None else x(grad, rows, weights).reshape(inputs.shape)
        dW = dW if W is None else W(grad, rows, weights)
        return dx, dW, db if b is None else b(grad, rows, weights)

    return affine_back


def flat(grad, x, W):
    rows = x.reshape(len(x), -1)
    return grad @ W.T, rows.T @ grad, grad.sum(axis=0, keepdims=True)


def borrowed(grad, x, W):
    layer = Linear(*W.shape)
    layer.params["W"][...] = W
    layer(x.reshape(len(x), -1))
    dx = layer.backward(grad)
    return dx.reshape(x.shape), layer.grads["W"], layer.grads["b"]


MISTAKES = Mistakes(
    Mistake(
        "x-lost-transpose",
        mistaken(x=lambda grad, rows, W: grad @ W),
        "In dx the transpose is lost: grad and W both have a column for each output, so only "
        "`grad @ W.T` sums over the outputs.",
    ),
    Mistake(
        "W-transposed",
        mistaken(W=lambda grad, rows, W: grad.T @ rows),
        "This dW is the transpose of the right one: W has a row for each input.",
    ),
    Mistake(
        "W-lost-transpose",
        mistaken(W=lambda grad, rows, W: rows @ grad),
        "In dW the transpose is lost: `x.T @ grad` sums over the samples.",
    ),
    Mistake(
        "W-mean",
        mistaken(W=lambda grad, rows, W: rows.T @ grad / len(rows)),
        "For dW the sum over the samples, not the mean: the 1/N is the loss's.",
    ),
    Mistake(
        "bias-mean",
        mistaken(b=lambda grad, rows, W: grad.mean(axis=0, keepdims=True)),
        "For db the sum over the samples, not the mean: the 1/N is the loss's.",
    ),
    Mistake(
        "bias-shape",
        mistaken(b=lambda grad, rows, W: grad.sum(axis=0)),
        "The numbers of db are right, but its shape has to be (1, M), that of b.",
    ),
    Mistake(
        "bias-of-features",
        mistaken(b=lambda grad, rows, W: grad.sum(axis=1, keepdims=True)),
        "db has to be summed over the samples, axis 0.",
    ),
    Mistake(
        "dx-shape",
        flat,
        "dx has the right numbers, but it needs the shape of x. Images become rows by "
        "`x.reshape(len(x), -1)`, and dx takes their shape again.",
    ),
    Mistake("not-three", lambda grad, x, W: right.affine_back(grad, x, W)[:2]),
    Mistake("borrowed", borrowed),
    Mistake("inexact", mistaken(x=lambda grad, rows, W: np.float32(grad @ W.T).astype(float))),
    Mistake("values", mistaken(W=lambda grad, rows, W: rows.T @ grad / len(rows) ** 0.5)),
)
