"""Persistent pictures."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import pytest
from matplotlib.artist import Artist
from PIL import Image

from minidl.plots.picture import Picture, each_artist


@dataclass(frozen=True)
class Parts:
    """A shading, a line, and two sets of dots."""

    line: Artist
    shade: Artist
    dots: list[Artist]


def two_panels(figure):
    left, right = figure.subplots(1, 2)
    left.set(xlim=(0, 1), ylim=(0, 1), title="Left", xlabel="x")
    right.set(xlim=(0, 1), ylim=(0, 1))
    shade = left.imshow(np.zeros((4, 4)), vmin=0, vmax=1, extent=(0, 1, 0, 1), aspect="auto")
    (line,) = left.plot([0, 1], [0, 1], zorder=5)
    dots = [right.plot([], [], marker)[0] for marker in "o^"]
    return Parts(line, shade, dots)


def pixels(png: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(png)) as image:
        return np.asarray(image.convert("RGB"))


@pytest.fixture
def picture():
    return Picture(two_panels, width=300, height=150)


def test_every_artist_of_nested_dataclasses_and_lists_is_found_in_order(picture):
    line, shade, (circle, triangle) = vars(picture.artists).values()
    found = list(each_artist([picture.artists, [circle]]))
    assert found == [line, shade, circle, triangle, circle]


@pytest.mark.parametrize("wrong", [{"line": 1}, ["line"], [None], 7])
def test_what_is_no_artist_is_named(wrong):
    with pytest.raises(TypeError, match="expected artists, in a dataclass or in a list, received"):
        list(each_artist(wrong))


def test_a_picture_has_its_size_times_the_pixel_ratio():
    for ratio in (1, 2, 3):
        made = Picture(two_panels, width=300, height=150, pixel_ratio=ratio)
        assert pixels(made.png()).shape == (150 * ratio, 300 * ratio, 3)


def test_a_picture_is_opaque(picture):
    with Image.open(io.BytesIO(picture.png())) as image:
        assert image.mode == "RGBA"
        assert np.all(np.asarray(image)[..., 3] == 255)


def test_moved_artists_leave_no_trace(picture):
    before = picture.png()
    picture.artists.line.set_data([0, 1], [1, 0])
    picture.artists.dots[0].set_data([0.5], [0.5])
    assert picture.png() != before
    picture.artists.line.set_data([0, 1], [0, 1])
    picture.artists.dots[0].set_data([], [])
    assert picture.png() == before


def test_a_blitted_picture_equals_one_drawn_from_scratch(picture):
    picture.png()
    picture.artists.line.set_data([0, 1], [1, 0.5])
    blitted = picture.png()
    picture.figure.stale = True
    np.testing.assert_array_equal(pixels(picture.png()), pixels(blitted))


def test_what_stays_is_drawn_once(picture, monkeypatch):
    picture.png()
    draws = []
    draw = picture.canvas.draw
    monkeypatch.setattr(picture.canvas, "draw", lambda: draws.append(1) or draw())
    picture.artists.line.set_data([0, 1], [1, 0.5])
    picture.artists.shade.set_data(np.ones((4, 4)))
    picture.png()
    assert draws == []


@pytest.mark.parametrize(
    "change",
    [
        lambda ax: ax.set_ylim(0, 2),
        lambda ax: ax.set_title("Other"),
        lambda ax: ax.set_xlabel("other"),
        lambda ax: ax.grid(visible=False),
    ],
    ids=["limits", "title", "label", "grid"],
)
def test_a_change_of_what_stays_redraws_the_background(picture, change):
    before = picture.png()
    change(picture.figure.axes[1])
    assert picture.png() != before


def test_artists_are_drawn_in_the_order_of_their_depth(picture):
    picture.artists.shade.set_data(np.ones((4, 4)))
    shot = pixels(picture.png())
    picture.artists.line.set_visible(False)
    assert np.any(shot != pixels(picture.png()))  # the line lies above the shading


def test_axes_stay_where_they_are(picture):
    picture.png()
    places = [ax.get_position().bounds for ax in picture.figure.axes]
    picture.figure.axes[0].set_ylim(0, 1e6)
    picture.png()
    assert [ax.get_position().bounds for ax in picture.figure.axes] == places


@pytest.mark.parametrize("ratio", [1, 2])
def test_data_are_found_where_they_are_drawn(ratio):
    def draw(figure):
        figure.set_layout_engine("none")
        return figure.add_axes((0.25, 0.5, 0.5, 0.25)).plot([0, 10], [0, 4])

    picture = Picture(draw)
    ax = picture.artists[0].axes
    ax.set(xlim=(0, 10), ylim=(0, 4))
    picture.layers(ratio)
    assert picture.data_at(ax, 360, 135) == pytest.approx((5, 2))  # of 720 × 360 pixels
    assert picture.data_at(ax, 181, 91) == pytest.approx((10 / 360, 4 - 4 / 90))
    assert picture.data_at(ax, 179, 135) is None
    assert picture.data_at(ax, 360, 181) is None
