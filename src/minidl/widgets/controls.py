"""The controls of an explorer, each declared in a line or two and all of one look.

Every function returns an ipywidgets control with a `value`. A description names the quantity and
its unit; a tooltip says in a sentence what moving the control does.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import ipywidgets

from minidl.widgets.number_grid import NumberGrid

Options = Iterable[Any] | Mapping[str, Any]

LABEL_WIDTH = "116px"
"""Room for the description in front of a control."""
LOG_DIGITS = 2  # enough to tell 20 steps in a factor of ten apart
FULL_ROW = "auto / 1 / auto / -1"  # the first to the last column of the grid of controls


def slider(
    description: str, value: float, *, low: float, high: float, step: float, tooltip: str
) -> ipywidgets.FloatSlider:
    """Return a slider over real numbers; its readout shows as many digits as `step` has.

    Examples
    --------
    >>> slider("Bias b", 0.5, low=-3, high=3, step=0.25, tooltip="Shifts the line.").value
    0.5
    """
    digits = len(f"{step:.6f}".rstrip("0").partition(".")[2])
    return ipywidgets.FloatSlider(
        value,
        min=low,
        max=high,
        step=step,
        readout_format=f".{digits}f",
        **_look(description, tooltip),
    )


def int_slider(
    description: str, value: int, *, low: int, high: int, step: int = 1, tooltip: str
) -> ipywidgets.IntSlider:
    """Return a slider over whole numbers."""
    return ipywidgets.IntSlider(value, min=low, max=high, step=step, **_look(description, tooltip))


def log_slider(
    description: str, value: float, *, low: float, high: float, per_decade: int = 10, tooltip: str
) -> ipywidgets.FloatLogSlider:
    """Return a slider whose steps multiply: `per_decade` of them, 20 at most, are a factor of ten.

    Parameters
    ----------
    low, high
        The smallest and the largest value themselves, for example 0.01 and 10.
    """
    return ipywidgets.FloatLogSlider(
        value,
        min=_log10(low),
        max=_log10(high),
        step=1 / per_decade,
        base=10,
        readout_format=f".{LOG_DIGITS}g",
        **_look(description, tooltip),
    )


def stops(
    description: str, value: Any, *, options: Options, tooltip: str
) -> ipywidgets.SelectionSlider:
    """Return a slider that stops only at the given values (such as 10, 100, 1000)."""
    return ipywidgets.SelectionSlider(
        options=_pairs(options), value=value, **_look(description, tooltip)
    )


def choice(description: str, value: Any, *, options: Options, tooltip: str) -> ipywidgets.Dropdown:
    """Return a drop-down list; `options` are values, or labels mapped to values."""
    return ipywidgets.Dropdown(options=_pairs(options), value=value, **_look(description, tooltip))


def buttons(
    description: str, value: Any, *, options: Options, tooltip: str
) -> ipywidgets.ToggleButtons:
    """Return a row of buttons of which one is pressed; it takes a whole row of the explorer."""
    look = _look(description, tooltip)
    style = ipywidgets.ToggleButtonsStyle(description_width=LABEL_WIDTH, button_width="auto")
    look["layout"].grid_area = FULL_ROW
    pairs = _pairs(options)
    return ipywidgets.ToggleButtons(
        options=pairs,
        value=value,
        tooltips=[tooltip] * len(pairs),
        _dom_classes=["jupyter-widgets", "widget-inline-hbox"],  # the label in front, not above
        **{**look, "style": style},
    )


def number_grid(description: str, value: Any, *, low: int, high: int, tooltip: str) -> NumberGrid:
    """Return boxes for whole numbers in rows and columns; it takes as many rows of the explorer."""
    return NumberGrid(description, tooltip, value, low=low, high=high)


def checkbox(description: str, value: bool, *, tooltip: str) -> ipywidgets.Checkbox:
    """Return a box to tick."""
    return ipywidgets.Checkbox(value, **_look(description, tooltip))


def action(description: str, *, icon: str, tooltip: str) -> ipywidgets.Button:
    """Return a button that does something when it is pressed."""
    layout = ipywidgets.Layout(flex="0 0 96px", width="96px")
    return ipywidgets.Button(description=description, icon=icon, tooltip=tooltip, layout=layout)


def _look(description: str, tooltip: str) -> dict[str, Any]:
    """Return the arguments that all controls share."""
    return {
        "description": description,
        "tooltip": tooltip,
        "style": {"description_width": LABEL_WIDTH},
        "layout": ipywidgets.Layout(width="auto", min_width="0"),
    }


def _pairs(options: Options) -> Sequence[tuple[str, Any]]:
    """Return the options as (label, value) pairs."""
    if isinstance(options, Mapping):
        return list(options.items())
    return [option if isinstance(option, tuple) else (str(option), option) for option in options]


def _log10(value: float) -> float:
    """Return the base-10 logarithm without the last digit's dust (so that 0.2 stays 0.2)."""
    return round(math.log10(value), 9)
