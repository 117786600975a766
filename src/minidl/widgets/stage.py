"""A picture with controls: what explorers and playgrounds share.

The stage lays out controls and buttons, checks and moves values, says results and errors in place,
puts everything back on Reset, and releases all when it is closed or its cell runs again.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from types import SimpleNamespace
from typing import Any, ClassVar, Generic
from weakref import WeakSet

from ipywidgets import VBox, Widget

from minidl.plots.picture import ArtistsT, Figure, Picture
from minidl.widgets.cells import current_cell_run
from minidl.widgets.controls import action
from minidl.widgets.frame import Frame, widgets_below
from minidl.widgets.live import Live
from minidl.widgets.messages import short_error
from minidl.widgets.pointing import clicker, follower
from minidl.widgets.values import check_values, read

__all__ = ["Action", "Figure", "Stage", "State"]

State = SimpleNamespace
"""The controls' values as attributes: `state.w1`."""
Action = tuple[Any, Callable[[], None]]
"""A button, and what it does."""


class Stage(VBox, Generic[ArtistsT]):  # type: ignore[misc]  # ipywidgets has no types
    """A picture with controls: an `Explorer` or a `Playground`.

    A stage sets `alt`, writes `make_controls` and `draw`, and may set `size`.

    Parameters
    ----------
    **start
        First values of controls, by name; Reset returns to them.

    Attributes
    ----------
    controls, buttons : dict
        The controls and the buttons by name.
    picture : Picture
        The figure and its moving artists.
    status : str
        The sentence under the picture.
    error : str
        The message in the error box, empty when all is well.
    frame : Frame
        The widgets around the controls.
    """

    alt: ClassVar[str] = ""
    """What the picture shows, for readers who cannot see it; no full stop at the end."""
    size: ClassVar[tuple[int, int]] = (720, 360)
    """Width and height of the picture in screen pixels."""
    pointer: ClassVar[bool] = False
    """Whether controls follow the pointer over the picture, by `pointed`; a short cut, since
    whatever it does can be done with the controls themselves."""
    clicks: ClassVar[bool] = False
    """Whether a click on the picture does something, by `clicked`; a short cut, too."""
    pixel_ratio: ClassVar[int] = 2
    """Pixels of the stored picture, and of what stands still, per screen pixel."""

    _closed = True  # until everything is made
    _open: ClassVar[WeakSet[Stage[Any]]] = WeakSet()

    def make_controls(self) -> dict[str, Any]:
        """Return the controls by name, in the order in which they are shown."""
        raise NotImplementedError

    def make_actions(self) -> dict[str, Action]:
        """Return the buttons by name, in their order, each with what it does."""
        tooltip = "Put every control back to where it was at first"
        return {"reset": (action("Reset", icon="undo", tooltip=tooltip), self.reset)}

    def draw(self, figure: Figure) -> ArtistsT:
        """Fill an empty figure and return its moving artists, a frozen dataclass."""
        raise NotImplementedError

    def refresh(self, *, to_the_end: bool = False) -> None:
        """Let the picture follow all controls; `to_the_end` waits for the result."""
        raise NotImplementedError

    def follow(self, name: str) -> None:
        """Let the picture follow a control that the reader has moved."""
        self.refresh()

    def halt(self) -> None:
        """Stop whatever is under way."""
        raise NotImplementedError

    def consequences(self, name: str, value: Any) -> dict[str, Any]:
        """Return values that other controls take when the control `name` is given `value`."""
        return {}

    def pointed(self, x: float, y: float) -> dict[str, Any]:
        """Return the values of controls that a place of the picture stands for, if any.

        Parameters
        ----------
        x, y : float
            The place, in screen pixels from the upper left; see `Picture.data_at`.
        """
        return {}

    def clicked(self, x: float, y: float) -> None:
        """Do what a click on a place of the picture stands for; places as in `pointed`."""

    def highest(self, values: dict[str, Any]) -> dict[str, float]:
        """Return where sliders end, by name, once the controls have taken `values`."""
        return {}

    def __init__(self, **start: Any) -> None:
        width, height = self.size
        self.status = self.error = ""
        self.controls = self.make_controls()
        self._quiet = False
        self._put(self._with_consequences(self._checked(start)))
        self._asked = self.state
        self._defaults = vars(self.state)
        self._reasons: dict[str, str] = {}
        self.picture = Picture(self.draw, width=width, height=height, pixel_ratio=self.pixel_ratio)
        actions = self.make_actions()
        self.buttons = {name: button for name, (button, _) in actions.items()}
        hears = {"pointer": self.pointer, "clicks": self.clicks}
        live = Live(width=width, height=height, alt=self.alt, **hears)
        live.on_pointer, live.on_click = follower(self), clicker(self)
        self.frame = Frame(self.controls.values(), self.buttons.values(), live, width=width)
        super().__init__(self.frame.parts, _dom_classes=["minidl-explorer"])
        self._closed = False
        self._close_earlier_runs()
        self._listen(actions)

    @property
    def state(self) -> State:
        """The controls' values now."""
        return State(**{name: read(control) for name, control in self.controls.items()})

    @property
    def closed(self) -> bool:
        """Whether the stage has been closed."""
        return self._closed

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        raise NotImplementedError

    @classmethod
    def all_open(cls) -> list[Stage[Any]]:
        """Return the stages that are open, of whatever class."""
        return list(Stage._open)

    def set(self, **values: Any) -> None:
        """Set several controls, all or none of them, and wait for the result."""
        self._refuse_if_closed()
        self._put(self._with_consequences(self._checked(values)))
        self._asked = self.state
        self.refresh(to_the_end=True)

    def put(self, **values: Any) -> None:
        """Put values into controls without computing, until the next change or Reset."""
        self._put(self._checked(values))

    def reset(self, **values: Any) -> None:
        """Put every control back to where it was at first, or where `values` say."""
        self._refuse_if_closed()
        self._put({**self._defaults, **self._with_consequences(self._checked(values))})
        self._asked = self.state
        self.refresh()

    def disable(self, name: str, why: str) -> None:
        """Switch off a control that cannot be served here, and say why under the controls."""
        self.controls[name].disabled = True
        self._reasons[name] = f"{self.controls[name].description}: {why}"
        self.frame.say_reasons(self._reasons.values())

    def enable(self, name: str) -> None:
        """Switch a control on again."""
        self.controls[name].disabled = False
        self._reasons.pop(name, None)
        self.frame.say_reasons(self._reasons.values())

    def say(self, sentence: str) -> None:
        """Show the result in words."""
        self.frame.say(sentence)
        self.status, self.error = sentence, ""

    def fail(self, error: Exception) -> None:
        """Say what went wrong (JupyterLab would hide it); the last good picture stays."""
        self.error = short_error(error)
        self.status = f"Stopped by an error: {self.error}"
        if not self.frame.live.sent:
            with suppress(Exception):
                self.frame.live.paint(self.picture)  # the axes, if there is no more to see
        self.frame.fail(self.error)

    def close(self) -> None:
        """Release the figure and every widget; the stage cannot be used afterwards."""
        if self._closed:
            return
        self._closed = True
        Stage._open.discard(self)
        self.halt()
        for widget in list(widgets_below(self)):
            widget.unobserve_all()
            Widget.close(widget)
        del self.picture, self.frame
        self.controls, self.buttons = {}, {}
        super().close()

    def _listen(self, actions: dict[str, Action]) -> None:
        """Follow every control and every button."""
        for name, control in self.controls.items():
            control.observe(partial(self._on_change, name), names="value")
        for button, act in actions.values():
            button.on_click(lambda _, act=act: act())

    def _on_change(self, name: str, change: Any) -> None:
        """Follow a control, unless several are being set together or nothing has changed."""
        if not self._quiet and self.state != self._asked:
            self._put(self.consequences(name, getattr(self.state, name)))
            self._asked = self.state
            self.follow(name)

    def _with_consequences(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return values for controls and what follows from them; what is given wins."""
        follows = [self.consequences(name, value) for name, value in values.items()]
        return {**{k: v for more in follows for k, v in more.items()}, **values}

    def _put(self, values: dict[str, Any]) -> None:
        """Put values into controls without computing in between; sliders end where they ask."""
        self._quiet = True
        try:
            for name, end in self.highest(values).items():
                self.controls[name].max = end
            for name, value in values.items():
                self.controls[name].value = value
        finally:
            self._quiet = False

    def _checked(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return values that the controls can take, or refuse them all."""
        return check_values(type(self).__name__, self.controls, values, self.highest(values))

    def _refuse_if_closed(self) -> None:
        """Say that a closed stage cannot be used."""
        if self._closed:
            raise RuntimeError(
                f"{type(self).__name__}: expected an open explorer, received one that is closed; "
                "try making a new one"
            )

    def _close_earlier_runs(self) -> None:
        """Release what earlier runs of the same notebook cell left behind."""
        self._cell_run = current_cell_run()
        for other in Stage.all_open():
            if self._cell_run is not None and self._cell_run.replaces(other._cell_run):
                other.close()
        Stage._open.add(self)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Return the live view, and a picture and a sentence for where no kernel runs."""
        bundle = super()._repr_mimebundle_(**kwargs) or {}
        bundle["image/png"] = base64.b64encode(self.picture.png()).decode("ascii")
        bundle["text/plain"] = self.status
        width, height = self.size
        return bundle, {"image/png": {"width": width, "height": height, "alt": f"{self.alt}."}}
