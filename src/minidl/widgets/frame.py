"""What every stage looks like: controls, the picture, and below it the result in words.

Controls stand beside the picture where the page is wide enough, so that both are in sight on a
laptop, and on top of it otherwise.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from ipywidgets import HTML, Box, Button, Checkbox, GridBox, HBox, Layout, VBox, Widget

from minidl.widgets.controls import FULL_ROW
from minidl.widgets.live import Live

_CONTROLS = 300  # screen pixels that a column of controls has at least
_BELOW_SLIDERS = "0 0 0 122px"  # where the controls' left ends are
_MOST_BOXES = 4  # in cells of their own
_STATE = '<div role="status" aria-live="polite" style="line-height:1.5">{}</div>'
_NOTES = '<div style="line-height:1.5;color:var(--jp-ui-font-color2)">{}</div>'
_ERROR = (
    '<div role="alert" style="line-height:1.5;padding:4px 10px;border-left:4px solid #D55E00;'
    'background:rgba(213,94,0,0.14)">{}</div>'
)


class Frame:
    """The widgets of a stage around its controls.

    Parameters
    ----------
    controls
        The controls, in the order in which they are shown.
    actions
        The buttons, likewise.
    live
        The picture.
    width
        Its width in screen pixels.
    """

    def __init__(
        self, controls: Iterable[Any], actions: Iterable[Button], live: Live, *, width: int
    ) -> None:
        text = {"width": "100%", "max_width": f"{width}px"}
        grid = Layout(
            grid_template_columns=f"repeat(auto-fill, minmax({_CONTROLS}px, 1fr))",
            grid_gap="2px 20px",
            align_items="center",
            **text,
        )
        buttons = HBox(list(actions), layout=Layout(flex_flow="row wrap", margin=_BELOW_SLIDERS))
        if len(buttons.children) > 1:
            buttons.layout.grid_area = FULL_ROW
        self.live = live
        live.layout.max_width, live.layout.margin = "100%", "4px 0"
        self.notes = HTML(layout=Layout(display="none", **text))
        self.state = HTML(layout=Layout(**text)).add_class("minidl-state")
        self.error = HTML(layout=Layout(display="none", **text)).add_class("minidl-error")
        words = VBox([self.state, self.error], layout=Layout(min_height="44px"))
        beside = VBox(
            [GridBox([*_cells(controls), buttons], layout=grid), self.notes],
            layout=Layout(flex=f"1 1 {_CONTROLS}px", max_width=f"{width}px"),
        )
        picture = VBox([live, words], layout=Layout(flex=f"0 1 {width}px"))
        row = Layout(flex_flow="row wrap", align_items="flex-start", grid_gap="0 20px")
        self.parts = [Box([beside, picture], layout=row)]

    def say(self, sentence: str) -> None:
        """Show the result in words."""
        self._say(_STATE.format(html.escape(sentence)), error="")

    def fail(self, message: str) -> None:
        """Show an error where the result would stand; the last good picture stays."""
        self._say("", error=_ERROR.format(html.escape(message)))

    def say_reasons(self, reasons: Iterable[str]) -> None:
        """List under the controls why some are switched off."""
        text = "; ".join(reasons)
        self.notes.value = _NOTES.format(html.escape(text))
        self.notes.layout.display = None if text else "none"

    def _say(self, state: str, *, error: str) -> None:
        """Show either the state line or the error box; the other one is empty and hidden."""
        self.state.value, self.error.value = state, error
        self.state.layout.display = "none" if error else None
        self.error.layout.display = None if error else "none"


def _cells(controls: Iterable[Any]) -> Iterator[Any]:
    """Yield the cells of the grid: a control each, and many boxes to tick side by side in one."""
    for are_boxes, found in groupby(controls, lambda control: isinstance(control, Checkbox)):
        group = list(found)
        if are_boxes and len(group) > _MOST_BOXES:
            yield _side_by_side(group)
        else:
            yield from group


def _side_by_side(boxes: list[Checkbox]) -> GridBox:
    """Return boxes to tick in narrow columns, below the sliders."""
    for box in boxes:
        box.indent = False
    columns = "repeat(auto-fill, minmax(100px, 1fr))"
    layout = Layout(grid_template_columns=columns, grid_area=FULL_ROW, margin=_BELOW_SLIDERS)
    return GridBox(boxes, layout=layout)


def widgets_below(widget: Any) -> Iterator[Any]:
    """Yield the widgets inside `widget`, with their layouts and styles (widgets, too)."""
    for child in getattr(widget, "children", ()):
        yield from widgets_below(child)
        yield child
    for name in ("layout", "style"):
        part = getattr(widget, name, None)
        if isinstance(part, Widget):
            yield part
