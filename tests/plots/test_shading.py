"""Shadings."""

from __future__ import annotations

import io

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from PIL import Image

from minidl.plots.picture import Picture
from minidl.plots.shading import shade
from minidl.plots.style import CLASS_MAP


def full_panel(figure):
    figure.set_layout_engine("none")
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, 2), ylim=(0, 1))
    ax.set_axis_off()
    return [shade(ax, (0, 2, 0, 1))]


def rgb(picture: Picture) -> np.ndarray:
    with Image.open(io.BytesIO(picture.png())) as image:
        return np.asarray(image.convert("RGB"))


@pytest.fixture
def picture():
    return Picture(full_panel, width=200, height=100, pixel_ratio=1)


def test_the_first_row_is_at_the_bottom_and_the_first_column_at_the_left(picture):
    picture.artists[0].set_data(np.array([[0.0, 0.25], [0.75, 1.0]]))
    pixels = rgb(picture)
    places = {(75, 50): 0.0, (75, 150): 0.25, (25, 50): 0.75, (25, 150): 1.0}
    for (row, column), value in places.items():
        np.testing.assert_array_equal(pixels[row, column], CLASS_MAP(value, bytes=True)[:3])


def test_cells_fill_the_panel_evenly(picture):
    picture.artists[0].set_data(np.array([[0.0, 1.0, 0.0, 1.0]]))
    edges = np.flatnonzero(np.any(np.diff(rgb(picture)[50].astype(int), axis=0) != 0, axis=1)) + 1
    np.testing.assert_allclose(edges, [50, 100, 150], atol=1)


def test_values_outside_zero_and_one_take_the_colours_of_the_ends(picture):
    picture.artists[0].set_data(np.array([[-5.0, 7.0]]))
    pixels = rgb(picture)
    np.testing.assert_array_equal(pixels[50, 20], CLASS_MAP(0.0, bytes=True)[:3])
    np.testing.assert_array_equal(pixels[50, 180], CLASS_MAP(1.0, bytes=True)[:3])


def test_a_shading_larger_than_its_axes_is_cut_off_at_them():
    def inner(figure):
        figure.set_layout_engine("none")
        ax = figure.add_axes((0.25, 0.25, 0.5, 0.5))
        ax.set(xlim=(0, 1), ylim=(0, 1))
        ax.set_axis_off()
        return [shade(ax, (-1, 2, -1, 2))]

    picture = Picture(inner, width=100, height=100, pixel_ratio=1)
    picture.artists[0].set_data(np.zeros((3, 3)))
    pixels = rgb(picture)
    np.testing.assert_array_equal(pixels[10, 10], 255 * np.array(to_rgb("white")))
    np.testing.assert_array_equal(pixels[50, 50], CLASS_MAP(0.0, bytes=True)[:3])
