"""The learner's own network, checked before an explorer uses it."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.nn import Linear, Sequential, Tanh
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
