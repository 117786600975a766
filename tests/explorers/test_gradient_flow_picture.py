"""The picture of the gradient explorer."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure

from minidl.explorers.gradient_flow.picture import (
    GradientView,
    draw_gradient_flow,
    update_gradient_flow,
)


@pytest.mark.parametrize("sizes", [[4e-7, 0.2], [5e13, 3.0], [0.9, 1.1], [1e-20, 1e20], [0.0, 0.0]])
def test_the_explorers_scale_holds_every_size(sizes):
    artists = draw_gradient_flow(Figure())
    update_gradient_flow(artists, GradientView(sizes, [0.0, 1.0]))
    low, high = artists.sizes.axes.get_ylim()
    assert all(low <= size <= high for size in sizes if size > 0)


def test_the_sizes_before_are_grey_inside_the_scale_and_told():
    artists = draw_gradient_flow(Figure())
    update_gradient_flow(artists, GradientView([0.1, 1.0], [0.0, 0.0], before=[1e-20, 1e-9, 1.0]))
    np.testing.assert_array_equal(artists.before.get_data(), [[1, 2, 3], [1e-20, 1e-9, 1.0]])
    assert artists.before.axes.get_ylim()[0] <= 1e-20
    assert artists.note.get_text() == "grey: the choice before"
    update_gradient_flow(artists, GradientView([0.1, 1.0], [0.0, 0.0]))
    assert len(artists.before.get_xdata()) == 0
    assert artists.note.get_text() == ""


@pytest.mark.parametrize("sizes", [[4e-7, 0.2], [1e6, 3.0], [1e-20, 1e20]])
def test_every_power_of_ten_has_a_line_in_the_grid(sizes):
    artists = draw_gradient_flow(Figure())
    update_gradient_flow(artists, GradientView(sizes, [0.0, 0.0]))
    axes = artists.sizes.axes
    low, high = np.log10(axes.get_ylim())
    lines = {*axes.get_yticks(), *axes.get_yticks(minor=True)}
    assert {round(np.log10(line)) for line in lines} >= set(range(round(low), round(high) + 1))


def test_bars_are_as_high_as_the_share_in_percent():
    artists = draw_gradient_flow(Figure())
    update_gradient_flow(artists, GradientView([1.0, 1.0], [0.25, 1.0]))
    assert [segment[1].tolist() for segment in artists.bars.get_segments()] == [
        [1, 25],
        [2, 100],
    ]


def test_the_first_layers_size_is_written_beside_its_point():
    artists = draw_gradient_flow(Figure())
    update_gradient_flow(artists, GradientView([4.2e-7, 0.2], [0.0, 0.0]))
    assert artists.label.get_text() == "4.2e-07"
    assert artists.label.xy == (1, 4.2e-7)


def draw_label(sizes):
    """Return the boxes of the label and of the panel, and the line's heights over the label."""
    figure = Figure(figsize=(7.2, 4), layout="constrained")
    artists = draw_gradient_flow(figure)
    update_gradient_flow(artists, GradientView(sizes, [0.0] * len(sizes)))
    figure.draw_without_rendering()
    axes, box = artists.sizes.axes, artists.label.get_window_extent()
    points = axes.transData.transform(np.column_stack([np.arange(1, len(sizes) + 1), sizes]))
    return box, axes.get_window_extent(), np.interp([box.x0, box.x1], *points.T)


@pytest.mark.parametrize("step", [-0.7, -0.35, -0.2, 0.0, 0.35, 0.7])
def test_the_number_beside_the_first_point_lies_clear_of_the_line(step):
    start = -10 * min(step, 0) - 10 * max(step, 0)
    box, panel, line = draw_label([10 ** (start + step * k) for k in range(10)])
    assert box.y0 > line.max() or box.y1 < line.min()
    assert panel.y0 < box.y0 < box.y1 < panel.y1
