"""Solutions of the exercises in the lesson on neurons."""


def net_activation(X, W, b):
    return X @ W + b


def from_pytorch(weight, bias):
    W = weight.T  # (out, in) → (in, out)
    b = bias.reshape(1, -1)  # (out,) → one row
    return W, b


def mended_layer(X, W, b):
    b = b.reshape(1, -1)  # a row: one bias for each neuron, repeated for each sample
    return X @ W + b


def linearity_gap(T, u, v, a, b):
    return T(a * u + b * v) - (a * T(u) + b * T(v))


def collapse(layers):
    W, b = layers[0]
    for next_W, next_b in layers[1:]:
        W, b = W @ next_W, b @ next_W + next_b
    return W, b
