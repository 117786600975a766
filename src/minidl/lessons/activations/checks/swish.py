"""The check of the exercise "activations/swish"."""

from __future__ import annotations

from typing import Any

from minidl.checking.exercise import Exercise
from minidl.lessons.activations import solutions as solutions
from minidl.lessons.activations.classes import check_activation
from minidl.lessons.activations.mistakes.swish import MISTAKES


def check_swish(kind: Any) -> None:
    """Check a swish, whose slope needs the product rule."""
    check_activation(kind, solutions.MySwish())


SWISH = Exercise(
    name="activations/swish",
    title="Swish",
    check=check_swish,
    solution=solutions.MySwish,
    mistakes=MISTAKES,
    hints=(
        "The product rule: (x·σ)′ = σ + x·σ′.",
        "Here σ′ = σ·(1 − σ), where σ is `sigmoid(x)`, not a.",
        "Since x·σ is a, the slope is σ + a·(1 − σ). Take σ from `sigmoid(x)`: a / x is NaN at 0.",
    ),
    takeaway="For z below −1.28 its slope is negative: what gets back has changed its sign.",
)
