"""The linear-map explorer, its picture compared with sums written out."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.explorers import LinearMapExplorer
from minidl.explorers.linear_map.explorer import OWN, PRESETS, collapse
from minidl.explorers.linear_map.picture import REACH, U, V
from minidl.plots.linear_map import LETTER, grid_lines
from tests.widgets.helpers import opened, put


def image_of(state, point):
    """Return where the layers take a point, one coordinate at a time."""
    x1, x2 = point
    for _ in range(state.layers):
        x1, x2 = (
            x1 * state.w11 + x2 * state.w21 + state.b1,
            x1 * state.w12 + x2 * state.w22 + state.b2,
        )
    return x1, x2


@pytest.fixture(scope="module")
def shared():
    with opened(LinearMapExplorer) as explorer:
        yield explorer


STATES = [
    *({"preset": preset} for preset in PRESETS),
    {"preset": "Shear", "b1": 0.5, "b2": -1.0},
    {"w11": 0.5, "w12": -1.0, "w21": 2.0, "w22": 0.25, "layers": 3, "b1": 1.0},
]


@pytest.mark.parametrize("start", STATES)
def test_every_mark_is_where_the_layers_take_it(shared, start):
    explorer = put(shared, **start)
    state, artists = explorer.state, explorer.picture.artists
    images = np.asarray(artists.marks.lines.get_segments())
    for point, image in zip(grid_lines()[::3, ::5], images[::3, ::5], strict=True):
        for p, q in zip(point, image, strict=True):
            np.testing.assert_allclose(q, image_of(state, p), atol=1e-9)
    for p, q in zip(LETTER, artists.marks.letter.get_xy()[: len(LETTER)], strict=True):
        np.testing.assert_allclose(q, image_of(state, p), atol=1e-9)
    origin = np.ravel(artists.marks.origin.get_data())
    np.testing.assert_allclose(origin, image_of(state, (0, 0)), atol=1e-9)
    for unit, arrow in zip(np.eye(2), artists.marks.units, strict=True):
        tail, tip = arrow._posA_posB
        np.testing.assert_allclose(tail, origin)
        np.testing.assert_allclose(tip, image_of(state, unit), atol=1e-9)


@pytest.mark.parametrize("start", STATES)
def test_cross_and_circle_are_the_two_sides_of_the_test(shared, start):
    explorer = put(shared, **start)
    state, artists = explorer.state, explorer.picture.artists
    cross = np.ravel(artists.cross.get_data())
    circle = np.ravel(artists.ring.get_data())
    np.testing.assert_allclose(cross, image_of(state, 2 * U + V), atol=1e-9)
    parts = 2 * np.array(image_of(state, U)) + image_of(state, V)
    np.testing.assert_allclose(circle, parts, atol=1e-9)
    assert ("Not linear" in explorer.status) == (not np.allclose(cross, circle))


@pytest.mark.parametrize("start", STATES)
def test_the_midpoint_is_taken_to_the_middle_of_the_ends(shared, start):
    explorer = put(shared, **start)
    state, artists = explorer.state, explorer.picture.artists
    ends = np.transpose(artists.ends.get_data())
    np.testing.assert_allclose(ends, [image_of(state, U), image_of(state, V)], atol=1e-9)
    middle = np.ravel(artists.middle.get_data())
    np.testing.assert_allclose(middle, image_of(state, (U + V) / 2), atol=1e-9)
    np.testing.assert_allclose(middle, ends.mean(axis=0), atol=1e-9)


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("b1", [-1.0, 1.0])
@pytest.mark.parametrize("b2", [-1.0, 1.0])
def test_circle_and_cross_stay_in_sight_of_every_preset(shared, preset, b1, b2):
    artists = put(shared, preset=preset, b1=b1, b2=b2).picture.artists
    limits = [shared.controls[name].max for name in ("b1", "b2")]
    assert limits == [1, 1], "these are all corners"
    for mark in ("cross", "ring"):
        assert np.abs(getattr(artists, mark).get_data()).max() <= REACH


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_is_linear_and_what_its_name_says(shared, preset):
    explorer = put(shared, preset=preset)
    assert "Linear: T(2u + v) = 2T(u) + T(v)." in explorer.status
    W = np.array(PRESETS[preset])
    determinant = np.linalg.det(W)
    facts = {
        "Identity": np.array_equal(W, np.eye(2)),
        "Rotation by 37°": np.allclose(W @ W.T, np.eye(2))
        and round(np.degrees(np.arctan2(W[0, 1], W[0, 0]))) == 37
        and determinant > 0,
        "Scaling": W[0, 1] == W[1, 0] == 0,
        "Shear": determinant == pytest.approx(1) and not np.allclose(W, W.T),
        "Projection": np.allclose(W @ W, W) and np.linalg.matrix_rank(W) == 1,
        "Reflection": np.allclose(W @ W, np.eye(2)) and determinant == pytest.approx(-1),
        "Zero map": not np.any(W),
    }
    assert facts[preset]


def test_layers_collapse_into_one_matrix_and_one_shift(shared):
    start = {"w11": 0.5, "w12": 1.0, "w21": -0.5, "w22": 1.5, "b1": 1.0, "b2": -0.5, "layers": 10}
    explorer = put(shared, **start)
    W, b = explorer.view.W, explorer.view.b
    np.testing.assert_allclose(
        np.array([1.5, -2.0]) @ W + b[0], image_of(explorer.state, (1.5, -2.0))
    )
    one_W, one_b = collapse(np.array([[0.5, 1.0], [-0.5, 1.5]]), np.array([[1.0, -0.5]]), 10)
    np.testing.assert_allclose(W, one_W)
    np.testing.assert_allclose(b, one_b)
    assert explorer.status.startswith("10 layers do what one does: x·W + b with W = [[")


def test_a_preset_sets_the_matrix_and_a_moved_matrix_is_the_readers_own(shared):
    explorer = put(shared)
    explorer.controls["b1"].value = 1.0
    explorer.controls["preset"].value = "Reflection"
    state = explorer.state
    assert (state.w11, state.w12, state.w21, state.w22) == (-1, 0, 0, 1)
    assert (state.b1, state.b2) == (0, 0)
    explorer.controls["w12"].value = 0.5
    assert explorer.state.preset == OWN
    assert explorer.state.w11 == -1
    explorer.reset()
    assert explorer.state.preset == "Identity"
    assert explorer.state.w11 == 1


def test_every_preset_lies_on_the_grid_of_the_sliders(shared):
    for preset, W in PRESETS.items():
        explorer = put(shared, preset=preset)
        state = explorer.state
        np.testing.assert_allclose([[state.w11, state.w12], [state.w21, state.w22]], W)


def test_a_layer_that_bends_lines_is_no_single_matrix():
    explorer = LinearMapExplorer(lambda X, W, b: np.tanh(X @ W + b), layers=2)
    assert explorer.status == "No single matrix and shift do what 2 layers do."
    ends, middle = (
        np.transpose(getattr(explorer.picture.artists, a).get_data()) for a in ("ends", "middle")
    )
    assert np.abs(middle[0] - ends.mean(axis=0)).max() > 0.1
    explorer.close()


def test_a_wrong_layer_of_the_learner_is_seen_in_picture_and_words():
    explorer = LinearMapExplorer(lambda X, W, b: X @ W.T + b, preset="Shear")
    segments = explorer.picture.artists.marks.lines.get_segments()
    np.testing.assert_allclose(segments, grid_lines() @ np.array([[1.0, 0.8], [0.0, 1.0]]))
    assert "The sliders ask for W = [[1.00, 0.00], [0.80, 1.00]]" in explorer.status
    explorer.close()


def test_a_layer_that_loses_a_column_is_explained():
    explorer = LinearMapExplorer(lambda X, W, b: (X @ W)[:, :1])
    assert "points of the same shape" in explorer.error
    explorer.close()


def test_a_map_that_is_not_in_the_list_is_refused_with_the_nearest():
    words = r"LinearMapExplorer: preset: expected one of 'Identity', .*; try 'Rotation by 37°'"
    with pytest.raises(ValueError, match=words):
        LinearMapExplorer(preset="Rotation")


def test_the_names_of_u_and_v_go_where_the_map_takes_them(shared):
    explorer = put(shared, preset="Shear", b1=0.5, layers=2)
    for name, point in zip(explorer.picture.artists.names, (U, V), strict=True):
        away = np.subtract(name.get_position(), image_of(explorer.state, point))
        assert np.all((away > 0) & (away < 0.3)), name.get_text()
    assert [name.get_text() for name in explorer.picture.artists.names] == ["T(u)", "T(v)"]
