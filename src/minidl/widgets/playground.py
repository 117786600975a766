"""The stage with something live behind it: play, pause, step, a control moved midway.

A subclass makes a session, advances it, and puts it into the picture and into words. The base does
the rest: it plays at a steady pace, follows the controls, and what `Stage` does.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar

from minidl.plots.picture import ArtistsT
from minidl.plots.style import styled
from minidl.widgets.controls import action
from minidl.widgets.player import ACK, Player
from minidl.widgets.stage import Action, Stage, State
from minidl.widgets.surroundings import steady

SessionT = TypeVar("SessionT")
"""Whatever is live: it is advanced a little for each frame."""

SPEAK = 0.5  # seconds between two sentences while it plays, for those who listen to them


class Playground(Stage[ArtistsT], Generic[ArtistsT, SessionT]):
    """A picture of a live session.

    A subclass sets `alt`, writes `make_controls`, `begin`, `adjust`, `advance`, `draw`, `update`
    and `sentence`, names in `midway` the controls that may be moved in the middle of a session,
    and may set `size`. Any other control begins a new session.

    Parameters
    ----------
    **start
        First values of controls, by name; Reset returns to them and begins anew.

    Attributes
    ----------
    session : SessionT or None
        What is live; None where it could not begin.
    """

    midway: ClassVar[tuple[str, ...]] = ()
    """Names of the controls that `adjust` puts into the session under way."""
    verb: ClassVar[str] = "Play"
    """What the button says that lets it go on."""

    def begin(self, state: State) -> SessionT:
        """Return a new session."""
        raise NotImplementedError

    def adjust(self, session: SessionT, name: str, state: State) -> None:
        """Let a session follow one of the controls named in `midway`."""
        raise NotImplementedError

    def advance(self, session: SessionT) -> bool:
        """Do the work of a frame, at most 40 milliseconds; say whether there is more to come."""
        raise NotImplementedError

    def update(self, artists: ArtistsT, session: SessionT) -> None:
        """Put the session, as it is now, into the artists."""
        raise NotImplementedError

    def sentence(self, session: SessionT) -> str:
        """Return the state of the session in words."""
        raise NotImplementedError

    def shown_by_controls(self, session: SessionT) -> dict[str, Any]:
        """Return values of controls, by name, that follow the session."""
        return {}

    def make_actions(self) -> dict[str, Action]:
        """Return the buttons Play, or whatever `verb` says, and Reset."""
        tooltip = "Go on by itself, until it is pressed again"
        play = action(self.verb, icon="play", tooltip=tooltip)
        return {"play": (play, self.play_or_pause), **super().make_actions()}

    def __init__(self, **start: Any) -> None:
        self._lock = threading.RLock()  # cells and controls may run in different threads
        self._said_at = 0.0
        self.session: SessionT | None = None
        super().__init__(**start)
        self._player = Player(self.frame.live, self._frame, self._stopped)
        self.refresh()

    @property
    def playing(self) -> bool:
        """Whether it goes on by itself."""
        return self._player.playing

    @property
    def busy(self) -> bool:
        """Whether something is under way: it plays."""
        return self.playing

    def play(self) -> None:
        """Go on by itself; needs an event loop, as every notebook has."""
        self._refuse_if_closed()
        if self.session is not None:
            self._player.play()
            self._show_playing()

    def pause(self) -> None:
        """Stop going on by itself, and show where it is."""
        self._player.pause()
        self._show_playing()
        self.show()

    def play_or_pause(self) -> None:
        """Do what the button Play says."""
        (self.pause if self.playing else self.play)()

    def set(self, **values: Any) -> None:
        """Set several controls at once; see `Stage.set`. Those named in `midway` go on."""
        self._refuse_if_closed()
        checked = self._with_consequences(self._checked(values))
        self._put(checked)
        self._asked = self.state
        if any(name not in self.midway for name in values):
            self.refresh()
            return
        for name in values:
            self._put(checked)  # some may have followed the session meanwhile
            self.follow(name)

    def refresh(self, *, to_the_end: bool = False) -> None:
        """Begin a new session with the controls' values."""
        self._refuse_if_closed()
        self._player.pause()
        self._show_playing()
        with self._lock, steady():
            self._asked = self.state
            try:
                self.session = None
                self.session = self.begin(self.state)
            except Exception as error:  # the learner's code may raise anything
                self.fail(error)
                return
        self.show()

    def follow(self, name: str) -> None:
        """Put a control into the session under way, or begin a new one."""
        if name not in self.midway or self.session is None:
            self.refresh()
            return
        self.act(lambda session: self.adjust(session, name, self.state))

    def show(self) -> None:
        """Show the session in the picture and in words."""
        self.act(lambda session: None)

    def act(self, work: Callable[[SessionT], None]) -> None:
        """Do something with the session, then show it; what it raises is shown in place."""
        with self._lock, steady():
            session = self.session
            if session is None:
                return
            try:
                work(session)
                if not self.playing:
                    with styled():
                        self.update(self.picture.artists, session)
                    self.frame.live.paint(self.picture)
                    self._say_where_it_is(session)
            except Exception as error:  # the learner's code may raise anything
                self._player.pause()
                self._show_playing()
                self.fail(error)

    def halt(self) -> None:
        """Stop whatever is under way, and let the button say so."""
        self._player.pause()
        self._show_playing()

    def _frame(self) -> bool:
        """Advance by a frame and paint it; say whether there is more to come."""
        with self._lock, steady():
            session = self.session
            if session is None:
                return False
            goes_on = self.advance(session)
            with styled():
                self.update(self.picture.artists, session)
            self.frame.live.paint(self.picture, ack=ACK)
            if time.perf_counter() - self._said_at > SPEAK:
                self._said_at = time.perf_counter()
                self._say_where_it_is(session)
        return goes_on

    def _say_where_it_is(self, session: SessionT) -> None:
        """Let controls and words follow the session."""
        self._put(self.shown_by_controls(session))
        self._asked = self.state
        self.say(self.sentence(session))

    def _stopped(self, error: Exception | None) -> None:
        """Follow the player, which has stopped by itself."""
        self._show_playing()
        if error is None:
            self.show()
        else:
            self.fail(error)

    def _show_playing(self) -> None:
        button = self.buttons["play"]
        button.description, button.icon = (
            ("Pause", "pause") if self.playing else (self.verb, "play")
        )
