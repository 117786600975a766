"""Solutions of the exercises in the lesson on convolution."""

import numpy as np


def slide(x, w):
    places = range(len(x) - len(w) + 1)
    return np.array([x[i : i + len(w)] @ w for i in places])


def slide_image(image, kernel, stride, padding):
    padded = np.pad(image, padding)
    height, width = kernel.shape
    rows = range(0, padded.shape[0] - height + 1, stride)
    columns = range(0, padded.shape[1] - width + 1, stride)
    return np.array(
        [[(padded[i : i + height, j : j + width] * kernel).sum() for j in columns] for i in rows]
    )


def reach(layers):
    seen, step = 1, 1
    for kernel, stride in layers:
        seen += (kernel - 1) * step
        step *= stride
    return seen


def slide_gradients(x, w, g):
    dx, dw = np.zeros(len(x)), np.zeros(len(w))
    for i in range(len(g)):
        dx[i : i + len(w)] += g[i] * w
        dw += g[i] * x[i : i + len(w)]
    return dx, dw


def pool_gradient(x, g, k):
    dx = np.zeros(len(x))
    for i in range(len(g)):
        window = x[i * k : (i + 1) * k]
        dx[i * k + window.argmax()] = g[i]
    return dx
