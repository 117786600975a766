"""The check of the exercise "activations/clipped-line"."""

from __future__ import annotations

from typing import Any

from minidl.checking.exercise import Exercise
from minidl.lessons.activations import solutions as solutions
from minidl.lessons.activations.classes import check_activation
from minidl.lessons.activations.mistakes.clipped_line import MISTAKES

FAMILY = (
    (0.25, 0.5, 0.0, 1.0),
    (1.0, 0.0, -1.0, 1.0),
    (-0.31234567891, 0.123456789, -1.7, 0.4),
    (150.0, 1.0, -200.0, 300.0),
)


def check_clipped_line(kind: Any) -> None:
    """Check the family of clipped lines at HardLogistic's constants, at HardTanh's and others."""
    for steepness, offset, low, high in FAMILY:
        arguments = (steepness, offset, low, high)
        check_activation(
            kind,
            solutions.ClippedLine(*arguments),
            arguments=arguments,
            name=f"ClippedLine({', '.join(f'{number:g}' for number in arguments)})",
            corners=((low - offset) / steepness, (high - offset) / steepness),
        )


CLIPPED_LINE = Exercise(
    name="activations/clipped-line",
    title="HardLogistic and HardTanh",
    check=check_clipped_line,
    solution=solutions.ClippedLine,
    mistakes=MISTAKES,
    hints=(
        "`np.clip(values, low, high)` cuts values off. What are the values here?",
        "Where a lies strictly between `low` and `high`, the line was not clipped.",
        "`np.where(condition, this, that)` chooses for each element; of two plain numbers it makes "
        "64 bits, and `.astype(x.dtype)` as many as x has.",
    ),
    takeaway="Two activations with one class, and not an exponential in sight.",
)
