"""Numbers as text."""

from __future__ import annotations

import math


def two_digits(value: float) -> str:
    """Return a number with two significant digits, which repeat on any machine.

    Examples
    --------
    >>> two_digits(0.104), two_digits(-0.0000312), two_digits(12.3)
    ('0.10', '−0.000031', '12')
    """
    rounded = float(f"{value:.1e}")
    digits = 1 - math.floor(math.log10(abs(rounded))) if rounded else 1
    return f"{rounded:.{max(digits, 0)}f}".replace("-", "−")
