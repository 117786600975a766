"""The imbalance explorer, its counts compared with a training of its own."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.data import load_penguins
from minidl.explorers import ImbalanceExplorer
from minidl.explorers.imbalance.borders import borders
from minidl.explorers.imbalance.picture import TINTS
from minidl.plots.plane import grid_over
from tests.widgets.helpers import opened

FEATURES = {"flipper length": "flipper_length_mm", "bill length": "bill_length_mm"}
THREE = {"loss": "CrossEntropyLoss"}
STATES = [
    {},
    {"weight": 10},
    {"threshold": 0.2, "few": 20, "seed": 3},
    {"weight": 100, "few": 40, "threshold": 0.7, "measure": "bill length"},
    {"measure": "bill length", "few": 3, "seed": 7},
    THREE,
    {**THREE, "weight": 10},
    {**THREE, "weight": 20, "measure": "bill length", "few": 5, "seed": 1},
    {**THREE, "threshold": 0.1, "few": 20, "seed": 4},
]


@pytest.fixture(scope="module")
def explorer():
    with opened(ImbalanceExplorer) as made:
        yield made


def birds(state):
    """Return the measures of all birds, their species, whom to train on, and who is new."""
    X, species = load_penguins((FEATURES[state.measure], "bill_depth_mm"))
    rng = np.random.default_rng(state.seed)
    train, new = [], []
    for kind in range(3 if state.loss == "CrossEntropyLoss" else 2):
        places = rng.permutation(np.flatnonzero(species == kind))
        count = state.few if kind == 1 else 100
        train.append(places[:count])
        new.append(places[count:])
    return X, species, np.concatenate(train), np.concatenate(new)


def softmax(scores):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def scorer_by_hand(state, X, species, train):
    """Return a function that gives the scores of a layer that took 400 steps, written out."""
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)

    def inputs(X):
        return np.column_stack([(X - mean) / std, np.ones(len(X))])

    A, y = inputs(X[train]), species[train]
    if state.loss == "CrossEntropyLoss":
        weight = np.where(y == 1, state.weight, 1.0)[:, None]
        theta = np.zeros((3, 3))
        for _ in range(400):
            theta -= 2 * A.T @ (weight * (softmax(A @ theta) - np.eye(3)[y])) / weight.sum()
        return lambda X: inputs(X) @ theta
    weight = np.where(y == 1, state.weight, 1.0)
    theta = np.zeros(3)
    for _ in range(400):
        p = 1 / (1 + np.exp(-A @ theta))
        theta -= 2 / weight.mean() * A.T @ (weight * (p - y)) / len(A)
    return lambda X: np.outer(inputs(X) @ theta, [0, 1])


def said(state, scores):
    """Return 1 where a Chinstrap's score leads by the threshold's logit, else the best other."""
    others = scores.copy()
    others[:, 1] = -np.inf
    best = others.max(axis=1)
    odds = state.threshold / (1 - state.threshold)
    return np.where(scores[:, 1] - best >= np.log(odds), 1, others.argmax(axis=1))


def table(said, species, kinds):
    kinds = range(kinds)
    return [[int(np.sum((species == row) & (said == column))) for column in kinds] for row in kinds]


def numbers(explorer):
    return [
        [int(text.get_text()) for text in part if text.get_text()]
        for part in explorer.picture.artists.numbers
    ]


@pytest.mark.parametrize("state", STATES, ids=str)
def test_the_counts_are_those_of_a_training_by_hand(explorer, state):
    explorer.reset()
    explorer.set(**state)
    X, species, train, new = birds(explorer.state)
    scores = scorer_by_hand(explorer.state, X, species, train)(X)
    answers, kinds = said(explorer.state, scores), scores.shape[1]
    for places, found in zip((train, new), numbers(explorer), strict=True):
        assert found == np.ravel(table(answers[places], species[places], kinds)).tolist()
    assert explorer.view.mean == pytest.approx(softmax(scores[train])[:, 1].mean(), abs=1e-9)


@pytest.mark.parametrize("state", [{"few": 5, "seed": 2}, {**THREE, "few": 3}], ids=str)
def test_all_birds_of_the_training_set_are_in_the_picture(explorer, state):
    explorer.reset()
    explorer.set(**state)
    X, species, train, _ = birds(explorer.state)
    for label, line in enumerate(explorer.picture.artists.birds):
        shown = np.transpose(line.get_data())
        np.testing.assert_array_equal(shown, X[train][species[train] == label])
        (left, right), (bottom, top) = line.axes.get_xlim(), line.axes.get_ylim()
        assert np.all((shown > (left, bottom)) & (shown < (right, top)))


@pytest.mark.parametrize("state", STATES, ids=str)
def test_every_place_has_the_colour_of_what_is_said_there(explorer, state):
    explorer.reset()
    explorer.set(**state)
    X, species, train, _ = birds(explorer.state)
    shading = explorer.picture.artists.regions
    colors = np.asarray(shading.get_array())[..., :3]
    _, _, points = grid_over(shading.get_extent(), *colors.shape[1::-1])
    scores = scorer_by_hand(explorer.state, X, species, train)(points)
    white = np.array([247, 247, 245]) / 255
    tinted = (colors.reshape(-1, 3) - white) @ (TINTS - white).T
    tinted /= np.linalg.norm(TINTS - white, axis=1) ** 2  # 1 where a colour is all the tint
    clear = np.abs(colors.reshape(-1, 3) - white).max(axis=1) > 0.02
    np.testing.assert_array_equal(tinted.argmax(axis=1)[clear], said(explorer.state, scores)[clear])


@pytest.mark.parametrize("state", STATES, ids=str)
def test_on_both_sides_of_a_border_something_else_is_said(explorer, state):
    explorer.reset()
    explorer.set(**state)
    X, species, train, _ = birds(explorer.state)
    scorer = scorer_by_hand(explorer.state, X, species, train)
    lines = [line.get_xydata() for line in explorer.picture.artists.borders]
    pairs = ((0, 1), (0, 2), (1, 2)) if len(explorer.view.counts[0]) == 3 else ((0, 1),)
    assert [len(line) for line in lines] == [2] * len(pairs) + [0] * (3 - len(pairs))
    for (one, other), (begin, end) in zip(pairs, lines, strict=False):
        on_it = begin + np.array([[0.1], [0.5], [0.9]]) * (end - begin)
        aside = (end - begin)[::-1] * (-1, 1) * 1e-4
        sides = [said(explorer.state, scorer(on_it + sign * aside)) for sign in (1, -1)]
        assert {tuple(np.sort(pair)) for pair in np.transpose(sides)} == {(one, other)}


@pytest.mark.parametrize("state", [each for each in STATES if "loss" in each], ids=str)
def test_three_borders_end_where_all_three_scores_are_equal(explorer, state):
    explorer.reset()
    explorer.set(**state)
    X, species, train, _ = birds(explorer.state)
    threshold = explorer.state.threshold
    one, *others = [line.get_xydata() for line in explorer.picture.artists.borders]
    corner = min(one, key=lambda end: np.abs(others[0] - end).max(axis=1).min())
    for line in others:
        assert np.abs(line - corner).max(axis=1).min() < 1e-6
    scores = scorer_by_hand(explorer.state, X, species, train)(corner[np.newaxis])[0]
    scores[1] -= np.log(threshold / (1 - threshold))
    assert np.ptp(scores) < 1e-6


def test_classes_with_the_same_scores_have_no_border():
    assert [len(line) for line in borders(np.ones((2, 3)), np.zeros((1, 3)))] == [0, 0, 0]


def test_a_class_that_leads_nowhere_has_no_border():
    W = np.array([[0.0, 1.0, -1.0], [0.0, 0.0, 0.0]])
    ahead = [len(line) for line in borders(W, np.array([[-1.0, 0.0, 0.0]]))]
    assert ahead == [0, 0, 2]  # the first is behind the better of the others by 1 at least


def test_recall_is_the_share_of_a_row_that_is_found(explorer):
    explorer.reset()
    explorer.set(weight=10)
    (right, _, missed, found), shares = numbers(explorer)[1], explorer.picture.artists.recalls[1]
    assert [share.get_text() for share in shares] == [
        f"{right / 51:.0%}",
        f"{found / (missed + found):.0%}",
        "",
    ]
    assert f"of 58 new Chinstraps {found} are found" in explorer.status


def test_a_weight_of_ten_is_a_threshold_of_one_eleventh(explorer):
    explorer.reset()
    explorer.set(weight=10)
    weighted = numbers(explorer)
    explorer.set(weight=1, threshold=0.09)
    lowered = numbers(explorer)
    assert np.abs(np.subtract(weighted, lowered)).max() <= 4
    assert "the mean of σ(x) is 9%" in explorer.status


def test_a_third_species_is_named_only_where_it_is_told_apart(explorer):
    explorer.reset()
    artists = explorer.picture.artists
    assert not any(each.get_visible() for each in artists.third.artists)
    assert [name.get_text() for name in artists.names] == ["", ""]
    explorer.set(loss="CrossEntropyLoss")
    assert all(each.get_visible() for each in artists.third.artists)
    assert [name.get_text() for name in artists.names] == ["Gentoo", "Gentoo"]
    assert "of 74 new others" in explorer.status
