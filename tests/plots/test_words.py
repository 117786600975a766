"""Many short texts as one artist."""

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.textpath import TextPath

from minidl.plots.picture import Picture
from minidl.plots.words import Word, add_words, show_words, word_path


def extent(word):
    box = word_path(word).get_extents()
    return box.x0, box.y0, box.x1, box.y1


def test_a_word_starts_ends_or_is_centred_where_it_should_be():
    left, _, right, _ = extent(Word(100, 50, "0.123", align="left"))
    assert left == pytest.approx(100, abs=1.5)
    middle = extent(Word(100, 50, "0.123"))
    assert (middle[0] + middle[2]) / 2 == pytest.approx(100, abs=1)
    assert middle[2] - middle[0] == pytest.approx(right - left)


def test_a_word_stands_upright_around_its_middle_line():
    _, top, _, bottom = extent(Word(0, 50, "0"))
    assert (top + bottom) / 2 == pytest.approx(50, abs=0.7)
    assert extent(Word(0, 50, "0.", align="left"))[3] == pytest.approx(bottom, abs=0.5)


def test_letters_stand_as_far_apart_as_in_matplotlibs_own_text():
    ours = word_path(Word(0, 0, "(4, 3) −1.25", align="left", size=72 / 100 * 100))
    theirs = TextPath((0, 0), "(4, 3) −1.25", size=100)
    assert np.ptp(ours.vertices[:, 0]) == pytest.approx(np.ptp(theirs.vertices[:, 0]), rel=0.02)


def test_only_the_present_words_are_shown_in_their_colours():
    ax = Figure().subplots()
    words = add_words(ax)
    show_words(words, [Word(0, 0, "abc", color="#ff0000"), Word(0, 0, ""), Word(0, 0, " ")])
    assert len(words.get_paths()) == 1
    assert [to_hex(color) for color in words.get_facecolor()] == ["#ff0000"]
    show_words(words, [])
    assert words.get_paths() == []


def test_words_appear_in_the_picture_at_their_place():
    def draw(figure):
        figure.get_layout_engine().set(w_pad=0, h_pad=0)
        ax = figure.subplots()
        ax.set(xlim=(0, 200), ylim=(100, 0))
        ax.axis("off")
        words = add_words(ax)
        show_words(words, [Word(150, 25, "8", size=20)])
        return [words]

    picture = Picture(draw, width=200, height=100, pixel_ratio=1)
    picture.png()
    dark = np.argwhere(np.asarray(picture.canvas.buffer_rgba())[..., 0] < 128)
    assert dark.mean(axis=0) == pytest.approx((25, 150), abs=3)
