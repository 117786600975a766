"""The base of all explorers: controls → compute(state) → a picture and a sentence.

A subclass declares its controls, computes data from their state, draws and updates a picture and
states the result in words. The base does the rest: it listens, redraws only what moves, cuts long
work into slices, shows errors in place and puts everything back on Reset.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any, ClassVar
from weakref import WeakSet

from ipywidgets import VBox, Widget

from minidl.plots.picture import Artists, Figure, Picture
from minidl.widgets.cells import current_cell_run
from minidl.widgets.controls import check_values, read
from minidl.widgets.frame import Frame, widgets_below
from minidl.widgets.messages import short_error
from minidl.widgets.slices import PATIENCE, Slices

__all__ = ["Artists", "Data", "Explorer", "Figure", "State"]

State = SimpleNamespace
"""The controls' values as attributes: `state.w1`."""
Data = dict[str, Any]
"""What `compute` found, by name: all that the picture and the sentence need."""


class Explorer(VBox):  # type: ignore[misc]  # ipywidgets has no types
    """A picture that follows its controls.

    Subclasses set `alt`, write `make_controls`, `compute`, `draw`, `update` and `sentence`, and
    may set `size`, `pixel_ratio` and `patience`.

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
    data : dict
        What `compute` returned for the picture shown.
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
    _open: ClassVar[WeakSet[Explorer]] = WeakSet()

    def make_controls(self) -> dict[str, Any]:
        """Return the controls by name, in the order in which they are shown."""
        raise NotImplementedError

    def compute(self, state: State) -> Data | Iterator[Data | None]:
        """Return the data for `state`, or a generator of ever better data; a pure function."""
        raise NotImplementedError

    def draw(self, figure: Figure) -> Artists:
        """Fill an empty figure and return its moving artists by name."""
        raise NotImplementedError

    def update(self, artists: Artists, data: Data) -> None:
        """Put `data` into the artists."""
        raise NotImplementedError

    def consequences(self, name: str, value: Any) -> dict[str, Any]:
        """Return values that other controls take when the control `name` is given `value`."""
        return {}

    def highest(self, values: dict[str, Any]) -> dict[str, float]:
        """Return where sliders end, by name, that other controls will move to with `values`."""
        return {}

    def sentence(self, state: State, data: Data) -> str:
        """Return the result in words, rounded so that it repeats on any machine."""
        raise NotImplementedError

    def __init__(self, **start: Any) -> None:
        width, height = self.size
        self.data: Data = {}
        self.status = self.error = ""
        self.controls = self.make_controls()
        self._quiet = False
        self._put(self._with_consequences(self._checked(start)))
        self._defaults = vars(self.state)
        self._reasons: dict[str, str] = {}
        self.picture = Picture(self.draw, width=width, height=height, pixel_ratio=self.pixel_ratio)
        self._slices = Slices(self._show, self._fail, patience=self.patience)
        self._frame = Frame(self.controls.values(), width=width, height=height, alt=self.alt)
        super().__init__(self._frame.parts, _dom_classes=["minidl-explorer"])
        self._closed = False
        self._close_earlier_runs()
        self._listen()
        self.refresh(to_the_end=True)

    @property
    def state(self) -> State:
        """The controls' values now."""
        return State(**{name: read(control) for name, control in self.controls.items()})

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

    def reset(self) -> None:
        """Put every control back to where it was at first."""
        self._refuse_if_closed()
        self._put(self._defaults)
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
        self._frame.say_reasons(self._reasons.values())

    def enable(self, name: str) -> None:
        """Switch a control on again."""
        self.controls[name].disabled = False
        self._reasons.pop(name, None)
        self._frame.say_reasons(self._reasons.values())

    def close(self) -> None:
        """Release the figure and every widget; the explorer cannot be used afterwards."""
        if self._closed:
            return
        self._closed = True
        self._slices.drop()
        for widget in list(widgets_below(self)):
            widget.unobserve_all()
            Widget.close(widget)
        del self.picture, self._frame
        self.data, self.controls = {}, {}
        super().close()

    def _listen(self) -> None:
        """Follow every control and the Reset button."""
        for name, control in self.controls.items():
            control.observe(partial(self._on_change, name), names="value")
        self._frame.reset_button.on_click(lambda _: self.reset())

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
        """Put values into controls without computing in between."""
        self._quiet = True
        try:
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

    def _steps(self, state: State) -> Iterator[tuple[State, Data] | None]:
        """Yield what `compute` finds, together with the state that it belongs to."""
        found = self.compute(state)
        for data in [found] if isinstance(found, dict) else found:
            yield None if data is None else (state, data)

    def _show(self, result: tuple[State, Data]) -> None:
        """Show a result in the picture and in words."""
        state, data = result
        self.update(self.picture.artists, data)
        status = self.sentence(state, data)
        self._frame.show(self.picture.png(), status)
        self.data, self.status, self.error = data, status, ""

    def _fail(self, error: Exception) -> None:
        """Say what went wrong (JupyterLab would hide it); the next change tries again."""
        self.error = short_error(error)
        self.status = f"Stopped by an error: {self.error}"
        if not self._frame.image.value:
            self._frame.image.value = self.picture.png()  # the axes, if there is no more to see
        self._frame.fail(self.error)

    def _close_earlier_runs(self) -> None:
        """Release what earlier runs of the same notebook cell left behind."""
        self._cell_run = current_cell_run()
        for other in list(Explorer._open):
            if self._cell_run is not None and self._cell_run.replaces(other._cell_run):
                other.close()
        Explorer._open.add(self)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Return the live view, and a picture and a sentence for where no kernel runs."""
        bundle = super()._repr_mimebundle_(**kwargs) or {}
        png = bytes(self._frame.image.value)
        bundle["image/png"] = base64.b64encode(png).decode("ascii")
        bundle["text/plain"] = self.status
        width, height = self.size
        described = {"width": width, "height": height, "alt": f"{self.alt}."}
        return bundle, {"image/png": described}
