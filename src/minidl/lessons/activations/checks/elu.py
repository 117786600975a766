"""The check of the exercise "activations/elu"."""

from __future__ import annotations

from typing import Any

from minidl.checking.exercise import Exercise
from minidl.lessons.activations import solutions as solutions
from minidl.lessons.activations.classes import check_activation
from minidl.lessons.activations.mistakes.elu import MISTAKES


def check_elu(kind: Any) -> None:
    """Check an ELU at α = 1/2, where a forgotten α shows, at its default and at a large one."""
    for arguments in ((0.5,), (), (120.0,)):
        check_activation(
            kind,
            solutions.MyELU(*arguments),
            arguments=arguments,
            name=f"MyELU(alpha={arguments[0]:g})" if arguments else "MyELU()",
            corners=(0.0,),
        )


ELU = Exercise(
    name="activations/elu",
    title="ELU",
    check=check_elu,
    solution=solutions.MyELU,
    mistakes=MISTAKES,
    hints=(
        "The left side is computed at every x, the large ones too: which numbers may the "
        "exponential see?",
        "Give the exponential `np.minimum(x, 0)`; `np.where(x > 0, x, left)` joins both sides.",
        "The slope on the left is α·eˣ. How does that differ from a = α·(eˣ − 1)?",
    ),
    takeaway="Like a LeakyReLU it lets a gradient back on the left, until it levels off at −α.",
)
