"""The stage whose picture is a function of its controls: controls → compute → a View → a picture.

A subclass declares its controls, computes a View from their state, draws and updates a picture and
states the result in words. The base does the rest: it listens, redraws only what moves, cuts long
work into slices, and what `Stage` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Generic, TypeVar

from minidl.plots.picture import ArtistsT
from minidl.plots.style import styled
from minidl.widgets.slices import PATIENCE, Slices
from minidl.widgets.stage import Figure, Stage, State

__all__ = ["Explorer", "Figure", "State"]

ViewT = TypeVar("ViewT")
"""A frozen dataclass: what `compute` found, all that the picture and the sentence need."""


class Explorer(Stage[ArtistsT], Generic[ArtistsT, ViewT]):
    """A picture that follows its controls.

    A subclass names its two dataclasses, `class LineExplorer(Explorer[LineArtists, LineView])`:
    the moving artists of its picture, and what it computes. It sets `alt`, writes
    `make_controls`, `compute`, `draw`, `update` and `sentence`, and may set `size` and
    `patience`.

    Parameters
    ----------
    **start
        First values of controls, by name; Reset returns to them.

    Attributes
    ----------
    view : ViewT or None
        What `compute` found for the picture shown; None before the first.
    """

    patience: ClassVar[float] = PATIENCE
    """Seconds after which long work shows a partial result, and again after as many."""

    def compute(self, state: State) -> ViewT | Iterator[ViewT | None]:
        """Return the View of `state`, or a generator of ever better ones; a pure function.

        A generator yields None where there is nothing to show, only time to hear a newer change.
        """
        raise NotImplementedError

    def update(self, artists: ArtistsT, view: ViewT) -> None:
        """Put a View into the artists."""
        raise NotImplementedError

    def sentence(self, state: State, view: ViewT) -> str:
        """Return the result in words, rounded so that it repeats on any machine."""
        raise NotImplementedError

    def __init__(self, **start: Any) -> None:
        self.view: ViewT | None = None
        self._slices = Slices(self._show, self.fail, patience=self.patience)
        super().__init__(**start)
        self.refresh(to_the_end=True)

    @property
    def busy(self) -> bool:
        """Whether a computation is under way."""
        return self._slices.busy

    def refresh(self, *, to_the_end: bool = False) -> None:
        """Compute and show the present state, dropping any computation under way."""
        self._refuse_if_closed()
        self._slices.start(self._steps(self.state), to_the_end=to_the_end)

    def view_at(self, **values: Any) -> ViewT:
        """Return what `compute` finds in the end for other values of controls; show nothing."""
        self._refuse_if_closed()
        given = self._with_consequences(self._checked(values))
        found = self.compute(State(**{**vars(self.state), **given}))
        if not isinstance(found, Iterator):
            return found
        *_, last = (view for view in found if view is not None)
        return last

    def halt(self) -> None:
        """Drop the computation under way."""
        self._slices.drop()

    def close(self) -> None:
        """Release the figure and every widget; the explorer cannot be used afterwards."""
        super().close()
        self.view = None

    def _steps(self, state: State) -> Iterator[tuple[State, ViewT] | None]:
        """Yield what `compute` finds, together with the state that it belongs to."""
        found = self.compute(state)
        for view in found if isinstance(found, Iterator) else [found]:
            yield None if view is None else (state, view)

    def _show(self, result: tuple[State, ViewT]) -> None:
        """Show a result in the picture and in words."""
        state, view = result
        with styled():
            self.update(self.picture.artists, view)
        sentence = self.sentence(state, view)
        self.frame.live.paint(self.picture)
        self.say(sentence)
        self.view = view
