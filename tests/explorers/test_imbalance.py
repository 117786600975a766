"""The imbalance explorer, its counts compared with a training of its own."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.data import load_penguins
from minidl.explorers import ImbalanceExplorer
from minidl.plots.plane import grid_over
from tests.widgets.helpers import opened

FEATURES = {"flipper length": "flipper_length_mm", "bill length": "bill_length_mm"}
STATES = [
    {},
    {"pos_weight": 10},
    {"threshold": 0.2, "few": 20, "seed": 3},
    {"pos_weight": 100, "few": 40, "threshold": 0.7, "measure": "bill length"},
    {"measure": "bill length", "few": 3, "seed": 7},
]


@pytest.fixture(scope="module")
def explorer():
    with opened(ImbalanceExplorer) as made:
        yield made


def birds(state):
    """Return the measures of all birds, who is a Chinstrap, whom to train on, and who is new."""
    X, species = load_penguins((FEATURES[state.measure], "bill_depth_mm"))
    rng = np.random.default_rng(state.seed)
    adelies = rng.permutation(np.flatnonzero(species == 0))
    chinstraps = rng.permutation(np.flatnonzero(species == 1))
    train = np.concatenate([adelies[:100], chinstraps[: state.few]])
    return X, species == 1, train, np.concatenate([adelies[100:], chinstraps[state.few :]])


def logits_by_hand(state, X, rare, train):
    """Return what a neuron says that takes 400 steps, written out."""
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    inputs = np.column_stack([(X - mean) / std, np.ones(len(X))])
    A, weight = inputs[train], np.where(rare[train], state.pos_weight, 1)
    theta = np.zeros(3)
    for _ in range(400):
        p = 1 / (1 + np.exp(-A @ theta))
        theta -= 2 / weight.mean() * A.T @ (weight * (p - rare[train])) / len(A)
    return inputs @ theta


def table(said, rare):
    return [[int(np.sum((rare == row) & (said == column))) for column in (0, 1)] for row in (0, 1)]


def numbers(explorer):
    return [[int(text.get_text()) for text in part] for part in explorer.picture.artists.numbers]


@pytest.mark.parametrize("state", STATES, ids=str)
def test_the_counts_are_those_of_a_training_by_hand(explorer, state):
    explorer.reset()
    explorer.set(**state)
    X, rare, train, new = birds(explorer.state)
    logits = logits_by_hand(explorer.state, X, rare, train)
    lead = np.log(explorer.state.threshold / (1 - explorer.state.threshold))
    for places, found in zip((train, new), numbers(explorer), strict=True):
        assert found == np.ravel(table(logits[places] > lead, rare[places])).tolist()
    mean = (1 / (1 + np.exp(-logits[train]))).mean()
    assert explorer.view.mean == pytest.approx(mean, abs=1e-9)


def test_all_birds_of_the_training_set_are_in_the_picture(explorer):
    explorer.reset()
    explorer.set(few=5, seed=2)
    X, rare, train, _ = birds(explorer.state)
    for label, line in enumerate(explorer.picture.artists.birds):
        shown = np.transpose(line.get_data())
        np.testing.assert_array_equal(shown, X[train][rare[train] == label])
        (left, right), (bottom, top) = line.axes.get_xlim(), line.axes.get_ylim()
        assert np.all((shown > (left, bottom)) & (shown < (right, top)))


@pytest.mark.parametrize("state", STATES, ids=str)
def test_the_line_runs_where_the_shading_is_white(explorer, state):
    explorer.reset()
    explorer.set(**state)
    artists = explorer.picture.artists
    regions = np.asarray(artists.regions.get_array())
    xs, depths, _ = grid_over(artists.regions.get_extent(), *regions.shape[::-1])
    across = np.interp(depths, artists.boundary.get_ydata(), artists.boundary.get_xdata())
    for row, x in zip(regions, across, strict=True):
        if xs[0] < x < xs[-1]:
            step = xs[1] - xs[0]
            assert (row[xs < x - step] < 0.5).all()
            assert (row[xs > x + step] > 0.5).all()


def test_recall_is_the_share_of_a_row_that_is_found(explorer):
    explorer.reset()
    explorer.set(pos_weight=10)
    (right, _, missed, found), shares = numbers(explorer)[1], explorer.picture.artists.shares[1]
    assert [share.get_text() for share in shares] == [
        f"{right / 51:.0%}",
        f"{found / (missed + found):.0%}",
    ]
    assert f"of 58 new Chinstraps {found} are found" in explorer.status


def test_a_weight_of_ten_is_a_threshold_of_one_eleventh(explorer):
    explorer.reset()
    explorer.set(pos_weight=10)
    weighted = numbers(explorer)
    explorer.set(pos_weight=1, threshold=0.09)
    lowered = numbers(explorer)
    assert np.abs(np.subtract(weighted, lowered)).max() <= 4
    assert "the mean of σ(x) is 9%" in explorer.status
