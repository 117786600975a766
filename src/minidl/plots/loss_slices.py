"""Each of the eighteen losses along one number: what can be drawn of them as a curve.

A loss takes many numbers. A slice moves one of them, the prediction that its `axis` names, holds
the others still, and asks the loss itself for values and gradients.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

import minidl.losses
from minidl.numerics import softplus

Array = npt.NDArray[Any]

REACHES = {
    "score": (-4.0, 4.0),
    "p": (0.01, 0.99),
    "distance": (0.0, 4.0),
    "angle": (0.0, 180.0),
}
"""Where a slice is shown, by the kind of number that moves."""


@dataclass(frozen=True)
class LossSlice:
    """A loss as a function of one number.

    Attributes
    ----------
    name, family : str
        The loss's class in `minidl.losses`, and what it is for.
    kind : str
        What moves, a key of `REACHES`.
    axis : str
        What moves, in words.
    labels : (str, str)
        The two labels between which a reader can switch.
    inputs : callable
        `(x, first)` → the loss's inputs, a row for each number in x, with the first label or the
        second.
    along : callable
        `(x, gradient)` → the slope along x, by the chain rule, from what `backward` returns.
    options : mapping of str to object
        What can be changed, with the values that it has at first.
    """

    name: str
    family: str
    kind: str
    axis: str
    labels: tuple[str, str]
    inputs: Callable[[Array, bool], tuple[Any, ...]]
    along: Callable[[Array, Any], Array]
    options: Mapping[str, Any] = field(default_factory=dict)

    def grid(self, size: int = 241) -> Array:
        """Return numbers over all that is shown."""
        return np.linspace(*REACHES[self.kind], size)

    def curve(self, x: Array, first: bool = True, **options: Any) -> tuple[Array, Array]:
        """Return the loss at each number in x, and its slope.

        Examples
        --------
        >>> values, slopes = SLICES["SmoothL1Loss"].curve(np.array([0.5, 3.0]), beta=1)
        >>> values.tolist(), slopes.tolist()
        ([0.125, 2.5], [0.5, 1.0])
        """
        loss = getattr(minidl.losses, self.name)(reduction="none", **{**self.options, **options})
        values = loss(*self.inputs(x, first))
        return np.reshape(values, (len(x), -1)).sum(axis=1), self.along(x, loss.backward())


def column(_: Array, gradient: Any) -> Array:
    """Return the slope where the first number of each row moves."""
    return np.asarray(gradient).reshape(len(gradient), -1)[:, 0]


def elementwise(one: float, other: float) -> Callable[[Array, bool], tuple[Any, ...]]:
    """Return the inputs of a loss by elements, with one of two labels."""
    return lambda x, first: (x, np.full_like(x, one if first else other))


def classes(one: Any, other: Any) -> Callable[[Array, bool], tuple[Any, ...]]:
    """Return the inputs of a loss of three classes, whose scores are x, 1 and 0."""

    def inputs(x: Array, first: bool) -> tuple[Any, ...]:
        scores = np.column_stack([x, np.ones_like(x), np.zeros_like(x)])
        return scores, np.array([one if first else other] * len(x))

    return inputs


def shares(p: Array) -> Array:
    """Return log p and log(1 − p), a row for each p."""
    return np.column_stack([np.log(p), np.log(1 - p)])


def along_shares(p: Array, gradient: Any) -> Array:
    """Return the slope along p."""
    return np.asarray(gradient[:, 0] / p - gradient[:, 1] / (1 - p))


def two_shares(x: Array, first: bool) -> tuple[Any, ...]:
    """Return log p and log(1 − p) of a prediction, and the distribution that was asked for."""
    share = 0.8 if first else 0.3
    return shares(x), np.tile([share, 1 - share], (len(x), 1))


def around(x: Array, first: bool) -> tuple[Any, ...]:
    """Return embeddings at an angle x from a second one of length 1, and whether they are alike."""
    angle = np.radians(x)
    moving = np.column_stack([np.cos(angle), np.sin(angle)])
    return moving, np.tile([1.0, 0.0], (len(x), 1)), np.full(len(x), 1.0 if first else -1.0)


def along_angle(x: Array, gradients: Any) -> Array:
    """Return the slope for each degree."""
    angle = np.radians(x)
    turning = np.column_stack([-np.sin(angle), np.cos(angle)])
    return np.sum(gradients[0] * turning, axis=1) * np.pi / 180


def triplets(x: Array, first: bool) -> tuple[Any, ...]:
    """Return an anchor at 0, a positive example at 1 or 2, and a negative one that moves.

    It moves on the other side of 0: the loss adds 1e-6 to differences, which there makes no
    distance turn round.
    """
    return np.zeros((len(x), 1)), np.full((len(x), 1), 1.0 if first else 2.0), -x[:, None]


def frames(x: Array, first: bool) -> tuple[Any, ...]:
    """Return three frames, each with the score x for "a" and 0 for blank, and "a" or nothing."""
    rows = np.column_stack([-softplus(x), -softplus(-x)])  # log-probabilities of blank and "a"
    count = np.full(len(x), 1 if first else 0)
    return np.tile(rows, (3, 1, 1)), np.ones((len(x), 1), dtype=int), np.full(len(x), 3), count


def along_frames(x: Array, gradient: Any) -> Array:
    """Return the slope along the score that all frames have."""
    blank, letter = np.moveaxis(np.asarray(gradient).sum(axis=0), -1, 0)
    p = np.exp(-softplus(-x))
    return letter * (1 - p) - blank * p


# What several losses share: the words for the two curves and the axis

LOGIT = ("y = 1", "y = 0")
NUMBER = ("score", "prediction", ("y = 0", "y = 1"), elementwise(0, 1), column)
RIGHT = ("this class is right", "another is right")
AMONG, ALIKE = ("this class is one of two", "it is not"), ("alike", "unlike")
BY_LOGIT = ("score", "logit x")
BY_SCORE = ("score", "score x of a class")

LISTED = (
    LossSlice("L1Loss", "regression", *NUMBER),
    LossSlice("MSELoss", "regression", *NUMBER),
    LossSlice("SmoothL1Loss", "regression", *NUMBER, {"beta": 1.0}),
    LossSlice(
        "PoissonNLLLoss", "regression", "score", "log of the rate", ("count 3", "count 0"),
        elementwise(3, 0), column,
    ),
    LossSlice("BCELoss", "binary", "p", "probability p", LOGIT, elementwise(1, 0), column),
    LossSlice(
        "BCEWithLogitsLoss", "binary", *BY_LOGIT, LOGIT, elementwise(1, 0), column,
        {"pos_weight": 1.0},
    ),
    LossSlice(
        "SoftMarginLoss", "binary", *BY_LOGIT, ("y = 1", "y = −1"), elementwise(1, -1), column
    ),
    LossSlice("CrossEntropyLoss", "multiclass", *BY_SCORE, RIGHT, classes(0, 1), column),
    LossSlice(
        "NLLLoss", "multiclass", "p", "probability p of a class", RIGHT,
        lambda x, first: (shares(x), np.full(len(x), 0 if first else 1)), along_shares,
    ),
    LossSlice(
        "KLDivLoss", "multiclass", "p", "probability p of a class",
        ("0.8 is wanted", "0.3 is wanted"), two_shares, along_shares,
    ),
    LossSlice(
        "MultiLabelSoftMarginLoss", "multiclass", *BY_SCORE, AMONG,
        classes([1, 1, 0], [0, 1, 1]), column,
    ),
    LossSlice(
        "MultiMarginLoss", "margin", *BY_SCORE, RIGHT, classes(0, 1), column,
        {"margin": 1.0, "p": 1},
    ),
    LossSlice(
        "MultiLabelMarginLoss", "margin", *BY_SCORE, AMONG,
        classes([0, 1, -1], [1, 2, -1]), column,
    ),
    LossSlice(
        "MarginRankingLoss", "margin", "score", "score x beside one of 0",
        ("x should win", "0 should win"),
        lambda x, first: (x, np.zeros_like(x), np.full_like(x, 1 if first else -1)),
        lambda x, g: g[0], {"margin": 0.0},
    ),
    LossSlice(
        "HingeEmbeddingLoss", "embedding", "distance", "distance", ALIKE, elementwise(1, -1),
        column, {"margin": 1.0},
    ),
    LossSlice(
        "CosineEmbeddingLoss", "embedding", "angle", "angle in degrees", ALIKE, around,
        along_angle, {"margin": 0.0},
    ),
    LossSlice(
        "TripletMarginLoss", "embedding", "distance", "distance of the unlike one",
        ("the like one at 1", "the like one at 2"), triplets, lambda x, g: -g[2][:, 0],
        {"margin": 1.0},
    ),
    LossSlice(
        "CTCLoss", "sequence", "score", 'score of "a" in each of 3 frames',
        ('the text is "a"', "the text is empty"), frames, along_frames,
    ),
)  # fmt: skip
"""All slices, family by family."""

SLICES = {each.name: each for each in LISTED}
"""All of them, by the loss's name, family by family."""
