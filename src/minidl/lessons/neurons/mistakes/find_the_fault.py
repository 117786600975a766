"""Mistakes that learners make in "Find the fault"."""

from minidl.checking.mistake import Mistake, Mistakes


def column_bias(X, W, b):
    b = b.reshape(-1, 1)
    return X @ W + b


MISTAKES = Mistakes(
    Mistake(
        "column-bias", column_bias, "Each sample gets a bias of its own; it should be each neuron."
    ),
    Mistake(
        "column-bias",
        lambda X, W, b: X @ W + b.T,
        "A flat b stays flat under `.T`, but a row turns into a column, and each sample gets a "
        "bias of its own.",
    ),
    Mistake("no-bias", lambda X, W, b: X @ W, "The bias is missing."),
    Mistake("values", lambda X, W, b: X @ W + b.sum()),
)
