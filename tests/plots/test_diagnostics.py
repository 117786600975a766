from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pytest

from minidl.losses import CrossEntropyLoss
from minidl.models import FullyConnectedNet
from minidl.optim import SGD
from minidl.plots import plot_diagnostics
from minidl.plots.diagnostics import TITLES
from minidl.train import Diagnostics, Runner

RNG = np.random.default_rng(0)
X, Y = RNG.standard_normal((40, 6)), RNG.integers(0, 3, 40)


def measured(hidden_sizes=(8, 5), num_epochs=6):
    net = FullyConnectedNet(6, hidden_sizes, 3, rng=0)
    diagnostics = Diagnostics(every=2)
    Runner(net, SGD(net, lr=0.1), CrossEntropyLoss(), listeners=[diagnostics]).train(
        (X, Y), num_epochs=num_epochs
    )
    return diagnostics


@pytest.mark.parametrize("kind", TITLES)
def test_the_lines_are_what_was_measured(kind):
    diagnostics = measured()
    ax = plot_diagnostics(diagnostics, kind=kind)
    lines = {line.get_label(): line for line in ax.lines}
    names = list(diagnostics.updates if kind in ("updates", "gradients") else diagnostics.dead)
    assert list(lines) == names + (["10⁻³"] if kind == "updates" else [])
    for name in names:
        assert lines[name].get_xdata().tolist() == [1, 2, 4, 6]
        assert lines[name].get_ydata().tolist() == getattr(diagnostics, kind)[name]
    assert ax.get_yscale() == ("log" if kind in ("updates", "gradients") else "linear")
    assert [text.get_text() for text in ax.get_legend().get_texts()] == list(lines)
    ax.figure.canvas.draw()


def test_updates_are_drawn_against_a_thousandth():
    *_, rule = plot_diagnostics(measured()).lines
    assert list(rule.get_ydata()) == [1e-3, 1e-3]


def test_layers_are_told_apart_by_colour_and_dash():
    lines = plot_diagnostics(measured([4] * 5), kind="dead").lines
    assert len({line.get_color() for line in lines}) == 5
    assert len({line.get_linestyle() for line in lines}) == 4


def test_zeros_and_infinities_are_left_out_and_a_single_step_is_a_mark():
    diagnostics = Diagnostics()
    diagnostics.steps, diagnostics.updates = [1], {"W": [np.inf], "V": [0.0], "U": [0.1]}
    ax = plot_diagnostics(diagnostics)
    ax.figure.canvas.draw()
    assert ax.lines[2].get_marker() == "o"
    assert np.isfinite(ax.get_ylim()).all()


def test_it_draws_into_the_axes_that_it_is_given():
    _, ax = plt.subplots()
    assert plot_diagnostics(measured(), ax) is ax


def test_nothing_measured_and_no_activations_are_a_clear_error():
    with pytest.raises(
        ValueError, match=r"expected diagnostics with updates, received none; try a"
    ):
        plot_diagnostics(Diagnostics())
    with pytest.raises(ValueError, match=r"expected diagnostics with dead, .*, of activations"):
        plot_diagnostics(measured([]), kind="dead")
    with pytest.raises(ValueError, match="kind: expected one of 'updates', 'gradients', 'saturat"):
        plot_diagnostics(measured(), kind="weights")
