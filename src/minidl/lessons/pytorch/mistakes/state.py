"""Mistakes that learners make in "A state dict for PyTorch"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.pytorch.solutions import to_pytorch


def mapped(weight=lambda W: W.T.copy(), bias=lambda b: b[0].copy(), name=None):
    """Return an answer with other rules for weights, biases or names."""

    def answer(state):
        theirs = {}
        for key, array in state.items():
            layer, _, kind = key.rpartition(".")
            word = "weight" if kind == "W" else "bias"
            rule = weight if kind == "W" else bias
            theirs[name(key) if name else f"{layer}.{word}"] = rule(array)
        return theirs

    return answer


def renames_in_place(state):
    theirs = to_pytorch(state)
    state.clear()
    return theirs


MISTAKES = Mistakes(
    Mistake(
        "not-transposed",
        mapped(weight=np.copy),
        "The weights are not turned round: PyTorch has a row for each output, (outputs, inputs).",
    ),
    Mistake(
        "reshaped",
        mapped(weight=lambda W: W.reshape(W.shape[::-1]).copy()),
        "The weights have the right shape and the wrong order: `reshape` reads on row by row, "
        "`.T` turns round.",
    ),
    Mistake(
        "bias-row",
        mapped(bias=np.copy),
        "The biases are still rows, (1, outputs); PyTorch's have one axis, (outputs,).",
    ),
    Mistake(
        "bias-squeezed",
        mapped(bias=lambda b: b.squeeze().copy()),
        "`squeeze` takes away every axis of length 1, of a layer with one output both; `array[0]` "
        "only the first.",
    ),
    Mistake(
        "bias-column",
        mapped(bias=lambda b: b.T.copy()),
        "The biases are columns; PyTorch's have one axis, (outputs,).",
    ),
    Mistake(
        "bias-first",
        mapped(bias=lambda b: b[0, :1].copy()),
        "Of each bias there is the first number alone; `array[0]` is the whole row.",
    ),
    Mistake(
        "names",
        mapped(name=lambda key: key.replace("W", "weight").replace("b", "bias")),
        "Expected the names {wanted}, received {found}. Only what stands behind the last dot "
        "changes: W to weight, b to bias.",
    ),
    Mistake("names", dict),
    Mistake(
        "shared",
        mapped(weight=lambda W: W.T, bias=lambda b: b[0]),
        "{name} is a view of the array that was given: whoever trains one network would change "
        "the other. Add `.copy()`.",
    ),
    Mistake(
        "changes-state",
        renames_in_place,
        "The state that was given is changed; build a new dict.",
    ),
    Mistake(
        "not-a-dict",
        lambda state: list(to_pytorch(state).values()),
        "Expected a dict from names to arrays, received {found}.",
    ),
    Mistake("dtype", lambda state: {k: v.astype(float) for k, v in to_pytorch(state).items()}),
    Mistake("values", mapped(weight=lambda W: W.T + 1)),
)
