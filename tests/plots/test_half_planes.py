"""Half-planes."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pytest

from minidl.nn import Linear
from minidl.plots import plot_half_planes


@pytest.fixture
def ax():
    made = plt.figure().subplots()
    yield made
    plt.close(made.figure)


def test_the_shading_tells_the_sides_apart(ax):
    plot_half_planes(lambda X: X[:, :1] - 1.0, ax)
    shade = np.asarray(ax.images[0].get_array())
    assert np.all(shade[:, :125] < 0.5)  # x₁ < 1
    assert np.all(shade[:, 126:] > 0.5)
    assert np.all(shade[:, 125] == 0.5)


def test_the_line_lies_where_z_is_zero(ax):
    layer = Linear(2, 1, rng=3)
    layer.params["b"][...] = 0.5
    plot_half_planes(layer, ax)
    (path,) = ax.collections[0].get_paths()
    np.testing.assert_allclose(layer(path.vertices), 0, atol=1e-9)


def test_a_neuron_that_never_changes_sign_has_no_line(ax):
    plot_half_planes(lambda X: np.full((len(X), 1), 2.0), ax)
    assert not ax.collections
    assert np.all(np.asarray(ax.images[0].get_array()) > 0.5)


def test_two_numbers_a_point_are_refused(ax):
    with pytest.raises(ValueError, match="expected predictions of shape"):
        plot_half_planes(lambda X: X, ax)
