"""The dropout explorer, its picture compared with passes one by one."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.explorers import DropoutExplorer
from minidl.explorers.dropout.explorer import INPUT, PASSES, UNITS, small_network
from minidl.nn import Dropout
from tests.widgets.helpers import opened, put

STATES = [
    {},
    {"passes": 20},
    {"keep_prob": 0.5, "passes": 1000, "seed": 7},
    {"keep_prob": 0.1, "passes": 100, "seed": 1},
    {"keep_prob": 1.0, "passes": 5, "seed": 99},
]


@pytest.fixture(scope="module")
def explorer():
    with opened(DropoutExplorer) as made:
        yield made


def one_by_one(state):
    """Return each pass's units after dropout and its output, one sample at a time, by hand."""
    rng = np.random.default_rng(state.seed)
    W1, W2 = rng.standard_normal((2, UNITS)), rng.random((UNITS, 1))
    a = 1 / (1 + np.exp(-(np.array([INPUT]) @ W1)))
    units, outputs = [], []
    for _ in range(state.passes):
        mask = (rng.random((1, UNITS)) < state.keep_prob) / state.keep_prob
        units.append((a * mask)[0])
        outputs.append((a * mask @ W2)[0, 0])
    return np.array(units), np.array(outputs), float((a @ W2)[0, 0])


@pytest.mark.parametrize("start", STATES)
def test_the_picture_holds_what_passes_one_by_one_give(explorer, start):
    put(explorer, **start)
    assert explorer.error == ""
    state, artists = explorer.state, explorer.picture.artists
    units, outputs, evaluation = one_by_one(state)

    words = [f"{value:.2f}" if value else "0" for value in units[-1]]
    assert [text.get_text() for text in artists.layer.values] == words
    hollow = [bool(np.all(color == 1)) for color in artists.layer.units.get_facecolor()]
    assert hollow == [value == 0 for value in units[-1]]
    assert artists.layer.output.get_text() == f"{outputs[-1]:.2f}"
    weights = [float(text.get_text()) for text in artists.layer.weights]
    assert units[-1] @ weights == pytest.approx(outputs[-1], abs=0.005 * units[-1].sum())

    passes = np.arange(1, state.passes + 1)
    np.testing.assert_array_equal(artists.outputs.get_xdata(), passes)
    np.testing.assert_allclose(artists.outputs.get_ydata(), outputs, atol=1e-12)
    means = [outputs[:n].mean() for n in passes]
    np.testing.assert_allclose(artists.means.get_ydata(), means, atol=1e-12)
    shares = [np.mean(units[:n] > 0) for n in passes]
    np.testing.assert_allclose(artists.shares.get_ydata(), shares)
    unscaled = np.multiply(means, state.keep_prob)
    np.testing.assert_allclose(artists.unscaled.get_ydata(), unscaled, atol=1e-12)
    np.testing.assert_allclose(artists.evaluation.get_ydata(), evaluation)
    np.testing.assert_allclose(artists.keep_prob.get_ydata(), state.keep_prob)


@pytest.mark.parametrize("keep_prob", [0.3, 0.5, 0.8])
def test_scaling_keeps_the_mean_where_leaving_it_out_does_not(explorer, keep_prob):
    errors, unscaled = [], []
    for seed in range(10):
        data = put(explorer, keep_prob=keep_prob, passes=1000, seed=seed).view
        errors.append(data.means[-1] / data.evaluation - 1)
        unscaled.append(keep_prob * data.means[-1] / data.evaluation)
        assert data.shares[-1] == pytest.approx(keep_prob, abs=0.03)
    assert np.mean(errors) == pytest.approx(0, abs=0.03)
    assert np.mean(unscaled) == pytest.approx(keep_prob, abs=0.03)


def test_more_passes_go_on_from_those_before(explorer):
    few = put(explorer, passes=10, seed=4).view.outputs
    many = put(explorer, passes=50, seed=4).view.outputs
    np.testing.assert_array_equal(many[:10], few)


def test_more_passes_leave_the_axes_as_they_are(explorer):
    limits = {put(explorer, passes=n).picture.artists.outputs.axes.get_ylim() for n in PASSES}
    assert len(limits) == 1


def test_all_units_are_kept_with_probability_one(explorer):
    data = put(explorer, keep_prob=1.0, passes=100).view
    assert data.kept.all()
    np.testing.assert_allclose(data.outputs, data.evaluation)


def test_a_keep_probability_of_a_tenth_may_leave_no_unit(explorer):
    data = put(explorer, keep_prob=0.1, passes=1000).view
    assert (data.outputs == 0).any()
    assert explorer.error == ""


def test_the_numbers_come_from_the_library_s_dropout(explorer, monkeypatch):
    """A dropout that forgets to scale is seen in the picture."""
    right = put(explorer, keep_prob=0.5, passes=1000)
    assert right.view.means[-1] == pytest.approx(right.view.evaluation, rel=0.05)
    draw_mask = Dropout._draw_mask
    monkeypatch.setattr(Dropout, "_draw_mask", lambda op, x: op.keep_prob * draw_mask(op, x))
    wrong = put(explorer, keep_prob=0.5, passes=1000)
    assert wrong.view.means[-1] == pytest.approx(wrong.view.evaluation / 2, rel=0.05)


def test_the_sentence_states_what_the_picture_shows(explorer):
    put(explorer, keep_prob=0.5, passes=20, seed=2)
    units, outputs, evaluation = one_by_one(explorer.state)
    mean, kept = outputs.mean(), np.count_nonzero(units[-1])
    assert explorer.status == (
        f"Pass 20: {kept} of 8 units kept, output {outputs[-1]:.2f}. "
        f"Mean so far: kept share {np.mean(units > 0):.2f}, p = 0.5; "
        f"output {mean:.2f}, in evaluation {evaluation:.2f}. "
        f"Without dividing by p the mean would be {0.5 * mean:.2f}."
    )


def test_weights_to_the_output_are_positive():
    assert (small_network(0.5, rng=3).layers[-1].params["W"] > 0).all()


def test_first_values_can_be_chosen():
    with opened(DropoutExplorer, keep_prob=0.3, passes=2) as explorer:
        assert explorer.status.startswith("Pass 2: ")
        assert explorer.view.keep_prob == 0.3
