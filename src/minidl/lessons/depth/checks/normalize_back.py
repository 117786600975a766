"""The check of the exercise "depth/normalize-back"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.borrowing import expect_own
from minidl.checking.comparing import expect_same
from minidl.checking.exercise import Exercise
from minidl.lessons.depth import solutions
from minidl.lessons.depth.mistakes.normalize_back import MISTAKES
from minidl.lessons.depth.shared import tables


def check_normalize_back(normalize_back: Any) -> None:
    """Check the way back of many gradients along both axes."""
    rng = np.random.default_rng(6)
    cases = [
        (np.round(scale * rng.normal(0.5, 1, x.shape), 2), x, axis, eps)
        for (x, axis, eps), scale in zip(tables(), 5 * (1.0, 10.0, 3.0, 0.5), strict=True)
    ]
    expect_same(normalize_back, solutions.normalize_back, *cases, what="the gradient")
    expect_own(normalize_back, *cases[0])


NORMALIZE_BACK = Exercise(
    name="depth/normalize-back",
    title="The way back through a norm",
    check=check_normalize_back,
    solution=solutions.normalize_back,
    mistakes=MISTAKES,
    hints=(
        "Compute σ and x̂ again, as on the way forward; then one line for each of the three terms.",
        "Both means run along `axis`, with `keepdims=True`; the second is that of the product "
        "`grad * x_hat`.",
        "`(grad - grad.mean(…) - x_hat * (grad * x_hat).mean(…)) / sigma`.",
    ),
    takeaway="What the norm takes off on the way forward, it takes off the gradient as well.",
)
