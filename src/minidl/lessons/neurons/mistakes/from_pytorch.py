"""Mistakes that learners make in "Weights from PyTorch"."""

from minidl.checking.mistake import Mistake, Mistakes

MISTAKES = Mistakes(
    Mistake(
        "as-it-was",
        lambda weight, bias: (weight, bias.reshape(1, -1)),
        "PyTorch has a row for each neuron; here it is a column.",
    ),
    Mistake(
        "reshaped",
        lambda weight, bias: (weight.reshape(weight.shape[::-1]), bias),
        "The shape is right, but `reshape` deals the numbers out anew: neuron 1 gets "
        "weights that belong to others.",
    ),
    Mistake(
        "flat-bias",
        lambda weight, bias: (weight.T, bias),
        "The numbers are right; b should be one row, with two axes.",
    ),
    Mistake(
        "column-bias",
        lambda weight, bias: (weight.T, bias.reshape(-1, 1)),
        "b should be one row, not one column.",
    ),
    Mistake("not-a-pair", lambda weight, bias: weight.T),
    Mistake("W", lambda weight, bias: (-weight.T, bias)),
    Mistake("b", lambda weight, bias: (weight.T, -bias.reshape(1, -1))),
)
