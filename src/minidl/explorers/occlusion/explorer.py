"""A patch over a photo, and how far a network's lead falls under it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data.banknotes import VALUES
from minidl.data.transforms import Transform
from minidl.explorers.occlusion.networks import TO_INPUT, shown_photos, two_networks
from minidl.explorers.occlusion.picture import (
    OcclusionArtists,
    OcclusionView,
    draw_occlusion,
    pixel_at,
    update_occlusion,
)
from minidl.numerics import softmax
from minidl.op import Op
from minidl.plots.numbers import plain
from minidl.train.evaluation import predict_all
from minidl.widgets.controls import choice, int_slider
from minidl.widgets.explorer import Explorer, Figure, State

Array = npt.NDArray[Any]

CHUNK = 64
"""Covered photos that go through a network between two looks at the controls."""
REMEMBERED = 100
"""Maps that are kept, so that moving the patch costs nothing."""
COVERS = {"the mean colour": None, "black": 0, "white": 255}


class OcclusionExplorer(Explorer[OcclusionArtists, OcclusionView]):
    """A photo, a network and a patch → how far its lead falls under the patch, and anywhere.

    The lead is the score of the class that the network has chosen, less the highest other score.
    The patch follows the pointer, or the sliders.

    Parameters
    ----------
    networks : mapping of str to Op, optional
        Whom to ask, by name: classifiers that take arrays of shape (N, C, H, W). By default two
        of banknotes are trained.
    photos : ndarray of uint8, shape (N, H, W, 3), optional
        What they are asked about, with `labels` of shape (N,); by default banknotes.
    classes : sequence of str
        The names of the classes.
    transform : Transform
        What makes a photo an input; it needs an `inverse`, and 0 should stand for the mean colour.
    **start
        First values of controls, such as `photo=2, size=8`: network, photo, size, stride, cover,
        down, right.
    """

    alt = (
        "Left: a photo with a patch over a part of it. Middle: how far the lead of the network's "
        "answer falls when the patch lies there, as colours over the photo. Right: the "
        "probabilities of the classes without and with the patch"
    )
    size = (760, 330)
    pointer = True

    def __init__(
        self,
        networks: Mapping[str, Op] | None = None,
        photos: Array | None = None,
        labels: Array | None = None,
        *,
        classes: Sequence[str] = VALUES,
        transform: Transform = TO_INPUT,
        **start: Any,
    ) -> None:
        self._networks = two_networks() if networks is None else dict(networks)
        own = shown_photos()
        self._photos = own.images if photos is None else np.asarray(photos)
        self._labels = own.labels if photos is None else np.asarray(labels)
        self._classes, self._transform = list(classes), transform
        self._maps: dict[Any, Array] = {}
        super().__init__(**start)

    def make_controls(self) -> dict[str, Any]:
        """Return the controls: whom to ask, about what, and the patch."""
        names, last = list(self._networks), min(self._photos.shape[1:3]) - 1
        return {
            "network": choice(
                "Network", names[0], options=names, tooltip="Which network is asked.",
            ),
            "photo": int_slider(
                "Photo", 1, low=1, high=len(self._photos), tooltip="Which photo it is shown.",
            ),
            "size": int_slider(
                "Patch", 8, low=2, high=16, tooltip="Height and width of the patch, in pixels.",
            ),
            "stride": int_slider(
                "Stride", 2, low=1, high=4, tooltip="Pixels from one place of the map to the next.",
            ),
            "cover": choice(
                "Covered with", "the mean colour", options=list(COVERS),
                tooltip="The colour of the patch.",
            ),
            "down": int_slider(
                "Patch down", 12, low=0, high=last, tooltip="Pixels above the patch.",
            ),
            "right": int_slider(
                "Patch right", 12, low=0, high=last, tooltip="Pixels to the left of the patch.",
            ),
        }  # fmt: skip

    def pointed(self, x: float, y: float) -> dict[str, Any]:
        """Return where the patch lies if its middle is under the pointer."""
        artists = self.picture.artists
        for board in (artists.photo, artists.falls):
            found = self.picture.data_at(board.axes, x, y)
            if found is not None:
                return self._corner_around(*pixel_at(*found))
        return {}

    def _corner_around(self, row: int, column: int) -> dict[str, Any]:
        size = self.controls["size"].value
        ends = (int(self.controls[name].max) for name in ("down", "right"))
        corner = (at - size // 2 for at in (row, column))
        return {
            name: max(0, min(start, end - size + 1))
            for name, start, end in zip(("down", "right"), corner, ends, strict=True)
        }

    def compute(self, state: State) -> Iterator[OcclusionView | None]:
        """Cover every place of a photo, and the one that is looked at."""
        x = self._transform(self._photos[state.photo - 1])
        model, fill = self._networks[state.network], self._fill(state.cover)
        (whole,) = scores_of(model, x[np.newaxis])
        key = state.network, state.photo, state.size, state.stride, state.cover
        while key not in self._maps:
            falls: list[Array] = []
            for part in covered_parts(x, state.size, state.stride, fill):
                falls.extend(lead(whole) - lead(scores_of(model, part), int(whole.argmax())))
                yield None
            self._remember(key, np.array(falls))
        yield self._look(state, x, whole, self._maps[key])

    def _look(self, state: State, x: Array, whole: Array, falls: Array) -> OcclusionView:
        height, width = x.shape[1:]
        columns = len(range(0, width - state.size + 1, state.stride))
        top, left = min(state.down, height - state.size), min(state.right, width - state.size)
        covered = cover(x, top, left, state.size, self._fill(state.cover))
        (after,) = scores_of(self._networks[state.network], covered[np.newaxis])
        return OcclusionView(
            photo=np.asarray(self._transform.inverse(covered)),
            top=top, left=left, size=state.size, stride=state.stride,
            falls=falls.reshape(-1, columns), lead=float(lead(whole)),
            fall=float(lead(whole) - lead(after, int(whole.argmax()))),
            whole=softmax(whole), covered=softmax(after),
        )  # fmt: skip

    def _fill(self, name: str) -> Array:
        """Return the number of each channel that stands for a colour."""
        byte, side = COVERS[name], self._photos.shape[1:]
        plain_colour = self._transform(np.full(side, byte or 0, dtype=np.uint8))[:, :1, :1]
        return np.zeros_like(plain_colour) if byte is None else np.asarray(plain_colour)

    def _remember(self, key: Any, falls: Array) -> None:
        if len(self._maps) >= REMEMBERED:
            self._maps.clear()
        self._maps[key] = falls

    def draw(self, figure: Figure) -> OcclusionArtists:
        """Draw the empty photo, map and probabilities."""
        return draw_occlusion(figure, self._photos.shape[1:3], self._classes)

    def update(self, artists: OcclusionArtists, view: OcclusionView) -> None:
        """Show a photo, its map and a patch."""
        update_occlusion(artists, view)

    def sentence(self, state: State, view: OcclusionView) -> str:
        """State the answer, the fall under the patch, and where it is largest."""
        answer, after = (self._classes[int(p.argmax())] for p in (view.whole, view.covered))
        label = self._classes[int(self._labels[state.photo - 1])]
        row, column = np.unravel_index(int(view.falls.argmax()), view.falls.shape)
        top, left = int(row) * state.stride, int(column) * state.stride
        changed = "stays" if after == answer else f"turns into {after}"
        most = plain(float(view.falls.max()), 1)
        return (
            f"Photo {state.photo}, a {label}: the answer is {answer}, with a lead of "
            f"{plain(view.lead, 1)}. Under this patch the lead {change_of(view.fall)}, and "
            f"the answer {changed}. It falls most, by {most}, for rows {top + 1} to "
            f"{top + state.size} and columns {left + 1} to {left + state.size}."
        )


def change_of(fall: float) -> str:
    """Return how a lead falls or rises, in words.

    Examples
    --------
    >>> change_of(2.5), change_of(-0.4), change_of(-0.04)
    ('falls by 2.5', 'rises by 0.4', 'falls by 0.0')
    """
    amount = plain(fall, 1)
    return f"rises by {amount[1:]}" if amount.startswith("−") else f"falls by {amount}"


def cover(x: Array, top: int, left: int, size: int, fill: Array) -> Array:
    """Return an image of shape (C, H, W) with a square of one colour over it.

    Examples
    --------
    >>> cover(np.ones((1, 2, 3)), 0, 1, 2, np.zeros((1, 1, 1)))[0]
    array([[1., 0., 0.],
           [1., 0., 0.]])
    """
    covered = x.copy()
    covered[:, top : top + size, left : left + size] = fill
    return covered


def covered_parts(x: Array, size: int, stride: int, fill: Array) -> Iterator[Array]:
    """Yield an image covered at one place after the other, row by row, some at a time."""
    rows, columns = (range(0, n - size + 1, stride) for n in x.shape[1:])
    places = [(top, left) for top in rows for left in columns]
    for start in range(0, len(places), CHUNK):
        yield np.stack([cover(x, *place, size, fill) for place in places[start : start + CHUNK]])


def scores_of(model: Op, X: Array) -> Array:
    """Return a network's scores in evaluation mode, float64."""
    scores, _ = predict_all(model, [(X, np.empty(len(X)))])
    return np.asarray(scores, dtype=np.float64)


def lead(scores: Array, answer: int | None = None) -> Array:
    """Return by how much a class, by default the answer, leads over the best other one.

    Examples
    --------
    >>> lead(np.array([1.0, 5.0, 3.0])), lead(np.array([[1.0, 5.0, 3.0]]), answer=2)
    (array(2.), array([-2.]))
    """
    answer = int(scores.argmax()) if answer is None else answer
    others = np.delete(scores, answer, axis=-1)
    return np.asarray(scores[..., answer] - others.max(axis=-1))
