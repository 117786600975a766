"""The look that all pictures share."""

from __future__ import annotations

import itertools

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from minidl import plots
from minidl.graph import Variable
from minidl.nn import Linear, Tanh
from minidl.plots import style
from tests.plots.helpers import HOSTILE

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
VISION = {
    "typical": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(color: str) -> np.ndarray:
    rgb = np.array(to_rgb(color))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def lab(color: str, vision: str) -> np.ndarray:
    xyz = TO_XYZ @ np.clip(VISION[vision] @ linear(color), 0, 1) / [0.9505, 1.0, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast_with_white(color: str) -> float:
    return float(1.05 / (TO_XYZ[1] @ linear(color) + 0.05))


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize(
    "colors",
    [style.CLASS_COLORS, tuple(style.SPLIT_COLORS.values()), style.CATEGORY_COLORS[:4]],
    ids=["classes", "splits", "categories"],
)
def test_colours_that_share_a_picture_stay_apart_for_every_reader(colors, vision):
    for one, other in itertools.combinations(colors, 2):
        distance = np.linalg.norm(lab(one, vision) - lab(other, vision))
        assert distance > 20, (one, other, vision, distance)


@pytest.mark.parametrize(
    "color",
    [style.INK, style.MUTED, *style.SPLIT_COLORS.values(), *style.CATEGORY_COLORS],
)
def test_lines_and_words_stand_out_from_the_white_ground(color):
    assert contrast_with_white(color) >= 3.0


def test_words_have_the_contrast_that_small_print_needs():
    assert contrast_with_white(style.INK) >= 7
    assert contrast_with_white(style.MUTED) >= 4.5


def test_styling_ends_with_its_block():
    before = dict(matplotlib.rcParams)
    with style.styled():
        assert matplotlib.rcParams["axes.spines.top"] is False
    assert dict(matplotlib.rcParams) == before


def test_new_axes_are_white_and_opaque_and_given_axes_are_kept():
    ax = style.new_axes()
    try:
        assert ax.figure.get_facecolor() == (1, 1, 1, 1)
        assert style.new_axes(ax) is ax
    finally:
        plt.close(ax.figure)


def test_the_shading_runs_from_class_0_to_class_1():
    low, high = (np.array(style.CLASS_MAP(x)[:3]) for x in (0.0, 1.0))
    for end, color in ((low, style.CLASS_COLORS[0]), (high, style.CLASS_COLORS[1])):
        other = style.CLASS_COLORS[1 if color == style.CLASS_COLORS[0] else 0]
        assert np.linalg.norm(end - to_rgb(color)) < np.linalg.norm(end - to_rgb(other))


def drawn(plot):
    """Return the pixels of a picture that pyplot shows after its function has ended."""
    ax = np.ravel(plot())[0]
    try:
        ax.figure.canvas.draw()
        return np.asarray(ax.figure.canvas.buffer_rgba()).copy()
    finally:
        plt.close(ax.figure)


PLOTS = {
    "points": lambda: plots.plot_points(np.eye(2), np.array([[0], [1]])),
    "half planes": lambda: plots.plot_half_planes(Linear(2, 1, rng=0)),
    "activation": lambda: plots.plot_activation(Tanh()),
    "grid": lambda: plots.plot_grid(np.negative),
    "graph": lambda: plots.draw_graph(Variable(2.0, name="w") * 3),
}


@pytest.mark.parametrize("plot", PLOTS.values(), ids=list(PLOTS))
def test_a_plot_is_the_same_whatever_the_session_s_settings(plot):
    expected = drawn(plot)
    with matplotlib.rc_context({**HOSTILE, "figure.dpi": 100}):
        before = dict(matplotlib.rcParams)
        np.testing.assert_array_equal(drawn(plot), expected)
        assert dict(matplotlib.rcParams) == before
