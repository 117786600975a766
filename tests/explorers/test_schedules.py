"""The schedule explorer, its picture compared with trainings by the library's own parts."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.explorers.schedules.explorer import EVERY, STEPS, ScheduleExplorer
from minidl.explorers.schedules.fleet import (
    momenta_of,
    moons_batches,
    moons_network,
    moons_sets,
    moons_tasks,
    rates_of,
    train_fleet,
)
from minidl.explorers.schedules.picture import RATE_LIMITS
from minidl.explorers.schedules.shapes import SHAPES, composed
from minidl.losses import BCELoss
from minidl.optim import SGD
from minidl.schedules import CosineAnnealingLR, OneCycleLR, StepLR
from minidl.train import LRScheduler, Runner
from tests.widgets.helpers import opened


def trained(seed, rates, momenta=None):
    """Return the loss on new points of a model that took its batches one by one."""
    model, loss_fn = moons_network(seed), BCELoss()
    optimizer = SGD(model, lr=1.0, momentum=0.5)
    for step, (X, y) in enumerate(moons_batches(seed, len(rates))):
        momentum = 0.0 if momenta is None else momenta[step]
        optimizer.param_groups[0].update(lr=rates[step], momentum=momentum)
        loss_fn(model(X), y)
        model.backward(loss_fn.backward())
        optimizer.step()
    new_X, new_y = moons_sets(seed)[1]
    return loss_fn(model(new_X), new_y)


@pytest.fixture(scope="module")
def explorer():
    with opened(ScheduleExplorer) as made:
        yield made


def test_a_fleet_trains_each_model_as_it_would_train_alone():
    cycle = OneCycleLR(0.5, 60)
    rates = np.stack([rates_of(StepLR(20, gamma=0.2), 2.0, 60), rates_of(cycle, 0, 60)])
    momenta = np.stack([np.zeros(60), momenta_of(cycle, 60)])
    found = dict(train_fleet(moons_tasks([3, 8], 60), rates, momenta, every=25))
    assert list(found) == [0, 25, 50, 60]
    alone = [[trained(seed, r, m) for seed in (3, 8)] for r, m in zip(rates, momenta, strict=True)]
    np.testing.assert_allclose(found[60], alone, rtol=1e-9)


def test_a_fleet_does_what_a_runner_does_with_a_listener():
    model, (train_set, new) = moons_network(4), moons_sets(4)
    listener = LRScheduler(CosineAnnealingLR(200), every="step")
    runner = Runner(model, SGD(model, lr=1.0), BCELoss(), rng=4, listeners=[listener])
    runner.train(train_set, new, num_epochs=1, batch_size=8)
    rates = rates_of(CosineAnnealingLR(200), 1.0, 160)
    found = dict(train_fleet(moons_tasks([4], 160), rates[np.newaxis], every=160))
    assert found[160][0, 0] == pytest.approx(runner.history.dev_loss[-1], rel=1e-9)


def test_the_curves_are_the_means_of_ten_trainings(explorer):
    explorer.set(shape="StepLR", lr=2.0, warm_up=100)
    rates = explorer.picture.artists.rates[0].get_ydata()
    schedule = composed("StepLR", 2.0, 1000, 100, STEPS)
    assert np.array_equal(rates, [schedule.lr_at(step, 2.0) for step in range(STEPS)])
    means = explorer.picture.artists.means[0].get_ydata()
    alone = [trained(seed, rates[: 3 * EVERY]) for seed in range(10)]
    assert means[3] == pytest.approx(np.mean(alone), rel=1e-9)
    band = explorer.picture.artists.bands[0].get_paths()[0].vertices
    error = np.std(alone, ddof=1) / 10**0.5
    assert band[3] == pytest.approx([3 * EVERY, np.mean(alone) + error], rel=1e-9)


def test_the_other_curves_are_those_of_constant_rates(explorer):
    explorer.set(shape="CosineAnnealingLR", lr=2.0, warm_up=0)
    for place, rate in ((1, 2.0), (2, 0.5)):
        assert set(explorer.picture.artists.rates[place].get_ydata()) == {rate}
        alone = [trained(seed, np.full(EVERY, rate)) for seed in range(10)]
        means = explorer.picture.artists.means[place].get_ydata()
        assert means[1] == pytest.approx(np.mean(alone), rel=1e-9)


def lowered_by_hand(seed, lr, fall, warm_up, steps):
    """Return rates and the last loss of a training that waits on its own losses, written out."""
    model, loss_fn, batches = moons_network(seed), BCELoss(), moons_batches(seed, steps)
    optimizer, (X, y) = SGD(model, lr=1.0), moons_sets(seed)[1]
    rates, best, bad = [], np.inf, 0
    for step in range(steps):
        if step % EVERY == 0 and step >= warm_up:
            loss = loss_fn(model(X), y)
            best, bad = (loss, 0) if loss < best * (1 - 1e-4) else (best, bad + 1)
            if bad > 5:
                lr, bad = max(lr / fall ** (1 / 3), lr / fall), 0
        share = 0.01 + 0.99 * step / warm_up if step < warm_up else 1.0
        rates.append(lr * share)
        optimizer.param_groups[0]["lr"] = rates[-1]
        loss_fn(model(batches[step][0]), batches[step][1])
        model.backward(loss_fn.backward())
        optimizer.step()
    return rates, loss_fn(model(X), y)


@pytest.mark.parametrize("warm_up", [0, 100])
def test_on_a_plateau_each_training_waits_on_its_own_losses(explorer, warm_up):
    explorer.set(shape="ReduceLROnPlateau", lr=2.0, fall=10, warm_up=warm_up, seeds=0)
    steps = 600
    alone = [lowered_by_hand(seed, 2.0, 10, warm_up, steps) for seed in range(10)]
    rates = np.median([rates for rates, _ in alone], axis=0)
    assert len({tuple(rates) for rates, _ in alone}) > 5
    assert rates[-1] < 2
    shown = explorer.picture.artists.rates[0].get_ydata()[:steps]
    np.testing.assert_allclose(shown, rates, rtol=1e-9)
    means = explorer.picture.artists.means[0].get_ydata()
    assert means[steps // EVERY] == pytest.approx(np.mean([loss for _, loss in alone]), rel=1e-7)


def test_a_plateau_that_falls_by_a_factor_of_1_is_a_constant(explorer):
    explorer.set(shape="ReduceLROnPlateau", lr=2.0, fall=1, warm_up=0)
    assert explorer.error == ""
    assert set(explorer.view.rates[0]) == {2.0}
    assert np.array_equal(explorer.view.losses[:, 0], explorer.view.losses[:, 1])


def test_other_seeds_are_other_trainings(explorer):
    explorer.set(lr=1.0, seeds=0)
    first = explorer.view.losses[0, 0]
    explorer.set(seeds=20)
    alone = [trained(seed, []) for seed in range(20, 30)]
    np.testing.assert_allclose(explorer.view.losses[0, 0], alone, rtol=1e-9)
    assert not np.isclose(first, alone).any()


def test_each_seed_has_new_points_of_its_own():
    (X, _), (new_X, _) = moons_sets(3)
    _, (other_X, _) = moons_sets(4)
    assert not np.isin(new_X, X).any()
    assert not np.isin(new_X, other_X).any()


def test_the_sentence_counts_the_seeds_that_gain_on_the_best_constant(explorer):
    explorer.set(shape="CosineAnnealingLR", lr=2.0, fall=1000, warm_up=0, seeds=0)
    last = explorer.view.losses[-1]
    assert (last[0] < last[1]).sum() != (last[0] < last[2]).sum()
    assert f"the loss is {last[0].mean():.3f} ±" in explorer.status
    assert f"higher in {(last[0] < last[2]).sum()} of 10 seeds" in explorer.status


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("warm_up", [0, 400])
def test_every_shape_lasts_to_the_end_and_keeps_to_its_largest_rate(shape, warm_up):
    schedule = composed(shape, 2.0, 100.0, warm_up, STEPS)
    rates = rates_of(schedule, 2.0, STEPS)
    assert rates.max() == pytest.approx(2.0, rel=0.01)
    assert rates.min() >= 0
    if shape not in ("constant", "ConstantLR: low, then high", "CyclicLR"):
        assert rates[-1] == pytest.approx(0.02, rel=0.6, abs=0.02)


def test_a_rate_of_0_stands_at_the_foot_of_the_logarithmic_axis(explorer):
    explorer.set(shape="PolynomialLR: square", fall=1000, lr=0.1)
    assert explorer.view.rates[0, -1] < RATE_LIMITS[0]
    assert explorer.picture.artists.rates[0].get_ydata()[-1] == RATE_LIMITS[0]
