"""The explorer of drift, its losses compared with networks trained alone."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.data.digits import digit_rows
from minidl.explorers.drift.explorer import DriftExplorer, differences_of
from minidl.explorers.drift.picture import HIGHEST, LOWEST
from minidl.explorers.drift.twins import HIDDEN, Program, side_by_side
from minidl.losses import CrossEntropyLoss
from minidl.nn import Linear, ReLU, Sequential, he_normal
from minidl.optim import SGD
from tests.widgets.helpers import opened

OPTIONS = {"lr": 0.1, "batch_size": 20, "num_steps": 50}


def losses_of(**options):
    return np.array([losses for losses, _ in side_by_side(**options)]).T


@pytest.fixture(scope="module")
def explorer():
    with opened(DriftExplorer, **OPTIONS) as made:
        yield made


def test_the_first_program_is_plain_training():
    rng, rows_rng, (X, y) = np.random.default_rng(0), np.random.default_rng(1), digit_rows()
    first = Linear(64, HIDDEN, weight_init=he_normal, rng=rng)
    net = Sequential(first, ReLU(), Linear(HIDDEN, 10, weight_init=he_normal, rng=rng))
    optimizer, loss_fn, losses = SGD(net, lr=0.3), CrossEntropyLoss(), []
    for _ in range(20):
        rows = rows_rng.choice(len(y), 20, replace=False)
        losses.append(loss_fn(net(X[rows]), y[rows]))
        net.backward(loss_fn.backward())
        optimizer.step()
    found = losses_of(lr=0.3, batch_size=20, num_steps=20)[0]
    np.testing.assert_allclose(found, losses, rtol=1e-12)


def test_programs_differ_by_rounding_alone():
    losses = losses_of(**OPTIONS)
    backwards, single = differences_of(losses)
    assert 0 < backwards.max() < 1e-13
    assert 1e-9 < single.max() < 1e-5


def test_one_program_computes_in_single_precision_throughout():
    program, (X, y) = Program(np.float32), digit_rows()
    program.step(X[:30], y[:30], lr=0.1)
    assert {p.value.dtype for p in program.net.parameters()} == {np.dtype("float32")}
    assert {p.grad.dtype for p in program.net.parameters()} == {np.dtype("float32")}


def test_at_high_rates_right_programs_part():
    found = differences_of(losses_of(lr=2.0, batch_size=50, num_steps=400))
    assert found[:, :5].max() < 1e-4
    assert found[0, -100:].max() > 0.01


def test_the_picture_shows_losses_and_differences(explorer):
    explorer.set(**OPTIONS)
    losses = losses_of(**OPTIONS)
    artists = explorer.picture.artists
    for line, own in zip(artists.losses, losses, strict=True):
        x, drawn = line.get_data()
        assert x.tolist() == list(range(1, 51))
        np.testing.assert_allclose(drawn, own)
    for line, own in zip(artists.differences, differences_of(losses), strict=True):
        np.testing.assert_allclose(line.get_ydata(), np.clip(own, LOWEST, HIGHEST))
    assert artists.differences[0].axes.get_xlim() == (0, 50)


def test_losses_that_are_the_same_to_the_last_bit_lie_at_the_lower_edge(explorer):
    explorer.set(**OPTIONS)
    drawn = explorer.picture.artists.differences[0].get_ydata()
    assert drawn.min() >= LOWEST
    assert (drawn == LOWEST).sum() == (explorer.view.differences[0] < LOWEST).sum()


def test_the_sentence_tells_digits_and_no_more_than_repeat(explorer):
    explorer.set(lr=0.1, batch_size=50, num_steps=50)
    assert "float64 in another order to 12 digits and more, float32 to 5 digits" in explorer.status
    explorer.set(lr=2.0, batch_size=50, num_steps=400)
    assert "float32 to no digit" in explorer.status or "float32 to 1 digit" in explorer.status


def test_dead_networks_agree_and_the_sentence_says_why(explorer):
    explorer.set(lr=3.0, batch_size=50, num_steps=200)
    assert explorer.view.dead
    assert explorer.view.differences[0].max() < 1e-12
    assert "no hidden unit lets anything through any more" in explorer.status
    explorer.set(lr=0.1)
    assert not explorer.view.dead
    assert "no hidden unit" not in explorer.status


def test_a_network_is_dead_when_no_hidden_unit_is_above_zero():
    program, (X, _) = Program(np.float64), digit_rows()
    first = program.net.layers[0]
    assert not program.is_dead(X)
    first.params["b"][:] = -1e3
    assert program.is_dead(X)
    first.params["b"][0, 5] = 1e3
    assert not program.is_dead(X)
