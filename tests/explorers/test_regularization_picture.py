"""The regularization picture, from data made up for it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from minidl.explorers.regularization.picture import (
    draw_regularization,
    update_regularization,
)
from minidl.explorers.regularization.view import RegularizationView, inputs_of_curves
from minidl.plots.picture import Picture

X = inputs_of_curves()[:, 0]


def made_up(**changes):
    points = np.array([[-0.5], [0.0], [0.5]])
    view = RegularizationView(
        train=(points, np.array([[0.2], [0.1], [0.3]])),
        dev=(points + 0.1, np.array([[0.1], [0.0], [0.4]])),
        true=X**2,
        fit=0.5 * X,
        steps=[20, 40, 60],
        train_losses=[0.4, 0.1, 0.05],
        dev_losses=[0.5, 0.2, 0.25],
        noise=0.3,
        stopped=None,
        stop_reason=None,
        best=None,
        weights=np.array([0.1, 0.1, -0.3, 0.9]),
        first_weights=np.array([0.5, 0.5, -0.5, 0.95]),
    )
    return replace(view, **changes)


@pytest.fixture(scope="module")
def picture():
    def draw(figure):
        return draw_regularization(figure, first=20, last=2000)

    return Picture(draw, width=760, height=430, pixel_ratio=1.0)


def drawn(picture, **changes):
    update_regularization(picture.artists, made_up(**changes))
    return picture.artists


def test_points_and_curves_are_where_the_data_says(picture):
    artists = drawn(picture)
    assert artists.curves.train_points.get_xydata().tolist() == [[-0.5, 0.2], [0, 0.1], [0.5, 0.3]]
    np.testing.assert_allclose(artists.curves.dev_points.get_xdata(), [-0.4, 0.1, 0.6])
    assert artists.curves.dev_points.get_ydata().tolist() == [0.1, 0.0, 0.4]
    np.testing.assert_array_equal(artists.curves.true.get_xydata(), np.column_stack([X, X**2]))
    np.testing.assert_array_equal(artists.curves.fit.get_xydata(), np.column_stack([X, 0.5 * X]))


def test_many_points_are_drawn_smaller(picture):
    few = drawn(picture).curves.train_points.get_markersize()
    many = np.zeros((100, 1)), np.zeros((100, 1))
    assert drawn(picture, train=many).curves.train_points.get_markersize() < few


def test_a_curve_below_zero_gets_room(picture):
    assert drawn(picture).curves.fit.axes.get_ylim() == (-1, 2)
    assert drawn(picture, true=np.sin(np.pi * X)).curves.fit.axes.get_ylim() == (-2, 2)


def test_the_losses_and_the_shaded_gap_between_them(picture):
    artists = drawn(picture)
    assert artists.losses.train_curve.get_xydata().tolist() == [[20, 0.4], [40, 0.1], [60, 0.05]]
    assert artists.losses.dev_curve.get_xydata().tolist() == [[20, 0.5], [40, 0.2], [60, 0.25]]
    (outline,) = artists.losses.gap.get_paths()
    corners = outline.vertices.tolist()[:6]
    assert corners == [[20, 0.5], [40, 0.2], [60, 0.25], [60, 0.05], [40, 0.1], [20, 0.4]]
    assert artists.losses.gap_words.get_text() == "gap 0.20"


def test_a_gap_below_zero_has_a_true_minus_sign(picture):
    artists = drawn(picture, dev_losses=[0.5, 0.2, 0.02])
    assert artists.losses.gap_words.get_text() == "gap −0.030"


def test_the_words_stay_inside_the_axes(picture):
    assert drawn(picture, stopped=60).losses.stop_words.get_ha() == "left"
    late = drawn(picture, steps=[20, 1980, 2000], stopped=2000)
    assert late.losses.stop_words.get_ha() == "right"


def test_the_gap_is_written_where_it_covers_no_curve(picture):
    artists = drawn(picture, train_losses=[1e-2, 1e-4, 1e-5], dev_losses=[2e-2, 1e-3, 1e-4])
    picture.png()
    words, ax = artists.losses.gap_words, artists.losses.gap_words.axes
    assert words.get_window_extent().y0 >= ax.get_window_extent().y1
    assert not words.get_window_extent().overlaps(ax._left_title.get_window_extent())


def test_a_long_axis_of_losses_has_ticks_at_powers_of_ten_alone(picture):
    short = drawn(picture).losses.train_curve.axes.get_yticks()
    assert {0.01, 0.02, 0.05, 0.1, 0.2, 0.5} <= set(np.round(short, 9).tolist())
    long = drawn(picture, train_losses=[0.4, 0.1, 2e-3]).losses.train_curve.axes.get_yticks()
    np.testing.assert_allclose(np.log10(long), np.round(np.log10(long)), atol=1e-9)


def test_only_early_stopping_is_marked(picture):
    artists = drawn(picture)
    assert not artists.losses.stop.get_visible()
    assert not artists.losses.stop_words.get_visible()
    artists = drawn(picture, stopped=60)
    assert artists.losses.stop.get_visible()
    assert artists.losses.stop_words.get_visible()
    assert list(artists.losses.stop.get_xdata()) == [60, 60]


def test_the_dotted_line_is_the_variance_of_the_noise(picture):
    noise = drawn(picture).losses.noise
    np.testing.assert_allclose(noise.get_ydata(), [0.09, 0.09])
    assert noise.get_visible()
    assert not drawn(picture, noise=0.0).losses.noise.get_visible()


def test_the_legend_shows_what_there_is_from_the_start(picture):
    (legend,) = picture.figure.legends
    labels = [text.get_text() for text in legend.get_texts()]
    assert labels == ["train", "dev", "true curve", "network", "noise σ²"]
    assert all(line.get_visible() for line in legend.get_lines())


def test_without_data_nothing_is_claimed():
    def draw(figure):
        return draw_regularization(figure, first=20, last=2000)

    fresh = Picture(draw, width=760, height=430, pixel_ratio=1.0)
    losses = fresh.artists.losses
    assert not any(part.get_visible() for part in (losses.noise, losses.stop, losses.stop_words))
    assert fresh.png()  # the layout finds room for empty words, too


@pytest.mark.parametrize(
    ("losses", "limits"),
    [
        ([0.4, 0.5, 0.011], (0.01, 0.5)),
        ([0.9, 0.1, 0.05], (0.01, 1)),
        ([0.5, 0.1, 0.005], (0.001, 0.5)),
        ([30.0, 0.5, 0.3], (0.01, 100)),
        ([0.5, 0.1, 0.0], (1e-8, 0.5)),
    ],
)
def test_the_axis_of_the_losses_changes_only_where_it_must(picture, losses, limits):
    ax = drawn(picture, train_losses=losses).losses.train_curve.axes
    np.testing.assert_allclose(ax.get_ylim(), limits)
    assert ax.get_xlim() == (20, 2000)


def test_the_histograms_are_shares_of_the_weights(picture):
    artists = drawn(picture)
    values, edges, _ = artists.weights.now.get_data()
    assert (edges[0], edges[-1]) == (-1, 1)
    assert values.sum() == pytest.approx(1)
    assert values[np.searchsorted(edges, 0.1) - 1 : np.searchsorted(edges, 0.1) + 1].sum() == 0.5
    first, _, _ = artists.weights.first.get_data()
    assert first.max() == 0.5
    assert artists.weights.words.get_text() == "ΣW² = 0.92"
    assert artists.weights.now.axes.get_ylim() == (0, 0.5)


def test_weights_beyond_the_axis_count_in_the_last_bins(picture):
    values, _, _ = drawn(picture, weights=np.array([-7.0, 9.0, 9.0, 9.0])).weights.now.get_data()
    assert (values[0], values[-1]) == (0.25, 0.75)


def test_no_weights_leave_the_histogram_empty(picture):
    artists = drawn(picture, weights=np.zeros(0), first_weights=np.zeros(0))
    assert artists.weights.now.get_data()[0].max() == 0
    assert artists.weights.words.get_text() == "ΣW² = 0.0"


def test_only_new_limits_cost_a_new_background(picture):
    drawn(picture)
    picture.png()
    drawn(picture, dev_losses=[0.5, 0.3, 0.4], stopped=60)
    assert not picture.figure.stale
    drawn(picture, dev_losses=[5.0, 3.0, 4.0])
    assert picture.figure.stale


def test_updating_adds_no_artist(picture):
    drawn(picture, weights=np.zeros(3), stopped=60)
    picture.png()  # makes the ticks
    before = len(picture.figure.findobj())
    for weight in range(1, 6):
        drawn(picture, weights=np.full(3, float(weight)), stopped=60)
        picture.png()
    assert len(picture.figure.findobj()) == before
