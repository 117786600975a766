"""Mistakes that learners make in "Many layers in one"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes


def first_layer_only(layers):
    return layers[0]


def last_bias_only(layers):
    W = layers[0][0]
    for next_W, _ in layers[1:]:
        W = W @ next_W
    return W, layers[-1][1]


def first_bias_only(layers):
    W, b = layers[0]
    for next_W, _ in layers[1:]:
        W, b = W @ next_W, b @ next_W
    return W, b


def one_layer_short(layers):
    W, b = layers[0]
    for i in range(1, len(layers) - 1):
        W, b = W @ layers[i][0], b @ layers[i][0] + layers[i][1]
    return W, b


def wrong_sign(layers):
    W, b = layers[0]
    for next_W, next_b in layers[1:]:
        W, b = W @ next_W, b @ next_W - next_b
    return W, b


def reversed_product(layers):
    W, b = layers[0]
    for next_W, next_b in layers[1:]:
        W, b = next_W @ W, b @ next_W + next_b
    return W, b


def biases_added(layers):
    W, b = layers[0]
    for next_W, next_b in layers[1:]:
        W, b = W @ next_W, b + next_b
    return W, b


def wrong_matrix(layers):
    W, b = layers[0]
    for next_W, next_b in layers[1:]:
        W = W @ next_W
        b = b @ W + next_b
    return W, b


def own_matrix(layers):
    W, b = layers[0]
    for next_W, next_b in layers[1:]:
        b = b @ W + next_b
        W = W @ next_W
    return W, b


def first_layer_twice(layers):
    W, b = layers[0]
    for next_W, next_b in layers:
        W, b = W @ next_W, b @ next_W + next_b
    return W, b


def one_layer_behind(layers):
    W, b = layers[0]
    for i in range(len(layers) - 1):
        W, b = W @ layers[i][0], b @ layers[i][0] + layers[i][1]
    return W, b


def first_two_only(layers):
    W, b = layers[0]
    for next_W, next_b in layers[1:]:
        return W @ next_W, b @ next_W + next_b
    return W, b


def elementwise(layers):
    W, b = layers[0]
    for next_W, next_b in layers[1:]:
        W, b = W * next_W, b * next_W + next_b
    return W, b


def bias_elementwise(layers):
    W, b = layers[0]
    for next_W, next_b in layers[1:]:
        W, b = W @ next_W, b * next_W + next_b
    return W, b


def bias_in_place(layers):
    W, b = layers[0]
    for next_W, next_b in layers[1:]:
        W = W @ next_W
        b[...] = b @ next_W  # NumPy before 1.25 has no @=
        b += next_b
    return W, b


def two_inputs_only(layers):
    W, b = np.eye(2), np.zeros((1, 2))
    for next_W, next_b in layers:
        W, b = W @ next_W, b @ next_W + next_b
    return W, b


def doubled(layers):
    W, b = last_bias_only(layers)
    return 2 * W, b


MISTAKES = Mistakes(
    Mistake("order", reversed_product, "x meets the first layer first: W₁ stands on the left."),
    Mistake(
        "first-layer-twice",
        first_layer_twice,
        "The first layer is taken in twice: begin with it, and loop over `layers[1:]`.",
    ),
    Mistake(
        "first-layer-twice",
        one_layer_behind,
        "The first layer is taken in twice, the last one never: `layers[i + 1]` is the next one.",
    ),
    Mistake(
        "returns-too-early",
        first_two_only,
        "Only the first two layers are in it: `return` should stand after the loop, not in it.",
    ),
    Mistake("elementwise", elementwise, "`*` multiplies number by number; use `@`."),
    Mistake("biases-added", biases_added, "The first bias passes through the second layer, too."),
    Mistake(
        "wrong-matrix",
        wrong_matrix,
        "An earlier bias passes through the next layer's W, not through its own or the product.",
    ),
    Mistake(
        "wrong-matrix",
        own_matrix,
        "An earlier bias passes through the next layer's W, not through its own or the product.",
    ),
    Mistake("elementwise", bias_elementwise, "`*` multiplies number by number; use `@`."),
    Mistake("first-layer-only", first_layer_only, "Only the first layer is in it."),
    Mistake(
        "last-bias-only", last_bias_only, "The earlier biases pass through the later layers, too."
    ),
    Mistake(
        "first-bias-only",
        first_bias_only,
        "Each further layer adds its own bias: that of the first is in it, the others are missing.",
    ),
    Mistake(
        "last-layer-missing",
        one_layer_short,
        "The last layer is not in it: loop over `layers[1:]`.",
    ),
    Mistake("not-a-pair", lambda layers: layers[0][0]),
    Mistake(
        "changes-its-input",
        bias_in_place,
        "Your code changes the list that it is given, or an array in it; whoever "
        "passed it still needs it. `b = b @ …` makes a new array; `b @= …`, `b += …` "
        "and `layers.pop` change the old one.",
    ),
    Mistake(
        "other-sizes",
        two_inputs_only,
        "Two layers with 2 inputs go well, {count} with {inputs} inputs not: {error}",
    ),
    Mistake("b", wrong_sign),
    Mistake("W", doubled),
)
