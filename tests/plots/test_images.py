"""Each image stands where it should, as it is, below the right words."""

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_hex

from minidl.plots import CLASS_COLORS, plot_images
from minidl.plots.style import INK
from tests.plots.helpers import HOSTILE

GREY = np.random.default_rng(0).random((5, 4, 6))
COLOURS = np.random.default_rng(1).integers(0, 256, (5, 4, 4, 3), dtype=np.uint8)


def words_in(ax):
    return [text.get_text() for text in ax.texts]


def test_every_image_is_drawn_as_it_is():
    ax = plot_images(COLOURS)
    assert len(ax.images) == 5
    for drawn, image in zip(ax.images, COLOURS, strict=True):
        assert np.array_equal(drawn.get_array(), image)


@pytest.mark.parametrize("shape", [(5, 4, 6), (5, 4, 6, 1)])
def test_grey_images_share_one_scale(shape):
    ax = plot_images(GREY.reshape(shape), cmap="gray_r")
    assert {drawn.get_clim() for drawn in ax.images} == {(GREY.min(), GREY.max())}
    assert {drawn.get_cmap().name for drawn in ax.images} == {"gray_r"}


def test_rows_are_filled_from_the_left_and_from_the_top():
    ax = plot_images(GREY, columns=2)
    lefts = [drawn.get_extent()[0] for drawn in ax.images]
    tops = [drawn.get_extent()[3] for drawn in ax.images]
    assert lefts[0] == lefts[2] == lefts[4] < lefts[1] == lefts[3]
    assert tops[0] == tops[1] > tops[2] == tops[3] > tops[4]


def test_images_keep_their_shape_and_lie_apart():
    ax = plot_images(GREY, range(5), columns=3)
    boxes = [drawn.get_extent() for drawn in ax.images]
    for left, right, bottom, top in boxes:
        assert (top - bottom) / (right - left) == pytest.approx(4 / 6)
    (_, right, bottom, _), (left, *_), _, (*_, top), _ = boxes
    assert left > right
    assert top < bottom
    (x0, x1), (y0, y1) = ax.get_xlim(), ax.get_ylim()
    assert all(x0 <= box[0] and box[1] <= x1 and y0 <= box[2] and box[3] < y1 for box in boxes)


def test_there_are_at_most_eight_in_a_row_unless_asked_otherwise():
    images = np.zeros((20, 2, 2))
    assert len({drawn.get_extent()[0] for drawn in plot_images(images).images}) == 8
    assert len({drawn.get_extent()[0] for drawn in plot_images(images, columns=10).images}) == 10


def test_without_labels_there_are_no_words():
    assert words_in(plot_images(GREY)) == []


@pytest.mark.parametrize("labels", [[3, 1, 4, 1, 5], np.array([[3], [1], [4], [1], [5]])])
def test_labels_stand_above(labels):
    ax = plot_images(GREY, labels)
    assert words_in(ax) == ["3", "1", "4", "1", "5"]
    for text, drawn in zip(ax.texts, ax.images, strict=True):
        left, right, _, top = drawn.get_extent()
        assert text.get_position()[0] == pytest.approx((left + right) / 2)
        assert text.get_position()[1] > top


def test_labels_may_have_names():
    names = ["cat", "dog"]
    assert words_in(plot_images(GREY, [0, 1, 1, 0, 1], classes=names)) == [
        names[label] for label in [0, 1, 1, 0, 1]
    ]


def test_predictions_alone_stand_above_too():
    assert words_in(plot_images(GREY, predicts=[0, 1, 1, 0, 1])) == list("01101")


def test_wrong_predictions_have_another_colour_a_cross_and_the_truth():
    ax = plot_images(GREY, [0, 1, 1, 0, 1], [0, 0, 1, 0, 1], classes=["cat", "dog"])
    assert words_in(ax) == ["cat", "cat ✗\n(is dog)", "dog", "cat", "dog"]
    colours = [to_hex(text.get_color()).upper() for text in ax.texts]
    assert colours == [INK.upper(), CLASS_COLORS[1], *[INK.upper()] * 3]


def test_all_right_needs_one_line():
    assert words_in(plot_images(GREY, range(5), range(5))) == list("01234")


def test_axes_come_back_and_a_figure_is_made_without():
    _, ax = plt.subplots()
    assert plot_images(GREY, ax=ax) is ax
    assert plot_images(GREY).figure is not ax.figure


def test_a_new_figure_has_room_for_the_words():
    ax = plot_images(COLOURS, range(5), [0, 2, 2, 3, 4])
    ax.figure.canvas.draw()
    renderer = ax.figure.canvas.get_renderer()
    page = ax.figure.bbox
    for text in ax.texts:
        box = text.get_window_extent(renderer)
        assert page.y0 <= box.y0
        assert box.y1 <= page.y1
        assert page.x0 <= box.x0
        assert box.x1 <= page.x1


def drawn(**settings):
    with mpl.rc_context(settings):
        figure = plot_images(COLOURS, range(5), [0, 2, 2, 3, 4]).figure
        figure.set_dpi(100)
        figure.canvas.draw()
        return np.asarray(figure.canvas.buffer_rgba())


def test_the_picture_does_not_depend_on_the_sessions_settings():
    assert np.array_equal(drawn(), drawn(**HOSTILE))


def test_what_is_plotted_stays_as_it_is():
    images = GREY.copy()
    images.flags.writeable = False
    plot_images(images, range(5))
    assert np.array_equal(images, GREY)


@pytest.mark.parametrize(
    "images",
    [
        np.zeros((2, 3, 3)),
        np.ones((2, 3, 3), dtype=bool),
        np.full((1, 1, 1, 3), 255, dtype=np.uint8),
        np.arange(9).reshape(1, 3, 3),
        GREY.astype(np.float32),
        GREY[::2, ::-1],
        GREY.tolist(),
        COLOURS / 255,
    ],
)
def test_images_as_people_have_them_are_drawn(images):
    plot_images(images).figure.canvas.draw()


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"images": GREY[0]}, ValueError, r"received .* \(4, 6\) .*; try images\[np.newaxis\]"),
        ({"images": COLOURS.transpose(0, 3, 1, 2)}, ValueError, "try the inverse of the transform"),
        ({"images": COLOURS[..., :2]}, ValueError, r"shape \(5, 4, 4, 2\)"),
        ({"images": GREY[:0]}, ValueError, r"shape \(0, 4, 6\)"),
        ({"images": GREY[0, 0]}, ValueError, r"shape \(6,\)"),
        ({"images": COLOURS.astype(int)}, ValueError, "colours as bytes or from 0 to 1"),
        ({"images": COLOURS / 255 - 1}, ValueError, "received numbers from -1 to .*; try the inv"),
        ({"images": np.where(GREY > 0.9, np.nan, GREY)}, ValueError, "images: expected finite"),
        ({"images": "cat"}, TypeError, "images: expected an array of real numbers"),
        ({"labels": [1, 2]}, ValueError, "labels: expected a whole number for each of 5 images"),
        ({"labels": GREY[:, 0, 0]}, ValueError, "labels: expected a whole number for each of 5"),
        ({"predicts": np.zeros((5, 2))}, ValueError, "predicts: expected a whole number for each"),
        ({"labels": range(5), "classes": "ab"}, ValueError, "labels: expected classes from 0 to 1"),
        ({"labels": [-1] * 5, "classes": "ab"}, ValueError, "received -1 to -1"),
        ({"columns": 0}, ValueError, "columns: expected at least 1"),
    ],
)
def test_faults_are_refused(arguments, error, words):
    with pytest.raises(error, match=words):
        plot_images(**{"images": GREY} | arguments)
