"""The explorer through the layers, its picture compared with networks of the library's own."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.explorers.layers.explorer import LR, LayersExplorer
from minidl.explorers.layers.picture import BINS_A_POWER, POWERS, RATIOS, shares_of_sizes
from minidl.explorers.layers.stack import IMAGES, deep_blocks, digits, measure
from minidl.losses import CrossEntropyLoss
from minidl.models import FullyConnectedNet
from minidl.nn import Tanh
from tests.widgets.helpers import opened


@pytest.fixture(scope="module")
def explorer():
    with opened(LayersExplorer) as made:
        yield made


def rms(values):
    return np.sqrt(np.mean(values**2))


@pytest.mark.parametrize("norm", ["none", "batch norm", "layer norm"])
def test_the_network_is_the_fully_connected_one_and_so_are_its_gradients(norm):
    blocks = deep_blocks(4, 1.0, "Tanh", norm)
    kind = None if norm == "none" else norm.split()[0]
    net = FullyConnectedNet(64, [50] * 3, 10, normalization=kind, activation=Tanh, rng=1)
    signals = measure(blocks, shortcuts=False)
    X, y = digits()
    loss_fn = CrossEntropyLoss()
    loss_fn(net(X), y)
    net.backward(loss_fn.backward())
    assert np.array_equal(signals.activations[-1], net(X))
    for number, (W, dW) in enumerate(signals.weights, start=1):
        assert np.array_equal(W, net.numbered()[f"W{number}"].value)
        np.testing.assert_allclose(dW, net.numbered()[f"W{number}"].grad, atol=1e-15)


def test_the_gradient_is_that_of_each_layers_own_output():
    blocks = deep_blocks(5, 0.9, "ReLU", "none")
    signals = measure(blocks, shortcuts=True)
    _, labels = digits()
    loss_fn = CrossEntropyLoss(reduction="sum")

    def loss_from(hidden):
        for block in blocks[2:4]:
            hidden = hidden + block(hidden)
        return loss_fn(blocks[4](hidden), labels)

    hidden, nudge = signals.activations[1], np.zeros((IMAGES, 50))
    place = np.unravel_index(np.argmax(np.abs(signals.gradients[1])), hidden.shape)
    nudge[place] = 1e-5
    slope = (loss_from(hidden + nudge) - loss_from(hidden - nudge)) / 2e-5
    assert signals.gradients[1][place] == pytest.approx(slope, rel=1e-5)


def test_the_lines_are_the_sizes_of_what_was_measured(explorer):
    explorer.set(depth=7, scale=0.5, activation="ReLU", norm="none", shortcuts=False)
    signals = measure(deep_blocks(7, 0.5, "ReLU", "none"), shortcuts=False)
    artists = explorer.picture.artists
    for line, arrays in (
        (artists.activation_sizes, signals.activations),
        (artists.gradient_sizes, signals.gradients),
    ):
        assert line.get_ydata() == pytest.approx(np.log10([rms(a) for a in arrays]))
    steps = [LR * rms(dW) / rms(W) for W, dW in signals.weights]
    assert artists.ratios.get_ydata() == pytest.approx(steps)


def test_each_column_counts_the_sizes_of_a_layer_and_the_rest_is_empty(explorer):
    explorer.set(depth=3, scale=1.0, activation="Tanh", norm="none", shortcuts=False)
    image = np.asarray(explorer.picture.artists.activations.get_array())
    hidden = measure(deep_blocks(3, 1.0, "Tanh", "none"), shortcuts=False).activations[1]
    place = int(np.argmax(image[:, 1]))
    low = 10 ** (POWERS[0] + place / BINS_A_POWER)
    inside = (np.abs(hidden) >= low) & (np.abs(hidden) < low * 10 ** (1 / BINS_A_POWER))
    assert inside.mean() > 0.2
    assert not image[:, 3:].any()


def test_sizes_beyond_the_picture_are_left_out_and_zeros_too():
    assert not shares_of_sizes(np.array([0.0, 1e-12, 1e9])).any()


def test_bars_show_the_shut_units_and_the_dead_ones_among_them(explorer):
    explorer.set(depth=12, scale=1.0, activation="ReLU", norm="none", shortcuts=False)
    signals = measure(deep_blocks(12, 1.0, "ReLU", "none"), shortcuts=False)
    silent = signals.activations[9] == 0
    for bars, share in (
        (explorer.picture.artists.shut, silent.mean()),
        (explorer.picture.artists.dead, silent.all(axis=0).mean()),
    ):
        assert bars.get_segments()[9][1] == pytest.approx([10, 100 * share])
    assert 0 < silent.all(axis=0).mean() < silent.mean()


def test_half_of_hes_weights_halve_the_signal_each_way_and_a_norm_keeps_it(explorer):
    explorer.set(depth=20, scale=0.5, activation="ReLU", norm="none", shortcuts=False)
    powers = explorer.picture.artists.activation_sizes.get_ydata()[:-1]
    assert np.diff(powers).mean() == pytest.approx(np.log10(0.5), abs=0.05)
    explorer.set(norm="batch norm")
    assert np.ptp(explorer.picture.artists.activation_sizes.get_ydata()[:-1]) < 0.05


def test_steps_beyond_the_picture_stand_at_its_rim(explorer):
    explorer.set(depth=20, scale=5.0, activation="ReLU", norm="none", shortcuts=False)
    assert explorer.picture.artists.ratios.get_ydata().max() == RATIOS[1]


def test_the_sentence_tells_how_far_activations_and_gradients_get(explorer):
    explorer.set(depth=12, scale=0.5, activation="ReLU", norm="none", shortcuts=False)
    assert "size 0.23 in the first layer and 6.5e−5 in the last hidden one" in explorer.status
    assert "0.3 at the scores and 6.6e−5 at the first layer" in explorer.status
