"""The learner's own network, checked before an explorer uses it."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.nn import Dropout, Linear, Sequential, Tanh
from minidl.widgets.network import (
    build_network,
    ignores_hidden_size,
    network_of,
    own_function,
    takes,
)


def good(input_size, hidden_size, output_size, *, rng):
    rng = np.random.default_rng(rng)
    return Sequential(
        Linear(input_size, hidden_size, rng=rng), Tanh(), Linear(hidden_size, output_size, rng=rng)
    )


def test_a_good_network_is_returned_as_it_is():
    network = build_network(good, 2, 5, 1, rng=0)
    assert network(np.zeros((7, 2))).shape == (7, 1)


def test_a_network_instead_of_a_function_is_explained():
    with pytest.raises(TypeError, match="received 7"):
        build_network(7, 2, 5, 1, rng=0)


def test_a_forgotten_return_is_explained():
    def forgetful(input_size, hidden_size, output_size, *, rng):
        good(input_size, hidden_size, output_size, rng=rng)

    with pytest.raises(TypeError, match=r"forgetful to return an Op.*received None.*`return`"):
        build_network(forgetful, 2, 5, 1, rng=0)


def test_outputs_of_a_wrong_shape_are_explained():
    def wide(input_size, hidden_size, output_size, *, rng):
        return good(input_size, hidden_size, output_size + 1, rng=rng)

    with pytest.raises(ValueError, match=r"shape \(3, 1\), received \(3, 2\)"):
        build_network(wide, 2, 5, 1, rng=0)


def test_outputs_that_are_nan_are_explained():
    def broken(input_size, hidden_size, output_size, *, rng):
        network = good(input_size, hidden_size, output_size, rng=rng)
        next(iter(network.parameters())).value[...] = np.nan
        return network

    with pytest.raises(ValueError, match="finite outputs"):
        build_network(broken, 2, 5, 1, rng=0)


def test_a_network_that_the_factory_returns_again_and_again_stays_the_learners():
    own = good(2, 5, 1, rng=0)
    weights = own.layers[0].params["W"].copy()
    network = build_network(lambda *widths, rng: own, 2, 5, 1, rng=0)
    network.layers[0].params["W"] += 1
    np.testing.assert_array_equal(own.layers[0].params["W"], weights)


def test_looking_at_the_outputs_draws_no_random_numbers_of_the_network():
    def random(input_size, hidden_size, output_size, *, rng):
        return Sequential(Linear(input_size, output_size, rng=0), Dropout(0.5, rng=rng))

    network = build_network(random, 2, 5, 1, rng=0)
    x = np.ones((20, 2))
    np.testing.assert_array_equal(network(x), random(2, 5, 1, rng=0)(x))


def test_a_result_that_cannot_be_copied_is_explained_too():
    with pytest.raises(TypeError, match="to return an Op such as Sequential, received <generator"):
        build_network(lambda *widths, rng: (n for n in widths), 2, 5, 1, rng=0)


def test_a_network_that_is_there_already_is_taken_itself_and_a_factory_asked():
    network = good(2, 3, 1, rng=0)
    assert network_of(network, 5, 5, 5, rng=1) is network
    made = network_of(good, 2, 3, 1, rng=0)
    assert [p.value.tolist() for p in made.parameters()] == [
        p.value.tolist() for p in network.parameters()
    ]


def test_options_reach_the_factories_that_take_them():
    def deep(input_size, hidden_size, output_size, *, depth=1, rng):
        tops = [Linear(output_size, output_size, rng=rng) for _ in range(depth)]
        return Sequential(good(input_size, hidden_size, output_size, rng=rng), *tops)

    assert takes(deep, "depth")
    assert not takes(good, "depth")
    assert not takes(7, "depth")
    assert len(build_network(deep, 2, 3, 1, rng=0, depth=4).layers) == 5


def test_a_network_of_one_size_whatever_is_asked_for_is_noticed():
    assert ignores_hidden_size(lambda hidden: good(2, 4, 1, rng=0))
    assert not ignores_hidden_size(lambda hidden: good(2, hidden, 1, rng=0))
    assert not ignores_hidden_size(lambda hidden: 1 / 0)  # the box shows it


def test_a_function_of_ones_own_takes_the_place_of_the_explorers():
    words = {"call": "(x)", "returns": "x"}
    assert own_function(None, max, **words) is max
    assert own_function(min, max, **words) is min
    with pytest.raises(TypeError, match=r"a function \(x\) that returns x, received 7; try"):
        own_function(7, max, **words)
