"""The dropout picture, from data made up for it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.colors import same_color

from minidl.explorers.dropout.picture import (
    KEPT,
    DropoutView,
    draw_dropout,
    output_limits,
    update_dropout,
)
from minidl.plots.picture import Picture


def made_up(**changes):
    view = DropoutView(
        values=np.array([1.25, 0.0, 2.5]),
        kept=np.array([True, False, True]),
        weights=np.array([1.0, -0.25, 1.0]),
        output=3.75,
        shares=np.array([1.0, 0.5, 2 / 3]),
        outputs=np.array([2.0, 4.0, 3.0]),
        means=np.array([2.0, 3.0, 3.0]),
        keep_prob=0.8,
        evaluation=2.9,
        extremes=(0.1, 4.9),
    )
    return replace(view, **changes)


@pytest.fixture(scope="module")
def picture():
    def draw(figure):
        return draw_dropout(figure, units=3, passes=1000)

    return Picture(draw, width=760, height=400, pixel_ratio=1.0)


def drawn(picture, **changes):
    update_dropout(picture.artists, made_up(**changes))
    return picture.artists


def test_dropped_units_are_hollow_and_speak_no_more(picture):
    artists = drawn(picture)
    first, second, third = artists.layer.units.get_facecolor()
    assert same_color(first, KEPT)
    assert same_color(third, KEPT)
    assert same_color(second, "white")
    assert [text.get_text() for text in artists.layer.values] == ["1.25", "0", "2.50"]
    solid = [dashes is None for _, dashes in artists.layer.connections.get_linestyle()]
    assert solid == [True, False, True]
    assert [text.get_text() for text in artists.layer.weights] == ["1.00", "−0.25", "1.00"]
    assert artists.layer.output.get_text() == "3.75"
    assert artists.layer.count.get_text() == "2 of 3 units kept"


def test_the_first_unit_stands_on_top_with_its_own_value(picture):
    artists = drawn(picture)
    heights = artists.layer.units.get_offsets()[:, 1]
    assert list(heights) == sorted(heights, reverse=True)
    assert [text.get_position()[1] for text in artists.layer.values] == list(heights)
    between = [text.get_position()[1] for text in artists.layer.weights]
    assert between == sorted(between, reverse=True)
    starts = [path.vertices[0][1] for path in artists.layer.connections.get_paths()]
    assert starts == list(heights)


def test_an_output_below_zero_has_a_true_minus_sign(picture):
    assert drawn(picture, output=-0.5).layer.output.get_text() == "−0.50"


def test_lines_and_dots_are_the_passes_and_their_means(picture):
    artists = drawn(picture)
    assert artists.outputs.get_xydata().tolist() == [[1, 2], [2, 4], [3, 3]]
    assert artists.means.get_xydata().tolist() == [[1, 2], [2, 3], [3, 3]]
    np.testing.assert_allclose(artists.unscaled.get_ydata(), [1.6, 2.4, 2.4])
    np.testing.assert_allclose(artists.shares.get_ydata(), [1, 0.5, 2 / 3])
    assert list(artists.keep_prob.get_ydata()) == [0.8, 0.8]
    assert list(artists.evaluation.get_ydata()) == [2.9, 2.9]


def test_marks_stand_at_the_ends_of_the_means(picture):
    artists = drawn(picture)
    np.testing.assert_allclose(artists.last_shares.get_xydata(), [[3, 2 / 3]])
    np.testing.assert_allclose(artists.last_means.get_xydata(), [[3, 3]])


@pytest.mark.parametrize(
    ("extremes", "limits"),
    [((0.1, 1.9), (0, 2)), ((0.1, 2.0), (0, 2.5)), ((-0.2, 0.1), (-0.5, 0.5)), ((0, 0), (0, 0.5))],
)
def test_all_outputs_and_zero_are_inside(extremes, limits):
    assert output_limits(*extremes) == limits


def test_only_new_limits_cost_a_new_background(picture):
    drawn(picture)
    picture.png()
    drawn(picture, kept=np.array([False, True, True]), keep_prob=0.5)
    assert not picture.figure.stale
    drawn(picture, extremes=(0.1, 9.0))
    assert picture.figure.stale


def test_updating_adds_no_artist(picture):
    drawn(picture)
    picture.png()  # makes the ticks
    before = len(picture.figure.findobj())
    for k in range(5):
        drawn(picture, kept=np.arange(3) == k, output=float(k))
        picture.png()
    assert len(picture.figure.findobj()) == before
