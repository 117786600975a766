"""The explorer of a sliding window, its picture compared with sums written out."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.explorers import ConvolutionExplorer
from minidl.explorers.convolution.images import BRIGHTEST, KERNELS, OWN, SIZE, make_images
from tests.widgets.helpers import opened

NINE = ((1, 2, 3), (4, 5, 6), (7, 8, 9))


@pytest.fixture(scope="module")
def explorer():
    with opened(ConvolutionExplorer) as made:
        yield made


def sums_by_hand(image, weights, stride, padding):
    padded = [[0] * (SIZE + 2 * padding) for _ in range(SIZE + 2 * padding)]
    for i in range(SIZE):
        for j in range(SIZE):
            padded[i + padding][j + padding] = int(image[i, j])
    starts = range(0, len(padded) - 2, stride)
    return [
        [
            sum(weights[u][v] * padded[i + u][j + v] for u in range(3) for v in range(3))
            for j in starts
        ]
        for i in starts
    ]


@pytest.mark.parametrize("image", make_images())
def test_images_are_small_whole_numbers(image):
    numbers = make_images()[image]
    assert numbers.shape == (SIZE, SIZE)
    assert numbers.dtype.kind == "i"
    assert numbers.min() == 0
    assert 0 < numbers.max() <= BRIGHTEST


@pytest.mark.parametrize("image", make_images())
@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (2, 1), (3, 2)])
def test_the_output_is_the_sums_of_all_windows(explorer, image, kernel, stride, padding):
    explorer.reset(image=image, kernel=kernel, stride=stride, padding=padding)
    expected = sums_by_hand(make_images()[image], KERNELS[kernel][0], stride, padding)
    assert explorer.picture.artists.output.get_array().tolist() == expected


def test_the_window_lies_over_the_patch_and_the_tables_hold_its_products(explorer):
    explorer.reset(weights=NINE, stride=2, padding=1, row=3, column=2)
    artists, image = explorer.picture.artists, make_images()["a digit"]
    left, top = artists.window.get_xy()
    patch = image[int(top + 0.5) : int(top + 0.5) + 3, int(left + 0.5) : int(left + 0.5) + 3]
    assert (top, left) == (2.5, 0.5)
    assert not np.array_equal(patch * np.array(NINE), patch * np.array(NINE).T)
    shown = [table.cells.get_array().tolist() for table in artists.tables]
    assert shown == [patch.tolist(), np.array(NINE).tolist(), (patch * np.array(NINE)).tolist()]
    products = [int(text.get_text().replace("−", "-")) for text in artists.tables[2].numbers]
    assert artists.total.get_text() == f"sum {sum(products)}"
    assert artists.output.get_array()[2, 1] == sum(products)


def test_beyond_the_image_lie_zeros(explorer):
    explorer.reset(image="stripes", padding=2, row=1, column=1)
    corner = make_images()["stripes"][0, 0]
    assert corner > 0
    assert explorer.view.patch.tolist() == [[0, 0, 0], [0, 0, 0], [0, 0, corner]]


def test_the_frame_in_the_output_is_around_the_number_of_the_place(explorer):
    explorer.reset(padding=2, row=11, column=3)
    left, right, bottom, top = explorer.picture.artists.output.get_extent()
    x, y = explorer.picture.artists.here.get_xy()
    assert (y - top, x - left) == (10, 2)
    assert (right - left, bottom - top) == (11, 11)


def test_a_dot_shows_the_kernel_turned_round(explorer):
    explorer.reset(image="a dot", weights=NINE)
    assert explorer.view.sums[2:5, 2:5].tolist() == [[9, 8, 7], [6, 5, 4], [3, 2, 1]]


def test_a_kernel_fills_the_boxes_and_a_box_makes_it_the_reader_s_own(explorer):
    explorer.reset(kernel="blur")
    assert (explorer.state.weights, explorer.state.divisor) == KERNELS["blur"]
    explorer.controls["weights"].boxes[4].value = -3
    assert explorer.state.kernel == OWN
    assert explorer.view.weights.tolist() == [[1, 1, 1], [1, -3, 1], [1, 1, 1]]
    assert explorer.state.divisor == 9


def test_rows_and_columns_end_where_the_output_does(explorer):
    explorer.reset(row=7, column=6)
    explorer.controls["stride"].value = 3
    assert (explorer.controls["row"].max, explorer.state.row, explorer.state.column) == (3, 3, 3)
    explorer.controls["padding"].value = 2
    assert explorer.controls["row"].max == 4


def test_a_place_beyond_the_output_is_its_last(explorer):
    explorer.reset(row=7, stride=3, padding=2)
    assert (explorer.view.row, len(explorer.view.sums)) == (3, 4)


def test_the_sentence_states_sum_share_and_size(explorer):
    explorer.reset(kernel="blur", image="a square", row=3, column=3)
    assert explorer.status == (
        "Row 3, column 3 of 7 × 7: the nine products add up to 81, divided by 9 that is 9. "
        "Size of the output: (9 + 2·0 − 3) // 1 + 1 = 7."
    )
    assert explorer.picture.artists.total.get_text() == "sum 81 ÷ 9 = 9"


def point(explorer, ax, x, y):
    """Let the page say that the pointer is at (x, y) of some axes."""
    across, up = ax.transData.transform((x, y)) / explorer.picture.figure.dpi * 100
    explorer.frame.live._handle_custom_msg({"pointer": [across, explorer.size[1] - up]}, [])


@pytest.mark.parametrize(("stride", "padding", "row", "column"), [(1, 0, 2, 7), (2, 1, 5, 1)])
def test_the_pointer_over_the_output_chooses_its_number(explorer, stride, padding, row, column):
    explorer.reset(stride=stride, padding=padding, row=3, column=3)
    artists = explorer.picture.artists
    left, _, _, top = artists.output.get_extent()
    point(explorer, artists.output.axes, left + column - 0.9, top + row - 0.1)
    assert (explorer.state.row, explorer.state.column) == (row, column)
    assert artists.here.get_xy() == (left + column - 1, top + row - 1)
    assert explorer.status.startswith(f"Row {row}, column {column} ")


@pytest.mark.parametrize(("stride", "padding", "row", "column"), [(1, 0, 2, 7), (3, 2, 4, 1)])
def test_the_pointer_over_the_image_moves_the_window_there(explorer, stride, padding, row, column):
    explorer.reset(stride=stride, padding=padding, row=3, column=3)
    artists = explorer.picture.artists
    middle = [(place - 1) * stride - padding + 1 for place in (column, row)]
    point(explorer, artists.image.axes, middle[0] + 0.4, middle[1] - 0.4)
    assert (explorer.state.row, explorer.state.column) == (row, column)
    assert artists.window.get_xy() == (middle[0] - 1.5, middle[1] - 1.5)


def test_the_pointer_beside_the_output_and_beside_both_boards_changes_nothing(explorer):
    explorer.reset(row=3, column=3)
    for ax, x, y in (("output", -2, 4), ("output", 4, 9), ("image", -2, -2), ("image", -9, 4)):
        point(explorer, getattr(explorer.picture.artists, ax).axes, x, y)
        assert (explorer.state.row, explorer.state.column) == (3, 3)


def test_a_pointer_that_stays_in_a_cell_paints_nothing_anew(explorer):
    explorer.reset(row=3, column=3)
    sent, output = explorer.frame.live.sent, explorer.picture.artists.output
    left, _, _, top = output.get_extent()
    point(explorer, output.axes, left + 2.2, top + 2.8)
    assert explorer.frame.live.sent == sent
