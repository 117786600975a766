"""Pictures of activations."""

from __future__ import annotations

import math

import matplotlib.pyplot as plt
import numpy as np
import pytest

from minidl.nn import ELU, LeakyReLU, Logistic, ReLU, Swish, Tanh
from minidl.plots.activation import SHUT, Z, plot_activation, saturated_intervals

LOGISTIC_EDGE = math.log((1 + math.sqrt(0.8)) / (1 - math.sqrt(0.8)))  # a·(1 − a) = 0.05
TANH_EDGE = math.atanh(math.sqrt(0.95))  # 1 − a² = 0.05


def shading(ax):
    """Return the intervals that are shaded in axes."""
    return [
        (path.vertices[0, 0], path.vertices[1, 0])
        for collection in ax.collections
        for path in collection.get_paths()
    ]


def test_pictures_reach_from_minus_ten_to_ten():
    assert (Z[0], Z[-1]) == (-10, 10)


@pytest.mark.parametrize(("kind", "edge"), [(Logistic, LOGISTIC_EDGE), (Tanh, TANH_EDGE)])
def test_a_curve_that_levels_off_saturates_on_both_sides(kind, edge):
    (low, left), (right, high) = saturated_intervals(Z, kind().derivative(Z))
    assert (low, high) == (-10, 10)
    assert (left, right) == (pytest.approx(-edge, abs=0.03), pytest.approx(edge, abs=0.03))


def test_tanh_saturates_sooner_than_logistic():
    assert pytest.approx(2.9, abs=0.05) == LOGISTIC_EDGE
    assert pytest.approx(2.2, abs=0.05) == TANH_EDGE


def test_relu_saturates_left_of_zero_and_a_leak_prevents_it():
    ((low, high),) = saturated_intervals(Z, ReLU().derivative(Z))
    assert (low, high) == (-10, pytest.approx(0))
    assert saturated_intervals(Z, LeakyReLU(0.1).derivative(Z)) == []
    assert saturated_intervals(Z, LeakyReLU(SHUT / 2).derivative(Z)) == [(low, high)]


def test_swish_has_a_second_region_around_its_lowest_point():
    _, (low, high) = saturated_intervals(Z, Swish().derivative(Z))
    assert low < -1.2785 < high


def test_a_negative_slope_is_not_saturated():
    assert saturated_intervals(Z, np.full(Z.shape, -1.0)) == []


def test_the_left_curve_is_the_function_and_the_right_one_its_slope():
    left, right = plot_activation(Logistic(), ELU(2.0))
    for axes, values in (
        (left, (Logistic().function(Z), ELU(2.0).function(Z))),
        (right, (Logistic().derivative(Z), ELU(2.0).derivative(Z))),
    ):
        drawn = [line.get_ydata() for line in axes.lines if len(line.get_ydata()) == len(Z)]
        np.testing.assert_array_equal(drawn, values)


def test_only_a_single_activation_is_shaded():
    left, right = plot_activation(Tanh())
    assert shading(left) == shading(right) == saturated_intervals(Z, Tanh().derivative(Z))
    assert shading(plot_activation(Tanh(), ReLU())[0]) == []


def bars(ax):
    """Return the intervals that bars mark, with each bar's colour."""
    thick = [line for line in ax.lines if line.get_linewidth() == 4 and len(line.get_xdata())]
    return [(tuple(line.get_xdata()), line.get_color()) for line in thick]


def test_of_several_activations_bars_mark_where_each_saturates():
    left, right = plot_activation(Logistic(), Tanh(), LeakyReLU(0.1))
    blue, vermilion, _ = (line.get_color() for line in left.lines if len(line.get_xdata()) > 2)
    logistic, tanh = (saturated_intervals(Z, kind().derivative(Z)) for kind in (Logistic, Tanh))
    assert bars(right) == [(x, blue) for x in logistic] + [(x, vermilion) for x in tanh]
    assert right.get_legend().get_texts()[0].get_text() == "less than 5%"
    assert bars(left) == bars(plot_activation(Tanh())[1]) == []


def test_it_draws_into_given_axes():
    _, axes = plt.subplots(1, 2)
    assert plot_activation(ReLU(), ax=axes) == tuple(axes)
    assert len(plt.get_fignums()) == 1


def test_labels_name_the_function_and_its_parameter():
    left, _ = plot_activation(ReLU(), LeakyReLU(0.2))
    texts = [text.get_text() for text in left.get_legend().get_texts()]
    assert texts == ["ReLU", "LeakyReLU(negative_slope=0.2)"]
