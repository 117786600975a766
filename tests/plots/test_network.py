from __future__ import annotations

import numpy as np
import pytest

from minidl.data import make_moons
from minidl.models import logistic_regression, two_layer_net
from minidl.nn import Linear, Logistic, ReLU, Sequential, Tanh
from minidl.op import Op
from minidl.plots import plot_hidden_units

EXTENT = (-2.0, 3.0, -1.0, 1.5)


def shades(axes):
    return np.array([np.asarray(ax.images[0].get_array()) for ax in axes])


@pytest.mark.parametrize("activation", [Logistic, Tanh, ReLU])
def test_the_units_parts_and_the_bias_add_up_to_the_logit(activation):
    model = two_layer_net(2, 7, rng=1, activation=activation)
    model.layers[2].params["b"] += 0.7
    axes = plot_hidden_units(model, extent=EXTENT, resolution=20)
    first, second = np.meshgrid(np.linspace(-2, 3, 20), np.linspace(-1, 1.5, 20))
    probability = model(np.column_stack([first.ravel(), second.ravel()])).reshape(20, 20)
    logit = shades(axes).sum(axis=0) + 0.7
    np.testing.assert_allclose(1 / (1 + np.exp(-logit)), probability, rtol=1e-12)


def test_each_line_is_where_its_units_net_activation_is_zero():
    model = two_layer_net(2, 4, rng=2)
    W, b = model.layers[0].params["W"], model.layers[0].params["b"][0]
    b += 0.3
    axes = plot_hidden_units(model, extent=EXTENT)
    seen = 0
    for j, ax in enumerate(axes):
        for lines in ax.collections:
            vertices = np.concatenate([path.vertices for path in lines.get_paths()])
            np.testing.assert_allclose(vertices @ W[:, j] + b[j], 0, atol=1e-9)
            seen += 1
    assert seen >= 3


def test_all_units_share_one_scale_around_zero():
    axes = plot_hidden_units(two_layer_net(2, 6, rng=0), extent=EXTENT)
    limits = {ax.images[0].get_clim() for ax in axes}
    ((low, high),) = limits
    assert low == -high
    assert high == np.abs(shades(axes)).max()


def test_titles_give_the_outgoing_weights():
    model = two_layer_net(2, 2, rng=0)
    model.layers[2].params["W"][:] = [[-1.25], [3.0]]
    titles = [ax.get_title(loc="left") + ax.get_title() for ax in plot_hidden_units(model)]
    assert titles == ["unit 1: v = −1.2", "unit 2: v = +3.0"]


@pytest.mark.parametrize(("units", "rows"), [(1, 1), (5, 1), (6, 2), (12, 3)])
def test_there_is_a_picture_for_each_unit_in_rows_of_five(units, rows):
    axes = plot_hidden_units(two_layer_net(2, units, rng=0), resolution=5)
    assert len(axes) == units
    assert axes[0].get_subplotspec().get_gridspec().nrows == rows
    assert axes[0].figure.axes == list(axes)


def test_points_are_drawn_in_every_picture():
    X, y = make_moons(30, rng=0)
    for ax in plot_hidden_units(two_layer_net(2, 3, rng=0), train=(X, y)):
        assert sum(len(line.get_xdata()) for line in ax.lines) == 30


def test_dead_units_do_no_harm():
    model = two_layer_net(2, 3, rng=0, activation=ReLU)
    model.layers[0].params["b"][:] = -1e3
    assert not shades(plot_hidden_units(model, extent=EXTENT)).any()


class Backwards(Op):
    """Holds layers in another order than it runs them."""

    def __init__(self):
        super().__init__()
        self.layers = [Linear(2, 3, rng=0), Tanh(), Linear(3, 1, rng=1)]

    def forward(self, x):
        return -self.layers[2](self.layers[1](self.layers[0](x)))


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (logistic_regression(2, rng=0), "one hidden layer and one output"),
        (two_layer_net(2, 3, 2, rng=0), "one hidden layer and one output"),
        (Tanh(), "one hidden layer and one output"),
        (Sequential(Tanh(), Linear(2, 3, rng=0), Linear(3, 1, rng=0)), "one hidden layer"),
        (Backwards(), "layers one after another"),
    ],
)
def test_other_models_are_refused(model, words):
    with pytest.raises(ValueError, match=words):
        plot_hidden_units(model)
