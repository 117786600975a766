from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pytest

from minidl.data import make_moons
from minidl.losses import BCELoss
from minidl.models import logistic_regression, two_layer_net
from minidl.optim import BatchGD
from minidl.plots import plot_boundary, plot_decision_regions, plot_points
from minidl.train import Runner
from tests.plots.helpers import points_of

X, y = make_moons(60, noise=0.2, rng=0)
LEFT, RIGHT = (X[:30], y[:30]), (X[30:], y[30:])


def half_plane(points):
    """Probability of class 1: 1 right of x₁ = 0.25, 0 left of it, linear between 0 and 0.5."""
    return np.clip(2 * points[:, :1], 0, 1)


def test_plots_draw_into_the_axes_that_they_are_given():
    _, ax = plt.subplots()
    assert plot_points(X, y, ax) is ax
    assert plot_boundary(half_plane, ax) is ax
    assert plot_decision_regions(half_plane, ax, train=LEFT) is ax


def test_the_shading_is_the_probability_at_each_point_of_the_grid():
    net = two_layer_net(2, 5, rng=3)
    ax = plot_decision_regions(net, extent=(-1, 2, -3, 1), resolution=50)
    (image,) = ax.images
    shade = np.asarray(image.get_array())
    assert shade.shape == (50, 50)
    assert image.get_extent() == [-1, 2, -3, 1]
    assert image.origin == "lower"
    x1, x2 = np.linspace(-1, 2, 50), np.linspace(-3, 1, 50)
    for row, column in [(0, 0), (0, 49), (49, 0), (20, 33)]:
        alone = net(np.array([[x1[column], x2[row]]]))[0, 0]
        assert shade[row, column] == pytest.approx(alone, rel=1e-12)


def test_regions_are_looked_at_on_200_by_200_points_by_default():
    (image,) = plot_decision_regions(half_plane).images
    assert np.shape(image.get_array()) == (200, 200)
    assert image.get_extent() == pytest.approx([-np.pi, np.pi, -np.pi, np.pi])


def test_the_dark_line_is_where_the_probability_is_one_half():
    ax = plot_decision_regions(half_plane)
    vertices = np.concatenate([path.vertices for path in ax.collections[0].get_paths()])
    np.testing.assert_allclose(vertices[:, 0], 0.25, atol=1e-9)


def test_all_points_of_all_sets_lie_inside():
    ax = plot_decision_regions(half_plane, train=LEFT, dev=RIGHT)
    assert np.all((ax.get_xlim()[0] < X[:, 0]) & (X[:, 0] < ax.get_xlim()[1]))
    assert np.all((ax.get_ylim()[0] < X[:, 1]) & (X[:, 1] < ax.get_ylim()[1]))
    drawn = sorted(point for line in ax.lines for point in points_of(line))
    assert drawn == sorted(map(tuple, X))


def test_the_legend_names_classes_and_the_sets_shown():
    ax = plot_decision_regions(half_plane, train=LEFT, test=RIGHT)
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names == ["class 0", "class 1", "train", "test"]
    assert plot_decision_regions(half_plane, train=LEFT, legend=False).get_legend() is None


def test_a_network_that_sees_one_class_everywhere_has_no_line():
    ax = plot_decision_regions(lambda points: np.full(len(points), 0.9))
    assert not ax.collections


def test_a_runners_predict_gives_the_regions_of_its_model():
    model = logistic_regression(2, rng=0)
    runner = Runner(model, BatchGD(model, lr=1.0), BCELoss())
    of_model, of_runner = plot_decision_regions(model), plot_decision_regions(runner.predict)
    assert np.array_equal(of_model.images[0].get_array(), of_runner.images[0].get_array())


def test_plotting_changes_no_parameter_and_no_mode():
    model = two_layer_net(2, 5, rng=0)
    before = model.state_dict()
    plot_decision_regions(model, train=LEFT)
    assert model.training
    for name, value in model.state_dict().items():
        np.testing.assert_array_equal(value, before[name])


def test_a_boundary_follows_the_axes_and_the_threshold():
    _, ax = plt.subplots()
    ax.set(xlim=(-4, 4), ylim=(-1, 1))
    plot_boundary(lambda points: points[:, 0], ax, threshold=3.0, label="x₁ = 3")
    vertices = np.concatenate([path.vertices for path in ax.collections[0].get_paths()])
    np.testing.assert_allclose(vertices[:, 0], 3.0)
    assert (vertices[:, 1].min(), vertices[:, 1].max()) == (-1, 1)
    assert ax.get_legend_handles_labels()[1] == ["x₁ = 3"]


@pytest.mark.parametrize("plot", [plot_decision_regions, plot_boundary])
def test_a_grid_of_one_point_is_refused(plot):
    with pytest.raises(ValueError, match="resolution: expected at least 2, received 1"):
        plot(half_plane, resolution=1)
