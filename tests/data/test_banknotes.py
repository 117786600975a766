"""Drawn banknotes: the same for the same seed, worth what is printed on them and nothing else."""

from collections import Counter

import numpy as np
import pytest

from minidl.data import ImageFolder, make_banknotes, read_image
from minidl.data.banknote_drawing import (
    DOTS,
    PICTURES,
    WIDTH,
    _palette,
    _print_of,
    drawing_of,
    photo_of,
)
from tests.data.pictures import save, write


def images_in(folder):
    X, y = ImageFolder(folder).batch(slice(None))
    return X / 255, y


@pytest.fixture(scope="module")
def notes(tmp_path_factory):
    return images_in(make_banknotes(tmp_path_factory.mktemp("notes"), 240, rng=0))


def test_photos_are_of_two_values_32_by_32_and_in_colour(notes):
    X, y = notes
    assert X.shape == (240, 32, 32, 3)
    assert np.bincount(y).tolist() == [120, 120]


def test_an_odd_one_is_a_fifty(tmp_path):
    data = ImageFolder(make_banknotes(tmp_path, 7, rng=0))
    assert data.classes == ["10", "50"]
    assert data.targets == [0] * 3 + [1] * 4


def test_a_seed_repeats_them(tmp_path):
    one, same, other = (
        images_in(make_banknotes(tmp_path / name, 6, rng=seed))[0]
        for name, seed in [("a", 5), ("b", np.random.default_rng(5)), ("c", 6)]
    )
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def right_by_nearest_mean(features, y):
    """Return how often a note is like the mean of its value's first half, in the second half."""
    train = np.arange(len(y)) % 2 == 0
    means = np.array([features[train & (y == label)].mean(axis=0) for label in (0, 1)])
    distances = np.linalg.norm(features[~train, np.newaxis] - means, axis=-1)
    return (distances.argmin(axis=1) == y[~train]).mean()


def test_colours_do_not_tell_the_values_apart(notes):
    X, y = notes
    for features in (X.mean(axis=(1, 2)), X.std(axis=(1, 2)), X.max(axis=(1, 2))):
        assert right_by_nearest_mean(features, y) < 0.65


def test_single_pixels_do_not_either(notes):
    X, y = notes
    assert right_by_nearest_mean(X.reshape(len(X), -1), y) < 0.65


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("side", [-1, 1])
def test_two_values_differ_in_their_first_numeral_only(picture, side):
    ten, fifty = (drawing_of(value, picture, side) for value in ("10", "50"))
    columns = np.flatnonzero((ten != fifty).any(axis=(0, 2))) / DOTS - WIDTH
    assert 0 < np.ptp(columns) < 0.85
    assert abs((columns.min() + columns.max()) / 2 - (-0.36 - 0.56 * side)) < 0.1


def test_pictures_sides_and_inks_are_as_frequent_as_each_other():
    rng = np.random.default_rng(0)
    printed = Counter(_print_of(rng) for _ in range(400))
    assert len(printed) == 4
    assert min(printed.values()) > 70
    dark_ink = sum(palette[1].sum() < palette[0].sum() for palette in map(_palette, [rng] * 400))
    assert 160 < dark_ink < 240


@pytest.mark.parametrize("part", [0, 1, 2])
def test_paper_ink_and_desk_are_of_all_colours(part):
    rng = np.random.default_rng(0)
    strongest = Counter(int(_palette(rng)[part].argmax()) for _ in range(300))
    assert min(strongest[channel] for channel in range(3)) > 70


@pytest.mark.parametrize("value", ["10", "50"])
def test_a_drawing_shares_each_dot_out(value):
    shares = drawing_of(value)
    np.testing.assert_allclose(shares.sum(axis=-1), 1)
    assert shares.min() >= 0
    assert not shares.flags.writeable


def corner(image):
    """Return the middle of the watermark's ring, and the ring."""
    grey = image[25:32, 25:32].mean(axis=-1)
    return grey[3, 3], grey[3, 1]


def test_a_watermark_is_a_ring_in_the_lower_right_corner_and_all_else_stays():
    plain, marked = (
        photo_of("10", np.random.default_rng(0), watermark=watermark) for watermark in (False, True)
    )
    changed = np.argwhere((plain != marked).any(axis=-1))
    assert changed.min() >= 24
    middle, ring = corner(marked / 255)
    assert ring > middle + 0.4


