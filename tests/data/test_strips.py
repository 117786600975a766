"""Strips of handwriting."""

import numpy as np
import pytest

from minidl.data import make_strips
from minidl.data.strips import GLYPHS

WORDS = ["CAT", "T", "TATT", "AA"] * 10


@pytest.fixture(scope="module")
def clean():
    return make_strips(WORDS, noise=0, rng=0)


def test_each_letter_stands_in_its_columns_and_nothing_elsewhere(clean):
    for picture, word, spans in zip(clean.pictures, WORDS, clean.spans, strict=True):
        inside = np.zeros(40, bool)
        for letter, (start, stop) in zip(word, spans, strict=True):
            assert 3 <= stop - start <= 6
            inside[start:stop] = True
            glyph = np.array([[dot == "#" for dot in row] for row in GLYPHS[letter]])
            drawn = picture[:, start:stop]
            at = np.cumsum(np.r_[0, np.any(np.diff(drawn, axis=1), axis=0)])
            columns = np.flatnonzero(np.r_[True, np.any(np.diff(glyph, axis=1), axis=0)])
            np.testing.assert_array_equal(drawn, glyph[:, columns[at]])
        assert not picture[:, ~inside].any()


def test_letters_never_touch(clean):
    gaps = [spans[1:, 0] - spans[:-1, 1] for spans in clean.spans]
    assert set(np.concatenate(gaps)) == {1, 2, 3}


def test_noise_is_added_to_every_pixel(clean):
    noisy = make_strips(WORDS, noise=0.5, rng=0)
    added = noisy.pictures - clean.pictures
    assert added.std() == pytest.approx(0.5, rel=0.05)
    np.testing.assert_array_equal(noisy.spans[0], clean.spans[0])


def test_a_window_holds_a_column_in_its_middle_and_its_neighbours_beside_it():
    strips = make_strips(["CAT", "TT"], rng=1)
    windows = strips.windows(2).reshape(2, 40, 5, 5)
    np.testing.assert_array_equal(windows[:, :, :, 2], strips.pictures.swapaxes(1, 2))
    np.testing.assert_array_equal(windows[1, 7], strips.pictures[1, :, 5:10])
    assert not windows[:, 0, :, :2].any()
    assert not windows[:, -1, :, 3:].any()


@pytest.mark.parametrize(
    ("words", "options", "words_of_error"),
    [
        (["CAT", "DOG"], {}, "received 'DOG'"),
        ([""], {}, "received ''"),
        (["TATTA"], {}, "try 45"),
        (["T"], {"noise": -1}, "noise"),
        (["T"], {"width": 0}, "width"),
    ],
)
def test_what_cannot_be_written_is_refused(words, options, words_of_error):
    with pytest.raises(ValueError, match=words_of_error):
        make_strips(words, **options)


def test_the_longest_word_finds_room_in_the_narrowest_strip():
    for seed in range(30):
        strips = make_strips(["ACTA"], width=36, rng=seed)
        assert strips.spans[0][-1, 1] <= 36
