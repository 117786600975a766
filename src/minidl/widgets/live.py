"""A picture that the page draws: pixels for what stands still, numbers for what moves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
from traitlets import Dict

from minidl.plots.picture import Picture

SEGMENT = 1 << 16
"""Bytes that a single frame has at least.

Jupyter's server leaves TCP's small-packet delay on: after a message that the browser has not yet
confirmed, as "busy" is, a small one waits for up to 40 milliseconds. More than a local segment
leaves at once. Frames that follow each other closely need no such push.
"""


class Live(anywidget.AnyWidget):
    """Shows a picture in the page, as its artists are whenever `paint` is called.

    Layers of what stands still are sent when they change; what moves is sent each time, as the
    operations of `minidl.plots.record`. A page that is loaded again gets the newest of both.

    Parameters
    ----------
    width, height : int
        Size in screen pixels.
    alt : str
        What the picture shows, for readers who cannot see it.
    pointer : bool
        Whether the page tells where the pointer is over the picture.
    clicks : bool
        Whether it tells where the picture is clicked.

    Attributes
    ----------
    sent, seen : int
        Numbers of the frame sent last and of the last frame that a page is known to have drawn.
    density : float
        The largest number of screen pixels in a pixel of the pages that show it; 0 if unknown.
    on_seen : callable
        Called without arguments when a page has told what it has drawn, from any thread.
    on_pointer : callable
        Called with x and y, in the picture's pixels from its upper left corner, when the pointer
        has moved over it.
    on_click : callable
        Likewise where it has been clicked.
    """

    _esm = Path(__file__).with_name("live.js")
    about = Dict().tag(sync=True)
    still = Dict().tag(sync=True)
    frame = Dict().tag(sync=True)

    def __init__(
        self, *, width: int, height: int, alt: str, pointer: bool = False, clicks: bool = False
    ) -> None:
        size = {"width": width, "height": height}
        super().__init__(about={**size, "alt": alt, "pointer": pointer, "clicks": clicks})
        self.sent = self.seen = 0
        self.density = 0.0
        self._sent_layers = (0, 0)
        self.on_seen: Callable[[], None] = lambda: None
        self.on_pointer: Callable[[float, float], None] = lambda x, y: None
        self.on_click: Callable[[float, float], None] = lambda x, y: None
        self.on_msg(self._hear)

    def paint(self, picture: Picture[Any], *, ack: int = 0) -> None:
        """Send a picture, always the same one, as it is now.

        Parameters
        ----------
        picture : Picture
        ack : int
            Milliseconds after which a page tells which frame it has drawn; 0 for never.
        """
        with self.hold_sync():  # what belongs together arrives together
            self._send_layers_if_new(picture)
            operations, data = picture.record()
            data = data if ack else data.ljust(SEGMENT, b"\0")
            self.sent += 1
            about = {"id": self.sent, "still": self.still["id"], "ack": ack}
            self.frame = {**about, "operations": operations, "data": data}

    def _send_layers_if_new(self, picture: Picture[Any]) -> None:
        """Send layers, as fine as the screen can show them, if they are others than before."""
        ratio = 1 if self.density == 1 else picture.pixel_ratio
        if self._sent_layers != (picture.version, ratio):
            self._sent_layers = picture.version, ratio
            layers = [{"png": png, "box": box} for png, box in picture.layers(ratio)]
            self.still = {"id": self.still.get("id", 0) + 1, "layers": layers}

    def _hear(self, _: Any, content: dict[str, Any], __: Any) -> None:
        """Take note of where the pointer is, of a page's density, or of what it has drawn."""
        if "pointer" in content:
            self.on_pointer(*content["pointer"])
            return
        if "click" in content:
            self.on_click(*content["click"])
            return
        self.density = max(self.density, content.get("density", 0))
        self.seen = max(self.seen, self.sent if "density" in content else content.get("seen", 0))
        self.on_seen()
