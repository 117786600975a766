"""The noisy valley, its losses compared with many walkers and with written-out steps."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.explorers.noisy_valley.explorer import SHAPES, STEPS, NoisyValleyExplorer
from minidl.explorers.noisy_valley.picture import HIGHEST_DOT, LOSS_LIMITS, REACH
from minidl.explorers.noisy_valley.walk import best_rates, floor_of, mean_losses, walk
from tests.widgets.helpers import opened


@pytest.fixture(scope="module")
def explorer():
    with opened(NoisyValleyExplorer) as made:
        yield made


def test_the_mean_loss_is_that_of_very_many_walkers():
    rates = np.geomspace(1.2, 0.05, 20)
    w = walk(rates, 1.5, 200_000, rng=1)
    np.testing.assert_allclose(mean_losses(rates, 1.5), (w**2).mean(axis=1) / 2, rtol=0.02)


@pytest.mark.parametrize("rate", [0.1, 1.0, 1.6])
def test_a_constant_rate_ends_at_its_floor(rate):
    assert mean_losses([rate] * 300, 2.0)[-1] == pytest.approx(floor_of(rate, 2.0), rel=1e-6)


def test_no_other_rate_is_better_for_a_step_than_the_best():
    rates = best_rates(5, noise=1.5)
    for step, rate in enumerate(rates):
        ends = [
            mean_losses([*rates[:step], other], 1.5)[-1]
            for other in (rate - 0.01, rate, rate + 0.01)
        ]
        assert min(ends) == ends[1]


def test_the_best_rates_fall_as_one_over_time():
    assert np.diff(1 / best_rates(50, noise=2.0)) == pytest.approx(1)


def test_without_noise_the_best_rate_goes_to_the_bottom_and_stays():
    assert mean_losses(best_rates(3, noise=0), 0).tolist() == [8, 0, 0, 0]


def test_rates_fall_once_where_the_control_says(explorer):
    explorer.set(shape="falls once", lr=1.0, fall_at=40, factor=20)
    rates = explorer.picture.artists.rates.get_ydata()
    assert rates[:40].tolist() == [1.0] * 40
    assert rates[40:].tolist() == [0.05] * (STEPS - 40)


def test_one_over_time_has_halved_where_the_control_says(explorer):
    explorer.set(shape="1 / time", lr=0.5, fall_at=70)
    assert explorer.view.rates[70] == pytest.approx(0.25)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_picture_shows_the_walkers_and_their_mean_loss(explorer, shape):
    explorer.set(shape=shape, lr=0.5, noise=1.0, step=30)
    artists, view = explorer.picture.artists, explorer.view
    x, y = artists.walkers.get_data()
    assert np.array_equal(x, walk(view.rates[:30], 1.0, 100, rng=0)[-1])
    np.testing.assert_allclose(y, x**2 / 2)
    assert artists.losses.get_ydata()[30] == pytest.approx(mean_losses(view.rates, 1.0)[30])
    assert artists.loss_now.get_xydata().tolist() == [[30, view.losses[30]]]
    assert artists.floor.get_ydata()[0] == floor_of(view.rates[-1], 1.0)


def test_walkers_beyond_the_picture_stand_at_its_rim(explorer):
    explorer.set(shape="constant", lr=1.6, noise=3.0, step=300)
    x, y = explorer.picture.artists.walkers.get_data()
    assert max(abs(x)) == REACH
    assert max(y) == HIGHEST_DOT


def test_a_loss_of_0_stands_at_the_foot_of_the_logarithmic_axis(explorer):
    explorer.set(shape="constant", lr=1.0, noise=0, step=300)
    assert explorer.picture.artists.losses.get_ydata()[-1] == LOSS_LIMITS[0]
    assert not explorer.picture.artists.floor.get_visible()


def test_the_sentence_states_loss_floor_and_the_best(explorer):
    explorer.set(shape="constant", lr=0.5, noise=1.0, step=300)
    assert "mean loss 0.17" in explorer.status
    assert "whose floor is 0.17" in explorer.status
