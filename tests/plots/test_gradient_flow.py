"""Pictures of the gradient that arrives at each layer."""

from __future__ import annotations

import numpy as np

from minidl.plots.gradient_flow import plot_gradient_sizes


def test_there_is_a_line_for_each_network_with_a_point_for_each_layer():
    ax = plot_gradient_sizes({"Logistic": [0.001, 0.01, 0.1], "ReLU": [0.5, 0.6, 0.7]})
    assert [line.get_label() for line in ax.lines] == ["Logistic", "ReLU"]
    np.testing.assert_array_equal(ax.lines[0].get_data(), [[1, 2, 3], [0.001, 0.01, 0.1]])
    assert list(ax.get_xticks()) == [1, 2, 3]


def test_lines_differ_in_colour_and_mark():
    first, second = plot_gradient_sizes({"a": [1.0], "b": [1.0]}).lines
    assert first.get_color() != second.get_color()
    assert first.get_marker() != second.get_marker()
