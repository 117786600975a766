"""What a gradient check found, in words that say where a gradient differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

FLOOR = 1e-3  # gradients below this share of L are compared absolutely: rounding blurs their digits


@dataclass(frozen=True)
class GradCheckRow:
    """One gradient as `backward` and as central differences of `value` give it."""

    name: str
    backward: Array
    numerical: Array
    tolerance: float
    value: float = 1.0

    @property
    def error(self) -> float:
        """The largest difference, relative to the largest gradient."""
        if self.backward.shape != self.numerical.shape or self.backward.size == 0:
            return 0.0 if self.backward.shape == self.numerical.shape else float("inf")
        floor = FLOOR * max(1.0, abs(self.value))
        scale = max(np.abs(self.backward).max(), np.abs(self.numerical).max(), floor)
        with np.errstate(invalid="ignore"):  # ∞ / ∞
            return float(self._gap().max() / scale)

    @property
    def ok(self) -> bool:
        """Whether the two agree."""
        return self.error <= self.tolerance  # False for NaN

    def _gap(self) -> Array:
        with np.errstate(invalid="ignore"):  # ∞ − ∞
            return np.abs(self.backward - self.numerical)

    def __str__(self) -> str:
        if self.ok:
            return f"∂L/∂{self.name}, shape {self.backward.shape}: agrees"
        if self.backward.shape != self.numerical.shape:
            return (
                f"∂L/∂{self.name}: expected the shape {self.numerical.shape}, "
                f"backward gives {self.backward.shape}"
            )
        gap = np.nan_to_num(self._gap(), nan=np.inf)
        worst = tuple(int(i) for i in np.unravel_index(gap.argmax(), gap.shape))
        return (
            f"∂L/∂{self.name}, shape {self.backward.shape}: differs, e.g. at {worst} backward "
            f"gives {self.backward[worst]:.4f}, differences give {self.numerical[worst]:.4f}"
        )


@dataclass(frozen=True)
class GradCheckReport:
    """The outcome of a gradient check: a row for each gradient, and `ok` if all agree."""

    rows: tuple[GradCheckRow, ...]

    @property
    def ok(self) -> bool:
        """Whether every gradient agrees."""
        return all(row.ok for row in self.rows)

    def __str__(self) -> str:
        return "\n".join(map(str, self.rows))

    def __repr__(self) -> str:
        return str(self)
