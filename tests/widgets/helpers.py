"""Explorers for the tests: a small one to look into, and all that the library has."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import ipywidgets
import numpy as np

import minidl.explorers
from minidl.plots.picture import each_artist
from minidl.widgets.controls import choice, slider
from minidl.widgets.explorer import Explorer, Figure, State
from minidl.widgets.stage import Stage


@dataclass(frozen=True)
class LineView:
    """The heights of the line's ends."""

    y: np.ndarray


@dataclass(frozen=True)
class LineArtists:
    """The line."""

    line: Any


class LineExplorer(Explorer[LineArtists, LineView]):
    """Slope → a line."""

    alt = "A line"
    size = (240, 180)

    def make_controls(self) -> dict[str, Any]:
        return {
            "slope": slider("Slope", 1.0, low=-2, high=2, step=0.5, tooltip="How steep."),
            "fault": choice("Fault", "none", options=["none", "raise"], tooltip="What fails."),
        }

    def compute(self, state: State) -> LineView:
        if state.fault == "raise":
            raise ValueError("planted <fault>")
        return LineView(state.slope * np.array([0.0, 1.0]))

    def draw(self, figure: Figure) -> LineArtists:
        ax = figure.subplots()
        ax.set(xlim=(0, 1), ylim=(-2, 2))
        return LineArtists(*ax.plot([], []))

    def update(self, artists: LineArtists, view: LineView) -> None:
        artists.line.set_data([0, 1], view.y)

    def sentence(self, state: State, view: LineView) -> str:
        return f"The slope is {state.slope:.1f} & the end is at {view.y[1]:.1f}."


def living_widgets() -> int:
    """Return how many widgets the kernel side keeps alive."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return len(ipywidgets.Widget.widgets)


def stage_classes() -> list[type[Stage]]:
    """Return every explorer and playground that `minidl.explorers` exports, once each."""
    exported = (getattr(minidl.explorers, name) for name in minidl.explorers.__all__)
    return list(dict.fromkeys(item for item in exported if inspect.isclass(item)))


def explorer_classes() -> list[type[Explorer]]:
    """Return those of them whose pictures are functions of their controls."""
    return [cls for cls in stage_classes() if issubclass(cls, Explorer)]


def extremes(control: Any) -> list[Any]:
    """Return the smallest and the largest value of a control, or all that can be chosen."""
    if isinstance(control, ipywidgets.SelectionSlider):
        return [control.options[0][1], control.options[-1][1]]
    if hasattr(control, "options"):
        return [value for _, value in control.options]
    if isinstance(control, ipywidgets.FloatLogSlider):
        return [control.base**control.min, control.base**control.max]
    if isinstance(control, ipywidgets.Checkbox):
        return [False, True]
    return [control.min, control.max]


def artist_values(artists: Any) -> list[str]:
    """Return what the moving artists hold (data, visibility, texts) in a form to compare."""
    getters = ("get_data", "get_array", "get_offsets", "get_segments", "get_xy", "get_text")
    found = []
    for artist in each_artist(artists):
        values = [getattr(artist, getter)() for getter in getters if hasattr(artist, getter)]
        found.append(f"{artist.get_visible()} {[_plain(value) for value in values]}")
    return found


def _plain(value: Any) -> Any:
    """Return arrays, and arrays in sequences, as lists."""
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value.tolist() if isinstance(value, np.ndarray) else value


def put(explorer: Explorer, **values: Any) -> Any:
    """Give controls values, all others their first ones; much faster than a new explorer."""
    explorer.reset(**values)
    return explorer


@contextmanager
def opened(cls: type[Stage], **start: Any) -> Iterator[Any]:
    """Make an explorer and release it afterwards."""
    explorer = cls(**start)
    try:
        yield explorer
    finally:
        explorer.close()
