"""The picture of the backpropagation stepper."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from minidl.explorers.backpropagation.picture import (
    HEIGHT,
    WIDTH,
    BackpropagationView,
    draw_backpropagation,
    update_backpropagation,
)
from minidl.explorers.backpropagation.trace import Visit
from minidl.plots.picture import Picture
from minidl.plots.style import PASS_COLORS
from minidl.plots.words import Word, word_path

VISIT = Visit("fc", None, "backward", received=np.array([[1.0, -1.0]]), returned=np.zeros((1, 2)))
VIEW = BackpropagationView(
    visit=VISIT, faults={}, grads={}, samples=(np.zeros((4, 2)), np.zeros((4, 1))),
    at=1, forward=["(4, 2)", "(4, 1)"], backward=["", "(4, 1)"],
    checks=["", "differs", "agrees"], value="L = 0.5", heading="Backward", note="Note",
    columns=[[("received", VISIT.received)], [("∂L/∂b", np.array([0.5]))]],
    signs=["×"],
)  # fmt: skip


def shown(**changes):
    picture = Picture(
        lambda figure: draw_backpropagation(
            figure, ["data", "fc", "loss"], ["X, y", "Linear", "BCELoss"]
        ),
        width=WIDTH, height=HEIGHT,
    )  # fmt: skip
    update_backpropagation(picture.artists, replace(VIEW, **changes))
    return picture


def test_one_frame_marks_the_present_operator_in_its_directions_colour():
    frames = shown().artists.frames
    assert [frame.get_visible() for frame in frames] == [False, True, False]
    assert shown(at=2).artists.frames[2].get_visible()


def test_arrows_are_coloured_as_far_as_the_passes_have_come():
    artists = shown().artists
    assert [arrow.get_visible() for arrow in artists.forward] == [True, True]
    assert [arrow.get_visible() for arrow in artists.backward] == [False, True]
    assert artists.backward[1].get_color() == PASS_COLORS["backward"]


def test_every_number_has_a_coloured_cell():
    artists = shown().artists
    assert len(artists.cells.get_paths()) == 3
    assert len(artists.cells.get_facecolor()) == 3


def test_all_words_stand_inside_the_picture_and_none_is_lost():
    artists = shown().artists
    paths = artists.words.get_paths()
    texts = ["(4, 2)", "(4, 1)", "(4, 1)", "L = 0.5", "✗ differs", "✓ agrees", "Backward", "Note"]
    texts += ["received", "(1, 2)", "×", "∂L/∂b", "(1,)", "1.00", "−1.00", "0.500"]
    assert len(paths) == len(texts)
    for path in paths:
        box = path.get_extents()
        assert 0 < box.x0 < box.x1 < WIDTH
        assert 0 < box.y0 < box.y1 < HEIGHT
    lengths = sorted(len(path.vertices) for path in paths)
    assert lengths == sorted(
        len(word_path(Word(0, 0, t, weight=w)).vertices)
        for t, w in zip(texts, "nnnnbnbnbnnbnnnn", strict=True)
        for w in [{"n": "normal", "b": "bold"}[w]]
    )


def words_of(names):
    """Return the extents of all words at the last step through so many operators."""
    picture = Picture(
        lambda figure: draw_backpropagation(figure, names, ["Linear" for _ in names]),
        width=WIDTH, height=HEIGHT,
    )  # fmt: skip
    shapes, checks = ["(5, 5)" for _ in names[1:]], ["agrees" for _ in names]
    view = replace(VIEW, forward=shapes, backward=shapes, checks=checks)
    update_backpropagation(picture.artists, view)
    return [path.get_extents() for path in picture.artists.words.get_paths()]


@pytest.mark.parametrize("operators", [5, 7, 8, 11])
def test_shapes_and_marks_do_not_overlap_in_a_long_row(operators):
    boxes = [box for box in words_of([f"op{n}" for n in range(operators)]) if box.y1 < 110]
    for one, other in combinations(boxes, 2):
        assert not one.overlaps(other), (one, other)


def test_a_picture_without_operators_can_be_drawn():
    Picture(lambda figure: draw_backpropagation(figure, [], []), width=WIDTH, height=HEIGHT).png()
