"""Mistakes that learners make in "The net activation"."""

from minidl.checking.mistake import Mistake, Mistakes

MISTAKES = Mistakes(
    Mistake("elementwise", lambda X, W, b: X * W + b, "`*` multiplies number by number; use `@`."),
    Mistake(
        "x-second", lambda X, W, b: W @ X + b, "X comes first: its rows meet the columns of W."
    ),
    Mistake("no-bias", lambda X, W, b: X @ W, "The bias is missing."),
    Mistake("minus-bias", lambda X, W, b: X @ W - b, "The bias is added, not subtracted."),
    Mistake(
        "transposed",
        lambda X, W, b: X @ W.T + b,
        "W is used as it is: one column for each neuron.",
    ),
    Mistake(
        "one-number-a-sample",
        lambda X, W, b: X @ W[:, 0] + b[0, 0],
        "The result keeps two axes: a row for each sample, a column for each neuron.",
    ),
    Mistake("values", lambda X, W, b: X @ W + 2 * b),
    Mistake("shape", lambda X, W, b: (X @ W + b)[..., None]),
)
