"""The neuron explorer, its picture compared with sums written out."""

from __future__ import annotations

import math

import numpy as np
import pytest

from minidl.explorers import NeuronExplorer
from minidl.explorers.neuron.picture import LEVELS, REACH
from minidl.nn import Linear
from tests.widgets.helpers import opened, put


@pytest.fixture(scope="module")
def shared():
    with opened(NeuronExplorer) as explorer:
        yield explorer


STATES = [
    {},
    {"w1": -3.0, "w2": 3.0, "b": 4.0},
    {"w1": 0.0, "w2": 2.0, "b": -1.0},
    {"w1": 1.5, "w2": -0.5, "b": 0.0, "view": "a"},
]


def value_at(state, x1, x2):
    z = state.w1 * x1 + state.w2 * x2 + state.b
    return z if state.view == "z" else 1 / (1 + math.exp(-z))


@pytest.mark.parametrize("start", STATES)
def test_the_shading_holds_the_neurons_value_at_each_point(shared, start):
    explorer = put(shared, **start)
    shade = np.asarray(explorer.picture.artists.shade.get_array())
    state, side = explorer.state, np.linspace(-REACH, REACH, shade.shape[0])
    for row, column in [(0, 0), (0, 120), (120, 0), (60, 30), (17, 99)]:
        value = value_at(state, side[column], side[row])
        expected = value if state.view == "a" else 0.5 + value / 12
        assert shade[row, column] == pytest.approx(expected)


@pytest.mark.parametrize("start", STATES)
def test_the_curve_holds_the_neurons_value_along_its_weights(shared, start):
    explorer = put(shared, **start)
    state = explorer.state
    length = math.hypot(state.w1, state.w2)
    t, values = explorer.picture.artists.curve.get_data()
    for distance, value in zip(t[::20], values[::20], strict=True):
        x1, x2 = distance * state.w1 / length, distance * state.w2 / length
        assert value == pytest.approx(value_at(state, x1, x2))


@pytest.mark.parametrize("start", STATES)
def test_the_lines_are_where_z_has_their_value(shared, start):
    explorer = put(shared, **start)
    state, artists = explorer.state, explorer.picture.artists
    for line, level in [(artists.line, 0), *zip(artists.levels, LEVELS, strict=True)]:
        for x1, x2 in np.transpose(line.get_data()):
            z = state.w1 * x1 + state.w2 * x2 + state.b
            assert z == pytest.approx(level, abs=1e-9)


def test_the_dashed_line_marks_where_the_curve_crosses_zero(shared):
    explorer = put(shared, w1=3.0, w2=-2.0, b=2.0)
    artists = explorer.picture.artists
    t, z = artists.curve.get_data()
    x = artists.crossing.get_xdata()
    assert x[0] == x[1] == pytest.approx(np.interp(0.0, z, t))


def test_the_arrow_points_to_the_weights(shared):
    explorer = put(shared, w1=-1.0, w2=2.0)
    arrow = explorer.picture.artists.arrow
    assert arrow._posA_posB == [(0, 0), (-1.0, 2.0)]


@pytest.mark.parametrize("w1", [0.1, -0.2, 0.4, 3.0])
def test_the_head_is_no_longer_than_its_arrow(shared, w1):
    explorer = put(shared, w1=w1, w2=0.0)
    arrow = explorer.picture.artists.arrow
    (start, *_), (end, *_) = arrow.axes.transData.transform([(0, 0), (w1, 0)])
    head = arrow.get_arrowstyle().head_length * arrow.get_mutation_scale()
    assert arrow.figure.dpi / 72 * head < abs(end - start)


def test_without_weights_there_is_neither_line_nor_arrow(shared):
    explorer = put(shared, w1=0.0, w2=0.0, b=1.0)
    assert explorer.error == ""
    assert "no line" in explorer.status
    assert not explorer.picture.artists.arrow.get_visible()
    assert np.all(np.isnan(explorer.picture.artists.line.get_data()))


def test_the_sentence_states_formula_distance_and_growth(shared):
    explorer = put(shared, w1=3.0, w2=-2.0, b=2.0)
    assert explorer.status == (
        "z = 3.0·x₁ − 2.0·x₂ + 2.0. The line z = 0 is 0.55 from the origin; "
        "along w, z grows by 3.61 per unit."
    )


def test_the_axis_follows_the_view(shared):
    explorer = put(shared)
    explorer.controls["view"].value = "a"
    ax = explorer.picture.artists.curve.axes
    assert ax.get_ylabel() == "output σ(z)"
    assert ax.get_ylim() == (-0.05, 1.05)


def test_a_wrong_neuron_of_the_learner_is_seen_in_picture_and_words():
    explorer = NeuronExplorer(lambda X, W, b: X @ W - b, b=1.0)
    shade = np.asarray(explorer.picture.artists.shade.get_array())
    assert shade[60, 60] == pytest.approx(0.5 - 1 / 12)  # z = −b at the origin
    assert "Yours differs" in explorer.status
    explorer.close()


def test_the_lines_of_a_wrong_neuron_are_its_own_and_the_arrow_is_that_of_the_sliders():
    explorer = NeuronExplorer(lambda X, W, b: X @ W - b, w1=1.0, w2=0.5, b=-2.0)
    artists = explorer.picture.artists
    for line, level in [(artists.line, 0), *zip(artists.levels, LEVELS, strict=True)]:
        for x1, x2 in np.transpose(line.get_data()):
            assert x1 + 0.5 * x2 + 2 == pytest.approx(level, abs=1e-9)
    t, z = artists.curve.get_data()
    assert artists.crossing.get_xdata()[0] == pytest.approx(np.interp(0.0, z, t))
    assert artists.arrow._posA_posB == [(0, 0), (1.0, 0.5)]
    explorer.close()


@pytest.mark.parametrize(
    "neuron",
    [
        lambda X, W, b: np.abs(X @ W + b),
        lambda X, W, b: 0 * (X @ W) + b,
        lambda X, W, b: X @ W + np.nan,
    ],
    ids=["bent", "without its weights", "not a number"],
)
def test_a_wrong_neuron_without_a_straight_line_gets_none(neuron):
    explorer = NeuronExplorer(neuron)
    artists = explorer.picture.artists
    assert np.all(np.isnan(artists.line.get_data()))
    assert np.all(np.isnan(artists.crossing.get_xdata()))
    assert explorer.error == ""
    assert "Yours differs" in explorer.status
    explorer.close()


def test_a_neuron_that_loses_a_dimension_is_explained():
    explorer = NeuronExplorer(lambda X, W, b: X @ W[:, 0] + b[0])
    assert "expected net activations of shape" in explorer.error
    explorer.close()


def test_a_layer_of_the_learner_is_used_and_left_as_it_was():
    layer = Linear(2, 1, rng=0)
    before = {name: value.copy() for name, value in layer.params.items()}
    explorer = NeuronExplorer(layer, w1=2.0)
    assert "Yours differs" not in explorer.status
    assert explorer.error == ""
    for name, value in before.items():
        np.testing.assert_array_equal(layer.params[name], value)
    explorer.close()
