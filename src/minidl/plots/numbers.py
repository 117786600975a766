"""Numbers as they stand in sentences and pictures: one place for every way to write them.

All have true minus signs, ∞ for infinity and no negative zero; `fixed` alone writes the hyphen
that Python prints.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def fixed(value: float, digits: int) -> str:
    """Return a number with so many decimals, and no sign if all of them are 0.

    Examples
    --------
    >>> fixed(-0.04, 1), fixed(-0.06, 1)
    ('0.0', '-0.1')
    """
    text = f"{value:.{digits}f}"
    return text.lstrip("-") if float(text) == 0 else text


def plain(value: float, digits: int = 2) -> str:
    """Return a number with so many decimals.

    Examples
    --------
    >>> plain(-0.001), plain(-1.5, 1), plain(math.inf)
    ('0.00', '−1.5', '∞')
    """
    return _typeset(fixed(value, digits))


def significant(value: float, digits: int = 3) -> str:
    """Return a number with so many digits, but no zeros after them.

    Examples
    --------
    >>> significant(1000.0), significant(2.2387), significant(-0.5), significant(0.00001234)
    ('1000', '2.24', '−0.5', '1.23e−05')
    """
    return _typeset(f"{float(f'{value:.{digits}g}') + 0:g}")


def two_digits(value: float) -> str:
    """Return a number with two significant digits, zeros too, which repeat on any machine.

    Examples
    --------
    >>> two_digits(0.104), two_digits(-0.0000312), two_digits(12.3)
    ('0.10', '−0.000031', '12')
    """
    rounded = float(f"{value:.1e}")
    digits = 1 - math.floor(math.log10(abs(rounded))) if rounded else 1
    return plain(rounded, max(digits, 0))


def few_letters(value: float) -> str:
    """Return a number in few letters, for small boxes.

    Examples
    --------
    >>> few_letters(-0.123456), few_letters(123.456), few_letters(0.00123), few_letters(-2e10)
    ('−0.1235', '123.5', '1.2e−3', '−2e10')
    """
    if value == 0 or 0.01 <= abs(value) < 9999.5:
        return _typeset(f"{round(value, 4) + 0:.4g}")
    mantissa, _, exponent = f"{value:.1e}".partition("e")
    return _typeset(f"{mantissa.removesuffix('.0')}e{int(exponent)}" if exponent else mantissa)


def beside(value: float, largest: float) -> str:
    """Return a number with the digits that suit the largest of those beside it.

    Examples
    --------
    >>> beside(0.1234, 0.9), beside(-2.5, 3.0), beside(-0.0, 1.0), beside(2e4, 5e4)
    ('0.123', '−2.50', '0.00', '2e+04')
    """
    if largest >= 1e4 and np.isfinite(value):
        return _typeset(f"{value + 0:.0e}")
    return plain(value, 3 if largest < 1 else 2 if largest < 10 else 1 if largest < 100 else 0)


def signed(value: float, digits: int = 1, *, first: bool = False) -> str:
    """Return a number as a term of a sum: with "+ " or "− " in front, except in first place.

    Examples
    --------
    >>> signed(-1.5), signed(2.0), signed(-2.0, first=True)
    ('− 1.5', '+ 2.0', '−2.0')
    """
    text = plain(value, digits)
    if first:
        return text
    return f"− {text[1:]}" if text.startswith("−") else f"+ {text}"


def vector(values: npt.ArrayLike, digits: int = 2) -> str:
    """Return (a, b); very large or small numbers are shown in scientific notation.

    Examples
    --------
    >>> vector([1.0, -0.5]), vector([2e6, 0.0])
    ('(1.00, −0.50)', '(2.0e+06, 0.00)')
    """
    return f"({_listed(np.asarray(values), digits)})"


def matrix(values: npt.ArrayLike, digits: int = 2) -> str:
    """Return [[a, b], [c, d]].

    Examples
    --------
    >>> matrix([[1, 0], [0, -1]])
    '[[1.00, 0.00], [0.00, −1.00]]'
    """
    return f"[{', '.join(f'[{_listed(row, digits)}]' for row in np.asarray(values))}]"


def array_text(array: Array) -> str:
    """Return an array of one number as that number in few letters, any other as its shape.

    Examples
    --------
    >>> array_text(np.array([[-0.5]])), array_text(np.array(-0.0)), array_text(np.ones(3))
    ('−0.5', '0', '(3,)')
    """
    return few_letters(float(array.item())) if array.size == 1 else str(array.shape)


def _listed(values: Array, digits: int) -> str:
    """Return numbers with commas between them."""
    return ", ".join(plain(v, digits) if abs(v) < 1e5 else _typeset(f"{v:.1e}") for v in values)


def _typeset(text: str) -> str:
    """Return a number with true minus signs and the sign of infinity."""
    return text.replace("-", "−").replace("inf", "∞")
