"""The values of controls: read free of rounding dust, and checked before any control moves."""

from __future__ import annotations

import math
import numbers
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

import ipywidgets

from minidl.validation import describe
from minidl.widgets.controls import LOG_DIGITS
from minidl.widgets.number_grid import NumberGrid, as_rows

_MOST_NAMED = 12  # options that an error lists


def read(control: Any) -> Any:
    """Return a control's value; a slider's is put on its grid of steps, free of rounding dust.

    Browsers put sliders on their grid as soon as they show them, and report 0.30000000000000004
    or 0.1995 in place of 0.3 or 0.2. An explorer computes the same with and without a browser.

    Examples
    --------
    >>> from minidl.widgets.controls import slider
    >>> bias = slider("Bias b", 0.0, low=-3, high=3, step=0.1, tooltip="Shifts the line.")
    >>> bias.value = 0.1 + 0.2
    >>> read(bias)
    0.3
    """
    value = control.value
    if isinstance(control, ipywidgets.FloatLogSlider):
        exponent = _on_grid(math.log10(value), control)
        return float(f"{10**exponent:.{LOG_DIGITS}g}")
    if isinstance(control, ipywidgets.FloatSlider):
        return _on_grid(value, control)
    return value


def check_values(
    owner: str,
    controls: Mapping[str, Any],
    values: Mapping[str, Any],
    highest: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    """Return values as the controls take them, or refuse them before any control moves.

    Parameters
    ----------
    owner
        Whose controls they are, for messages.
    controls, values
        By name.
    highest
        Where sliders will end that are about to end elsewhere than now.

    Raises
    ------
    TypeError
        If there is no control of a name, or a slider is given something that is no number.
    ValueError
        If a value is none of the options, out of the range or not finite.

    Examples
    --------
    >>> from minidl.widgets.controls import stops
    >>> rate = stops("Rate", 0.1, options=[0.1, 0.2, 0.5], tooltip="Length of a step.")
    >>> check_values("Explorer", {"lr": rate}, {"lr": 0.3})
    Traceback (most recent call last):
    ValueError: Explorer: lr: expected one of 0.1, 0.2, 0.5, received 0.3; try 0.2
    """
    for name in values:
        if name not in controls:
            known = ", ".join(controls)
            closest = _closest(name, list(controls))
            raise TypeError(
                f"{owner}: expected controls among {known}, received {name!r}; try {closest!r}"
            )
    ends = highest or {}
    return {
        name: _check_value(f"{owner}: {name}", controls[name], value, ends.get(name))
        for name, value in values.items()
    }


def _check_value(name: str, control: Any, value: Any, highest: float | None) -> Any:
    """Return a value as a control takes it, or refuse it."""
    if isinstance(control, ipywidgets.Checkbox):
        if isinstance(value, bool):
            return value
        raise TypeError(_refusal(name, "True or False", value, control.value))
    if isinstance(control, NumberGrid):
        return _check_grid(name, control, value)
    if hasattr(control, "options"):
        return _check_option(name, [option for _, option in control.options], value)
    return _check_number(name, control, value, highest)


def _check_option(name: str, options: list[Any], value: Any) -> Any:
    """Return the option that equals a value."""
    if isinstance(value, str) or _is_number(value):
        for option in options:
            if option == value:
                return option
    shown = [repr(option) for option in options]
    if len(shown) > _MOST_NAMED:
        shown = [*shown[:3], "…", shown[-1]]
    expected = f"one of {', '.join(shown)}"
    raise ValueError(_refusal(name, expected, value, repr(_closest(value, options))))


def _check_grid(name: str, grid: NumberGrid, value: Any) -> Any:
    """Return rows of whole numbers as a grid takes them."""
    if grid.accepts(value):
        return as_rows(value)
    (low, *_), (high, *_) = grid.min[0], grid.max[0]
    rows, columns = len(grid.value), len(grid.value[0])
    expected = f"{rows} rows of {columns} whole numbers from {low} to {high}"
    raise ValueError(_refusal(name, expected, value, str(grid.value)))


def _check_number(name: str, slider: Any, value: Any, highest: float | None) -> float:
    """Return a number in a slider's range; rounding dust beyond its ends is cut off."""
    low, high = slider.min, slider.max if highest is None else highest
    if isinstance(slider, ipywidgets.FloatLogSlider):
        low, high = (float(f"{slider.base**end:.6g}") for end in (low, high))
    whole = isinstance(slider, ipywidgets.IntSlider)
    expected = f"{'a whole number' if whole else 'a number'} from {low:g} to {high:g}"
    if not _is_number(value) or value != value:  # NaN
        kind = ValueError if _is_number(value) else TypeError
        raise kind(_refusal(name, expected, value, f"{read(slider):g}"))
    nearest, dust = min(max(value, low), high), 1e-9 * (high - low)
    nearest = round(nearest) if whole else float(nearest)
    if not nearest - dust <= value <= nearest + dust:
        raise ValueError(_refusal(name, expected, value, f"{nearest:g}"))
    return nearest


def _refusal(name: str, expected: str, value: Any, example: Any) -> str:
    """Return the message about a value that cannot be taken."""
    return f"{name}: expected {expected}, received {describe(value)}; try {example}"


def _closest(value: Any, options: list[Any]) -> Any:
    """Return the option next to a number, or else the one whose text is most like a value's."""
    if _is_number(value) and all(map(_is_number, options)):
        within = min(max(value, min(options)), max(options))
        return min(options, key=lambda option: abs(option - within))
    text = str(value).casefold()
    return max(options, key=lambda o: SequenceMatcher(None, text, str(o).casefold()).ratio())


def _is_number(value: Any) -> bool:
    return isinstance(value, numbers.Real) and not isinstance(value, bool)


def _on_grid(value: float, control: Any) -> float:
    """Return the multiple of the step, counted from the minimum, that is next to a value."""
    steps = round((value - control.min) / control.step)
    return round(min(control.min + steps * control.step, control.max), 9) + 0.0
