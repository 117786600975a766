"""The check of the exercise "activations/softplus"."""

from __future__ import annotations

from typing import Any

from minidl.checking.exercise import Exercise
from minidl.lessons.activations import solutions as solutions
from minidl.lessons.activations.classes import check_activation
from minidl.lessons.activations.mistakes.softplus import MISTAKES


def check_softplus(kind: Any) -> None:
    """Check a softplus that does not overflow, and its slope."""
    check_activation(kind, solutions.MySoftplus())


SOFTPLUS = Exercise(
    name="activations/softplus",
    title="Softplus",
    check=check_softplus,
    solution=solutions.MySoftplus,
    mistakes=MISTAKES,
    hints=(
        "Write 1 + eˣ = eˣ·(e⁻ˣ + 1) and take the logarithm: for which x is that form safe?",
        "On both sides it is max(x, 0) + log(1 + e^(−|x|)).",
        "For the slope use the chain rule: 1/(1 + eˣ) · eˣ. You have met that function today.",
    ),
    takeaway="The smooth ReLU has a smooth step for its slope: the logistic function.",
)
