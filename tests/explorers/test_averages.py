"""The averages explorer, compared with weighted sums written out."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.explorers.averages.explorer import STEPS, AveragesExplorer
from tests.widgets.helpers import opened, put


@pytest.fixture(scope="module")
def explorer():
    with opened(AveragesExplorer) as made:
        yield made


@pytest.mark.parametrize("beta", [0.0, 0.63, 0.9, 0.99])
@pytest.mark.parametrize("corrected", [False, True])
def test_the_average_is_the_sum_of_weight_times_value(explorer, beta, corrected):
    put(explorer, beta=beta, corrected=corrected, step=30, seed=4)
    artists = explorer.picture.artists
    values = artists.values.get_ydata()
    averages = artists.averages.get_ydata()
    for t in (1, 2, 30, STEPS):
        weights = np.array([(1 - beta) * beta ** (t - k) for k in range(1, t + 1)])
        if corrected:
            weights /= weights.sum()
        assert averages[t - 1] == pytest.approx(float(weights @ values[:t]), abs=1e-12)
        if t == 30:
            np.testing.assert_allclose(explorer.view.weights[:t], weights, atol=1e-15)
    assert not explorer.view.weights[30:].any()


def test_the_mark_stands_on_the_average_at_the_step(explorer):
    put(explorer, step=17)
    artists = explorer.picture.artists
    assert artists.here.get_xydata().tolist() == [[17, artists.averages.get_ydata()[16]]]


def test_the_stems_end_at_the_tips(explorer):
    put(explorer, beta=0.8, step=40)
    artists = explorer.picture.artists
    at, heights = artists.stems.get_data()
    np.testing.assert_array_equal(at[1::3], artists.tips.get_xdata())
    np.testing.assert_array_equal(heights[1::3], artists.tips.get_ydata())
    assert artists.tips.get_ydata()[-1] == pytest.approx(0.2)
    assert artists.tips.get_xdata()[-1] == 40


def test_without_correction_the_weights_add_up_to_one_minus_a_power(explorer):
    put(explorer, beta=0.98, step=20)
    assert f"add up to {1 - 0.98**20:.2f};" in explorer.status
    put(explorer, beta=0.98, step=20, corrected=True)
    assert "add up to 1.00;" in explorer.status


def test_the_scatter_that_it_tells_is_the_one_of_many_runs(explorer):
    put(explorer, beta=0.8)
    noise = np.random.default_rng(0).normal(size=(4000, 60))
    weights = 0.2 * 0.8 ** np.arange(60)
    assert f"scatters {np.std(noise @ weights):.2f} times" in explorer.status
