"""The eighteen losses, a card each: formula, an example worked out by hand, and when to use it.

An example stands here twice, as a call of the loss and as the sum that one would do by hand. Both
are computed, and a test compares them.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Any

import numpy as np

import minidl.losses
from minidl.numerics import sigmoid

HAND: dict[str, Any] = {"exp": exp, "log": log, "sqrt": sqrt, "max": max, "abs": abs}
"""What the sums by hand are made of."""


@dataclass(frozen=True)
class Card:
    """What the table says about a loss.

    Attributes
    ----------
    name, family : str
        The loss's class in `minidl.losses`, and what it is for.
    formula : str
        Of one element or sample.
    options, inputs : str
        Python code: the arguments that make the loss, and those that it is called with.
    by_hand : str
        Python code: the loss of the first element or sample.
    use : str
        When to take it.
    """

    name: str
    family: str
    formula: str
    inputs: str
    by_hand: str
    use: str
    options: str = ""

    @property
    def call(self) -> str:
        """The example as a reader would type it."""
        return f"{self.name}({self.options})({self.inputs})"

    def value(self) -> float:
        """Return what the loss gives for the first element or sample of the example."""
        options = eval(f"dict({self.options})", {})
        loss = getattr(minidl.losses, self.name)(**options, reduction="none")
        inputs = eval(f"({self.inputs},)", {"log": np.log, "sigmoid": sigmoid})
        return float(np.ravel(loss(*inputs))[0])

    def sum_by_hand(self) -> float:
        """Return what the sum by hand gives.

        Examples
        --------
        >>> CARDS[1].name, CARDS[1].sum_by_hand()
        ('MSELoss', 4)
        """
        return eval(self.by_hand, dict(HAND))


CARDS = (
    Card(
        "L1Loss", "regression", "|p − y|", "[1.0], [3.0]", "abs(1 - 3)",
        "Numbers with labels that may be far off: a wrong one pulls no harder than a right one.",
    ),
    Card(
        "MSELoss", "regression", "(p − y)²", "[1.0], [3.0]", "(1 - 3)**2",
        "Numbers whose noise is Gaussian; the mean is wanted, and no label is absurd.",
    ),
    Card(
        "SmoothL1Loss", "regression", "d²/(2β) if d < β, else d − β/2, for d = |p − y|",
        "[3.0], [0.0]", "3 - 1 / 2", "As L1Loss, with a gradient that calms down near the label.",
    ),
    Card(
        "PoissonNLLLoss", "regression", "exp(x) − y·x", "[1.0], [3]", "exp(1) - 3 * 1",
        "Counts: calls an hour, cells in a picture. The model gives the rate's logarithm.",
    ),
    Card(
        "BCELoss", "binary", "−y·log p − (1 − y)·log(1 − p)",
        "sigmoid([1.0]), [1]", "-log(1 / (1 + exp(-1)))",
        "Yes or no, where only probabilities are to be had.",
    ),
    Card(
        "BCEWithLogitsLoss", "binary", "w·y·log(1 + exp(−x)) + (1 − y)·log(1 + exp(x))",
        "[2.0], [0]", "log(1 + exp(2))",
        "Yes or no, or several questions at once. With pos_weight where yes is rare.",
    ),
    Card(
        "SoftMarginLoss", "binary", "log(1 + exp(−y·x)), y = ±1", "[0.3], [-1]",
        "log(1 + exp(0.3))", "BCEWithLogitsLoss for labels 1 and −1.",
    ),
    Card(
        "CrossEntropyLoss", "multiclass", "−w_y·log softmax(x)_y", "[[1.0, 2.0]], [0]",
        "-log(exp(1) / (exp(1) + exp(2)))", "One of several classes: the first to try.",
    ),
    Card(
        "NLLLoss", "multiclass", "−w_y·x_y, x = log p", "[[1.0, 2.0]], [0]", "-1",
        "Behind LogSoftmax: CrossEntropyLoss in two steps. It does not ask whether x are "
        "logarithms of probabilities (here they are not).",
    ),
    Card(
        "KLDivLoss", "multiclass", "t·(log t − x), x = log p", "log([[0.5, 0.3, 0.2]]), "
        "[[0.9, 0.05, 0.05]]", "0.9 * (log(0.9) - log(0.5))",
        "A whole distribution is to be matched, such as another model's. Take batchmean.",
    ),
    Card(
        "MultiLabelSoftMarginLoss", "multiclass", "mean over classes of BCEWithLogitsLoss",
        "[0.3, 0.7, 0.8], [0, 1, 1]",
        "(log(1 + exp(0.3)) + log(1 + exp(-0.7)) + log(1 + exp(-0.8))) / 3",
        "Any number of classes may be right: tags of a picture.",
    ),
    Card(
        "MultiMarginLoss", "margin", "Σ max(0, margin − x_y + x_i)ᵖ / C over i ≠ y",
        "[[0.1, 0.2, 0.7]], [1]", "(max(0, 1 - 0.2 + 0.1) + max(0, 1 - 0.2 + 0.7)) / 3",
        "One of several classes, where only the decision counts and no probability is asked for.",
    ),
    Card(
        "MultiLabelMarginLoss", "margin", "Σ max(0, 1 − x_j + x_i) / C over j right, i wrong",
        "[0.1, 0.2, 0.4, 0.8], [0, 3, -1, -1]",
        "((1 - 0.1 + 0.2) + (1 - 0.1 + 0.4) + (1 - 0.8 + 0.2) + (1 - 0.8 + 0.4)) / 4",
        "Several classes are right, listed up to the first −1; they are to stand above all others.",
    ),
    Card(
        "MarginRankingLoss", "margin", "max(0, −y·(x₁ − x₂) + margin), y = ±1",
        "[1.0], [2.0], [1]", "max(0, -1 * (1 - 2) + 0)",
        "Which of two is better, not how good each is: search results.",
    ),
    Card(
        "HingeEmbeddingLoss", "embedding", "x if alike, else max(0, margin − x)",
        "[0.5], [-1]", "max(0, 1 - 0.5)", "Distances of pairs: alike or not.",
    ),
    Card(
        "CosineEmbeddingLoss", "embedding", "1 − cos φ if alike, else max(0, cos φ − margin)",
        "[[0.3, 0.5, 0.7]], [[0.1, 0.3, 0.5]], [1]",
        "1 - (0.3 * 0.1 + 0.5 * 0.3 + 0.7 * 0.5) / sqrt(0.83 * 0.35)",
        "Pairs, where the direction of an embedding counts and not its length: texts.",
    ),
    Card(
        "TripletMarginLoss", "embedding", "max(0, d(a, p) − d(a, n) + margin)",
        "[1.0], [2.0], [0.5]", "max(0, abs(1 - 2) - abs(1 - 0.5) + 1)",
        "This is more like that than like the other: faces of people who were not in training.",
        "p=1",
    ),
    Card(
        "CTCLoss", "sequence", "−log Σ P(path) over the paths that read as the target",
        "log([[[0.5, 0.5]], [[0.5, 0.5]]]), [[1]], [2], [1]", "-log(3 / 4)",
        "A text without its timing: speech, handwriting. Next lesson.",
    ),
)  # fmt: skip
"""All eighteen, family by family."""
