"""The softmax explorer, its picture compared with sums written out."""

from __future__ import annotations

import math

import numpy as np
import pytest

from minidl.explorers import SoftmaxExplorer
from tests.widgets.helpers import opened

STATES = [
    {},
    {"s0": -1.5, "s1": 0.5, "s2": 4.0, "label": 2},
    {"s0": 5.0, "s1": -5.0, "label": 0, "temperature": 2.0},
    {"add": -3.0, "temperature": 0.5, "label": 1},
]


def written_out(state):
    """Return probabilities, loss and gradient of the three scores that a state stands for."""
    powers = [math.exp((s + state.add) / state.temperature) for s in (state.s0, state.s1, state.s2)]
    p = [power / sum(powers) for power in powers]
    gradient = [p[k] - (k == state.label) for k in range(3)]
    return p, -math.log(p[state.label]), gradient


def heights(panel):
    return [bar.get_height() for bar in panel.bars]


@pytest.mark.parametrize("values", STATES)
def test_the_bars_are_probabilities_and_gradient(values):
    with opened(SoftmaxExplorer, **values) as explorer:
        p, loss, gradient = written_out(explorer.state)
        artists = explorer.picture.artists
        assert heights(artists.probabilities) == pytest.approx(p)
        assert heights(artists.gradient) == pytest.approx(gradient)
        x, y = artists.point.get_data()
        assert (x[0], y[0]) == pytest.approx((p[explorer.state.label], loss))
        assert f"so the loss is {loss:.4f}." in explorer.status


def test_the_gradient_is_what_differences_measure():
    with opened(SoftmaxExplorer, s0=0.5, s1=-0.5, s2=1.0, label=0) as explorer:
        for k in range(3):
            sides = [
                written_out(explorer.state.__class__(**{**vars(explorer.state), f"s{k}": moved}))[1]
                for moved in (getattr(explorer.state, f"s{k}") + h for h in (-1e-5, 1e-5))
            ]
            slope = (sides[1] - sides[0]) / 2e-5
            assert explorer.view.gradient[k] == pytest.approx(slope, abs=1e-8)


def test_adding_to_all_scores_moves_the_scores_only():
    with opened(SoftmaxExplorer) as explorer:
        artists = explorer.picture.artists
        before, words = heights(artists.probabilities), explorer.status
        scores = heights(artists.scores)
        explorer.set(add=2.5)
        assert heights(artists.scores) == pytest.approx([score + 2.5 for score in scores])
        assert heights(artists.probabilities) == pytest.approx(before)
        assert explorer.status == words


def test_the_right_class_alone_has_the_second_colour():
    with opened(SoftmaxExplorer, label=2) as explorer:
        artists = explorer.picture.artists
        for panel in (artists.scores, artists.probabilities, artists.gradient):
            first, second, third = (bar.get_facecolor() for bar in panel.bars)
            assert first == second != third


def test_what_lies_beyond_the_axes_ends_at_their_edge_and_is_told():
    with opened(SoftmaxExplorer, s0=-5.0, s2=5.0, temperature=0.1, label=0) as explorer:
        artists = explorer.picture.artists
        low, high = artists.scores.bars[0].axes.get_ylim()
        assert all(low < height < high for height in heights(artists.scores))
        assert [words.get_text() for words in artists.scores.words] == ["−50", "20", "50"]
        assert artists.point.get_marker() == "^"
        assert "so the loss is 100.0000." in explorer.status
        explorer.set(label=2)
        assert artists.point.get_marker() == "o"


def test_numbers_stand_beyond_the_ends_of_their_bars():
    with opened(SoftmaxExplorer, label=1) as explorer:
        panel = explorer.picture.artists.gradient
        for bar, words in zip(panel.bars, panel.words, strict=True):
            height, y = bar.get_height(), words.get_position()[1]
            assert np.sign(y - height) == np.sign(height)
            assert words.get_text().replace("−", "-") == f"{height:.2f}"
