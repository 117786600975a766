"""Pictures as numbers: what is written down is what matplotlib would have drawn."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.collections import LineCollection
from matplotlib.patches import Circle, Rectangle

from minidl.plots.corners import FINE, UNIT, corners_of, is_rectilinear
from minidl.plots.picture import Picture

WIDTH, HEIGHT = 200, 100


def whole_picture(figure):
    """Return axes that fill a figure, in screen pixels with y pointing up."""
    figure.set_layout_engine("none")
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, WIDTH), ylim=(0, HEIGHT))
    ax.axis("off")
    return ax


def recorded(make, *, pixel_ratio=2):
    """Return the operations of what `make(ax)` returns, without layers, and the bytes."""
    picture = Picture(
        lambda figure: make(whole_picture(figure)),
        width=WIDTH,
        height=HEIGHT,
        pixel_ratio=pixel_ratio,
    )
    operations, data = picture.record()
    return [operation for operation in operations if operation["kind"] != "layer"], data


def corners(operation, data, unit=UNIT):
    """Return the codes and the places of a path."""
    begin, count = operation["at"], operation["count"]
    found = np.frombuffer(data, "<i2", 3 * count, begin).reshape(count, 3)
    return found[:, 0].tolist(), found[:, 1:] / unit


@pytest.mark.parametrize("pixel_ratio", [1, 2])
def test_a_line_is_written_down_in_screen_pixels_with_y_pointing_down(pixel_ratio):
    (op,), data = recorded(
        lambda ax: ax.plot([10, 20, 30.5], [90, 90.25, 0], color="#123456", linewidth=1.8),
        pixel_ratio=pixel_ratio,
    )
    codes, places = corners(op, data)
    assert codes == [1, 2, 2]
    np.testing.assert_array_equal(places, [[10, 10], [20, 9.75], [30.5, 100]])
    assert (op["kind"], op["stroke"], op["width"]) == ("path", "#123456ff", 2.5)
    assert op["clip"] == [0, 0, WIDTH, HEIGHT]
    assert "fill" not in op
    assert not op["snap"]


def test_dashes_caps_and_opacity_are_kept():
    (op,), _ = recorded(
        lambda ax: ax.plot([0, 9], [0, 5], "--", alpha=0.5, linewidth=3.6, dash_capstyle="round")
    )
    assert op["dash"] == [0, 18.5, 8]
    assert op["cap"] == "round"
    assert op["stroke"].endswith("80")


def test_marks_are_one_shape_at_many_places():
    (op,), data = recorded(
        lambda ax: ax.plot([10, 20, np.nan], [50, 60, 1], "s", ms=7.2, color="r", mec="w")
    )
    assert (op["kind"], op["marks"]) == ("marks", 2)
    assert (op["fill"], op["stroke"]) == ("#ff0000ff", "#ffffffff")
    _, shape = corners(op, data, FINE)
    assert np.ptp(shape[:4], axis=0).tolist() == [10, 10]  # 7.2 points
    places = np.frombuffer(data, "<i2", 4, op["places"]).reshape(2, 2) / UNIT
    np.testing.assert_array_equal(places, [[10, 50], [20, 40]])


def test_an_image_keeps_its_own_pixels_and_its_place():
    values = np.array([[0.0, 1.0], [1.0, 0.0], [0.5, 0.5]])

    def make(ax):
        return ax.imshow(
            values, origin="lower", extent=(20, 60, 30, 60), aspect="auto", cmap="gray",
            interpolation="bilinear",
        )  # fmt: skip

    (op,), data = recorded(make)
    assert (op["rows"], op["columns"], op["smooth"]) == (3, 2, True)
    assert op["corners"] == [20, 70, 60, 40]  # the first row is the lowest
    pixels = np.frombuffer(data, np.uint8, 24, op["at"]).reshape(3, 2, 4)
    np.testing.assert_allclose(pixels[..., 0] / 255, values, atol=0.01)


def test_bars_are_put_on_the_screens_pixels_and_circles_are_not():
    bar, circle = recorded(
        lambda ax: [ax.add_patch(Rectangle((1, 1), 9, 9)), ax.add_patch(Circle((50, 50), 9))]
    )[0]
    assert bar["snap"]
    assert not circle["snap"]


def test_a_text_is_an_outline_where_agg_would_put_it():
    picture = Picture(lambda figure: whole_picture(figure).text(50, 50, "H"), width=200, height=100)
    operations, data = picture.record()
    (op,) = (operation for operation in operations if operation["kind"] == "path")
    _, outline = corners(op, data)
    picture.png()
    ink = np.argwhere(np.asarray(picture.canvas.buffer_rgba())[..., 0] < 128)[:, ::-1] / 2
    np.testing.assert_allclose(outline[:-1].min(axis=0), ink.min(axis=0), atol=1.2)
    np.testing.assert_allclose(outline[:-1].max(axis=0), ink.max(axis=0), atol=1.2)


def test_formulas_numbers_and_empty_texts_can_be_written_down():
    found, _ = recorded(lambda ax: [ax.text(50, 50, text) for text in ("$x_1^2$", "−0.5", "")])
    assert len(found) == 2


def test_what_lies_far_outside_keeps_its_slope():
    (area, line), data = recorded(
        lambda ax: [*ax.plot([0, 200], [-1e6, 1e6]), *ax.fill([0, 1e6, 1e6], [0, 0, 1e6])]
    )
    _, places = corners(line, data)
    assert np.all(np.abs(places - [100, 50]) < [1, 150])  # nearly upright, in the middle
    _, places = corners(area, data)
    inside = places[np.all((places >= 0) & (places <= [WIDTH, HEIGHT]), axis=1)]
    assert len(inside)
    assert np.abs(places).max() < 1000


def test_invisible_artists_leave_nothing():
    line = LineCollection([[(0, 0), (9, 9)]], visible=False)
    assert recorded(lambda ax: ax.add_collection(line))[0] == []


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (lambda ax: ax.bar([50], [50], hatch="//").patches, "Rectangle.*hatch='//'"),
        (
            lambda ax: ax.imshow(np.eye(3), interpolation="bicubic"),
            "AxesImage.*interpolation='bicubic'",
        ),
        (
            lambda ax: ax.plot([0, 9], [0, 9], clip_path=Circle((5, 5), 3, transform=ax.transData)),
            "Line2D.*a clip path that is no upright rectangle",
        ),
        (lambda ax: ax.tripcolor([0, 9, 9], [0, 0, 9], [0, 1, 2], shading="gouraud"), "TriMesh"),
    ],
    ids=["hatch", "interpolation", "clip path", "gouraud"],
)
def test_what_a_page_cannot_draw_is_refused_by_name_with_what_to_do(make, named):
    def clipped(ax):
        made = make(ax)
        for artist in made if isinstance(made, list) else []:
            if artist.get_label().startswith("_child") and named.startswith("Line2D"):
                artist.set_clip_path(Circle((5, 5), 3, transform=ax.transData))
        return made

    with pytest.raises(NotImplementedError, match=f"{named}.*; try an artist without it, or leave"):
        recorded(clipped)


def test_upright_paths_are_told_from_slanted_ones():
    picture = Rectangle((0, 0), 3, 4).get_path().cleaned()
    assert is_rectilinear(corners_of(picture, UNIT))
    assert not is_rectilinear(np.array([[1, 0, 0], [2, 5, 7]], dtype="<i2"))
