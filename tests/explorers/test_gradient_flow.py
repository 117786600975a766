"""The gradient explorer, its picture compared with matrices multiplied by hand."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.explorers import GradientExplorer
from minidl.explorers.gradient_flow.explorer import gradient_sizes, plain_stack
from minidl.nn import Activation, Linear, Sequential, Tanh, he_normal, xavier_normal
from tests.widgets.helpers import opened


def sigma(z):
    return 1 / (1 + np.exp(-z))


SLOPES = {
    "Logistic": (sigma, lambda z: sigma(z) * sigma(-z)),
    "Tanh": (np.tanh, lambda z: 1 / np.cosh(z) ** 2),
    "ReLU": (lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0),
}


def by_hand(name, depth, std):
    """Return sizes and shares of saturated units from plain matrix products."""
    f, slope = SLOPES[name]
    weights = np.random.default_rng(1)
    weights = [std * weights.standard_normal((50, 50)) for _ in range(depth)]
    draw = np.random.default_rng(0)
    x, g = draw.standard_normal((100, 50)), draw.standard_normal((100, 50))
    sent, zs, sizes = np.sqrt(np.mean(g**2)), [], []
    for W in weights:
        zs.append(x @ W)
        x = f(zs[-1])
    for W, z in zip(weights[::-1], zs[::-1], strict=True):
        g = g * slope(z)
        sizes.append(np.sqrt(np.mean(g**2)) / sent)
        g = g @ W.T
    return sizes[::-1], [np.mean(slope(z) < 0.05) for z in zs]


CASES = [
    ({"activation": "Logistic"}, 1 / np.sqrt(50)),
    ({"activation": "Tanh", "depth": 3, "weights": "He"}, np.sqrt(2 / 50)),
    ({"activation": "ReLU", "weights": "standard normal"}, 1.0),
    ({"activation": "ReLU", "depth": 1, "scale": 0.5}, 0.5 / np.sqrt(50)),
    ({"activation": "Logistic", "depth": 15, "scale": 2.0}, 2 / np.sqrt(50)),
]


@pytest.fixture(scope="module")
def explorer():
    with opened(GradientExplorer) as made:
        yield made


def test_it_opens_with_something_to_see_in_both_panels(explorer):
    assert explorer.view.sizes[0] < 0.1
    heights = [bar[1][1] for bar in explorer.picture.artists.bars.get_segments()]
    assert min(heights) > 20


@pytest.fixture(autouse=True)
def as_at_first(explorer):
    explorer.reset()


@pytest.mark.parametrize(("start", "std"), CASES)
def test_the_picture_holds_what_matrix_products_give(start, std, explorer):
    explorer.set(**start)
    sizes, shut = by_hand(explorer.state.activation, explorer.state.depth, std)
    layers, drawn = explorer.picture.artists.sizes.get_data()
    np.testing.assert_array_equal(layers, np.arange(1, explorer.state.depth + 1))
    np.testing.assert_allclose(drawn, sizes, rtol=1e-9)
    heights = [bar[1][1] for bar in explorer.picture.artists.bars.get_segments()]
    np.testing.assert_allclose(heights, 100 * np.array(shut))


def test_ten_logistic_layers_cost_more_than_a_million(explorer):
    explorer.set(activation="Logistic")
    sizes, _ = by_hand("Logistic", 10, 1 / np.sqrt(50))
    assert explorer.view.sizes[0] == pytest.approx(sizes[0])
    assert explorer.view.sizes[0] < 1e-6
    assert explorer.status == (
        "Logistic: of a gradient of size 1, the first of 10 layers receives 4.2e-07, about "
        "1/2,400,000. Units with slope below 0.05: 0% in the first layer, 0% in the last."
    )


def test_he_weights_keep_what_relu_loses(explorer):
    assert explorer.state.activation == "ReLU"
    assert 1 / 50 < explorer.view.sizes[0] < 1 / 20
    explorer.set(weights="He")
    assert 0.5 < explorer.view.sizes[0] < 1.5


def test_a_growing_gradient_is_told(explorer):
    explorer.set(activation="ReLU", weights="standard normal")
    assert "it has grown" in explorer.status


def test_a_single_layer_is_told_as_one(explorer):
    explorer.set(depth=1, activation="ReLU")
    assert explorer.status == (
        "ReLU: of a gradient of size 1, the only layer receives 0.69. Units with slope below "
        "0.05: 49%."
    )


def grey(explorer):
    return list(explorer.picture.artists.before.get_ydata())


def test_the_choice_before_stays_in_grey_until_reset(explorer):
    relu = explorer.view.sizes
    assert grey(explorer) == []
    explorer.set(activation="Tanh")
    tanh = explorer.view.sizes
    assert grey(explorer) == relu
    explorer.refresh(to_the_end=True)
    assert grey(explorer) == relu
    explorer.set(weights="He")
    assert grey(explorer) == tanh
    explorer.reset()
    assert grey(explorer) == []


def test_the_kinds_that_the_lesson_compares_share_their_scale(explorer):
    scales = set()
    for kind in SLOPES:
        for weights in ("Xavier", "He"):
            explorer.set(activation=kind, weights=weights)
            scales.add(explorer.picture.artists.sizes.axes.get_ylim())
    assert len(scales) == 1


def test_the_readers_stack_is_the_one_that_is_measured():
    asked = []

    def mine(activation, depth, weight_init):
        asked.append((activation, depth))
        layers = []
        for _ in range(depth):
            layers += [Linear(8, 8, weight_init=weight_init, rng=5), activation()]
        return Sequential(*layers)

    explorer = GradientExplorer(stack=mine, activation="Tanh", depth=4)
    draw = np.random.default_rng(0)
    x, g = draw.standard_normal((100, 8)), draw.standard_normal((100, 8))
    sizes, _ = gradient_sizes(mine(Tanh, 4, xavier_normal), x, g)
    assert explorer.view.sizes == sizes
    assert asked[0] == (Tanh, 4)
    explorer.close()


def test_a_stack_without_a_linear_layer_is_told():
    explorer = GradientExplorer(stack=lambda activation, depth, weight_init: activation())
    assert "expected the stack to be a Sequential that starts with a Linear layer" in explorer.error
    explorer.close()


class Gate(Activation):
    """An activation that lets nothing back."""

    def function(self, x):
        return x

    def slope(self, x, a):
        return np.zeros_like(x)


def test_a_readers_activation_that_lets_nothing_back_is_seen_failing():
    explorer = GradientExplorer(Gate, activation="Gate (yours)")
    assert explorer.error == ""
    np.testing.assert_array_equal(explorer.picture.artists.sizes.get_ydata(), np.zeros(10))
    assert "receives 0. Units with slope below 0.05: 100%" in explorer.status
    explorer.close()


def test_a_blank_activation_is_told_before_the_network_is_built():
    class Blank(Activation):
        def function(self, x): ...

    explorer = GradientExplorer(Blank, activation="Blank (yours)")
    assert "expected Blank.function to return an array" in explorer.error
    explorer.close()


def test_weights_are_the_same_whatever_the_activation_is():
    first, second = (plain_stack(kind, 2, he_normal) for kind in (Tanh, Gate))
    np.testing.assert_array_equal(first.layers[0].params["W"], second.layers[0].params["W"])
