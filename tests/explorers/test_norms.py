"""The explorer of norms, its picture compared with networks that a Runner trains one by one."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.explorers.norms.explorer import EVERY, SCALES, STEPS, NormsExplorer
from minidl.explorers.norms.fleet import (
    AXES,
    WIDTH,
    Fleet,
    digit_batches,
    digit_sets,
    train_fleets,
)
from minidl.losses import CrossEntropyLoss
from minidl.models import FullyConnectedNet
from minidl.optim import BatchGD
from tests.widgets.helpers import opened

KINDS = {"none": None, "batch norm": "batch", "layer norm": "layer"}


def trained(scale, norm, *, depth, batch_size, lr, steps):
    """Return a network that took its batches alone."""
    net = FullyConnectedNet(64, [WIDTH] * (depth - 1), 10, normalization=KINDS[norm], rng=0)
    for name, parameter in net.numbered().items():
        if name.startswith("W"):
            parameter.value[:] *= scale
    optimizer, loss_fn = BatchGD(net, lr=lr), CrossEntropyLoss()
    for X, y in digit_batches(batch_size, steps):
        loss_fn(net(X), y)
        net.backward(loss_fn.backward())
        optimizer.step()
    net.eval()
    return net


@pytest.fixture(scope="module")
def explorer():
    with opened(NormsExplorer, depth=3, batch_size=5) as made:
        yield made


@pytest.mark.parametrize("norm", AXES)
def test_a_fleet_trains_each_network_as_it_would_train_alone(norm):
    options = {"depth": 4, "batch_size": 7, "lr": 0.2}
    fleet = Fleet([0.5, 2.0], norm, depth=4)
    for X, y in digit_batches(7, 30):
        fleet.step(X, y, lr=0.2)
    X, y = digit_sets()[1]
    alone = [trained(scale, norm, steps=30, **options)(X) for scale in (0.5, 2.0)]
    np.testing.assert_allclose(fleet.scores(X), alone, rtol=1e-7, atol=1e-9)
    assert fleet.accuracies(X, y).tolist() == [np.mean(s.argmax(axis=1) == y) for s in alone]


def test_new_images_are_none_of_those_trained_on():
    (X, _), (new_X, _) = digit_sets()
    assert not (X[:, np.newaxis] == new_X).all(axis=-1).any()


def test_fleets_are_measured_at_first_at_last_and_now_and_then():
    found = train_fleets([1.0], depth=2, batch_size=10, lr=0.1, steps=25, every=10)
    assert [f if f is None else f[0] for f in found if f] == [0, 10, 20, 25]


def test_a_network_that_diverges_knows_nothing_and_says_so_without_a_warning():
    *_, (_, accuracies) = train_fleets([8.0], depth=6, batch_size=10, lr=1.0, steps=9, every=9)
    assert accuracies[0, 0] < 0.2


def test_the_picture_shows_the_accuracies_by_scale_and_by_step(explorer):
    explorer.set(depth=3, batch_size=5, lr=0.1, scale=0.25)
    X, y = digit_sets()[1]
    artists, place = explorer.picture.artists, list(SCALES).index(0.25)
    for line, (by_scale, by_step) in enumerate(zip(artists.by_scale, artists.by_step, strict=True)):
        assert by_scale.get_xdata().tolist() == SCALES.tolist()
        assert by_step.get_xdata().tolist() == list(range(0, STEPS + 1, EVERY))
        assert by_step.get_ydata()[-1] == by_scale.get_ydata()[place]
        norm = list(AXES)[line]
        net = trained(0.25, norm, depth=3, batch_size=5, lr=0.1, steps=EVERY)
        assert by_step.get_ydata()[1] == pytest.approx(np.mean(net(X).argmax(axis=1) == y))
    assert artists.chosen.get_xdata() == [0.25, 0.25]


def test_the_sentence_states_accuracies_and_counts_the_scales(explorer):
    explorer.set(depth=3, batch_size=5, lr=0.1, scale=1.0)
    now = explorer.view.accuracies[-1]
    above = ", ".join(str((row > 1 / 3).sum()) for row in now)
    assert f"accuracy none {now[0, 3]:.1f}, batch norm {now[1, 3]:.1f}" in explorer.status
    assert f"more than a third right, of 7: {above}." in explorer.status
