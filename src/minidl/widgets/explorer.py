"""The base of all explorers: controls → compute(state) → a View → a picture and a sentence.

A subclass declares its controls, computes a View from their state, draws and updates a picture and
states the result in words. The base does the rest: it listens, redraws only what moves, cuts long
work into slices, shows errors in place and puts everything back on Reset.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any, ClassVar, Generic, TypeVar
from weakref import WeakSet

from ipywidgets import VBox, Widget

from minidl.plots.picture import ArtistsT, Figure, Picture
from minidl.widgets.cells import current_cell_run
from minidl.widgets.controls import check_values, read
from minidl.widgets.frame import Frame, widgets_below
from minidl.widgets.messages import short_error
from minidl.widgets.slices import PATIENCE, Slices

__all__ = ["Explorer", "Figure", "State"]

State = SimpleNamespace
"""The controls' values as attributes: `state.w1`."""
ViewT = TypeVar("ViewT")
"""A frozen dataclass: what `compute` found, all that the picture and the sentence need."""


class Explorer(VBox, Generic[ArtistsT, ViewT]):  # type: ignore[misc]  # ipywidgets has no types
    """A picture that follows its controls.

    A subclass names its two dataclasses, `class LineExplorer(Explorer[LineArtists, LineView])`:
    the moving artists of its picture, and what it computes. It sets `alt`, writes
    `make_controls`, `compute`, `draw`, `update` and `sentence`, and may set `size`,
    `pixel_ratio` and `patience`.

    Parameters
    ----------
    **start
        First values of controls, by name; Reset returns to them.

    Attributes
    ----------
    controls : dict
        The controls by name.
    status : str
        The sentence under the picture.
    error : str
        The message in the error box, empty when all is well.
    view : ViewT or None
        What `compute` found for the picture shown; None before the first.
    frame : Frame
        The widgets around the controls.
    """

    alt: ClassVar[str] = ""
    """What the picture shows, for readers who cannot see it; no full stop at the end."""
    size: ClassVar[tuple[int, int]] = (720, 360)
    """Width and height of the picture in screen pixels."""
    pixel_ratio: ClassVar[float] = 2.0
    """Picture pixels per screen pixel; lower is faster and less crisp."""
    patience: ClassVar[float] = PATIENCE
    """Seconds after which long work shows a partial result, and again after as many."""

    _closed = True  # until everything is made
    _open: ClassVar[WeakSet[Explorer[Any, Any]]] = WeakSet()

    def make_controls(self) -> dict[str, Any]:
        """Return the controls by name, in the order in which they are shown."""
        raise NotImplementedError

    def compute(self, state: State) -> ViewT | Iterator[ViewT | None]:
        """Return the View of `state`, or a generator of ever better ones; a pure function.

        A generator yields None where there is nothing to show, only time to hear a newer change.
        """
        raise NotImplementedError

    def draw(self, figure: Figure) -> ArtistsT:
        """Fill an empty figure and return its moving artists, a frozen dataclass."""
        raise NotImplementedError

    def update(self, artists: ArtistsT, view: ViewT) -> None:
        """Put a View into the artists."""
        raise NotImplementedError

    def consequences(self, name: str, value: Any) -> dict[str, Any]:
        """Return values that other controls take when the control `name` is given `value`."""
        return {}

    def highest(self, values: dict[str, Any]) -> dict[str, float]:
        """Return where sliders end, by name, once the controls have taken `values`."""
        return {}

    def sentence(self, state: State, view: ViewT) -> str:
        """Return the result in words, rounded so that it repeats on any machine."""
        raise NotImplementedError

    def __init__(self, **start: Any) -> None:
        width, height = self.size
        self.view: ViewT | None = None
        self.status = self.error = ""
        self.controls = self.make_controls()
        self._quiet = False
        self._put(self._with_consequences(self._checked(start)))
        self._defaults = vars(self.state)
        self._reasons: dict[str, str] = {}
        self.picture = Picture(self.draw, width=width, height=height, pixel_ratio=self.pixel_ratio)
        self._slices = Slices(self._show, self._fail, patience=self.patience)
        self.frame = Frame(self.controls.values(), width=width, height=height, alt=self.alt)
        super().__init__(self.frame.parts, _dom_classes=["minidl-explorer"])
        self._closed = False
        self._close_earlier_runs()
        self._listen()
        self.refresh(to_the_end=True)

    @property
    def state(self) -> State:
        """The controls' values now."""
        return State(**{name: read(control) for name, control in self.controls.items()})

    @property
    def closed(self) -> bool:
        """Whether the explorer has been closed."""
        return self._closed

    @classmethod
    def all_open(cls) -> list[Explorer[Any, Any]]:
        """Return the explorers that are open, of whatever class."""
        return list(Explorer._open)

    @property
    def busy(self) -> bool:
        """Whether a computation is under way."""
        return self._slices.busy

    def set(self, **values: Any) -> None:
        """Set several controls at once and wait for the result.

        Raises
        ------
        TypeError, ValueError
            If a control is unknown or cannot take its value; then none of them moves.
        """
        self._refuse_if_closed()
        self._put(self._with_consequences(self._checked(values)))
        self.refresh(to_the_end=True)

    def put(self, **values: Any) -> None:
        """Put values into controls without computing, until the next change or Reset."""
        self._put(self._checked(values))

    def reset(self, **values: Any) -> None:
        """Put every control back to where it was at first, or where `values` say."""
        self._refuse_if_closed()
        self._put({**self._defaults, **self._with_consequences(self._checked(values))})
        self.refresh()

    def refresh(self, *, to_the_end: bool = False) -> None:
        """Compute and show the present state, dropping any computation under way."""
        self._refuse_if_closed()
        self._asked = self.state
        self._slices.start(self._steps(self._asked), to_the_end=to_the_end)

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

    def close(self) -> None:
        """Release the figure and every widget; the explorer cannot be used afterwards."""
        if self._closed:
            return
        self._closed = True
        Explorer._open.discard(self)
        self._slices.drop()
        for widget in list(widgets_below(self)):
            widget.unobserve_all()
            Widget.close(widget)
        del self.picture, self.frame
        self.view, self.controls = None, {}
        super().close()

    def _listen(self) -> None:
        """Follow every control and the Reset button."""
        for name, control in self.controls.items():
            control.observe(partial(self._on_change, name), names="value")
        self.frame.reset_button.on_click(lambda _: self.reset())

    def _on_change(self, name: str, change: Any) -> None:
        """Follow a control, unless several are being set together or nothing has changed."""
        if not self._quiet and self.state != self._asked:
            self._put(self.consequences(name, getattr(self.state, name)))
            self.refresh()

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
        """Say that a closed explorer cannot be used."""
        if self._closed:
            raise RuntimeError(
                f"{type(self).__name__}: expected an open explorer, received one that is closed; "
                "try making a new one"
            )

    def _steps(self, state: State) -> Iterator[tuple[State, ViewT] | None]:
        """Yield what `compute` finds, together with the state that it belongs to."""
        found = self.compute(state)
        for view in found if isinstance(found, Iterator) else [found]:
            yield None if view is None else (state, view)

    def _show(self, result: tuple[State, ViewT]) -> None:
        """Show a result in the picture and in words."""
        state, view = result
        self.update(self.picture.artists, view)
        status = self.sentence(state, view)
        self.frame.show(self.picture.png(), status)
        self.view, self.status, self.error = view, status, ""

    def _fail(self, error: Exception) -> None:
        """Say what went wrong (JupyterLab would hide it); the next change tries again."""
        self.error = short_error(error)
        self.status = f"Stopped by an error: {self.error}"
        if not self.frame.image.value:
            self.frame.image.value = self.picture.png()  # the axes, if there is no more to see
        self.frame.fail(self.error)

    def _close_earlier_runs(self) -> None:
        """Release what earlier runs of the same notebook cell left behind."""
        self._cell_run = current_cell_run()
        for other in Explorer.all_open():
            if self._cell_run is not None and self._cell_run.replaces(other._cell_run):
                other.close()
        Explorer._open.add(self)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Return the live view, and a picture and a sentence for where no kernel runs."""
        bundle = super()._repr_mimebundle_(**kwargs) or {}
        png = bytes(self.frame.image.value)
        bundle["image/png"] = base64.b64encode(png).decode("ascii")
        bundle["text/plain"] = self.status
        width, height = self.size
        described = {"width": width, "height": height, "alt": f"{self.alt}."}
        return bundle, {"image/png": described}
