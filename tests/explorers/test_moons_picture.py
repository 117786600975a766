"""The moons picture, from data made up for it; what the explorer puts in is tested there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from minidl.explorers.moons.picture import (
    COLUMNS,
    ROWS,
    MoonsView,
    boundary,
    draw_moons,
    moons_grid,
    update_moons,
)
from minidl.plots.picture import Picture
from minidl.plots.style import CLASS_MAP

GRID = moons_grid().reshape(ROWS, COLUMNS, 2)


def made_up(**changes):
    X = np.array([[0.0, 1.0], [1.0, 0.5], [2.0, -0.5]])
    view = MoonsView(
        train=(X, np.array([[0.0], [1.0], [1.0]])),
        dev=(X[:2] + 0.5, np.array([[1.0], [0.0]])),
        regions=1 / (1 + np.exp(-4 * (GRID[..., 0] - 1))),
        reference_regions=1 / (1 + np.exp(-4 * (GRID[..., 1] + 1))),
        epochs=100,
        train_epochs=list(range(101)),
        train_losses=np.linspace(5, 0.5, 101).tolist(),
        dev_epochs=[0, 50, 100],
        dev_losses=[9.0, 0.8, 0.6],
        train_loss=0.5,
        dev_loss=0.6,
        scores=(0.9, 0.8, 0.7, 0.6),
    )
    return replace(view, **changes)


@pytest.fixture(scope="module")
def picture():
    return Picture(draw_moons, width=760, height=400, pixel_ratio=1.0)


def drawn(picture, **changes):
    update_moons(picture.artists, made_up(**changes))
    return picture.artists


def test_the_grid_is_seen_row_by_row_from_below():
    assert GRID[0, 0].tolist() == [-2.75, -2.25]
    assert GRID[0, -1].tolist() == [3.75, -2.25]
    assert GRID[-1, 0].tolist() == [-2.75, 2.75]


def test_the_lines_are_where_the_probabilities_are_one_half(picture):
    artists = drawn(picture)
    (network,) = artists.boundary.get_segments()
    (reference,) = artists.reference.get_segments()
    np.testing.assert_allclose(network[:, 0], 1.0, atol=0.01)
    np.testing.assert_allclose(reference[:, 1], -1.0, atol=0.01)


def test_one_class_everywhere_has_no_line():
    assert boundary(np.full((ROWS, COLUMNS), 0.7)) == []


def test_the_regions_have_the_colours_of_their_probabilities(picture):
    artists = drawn(picture)
    shades = np.asarray(artists.regions.get_array())
    assert np.array_equal(shades, CLASS_MAP(made_up().regions, bytes=True))
    assert artists.regions.origin == "lower"
    assert artists.regions.get_extent() == [-2.75, 3.75, -2.25, 2.75]


def test_points_stand_with_their_class(picture):
    artists = drawn(picture)
    zero, one = (line.get_xydata().tolist() for line in artists.train_points)
    assert (zero, one) == ([[0, 1]], [[1, 0.5], [2, -0.5]])
    zero, one = (line.get_xydata().tolist() for line in artists.dev_points)
    assert (zero, one) == ([[1.5, 1.0]], [[0.5, 1.5]])


def test_few_points_are_drawn_larger(picture):
    many = np.zeros((1000, 2)), np.zeros((1000, 1))
    few = drawn(picture).train_points[0].get_markersize()
    assert drawn(picture, train=many).train_points[0].get_markersize() < few


def test_bars_and_numbers_are_the_accuracies(picture):
    artists = drawn(picture)
    assert [bar.get_width() for bar in artists.bars] == [0.9, 0.8, 0.7, 0.6]
    words = [text.get_text() for text in artists.scores]
    assert words == ["0.90", "0.80", "0.70", "0.60"]
    beside = [text for text in artists.bars[0].axes.texts if text.get_text() in ("train", "dev")]
    assert [text.get_text() for text in beside] == ["train", "dev", "train", "dev"]
    places = [bar.get_y() + bar.get_height() / 2 for bar in artists.bars]
    assert [text.get_position()[1] for text in beside] == pytest.approx(places)


@pytest.mark.parametrize(
    ("dev_losses", "top"), [([9, 0.3, 0.2], 4), ([9, 0.8, 5.0], 8), ([9, 60.0, 100.0], 128)]
)
def test_the_losses_after_the_first_epochs_are_inside(picture, dev_losses, top):
    losses = [50.0, 20.0, 10.0, 6.0, 5.0, *[3.0] * 96]
    ax = drawn(picture, train_losses=losses, dev_losses=dev_losses).train_curve.axes
    assert ax.get_ylim() == (0, top)
    assert ax.get_xlim() == (0, 100)


def test_the_ticks_are_whole_epochs_where_there_is_but_one(picture):
    one = {"epochs": 1, "train_epochs": [0, 1], "dev_epochs": [0, 1]}
    ax = drawn(picture, **one, train_losses=[1.3, 1.4], dev_losses=[1.2, 1.5]).train_curve.axes
    assert [tick for tick in ax.get_xticks() if 0 <= tick <= 1] == [0, 1]
    assert ax.get_ylim() == (0, 2)


def test_small_losses_share_one_scale(picture):
    small = {"train_losses": [0.01] * 101, "dev_losses": [0.03, 0.02, 0.01]}
    ax = drawn(picture, **small).train_curve.axes
    assert ax.get_ylim() == (0, 1)


def test_only_new_limits_cost_a_new_background(picture):
    drawn(picture)
    picture.png()
    drawn(picture, dev_losses=[9.0, 0.7, 0.65])
    assert not picture.figure.stale
    drawn(picture, dev_losses=[9.0, 70.0, 65.0])
    assert picture.figure.stale


def test_updating_adds_no_artist(picture):
    drawn(picture)
    before = len(picture.figure.findobj())
    for seed in range(5):
        wild = np.random.default_rng(seed).random((ROWS, COLUMNS))
        drawn(picture, regions=wild)
        picture.png()
    assert len(picture.figure.findobj()) == before
