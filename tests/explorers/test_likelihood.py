"""The likelihood explorer, its curves compared with densities written out."""

from __future__ import annotations

import math

import numpy as np
import pytest

from minidl.explorers import LikelihoodExplorer
from minidl.explorers.likelihood.families import FAMILIES
from tests.widgets.helpers import opened

DENSITIES = {
    "Normal": lambda y, mu: math.exp(-((y - mu) ** 2) / 2) / math.sqrt(2 * math.pi),
    "Laplace": lambda y, mu: math.exp(-abs(y - mu)) / 2,
    "Bernoulli": lambda y, p: p if y else 1 - p,
    "Poisson": lambda y, rate: rate**y * math.exp(-rate) / math.factorial(int(y)),
}
every_family = pytest.mark.parametrize("family", FAMILIES)


def average_surprise(family, labels, parameter):
    return -sum(math.log(DENSITIES[family](y, parameter)) for y in labels) / len(labels)


def test_each_family_has_a_density_here():
    assert set(DENSITIES) == set(FAMILIES)


@every_family
@pytest.mark.parametrize(("matches", "seed"), [(1, 0), (5, 3), (50, 7)])
def test_the_curve_is_the_mean_of_minus_log_density(family, matches, seed):
    with opened(LikelihoodExplorer, family=family, matches=matches, seed=seed) as explorer:
        labels = explorer.view.labels
        assert len(labels) == matches
        curve = zip(*explorer.picture.artists.surprise.get_data(), strict=True)
        for parameter, height in list(curve)[::10]:
            assert height == pytest.approx(average_surprise(family, labels, parameter))


@every_family
def test_the_dots_lie_on_both_curves_and_the_sentence_says_where(family):
    with opened(LikelihoodExplorer, family=family, theta=2.0, p=0.3) as explorer:
        artists, view = explorer.picture.artists, explorer.view
        parameter = 0.3 if family == "Bernoulli" else 2.0
        surprise, loss = (dot.get_data() for dot in artists.here)
        assert list(surprise[0]) == list(loss[0]) == [parameter]
        on_surprise, on_loss = surprise[1][0], loss[1][0]
        assert on_surprise == pytest.approx(average_surprise(family, view.labels, parameter))
        assert on_loss == pytest.approx(np.interp(parameter, *artists.loss.get_data()), abs=2e-3)
        assert f"mean of −log q is {on_surprise:.4f}" in explorer.status


@every_family
@pytest.mark.parametrize(("matches", "seed"), [(10, 20), (5, 3), (50, 1)])
def test_both_curves_are_lowest_at_the_mark(family, matches, seed):
    with opened(LikelihoodExplorer, family=family, matches=matches, seed=seed) as explorer:
        artists, view = explorer.picture.artists, explorer.view
        best = artists.lowest.get_xdata()[0]
        for curve in (artists.surprise, artists.loss):
            assert np.interp(best, *curve.get_data()) <= curve.get_ydata().min() + 2e-3
        center = np.median(view.labels) if family == "Laplace" else view.labels.mean()
        assert best == pytest.approx(center)
        assert f"lowest at {center:.2f}" in explorer.status


@pytest.mark.parametrize(
    ("family", "factor"), [("Normal", 2), ("Laplace", 1), ("Bernoulli", 1), ("Poisson", 1)]
)
def test_a_loss_is_the_surprise_but_for_a_factor_and_a_constant(family, factor):
    with opened(LikelihoodExplorer, family=family) as explorer:
        view = explorer.view
        left_out = factor * view.surprise - view.losses
        assert np.ptp(left_out) < 1e-6
        if family == "Bernoulli":
            assert np.abs(left_out).max() < 1e-9


@every_family
def test_the_distribution_over_the_data_is_that_of_the_parameter(family):
    with opened(LikelihoodExplorer, family=family, theta=1.5, p=0.7) as explorer:
        parameter = 0.7 if family == "Bernoulli" else 1.5
        for y, height in list(zip(*explorer.picture.artists.curve.get_data(), strict=True))[::7]:
            assert height == pytest.approx(DENSITIES[family](y, parameter))
        assert explorer.picture.artists.dots.get_visible() == FAMILIES[family].discrete


@every_family
def test_the_bars_are_shares_of_the_labels(family):
    with opened(LikelihoodExplorer, family=family, matches=20) as explorer:
        labels = explorer.view.labels.tolist()
        bars = [path.vertices for path in explorer.picture.artists.data.get_paths()]
        found = {
            round(float(v[:, 0].mean() if len(v) == 4 else v[:4, 0].mean()), 6): v for v in bars
        }
        assert sorted(found) == sorted(set(labels))
        for y, vertices in found.items():
            assert vertices[:, 1].max() == pytest.approx(labels.count(y) / len(labels))


def test_only_the_parameter_of_the_distribution_is_seen():
    with opened(LikelihoodExplorer) as explorer:
        seen = {name: explorer.controls[name].layout for name in ("theta", "p")}
        assert (seen["theta"].display, seen["p"].display) == (None, "none")
        explorer.set(family="Bernoulli")
        assert (seen["theta"].display, seen["p"].display) == ("none", None)
        explorer.reset()
        assert (seen["theta"].display, seen["p"].display) == (None, "none")


def test_more_matches_keep_those_there_were():
    with opened(LikelihoodExplorer, matches=5, seed=4) as explorer:
        few = explorer.view.labels
        explorer.set(matches=20)
        assert np.array_equal(explorer.view.labels[:5], few)


def test_a_bernoulli_distribution_is_asked_for_two_goals_or_more():
    with opened(LikelihoodExplorer) as explorer:
        goals = explorer.view.labels
        explorer.set(family="Bernoulli")
        assert explorer.view.labels.tolist() == [float(goal >= 2) for goal in goals]


def test_what_lies_beyond_the_axes_is_a_triangle_at_their_edge():
    with opened(LikelihoodExplorer, family="Normal", theta=5.0) as explorer:
        surprise, loss = explorer.picture.artists.here
        assert (surprise.get_marker(), loss.get_marker()) == ("o", "^")
        assert loss.get_ydata()[0] == loss.axes.get_ylim()[1] < explorer.view.here[2]
        explorer.set(theta=1.0)
        assert loss.get_marker() == "o"
