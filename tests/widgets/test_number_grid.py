"""A grid of whole numbers as a control."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.widgets.controls import number_grid
from minidl.widgets.values import check_values, read

TWO_ROWS = ((1, 2, 3), (4, 5, 6))


@pytest.fixture
def grid():
    return number_grid("Weights", TWO_ROWS, low=-9, high=9, tooltip="Numbers.")


def test_boxes_hold_the_numbers_row_by_row_and_say_what_they_are(grid):
    assert [box.value for box in grid.boxes] == [1, 2, 3, 4, 5, 6]
    assert {(box.min, box.max) for box in grid.boxes} == {(-9, 9)}
    assert grid.boxes[5].tooltip == "Weights, row 2, column 3. Numbers."
    assert (grid.description, grid.tooltip) == ("Weights", "Numbers.")


def test_the_page_is_told_of_no_tooltip_of_the_whole(grid):
    assert "tooltip" not in grid.get_state()  # where a box of boxes can't have one


def test_a_changed_box_changes_the_value_once(grid):
    heard = []
    grid.observe(lambda change: heard.append(change["new"]), names="value")
    grid.boxes[4].value = -7
    assert heard == [((1, 2, 3), (4, -7, 6))]
    assert read(grid) == heard[0]


def test_a_value_goes_into_the_boxes_and_is_heard_once(grid):
    heard = []
    grid.observe(lambda change: heard.append(change["new"]), names="value")
    grid.value = ((0, 0, 0), (0, 0, 9))
    assert [box.value for box in grid.boxes] == [0, 0, 0, 0, 0, 9]
    assert heard == [((0, 0, 0), (0, 0, 9))]
    grid.boxes[0].value = 1  # the boxes are heard again
    assert grid.value == ((1, 0, 0), (0, 0, 9))


def test_all_boxes_are_switched_off_together(grid):
    grid.disabled = True
    assert grid.disabled
    assert all(box.disabled for box in grid.boxes)


@pytest.mark.parametrize(
    "value", [[[1, 2, 3], [4, 5, -9]], np.arange(6).reshape(2, 3), ((1.0, 2, 3), (4, 5, 6))]
)
def test_rows_of_whole_numbers_are_taken(grid, value):
    found = check_values("Mine", {"w": grid}, {"w": value})["w"]
    assert found == tuple(map(tuple, value))
    assert {type(number) for row in found for number in row} == {int}


@pytest.mark.parametrize(
    "value",
    [
        [[1, 2], [3, 4]], [[1, 2, 3]], [[1, 2, 3], [4, 5]], [[1, 2, 3], [4, 5, 10]], 5, None, "ab",
        [[1, 2, 3], [4, 5, 0.5]], [[1, 2, 3], [4, 5, np.nan]], [[1, 2, 3], [4, 5, np.inf]],
        [["1", 2, 3], [4, 5, 6]],
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_a_value_to_try(grid, value):
    with pytest.raises(ValueError, match=r"Mine: w: expected 2 rows of 3 whole numbers from -9"):
        check_values("Mine", {"w": grid}, {"w": value})
