"""What lies above what, where some artists move and others stand still."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from minidl.plots.picture import Picture, Still


def crossing(figure):
    """Draw a moving image, a still line over it, a moving one over that, a still one on top."""
    figure.set_layout_engine("none")
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, 100), ylim=(0, 100))
    ax.axis("off")
    image = ax.imshow(np.zeros((2, 2)), extent=(0, 100, 0, 100), aspect="auto", zorder=0)
    ax.plot([50, 50], [0, 100], color="#00ff00", linewidth=9, zorder=1)
    moving = ax.plot([0, 100], [50, 50], color="#ff0000", linewidth=9, zorder=2)
    ax.plot([0, 100], [0, 100], color="#0000ff", linewidth=9, zorder=3)
    return [image, *moving]


def pixels(png):
    with Image.open(io.BytesIO(png)) as image:
        return np.asarray(image.convert("RGBA"))


def test_the_picture_has_the_depth_that_matplotlib_gives_it():
    blitted = pixels(Picture(crossing, width=100, height=100).png())
    plain = Picture(crossing, width=100, height=100)
    plain.canvas.draw()  # before anything is marked as moving
    np.testing.assert_array_equal(blitted, np.asarray(plain.canvas.buffer_rgba()))
    assert blitted[70, 100, :3].tolist() == [0, 255, 0]  # the still line above the image


def test_layers_and_what_moves_are_listed_from_the_lowest_to_the_highest():
    operations, _ = Picture(crossing, width=100, height=100).record()
    kinds = [op.get("number", op["kind"]) for op in operations]
    assert kinds == [0, "image", 1, "path", 2]


def test_a_layer_above_is_transparent_and_cut_to_what_is_on_it():
    picture = Picture(crossing, width=100, height=100)
    background, green, blue = picture.layers()
    assert background.box == (0, 0, 100, 100)
    assert np.all(pixels(background.png)[..., 3] == 255)
    x, y, width, height = green.box
    assert (y, height) == (0, 100)
    assert 40 <= x < 50
    assert 10 <= width <= 16
    assert pixels(green.png).shape == (200, 2 * width, 4)
    assert blue.box == (0, 0, 100, 100)
    assert pixels(blue.png)[20, 20, 3] == 0
    assert not picture.stale


def test_a_change_of_what_stands_still_above_is_noticed():
    picture = Picture(crossing, width=100, height=100)
    before = picture.layers()[2].png
    assert not picture.stale
    picture.figure.axes[0].lines[2].set_color("black")
    assert picture.stale
    assert picture.layers()[2].png != before


def test_artists_that_change_rarely_are_layers_too():
    def draw(figure):
        image, line = crossing(figure)
        return [image, Still([line])]

    picture = Picture(draw, width=100, height=100)
    operations, _ = picture.record()
    assert [op.get("number", op["kind"]) for op in operations] == [0, "image", 1]
    before = picture.layers()[1].png
    picture.artists[1].artists[0].set_ydata([20, 20])
    assert picture.stale
    assert picture.layers()[1].png != before
