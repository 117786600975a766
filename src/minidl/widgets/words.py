"""Numbers as they stand in a sentence."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt


def plain(value: float, digits: int = 2) -> str:
    """Return a number with fixed digits, a true minus sign and no negative zero.

    Examples
    --------
    >>> plain(-0.001), plain(-1.5, 1)
    ('0.00', '−1.5')
    """
    text = f"{value:.{digits}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", "−")


def signed(value: float, digits: int = 1, *, first: bool = False) -> str:
    """Return a number as a term of a sum: with "+ " or "− " in front, except in first place.

    Examples
    --------
    >>> signed(-1.5), signed(2.0), signed(-2.0, first=True)
    ('− 1.5', '+ 2.0', '−2.0')
    """
    if first:
        return plain(value, digits)
    text = plain(value, digits)
    return f"− {text[1:]}" if text.startswith("−") else f"+ {text}"


def vector(values: npt.ArrayLike, digits: int = 2) -> str:
    """Return (a, b); very large or small numbers are shown in scientific notation.

    Examples
    --------
    >>> vector([1.0, -0.5]), vector([2e6, 0.0])
    ('(1.00, −0.50)', '(2.0e+06, 0.00)')
    """
    return f"({_listed(values, digits)})"


def matrix(values: npt.ArrayLike, digits: int = 2) -> str:
    """Return [[a, b], [c, d]].

    Examples
    --------
    >>> matrix([[1, 0], [0, -1]])
    '[[1.00, 0.00], [0.00, −1.00]]'
    """
    return f"[{', '.join(f'[{_listed(row, digits)}]' for row in np.asarray(values))}]"


def _listed(values: Any, digits: int) -> str:
    """Return numbers with commas between them."""
    return ", ".join(
        plain(v, digits) if abs(v) < 1e5 else f"{v:.1e}".replace("-", "−") for v in values
    )
