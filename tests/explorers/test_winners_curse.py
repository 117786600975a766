"""The winner's curse: its searches compared with written-out ones, and with known laws."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from minidl.explorers.winners_curse.explorer import WinnersCurseExplorer
from minidl.explorers.winners_curse.picture import BINS, limits, stairs
from minidl.explorers.winners_curse.searches import run_searches
from tests.widgets.helpers import opened


@pytest.fixture(scope="module")
def explorer():
    with opened(WinnersCurseExplorer) as made:
        yield made


@pytest.mark.parametrize(("trials", "n"), [(1, 50), (10, 150), (100, 20)])
def test_the_best_of_equals_is_distributed_as_the_largest_of_binomial_numbers(trials, n):
    found = run_searches(4000, trials, n, typical=0.8, spread=0.0, rng=3)
    chances = [math.comb(n, k) * 0.8**k * 0.2 ** (n - k) for k in range(n + 1)]
    largest = np.cumsum(chances) ** trials  # the chance that no score is above k / n
    mean = (1 - largest[:-1]).sum() / n
    assert found.promised.mean() == pytest.approx(mean, abs=0.003)
    assert set(found.true.tolist()) == {0.8}


def test_a_winner_is_the_first_of_the_best_on_dev():
    found = run_searches(50, 20, 30, typical=0.7, spread=0.05, rng=5)
    for skills, scores, winner in zip(found.skills, found.scores, found.winners, strict=True):
        assert scores[winner] == max(scores) > max(scores[:winner], default=-1)
        assert skills.shape == scores.shape == (20,)
    assert found.promised.tolist() == found.scores.max(axis=1).tolist()


def test_more_dev_images_leave_less_luck_and_more_skill():
    small, large = (run_searches(500, 30, n, typical=0.9, spread=0.02, rng=0) for n in (50, 5000))
    assert (small.promised - small.true).mean() > 5 * (large.promised - large.true).mean()
    assert large.true.mean() > small.true.mean()


def test_the_picture_shows_the_trials_of_a_search_and_its_winner(explorer):
    explorer.set(trials=10, dev_size=50, spread=0.02, typical=0.8)
    artists = explorer.picture.artists
    rng = np.random.default_rng(1)
    skills = rng.normal(0.8, 0.02, (400, 10))
    scores = rng.binomial(50, skills) / 50
    x, y = artists.trials.get_data()
    assert x.tolist() == skills[0].tolist()
    assert y.tolist() == scores[0].tolist()
    best = int(np.argmax(scores[0]))
    assert artists.winner.get_xydata().tolist() == [[skills[0, best], scores[0, best]]]
    assert artists.fall.get_ydata()[1] == skills[0, best]
    assert artists.promised_mean.get_xdata()[0] == pytest.approx(scores.max(axis=1).mean())


def test_the_outline_has_the_heights_of_the_histogram_of_all_that_can_be_behind_a_score(explorer):
    explorer.set(trials=30, dev_size=150, spread=0.01, typical=0.9)
    view, artists = explorer.view, explorer.picture.artists
    low, high = artists.promised.axes.get_xlim()
    behind = view.promised[:, np.newaxis] + (np.arange(2000) + 0.5) / 2000 / 150 - 0.5 / 150
    for line, values in ((artists.promised, behind), (artists.true, view.true)):
        counts, _ = np.histogram(values, BINS, (low, high + 1e-9))
        assert line.get_ydata()[1:-1:2] == pytest.approx(counts / counts.max(), abs=2e-3)


@pytest.mark.parametrize("typical", [0.1, 0.5, 0.98])
def test_all_winners_are_within_the_axes(explorer, typical):
    for trials, n in ((1, 20), (300, 20), (300, 10_000)):
        explorer.set(trials=trials, dev_size=n, typical=typical)
        low, high = explorer.picture.artists.promised.axes.get_xlim()
        assert low <= explorer.view.promised.min()
        assert explorer.view.promised.max() <= high


def test_limits_are_of_a_few_widths_and_within_0_and_1():
    assert limits(0.5, 0.001) == (0.48, 0.52)
    assert limits(0.1, 0.1) == (0.0, 0.6)
    assert limits(0.98, 0.004) == (0.96, 1.0)


def test_a_perfect_score_is_in_the_last_bar():
    x, y = stairs(np.array([1.0, 1.0]), 0.9, 1.0)
    assert y[-2] == 1
    assert x[-1] == pytest.approx(1)


def test_the_sentence_adds_up(explorer):
    explorer.set(trials=100, dev_size=20, spread=0.0, typical=0.1)
    assert "the best of 100 on 20 dev images" in explorer.status
    assert "0.100 in truth; a typical trial has 0.100. Skill +0.000, luck +0.1" in explorer.status


@pytest.mark.parametrize("trials", [1, 5, 30, 300])
def test_skill_and_luck_are_the_differences_of_the_printed_accuracies(explorer, trials):
    explorer.reset(trials=trials)
    dev, true, typical, skill, luck = map(
        float, re.findall(r"[+-]?\d\.\d{3}", explorer.status.replace("−", "-"))
    )
    assert (skill, luck) == (round(true - typical, 3), round(dev - true, 3))
