"""Matrices as cells with numbers."""

import numpy as np
import pytest

from minidl.plots.matrices import LEFT, MOST, as_rows, cells_of, place, shape_text

WIDTH = 760


@pytest.mark.parametrize("width", [1, 2, 3, 5, 160])
def test_matrices_of_every_width_stand_side_by_side_in_the_room_there_is(width):
    names = ["received", "local gradient", "gradient so far", "∂L/∂W"]
    columns = [[(name, np.ones((5, width)))] for name in names]
    placed, _ = place(columns, ["@", "=", ""], width=WIDTH)
    lefts = [part.x for part in placed]
    rights = [part.x + part.cell_width * min(width, MOST) for part in placed]
    assert lefts[0] == LEFT
    assert all(right < left for right, left in zip(rights, lefts[1:], strict=False))
    if width <= 3:
        assert rights[-1] <= WIDTH


def test_the_widest_step_of_a_network_with_five_hidden_units_fits():
    columns = [
        [("received", np.ones((5, 5)))], [("local gradient", np.ones((5, 2)))],
        [("gradient so far", np.ones((5, 2)))],
        [("∂L/∂W", np.ones((2, 5))), ("∂L/∂b", np.ones((1, 5)))],
    ]  # fmt: skip
    placed, _ = place(columns, ["@", "=", ""], width=WIDTH)
    assert max(part.x + part.cell_width * part.values.shape[1] for part in placed) <= WIDTH
    assert max(part.y for part in placed) + 20 <= 372


def test_every_cell_has_its_number_and_its_share_of_the_largest():
    placed, _ = place([[("a", np.array([[1.0, -2.0], [0.0, 0.5]]))]], [], width=WIDTH)
    corners, shades, numbers = cells_of(placed)
    assert [word.text for word in numbers] == ["1.00", "−2.00", "0.00", "0.50"]
    assert shades == [0.5, -1.0, 0.0, 0.25]
    for corner, word in zip(corners, numbers, strict=True):
        assert corner.mean(axis=0) == pytest.approx((word.x, word.y))


def test_large_arrays_are_cut_and_say_so():
    placed, words = place([[("a", np.ones((3, 160)))]], [], width=WIDTH)
    assert len(cells_of(placed)[0]) == 3 * MOST
    assert [word.text for word in words[:2]] == ["a", "(3, 160), first 5"]


def test_a_lost_axis_shows_in_the_shape():
    assert shape_text(np.zeros(3)) == "(3,)"
    assert as_rows(np.zeros(3)).shape == (1, 3)
    assert as_rows(np.zeros(())).shape == (1, 1)
    assert as_rows(np.zeros((2, 3, 4))).shape == (2, 12)


def test_matrices_that_are_not_finite_are_drawn_white():
    placed, _ = place([[("a", np.array([[np.nan, np.inf, 1.0]]))]], [], width=WIDTH)
    assert cells_of(placed)[1] == [0.0, 0.0, 1.0]
