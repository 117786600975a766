"""The explorer of augmentation: its picture compared with transforms written out."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.explorers import AugmentationExplorer
from minidl.explorers.augmentation.explorer import IMAGENET, NONE, OWN
from minidl.explorers.augmentation.picture import DRAWS, EDGES
from tests.widgets.helpers import opened

PHOTOS = np.random.default_rng(1).integers(1, 250, (5, 20, 20, 3), dtype=np.uint8)
LUMA = np.array([0.299, 0.587, 0.114])


@pytest.fixture(scope="module")
def explorer():
    with opened(AugmentationExplorer, photos=PHOTOS) as made:
        yield made


def draws_of(explorer):
    return [image.get_array() for image in explorer.picture.artists.draws]


@pytest.mark.parametrize("padding", [0, 3, 8])
def test_a_draw_is_the_photo_moved_within_a_black_rim(explorer, padding):
    explorer.reset(photo=2, padding=padding, gray=0, flip=0)
    padded = np.pad(PHOTOS[1], [(padding, padding), (padding, padding), (0, 0)])
    cuts = [
        padded[i : i + 20, j : j + 20]
        for i in range(2 * padding + 1)
        for j in range(2 * padding + 1)
    ]
    for draw in draws_of(explorer):
        assert sum(np.array_equal(draw, cut) for cut in cuts) == 1
    first = draws_of(explorer)[0]
    assert explorer.view.lost == pytest.approx((first == 0).all(axis=-1).mean())


def test_the_file_is_shown_as_it_is(explorer):
    explorer.reset(photo=4, padding=8, gray=1, flip=1)
    assert np.array_equal(explorer.picture.artists.photo.get_array(), PHOTOS[3])


def test_grey_has_no_colours_and_a_mirror_turns_left_and_right(explorer):
    explorer.reset(photo=1, padding=0, gray=1, flip=1)
    expected = PHOTOS[0][:, ::-1] @ LUMA
    for draw in draws_of(explorer):
        assert np.ptp(draw.astype(int), axis=-1).max() == 0
        np.testing.assert_allclose(draw[..., 0], expected, atol=0.51)


def test_shares_between_none_and_all_change_some_draws(explorer):
    kinds = set()
    for seed in range(6):
        explorer.reset(padding=0, gray=0.5, flip=0, seed=seed)
        kinds |= {bool(np.ptp(draw.astype(int), axis=-1).max()) for draw in draws_of(explorer)}
    assert kinds == {True, False}


@pytest.mark.parametrize(
    ("statistics", "mean", "std"),
    [
        ("ImageNet's", [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
        ("the training set's", None, None),
        ("none", [0, 0, 0], [1, 1, 1]),
    ],
)
def test_numbers_are_normalized_and_the_inverse_brings_the_draw_back(
    explorer, statistics, mean, std
):
    explorer.reset(photo=3, statistics=statistics)
    fractions = PHOTOS / 255
    mean = fractions.mean(axis=(0, 1, 2)) if mean is None else np.array(mean)
    std = fractions.std(axis=(0, 1, 2)) if std is None else np.array(std)
    draw, artists = draws_of(explorer)[0], explorer.picture.artists
    for c, channel in enumerate(artists.channels):
        expected = (draw[..., c] / 255 - mean[c]) / std[c]
        np.testing.assert_allclose(channel.get_array(), expected)
    assert np.array_equal(artists.back.get_array(), draw)
    everything = (fractions - mean) / std
    np.testing.assert_allclose(explorer.view.mean, everything.mean(axis=(0, 1, 2)), atol=1e-12)
    np.testing.assert_allclose(explorer.view.std, everything.std(axis=(0, 1, 2)))
    assert explorer.view.counts.sum(axis=1) == pytest.approx([1, 1, 1])
    green = np.clip(everything[..., 1], EDGES[0], EDGES[-1])
    share = ((green >= EDGES[15]) & (green < EDGES[16])).mean()
    assert explorer.view.counts[1, 15] == pytest.approx(share)


def test_other_seeds_draw_otherwise_and_the_same_seed_the_same(explorer):
    explorer.reset(seed=1)
    first = [draw.tobytes() for draw in draws_of(explorer)]
    explorer.reset(seed=2)
    assert [draw.tobytes() for draw in draws_of(explorer)] != first
    explorer.reset(seed=1)
    assert [draw.tobytes() for draw in draws_of(explorer)] == first


def test_the_sentence_counts_kinds_and_states_what_is_lost(explorer):
    explorer.reset(padding=0, gray=0, flip=0)
    assert explorer.status.startswith("The draws are all alike.")
    assert explorer.status.endswith("the first draw has lost 0% over its rim.")
    explorer.reset(padding=8)
    kinds = len({draw.tobytes() for draw in draws_of(explorer)})
    assert 1 < kinds <= DRAWS
    said = "all different" if kinds == DRAWS else f"of {kinds} kinds"
    assert explorer.status.startswith(f"The draws are {said}.")
    assert f"lost {explorer.view.lost:.0%}" in explorer.status
    assert "with 0 bytes off" in explorer.status


@pytest.mark.parametrize("statistics", [OWN, IMAGENET, NONE])
def test_no_curve_is_cut_off_at_the_top(explorer, statistics):
    explorer.reset(statistics=statistics)
    curves = explorer.picture.artists.curves
    shown = np.stack([curve.get_data().values for curve in curves])
    np.testing.assert_allclose(shown.sum(axis=1), 1)
    assert shown.max() < curves[0].axes.get_ylim()[1]
