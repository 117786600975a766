"""Right answers to the exercises on convolution, as somebody else would write them."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from minidl.nn import Conv1d, Conv2d, MaxPool1d


def slide_by_two_loops(x, w):
    z = np.zeros(len(x) - len(w) + 1)
    for i in range(len(z)):
        for u in range(len(w)):
            z[i] += w[u] * x[i + u]
    return z


def slide_by_weights(x, w):
    places = len(x) - len(w) + 1
    return sum(weight * x[u : u + places] for u, weight in enumerate(w))


def slide_by_windows(x, w):
    return sliding_window_view(x, len(w)) @ w


def image_by_layer(image, kernel, stride, padding):
    layer = Conv2d(1, 1, kernel.shape, stride=stride, padding=padding, bias=False)
    layer.params["W"][0, 0] = kernel
    return layer(image[np.newaxis, np.newaxis])[0, 0]


def image_by_windows(image, kernel, stride, padding):
    windows = sliding_window_view(np.pad(image, padding), kernel.shape)
    return np.einsum("ijuv,uv->ij", windows[::stride, ::stride], kernel)


def image_by_loops(image, kernel, stride, padding):
    H, W = image.shape
    kH, kW = kernel.shape
    z = np.zeros(((H + 2 * padding - kH) // stride + 1, (W + 2 * padding - kW) // stride + 1))
    for i, j, u, v in np.ndindex(*z.shape, kH, kW):
        row, column = i * stride + u - padding, j * stride + v - padding
        if 0 <= row < H and 0 <= column < W:
            z[i, j] += kernel[u, v] * image[row, column]
    return z


def reach_from_the_end(layers):
    seen = 1
    for kernel, stride in layers[::-1]:
        seen = (seen - 1) * stride + kernel
    return seen


def reach_by_sets(layers):
    inputs = {0}
    for kernel, stride in reversed(layers):
        inputs = {stride * i + u for i in inputs for u in range(kernel)}
    return max(inputs) - min(inputs) + 1


def reach_by_products(layers):
    return 1 + int(
        sum((k - 1) * np.prod([s for _, s in layers[:i]]) for i, (k, _) in enumerate(layers))
    )


def gradients_by_numpy(x, w, g):
    return np.convolve(g, w), np.correlate(x, g)


def gradients_by_layer(x, w, g):
    layer = Conv1d(1, 1, len(w), bias=False)
    layer.params["W"][0, 0] = w
    layer(x[np.newaxis, np.newaxis])
    dx = layer.backward(g[np.newaxis, np.newaxis])
    return dx[0, 0], layer.grads["W"][0, 0]


def gradients_by_sliding(x, w, g):
    rims = np.pad(g, len(w) - 1)
    dx = [rims[i : i + len(w)] @ w[::-1] for i in range(len(x))]
    dw = [x[u : u + len(g)] @ g for u in range(len(w))]
    return [np.array(dx), np.array(dw)]


def pool_by_rows(x, g, k):
    rows = x.reshape(-1, k)
    dx = np.zeros(rows.shape)
    dx[np.arange(len(g)), rows.argmax(axis=1)] = g
    return dx.reshape(-1)


def pool_by_layer(x, g, k):
    pool = MaxPool1d(k)
    pool(x[np.newaxis, np.newaxis])
    return pool.backward(g[np.newaxis, np.newaxis])[0, 0]


def pool_by_hand(x, g, k):
    dx = []
    for i, gradient in enumerate(g):
        window = list(x[i * k : (i + 1) * k])
        best = window.index(max(window))
        dx += [gradient if place == best else 0.0 for place in range(k)]
    return np.array(dx)


ALTERNATIVES = {
    "slide": [slide_by_two_loops, slide_by_weights, slide_by_windows, np.correlate],
    "image": [image_by_layer, image_by_windows, image_by_loops],
    "reach": [reach_from_the_end, reach_by_sets, reach_by_products],
    "gradients": [gradients_by_numpy, gradients_by_layer, gradients_by_sliding],
    "pool": [pool_by_rows, pool_by_layer, pool_by_hand],
}
