"""The picture of a map of the plane."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np

from minidl.plots.linear_map import grid_lines, plot_grid, transform_lines


def test_a_grid_has_lines_up_and_across_at_whole_numbers():
    lines = grid_lines(reach=2, points=5)
    assert lines.shape == (10, 5, 2)
    np.testing.assert_array_equal(lines[:5, :, 0], np.repeat(np.arange(-2, 3)[:, None], 5, axis=1))
    np.testing.assert_array_equal(lines[5:, :, 1], lines[:5, :, 0])
    np.testing.assert_array_equal(lines[0, :, 1], np.linspace(-2, 2, 5))


def test_every_point_of_a_line_is_transformed():
    lines = grid_lines(reach=1, points=3)
    np.testing.assert_array_equal(transform_lines(lambda X: X**2, lines), lines**2)


def test_plot_grid_shows_the_images_of_the_grid():
    W = np.array([[1.0, 0.5], [-1.0, 2.0]])
    ax = plot_grid(lambda X: X @ W + 1)
    try:
        (collection,) = ax.collections
        np.testing.assert_allclose(collection.get_segments(), grid_lines() @ W + 1)
    finally:
        plt.close(ax.figure)


def test_plot_grid_without_a_map_shows_the_grid_itself():
    ax = plot_grid()
    try:
        np.testing.assert_allclose(ax.collections[0].get_segments(), grid_lines())
    finally:
        plt.close(ax.figure)
