"""The learner's own network, checked before an explorer uses it."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.nn import Dropout, Linear, Sequential, Tanh
from minidl.widgets.network import build_network


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
