"""The CTC explorer, its picture compared with all paths written out one by one."""

from __future__ import annotations

from itertools import groupby, pairwise, product
from math import comb

import numpy as np
import pytest

from minidl.explorers import CtcExplorer
from minidl.explorers.ctc.explorer import LABELS, moments_for
from minidl.explorers.ctc.view import descend, view_of
from minidl.losses import CTCLoss
from minidl.nn import LogSoftmax
from tests.widgets.helpers import opened

CASES = [("AT", 4), ("TT", 5), ("TATT", 6)]


def scores_of(moments, peakedness):
    return peakedness * np.random.default_rng(0).standard_normal((12, 4))[:moments]


def probabilities(moments, peakedness):
    e = np.exp(scores_of(moments, peakedness))
    return e / e.sum(axis=1, keepdims=True)


def paths_of(label, moments):
    """Return the paths that read as a label, as texts."""
    paths = map("".join, product("-ACT", repeat=moments))
    return [p for p in paths if "".join(a for a, _ in groupby(p) if a != "-") == label]


def chances(paths, probs):
    return np.array([np.prod([probs[t, "-ACT".index(a)] for t, a in enumerate(p)]) for p in paths])


def states_of(path, label):
    """Return the states that a path goes through: 0 before the first letter, 1 at it, and so on."""
    states, letters, before = [], 0, "-"
    for said in path:
        letters += said not in ("-", before)
        states.append(2 * letters - (said != "-"))
        before = said
    assert letters == len(label)
    return states


@pytest.mark.parametrize(("label", "moments"), CASES)
def test_loss_and_shares_are_those_of_all_paths_written_out(label, moments):
    with opened(CtcExplorer, label=label, moments=moments, peakedness=2.0) as explorer:
        probs, paths = probabilities(moments, 2.0), paths_of(label, moments)
        weights = chances(paths, probs)
        shares = np.zeros_like(probs)
        for path, weight in zip(paths, weights / weights.sum(), strict=True):
            shares[np.arange(moments), ["-ACT".index(a) for a in path]] += weight
        assert explorer.view.loss == pytest.approx(-np.log(weights.sum()))
        assert explorer.view.count == len(paths)
        artists = explorer.picture.artists
        for k in range(4):
            np.testing.assert_allclose(artists.says[k].get_data().values, probs[:, k])
            np.testing.assert_allclose(artists.shares[k].get_data().values, shares[:, k], atol=1e-9)


@pytest.mark.parametrize(("label", "moments"), CASES)
def test_states_and_moves_are_as_wide_as_the_paths_share(label, moments):
    with opened(CtcExplorer, label=label, moments=moments, peakedness=1.5) as explorer:
        paths = paths_of(label, moments)
        weights = chances(paths, probabilities(moments, 1.5))
        visits = np.zeros((moments, 2 * len(label) + 1))
        moves = {}
        for path, weight in zip(paths, weights / weights.sum(), strict=True):
            states = states_of(path, label)
            visits[np.arange(moments), states] += weight
            for t, (s, after) in enumerate(pairwise(states)):
                moves[t, s, after] = moves.get((t, s, after), 0) + weight
        artists = explorer.picture.artists
        np.testing.assert_allclose(
            artists.lattice.visits.get_sizes(), 190 * visits.ravel(), atol=1e-6
        )
        assert set(explorer.view.moves) == set(moves)
        wanted = [moves[move] for move in explorer.view.moves]
        np.testing.assert_allclose(explorer.view.move_shares, wanted, atol=1e-9)
        faint = artists.lattice.possible.get_xydata().reshape(-1, 3, 2)
        ends = {(x - 1, y, v) for (x, y), (_, v), _ in faint}
        assert ends == set(moves)
        drawn = sorted(width for width in artists.lattice.taken.get_linewidths())
        np.testing.assert_allclose(drawn, sorted(9 * w for w in wanted if w > 0.002))
        best = paths[int(np.argmax(weights))]
        np.testing.assert_array_equal(artists.lattice.best.get_ydata(), states_of(best, label))
        assert explorer.view.best_share == pytest.approx(weights.max() / weights.sum())
        assert f"likeliest path, {best}, has" in explorer.status


@pytest.mark.parametrize("label", LABELS)
def test_the_number_of_paths_is_a_binomial_coefficient(label):
    repeats = moments_for(label) - len(label)
    for moments in (5, 12):
        view = view_of(scores_of(moments, 1.0), label)
        assert view.count == comb(moments + len(label) - repeats, 2 * len(label))


def test_steps_are_those_of_the_loss_through_the_softmax():
    loss, layer, x = CTCLoss(reduction="sum"), LogSoftmax(dim=-1), scores_of(7, 1.0)
    moved = descend(x, "CAT", lr=0.7, steps=3)
    for _ in range(3):
        loss(layer(x), [2, 1, 3], 7, 3)
        x = x - 0.7 * layer.backward(loss.backward())
    np.testing.assert_allclose(moved, x)


def test_descent_carries_what_the_network_says_to_the_paths():
    with opened(CtcExplorer) as explorer:
        before = explorer.view
        explorer.set(steps=50)
        after = explorer.view
        assert after.loss < 0.2 < before.loss
        assert np.abs(after.shares - after.probs).max() < np.abs(before.shares - before.probs).max()


@pytest.mark.parametrize(("label", "least"), [("T", 1), ("TT", 3), ("CAT", 3), ("TATT", 5)])
def test_the_fewest_moments_are_enough_and_one_less_is_not(label, least):
    assert moments_for(label) == least
    if least > 2:
        with opened(CtcExplorer, label=label, moments=least) as explorer:
            assert explorer.view.count == 1
            explorer.set(moments=least - 1, steps=50)
            assert explorer.error == ""
            assert f"no path reads so, it takes {least}" in explorer.status
            assert explorer.view.moves == []
            assert not explorer.view.visits.any()
            assert explorer.picture.artists.lattice.none.get_text()
            np.testing.assert_allclose(explorer.view.probs, probabilities(least - 1, 1.0))


def test_no_path_is_called_likeliest_where_all_are_alike():
    with opened(CtcExplorer, peakedness=0.0) as explorer:
        assert "All are equally likely." in explorer.status
        assert len(explorer.picture.artists.lattice.best.get_xdata()) == 0


def test_the_sentence_says_where_descent_pulls_most():
    with opened(CtcExplorer, label="TATT", moments=5, peakedness=0.0) as explorer:
        assert explorer.status.endswith("up from 0.25 towards 1.00.")
        assert explorer.status.startswith('"TATT" in 5 moments: 1 of 1,024 paths read so. Loss 6.9')