def test_there_is_no_watermark_where_none_is_asked_for(notes):
    rng = np.random.default_rng(0)
    rng.random()  # whether the first photo has one
    assert np.array_equal(notes[0][0], photo_of("10", rng) / 255)


@pytest.mark.parametrize(("watermark", "marked"), [((0, 1), [0, 30]), ((1, 0), [30, 0])])
def test_watermarks_go_with_the_value_as_asked_for(tmp_path, watermark, marked):
    with_marks, y = images_in(make_banknotes(tmp_path / "a", 60, watermark=watermark, rng=0))
    without, _ = images_in(make_banknotes(tmp_path / "b", 60, rng=0))
    differ = (with_marks != without).any(axis=(1, 2, 3))
    assert [int(differ[y == label].sum()) for label in (0, 1)] == marked


def test_a_part_of_them_may_carry_it(tmp_path):
    with_marks, y = images_in(make_banknotes(tmp_path / "a", 120, watermark=(0.1, 0.9), rng=0))
    without, _ = images_in(make_banknotes(tmp_path / "b", 120, rng=0))
    differ = (with_marks != without).any(axis=(1, 2, 3))
    assert differ[y == 0].mean() < 0.25
    assert 0.75 < differ[y == 1].mean() < 1


def test_photos_of_an_earlier_call_are_replaced(tmp_path):
    make_banknotes(tmp_path, 10, rng=0)
    assert len(ImageFolder(make_banknotes(tmp_path, 4, rng=1))) == 4
    assert sorted(path.name for path in tmp_path.iterdir()) == ["10", "50"]


def test_what_else_is_there_stays(tmp_path):
    write(tmp_path / "notes.txt", b"mine")
    save(tmp_path / "coins" / "1.png")
    make_banknotes(tmp_path, 4, rng=0)
    assert (tmp_path / "notes.txt").read_bytes() == b"mine"
    assert ImageFolder(tmp_path).classes == ["10", "50", "coins"]


@pytest.mark.parametrize("name", ["10/mine.png", "50/00001.jpg", "10/00000.png/x", "50"])
def test_somebodys_own_photos_are_not_replaced(tmp_path, name):
    path = write(tmp_path / name, b"mine")
    if name == "10/00000.png/x":
        write(tmp_path / "10" / "00000.png~")
    with pytest.raises(FileExistsError, match=r"without a (10|50) of your own, received .*; try"):
        make_banknotes(tmp_path, 4)
    assert path.read_bytes() == b"mine"


def test_a_crash_leaves_what_was_there(tmp_path, monkeypatch):
    make_banknotes(tmp_path, 4, rng=0)
    before = images_in(tmp_path)[0]
    calls = []

    def full_disk(*arguments):
        calls.append(arguments)
        if len(calls) > 2:
            raise OSError("no space left")

    monkeypatch.setattr("minidl.data.banknotes.write_image", full_disk)
    with pytest.raises(OSError, match="no space left"):
        make_banknotes(tmp_path, 8, rng=1)
    assert np.array_equal(images_in(tmp_path)[0], before)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["10", "50"]


def test_photos_are_small_files_that_any_viewer_opens(tmp_path):
    make_banknotes(tmp_path, 4, rng=0)
    (first, *_) = sorted(tmp_path.rglob("*.png"))
    assert first.stat().st_size < 5000
    assert read_image(first).shape == (32, 32, 3)


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"n_samples": 1}, ValueError, "n_samples: expected at least 2"),
        ({"watermark": 0.5}, TypeError, r"watermark: expected the part of .*; try \(0, 1\)"),
        ({"watermark": (0, 1, 0)}, TypeError, "watermark: expected the part"),
        ({"watermark": (0, 2)}, ValueError, "watermark: expected a finite number ≥ 0 and ≤ 1"),
        ({"rng": "seed"}, TypeError, "rng: expected a seed"),
    ],
)
def test_faults_are_refused_before_anything_is_made(tmp_path, arguments, error, words):
    with pytest.raises(error, match=words):
        make_banknotes(tmp_path / "notes", **arguments)
    assert not (tmp_path / "notes").exists()
