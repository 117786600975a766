"""The explorer of bends that add up, its picture compared with sums written out."""

from __future__ import annotations

import math

import numpy as np
import pytest

from minidl.explorers import BendsExplorer
from minidl.explorers.bends.session import MOST, BendsSession, random_start, tidy_start
from minidl.explorers.bends.shapes import EXTENT, SIDE, chord
from minidl.explorers.bends.tasks import (
    BENDS,
    CORNERS,
    MINE,
    OWN,
    TASKS,
    marks_in,
    task_of,
    toggled,
)
from minidl.gradcheck import numerical_gradient
from tests.widgets.helpers import opened

FOLDS = [(1, -1, 0, 1), (-1, 1, 0, 1)]
UNITS = [(1.5, -0.5, 0.25, -2.0), (-1.0, 2.0, 0.5, 0.75), (0.5, 0.5, -1.0, 3.0)]
BY_HAND = {
    "ReLU": lambda z: max(z, 0.0),
    "Tanh": math.tanh,
    "Logistic": lambda z: 1 / (1 + math.exp(-z)),
    "z²": lambda z: z * z,
    "none": lambda z: z,
}


@pytest.fixture(scope="module")
def shared():
    with opened(BendsExplorer) as made:
        yield made


@pytest.fixture
def explorer(shared):
    yield shared
    shared.reset()


@pytest.fixture(scope="module")
def by_hand():
    with opened(BendsExplorer, hand=UNITS, bias=0.5) as made:
        yield made


def sum_by_hand(x1, x2, bend, units=UNITS, c=0.5):
    return c + sum(v * BY_HAND[bend](w1 * x1 + w2 * x2 + b) for w1, w2, b, v in units)


def session_of(task, units, *, bend="ReLU", seed=0):
    made = TASKS[task]()
    start, c = random_start(seed, curve=made.curve) if seed else tidy_start(curve=made.curve)
    return BendsSession(made, BENDS[bend], start, c, units=units)


@pytest.mark.parametrize("bend", BY_HAND)
def test_panels_and_plane_show_the_shares_and_their_sum(by_hand, bend):
    by_hand.set(bend=bend)
    artists = by_hand.picture.artists
    images = [np.asarray(image.get_array()) for image in artists.panels.images]
    place, middle = (10, 5), 15  # of the coarse grid; every so many hundredths of the square
    x2, x1 = (-2 + 4 * k / (len(images[0]) - 1) for k in place)
    full = max(2.0, 0.6 * largest_by_hand(bend))
    for j, (w1, w2, b, v) in enumerate(UNITS):
        share = v * BY_HAND[bend](w1 * x1 + w2 * x2 + b)
        total = sum_by_hand(x1, x2, bend, UNITS[: j + 1])
        assert images[j][place] == pytest.approx(np.clip(0.5 + share / (2 * full), 0, 1))
        at = images[len(UNITS) + j]
        assert at[place] == pytest.approx(np.clip(0.5 + total / (2 * full), 0, 1))
    center = np.asarray(artists.plane.regions.get_array())[SIDE // 2, SIDE // 2]
    expected = 0.5 + sum_by_hand(0, 0, bend) / (2 * full)
    assert center == pytest.approx(np.clip(expected, 0, 1))
    assert images[2 * len(UNITS) - 1][middle, middle] == pytest.approx(center)


def largest_by_hand(bend):
    side = np.linspace(-2, 2, SIDE)
    values = []
    for x1 in side:
        for x2 in side:
            values += [v * BY_HAND[bend](w1 * x1 + w2 * x2 + b) for w1, w2, b, v in UNITS]
            values += [sum_by_hand(x1, x2, bend, UNITS[:k]) for k in (1, 2, 3)]
    return max(map(abs, values))


def test_only_the_panels_of_units_that_are_there_are_seen(explorer):
    for units in (1, 3, MOST):
        explorer.set(units=units)
        panels = explorer.picture.artists.panels
        assert sum(image.get_visible() for image in panels.images) == 2 * units
        assert len(panels.frames.get_segments()) == 2 * units


def test_panels_do_not_overlap_and_stay_in_the_picture(explorer):
    for units in range(1, MOST + 1):
        explorer.set(units=units)
        frames = [f.get_extents() for f in explorer.picture.artists.panels.frames.get_paths()]
        for k, one in enumerate(frames):
            assert 0 <= one.x0 < one.x1 <= 374
            assert 30 <= one.y0 < one.y1 <= 392
            assert not any(one.overlaps(other) for other in frames[k + 1 :])


def test_the_boundary_is_where_the_sum_is_0(by_hand):
    by_hand.set(bend="ReLU")
    (*lines,) = by_hand.picture.artists.plane.boundary.get_segments()
    assert lines
    for x1, x2 in np.concatenate(lines):
        assert sum_by_hand(x1, x2, "ReLU") == pytest.approx(0, abs=0.1)


def test_a_line_ends_on_the_rim_where_z_is_0():
    for w1, w2, b in [(1, -1, 0), (0, 2, 1), (-3, 0.5, 2), (1, 1, 3.9)]:
        for x1, x2 in chord(w1, w2, b):
            assert w1 * x1 + w2 * x2 + b == pytest.approx(0)
            assert max(abs(x1), abs(x2)) == pytest.approx(EXTENT[1])
    assert chord(0, 0, 1) is None
    assert chord(1, 0, 3) is None
    assert chord(1, 1, 5) is None


def test_numbers_stand_where_their_unit_is_awake(by_hand):
    by_hand.set(bend="ReLU")
    texts = by_hand.picture.artists.plane.numbers[: len(UNITS)]
    for text, (w1, w2, b, _) in zip(texts, UNITS, strict=True):
        x1, x2 = text.get_position()
        assert w1 * x1 + w2 * x2 + b > 0


def test_units_given_by_the_reader_are_counted_right():
    with opened(BendsExplorer, hand=FOLDS, bias=-1) as made:
        assert made.state.units == 2
        assert "have 4 of 4 points on their side" in made.status
    with pytest.raises(ValueError, match="expected one to 8 units"):
        BendsExplorer([(1, 2, 3)])


def test_a_point_on_the_border_is_on_no_side():
    zero = BendsSession(task_of(CORNERS), BENDS["ReLU"], [(0, 0, 0, 0)], 0.0, units=1)
    assert zero.right() == 0


def test_each_number_of_the_chosen_unit_follows_its_slider(explorer):
    before = explorer.session.rows.copy()
    explorer.set(unit=2, w1=2.5, w2=-1.5, b=0.5, v=-3.0, c=1.5)
    assert explorer.session.rows[1].tolist() == [2.5, -1.5, 0.5, -3.0]
    assert explorer.session.rows[0].tolist() == before[0].tolist()
    assert explorer.session.c == 1.5
    explorer.set(unit=1)
    assert (explorer.state.w1, explorer.state.v) == (before[0, 0], before[0, 3])


def test_more_units_and_another_bend_keep_the_numbers(explorer):
    explorer.set(w1=2.5)
    kept = explorer.session.rows.tolist()
    explorer.set(units=5, bend="Tanh")
    assert explorer.session.rows[:2].tolist() == kept
    explorer.set(units=1)
    explorer.set(unit=2, w2=1.0)  # of one unit, the first is meant
    assert explorer.session.rows.tolist() == [[2.5, 1.0, 0.0, 1.0]]


def test_a_step_of_training_goes_down_the_gradient():
    session = session_of("XOR", 3, bend="Tanh", seed=1)
    X, y = session.task.X, session.task.y

    def loss(v):
        sums = session.c + np.tanh(X @ session.rows[:, :2].T + session.rows[:, 2]) @ v
        return np.mean(np.logaddexp(0, sums) - y[:, 0] * sums)

    before = session.rows[:, 3].copy()
    slope = numerical_gradient(loss, before)
    session.train(1)
    np.testing.assert_allclose(session.rows[:, 3] - before, -0.03 * np.sign(slope), rtol=1e-4)


@pytest.mark.parametrize(("task", "units"), [("XOR", 2), ("a ring", 4), ("two moons", 4)])
def test_training_parts_the_points_from_the_tidy_start(task, units):
    session = session_of(task, units)
    before = session.right()
    session.train(800)
    assert before < session.right() == len(session.task.X)


def test_a_curve_is_followed_and_its_joints_are_marked(explorer):
    explorer.set(task="curve: a wave", units=4)
    explorer.act(lambda session: session.train(300))
    artists, session = explorer.picture.artists, explorer.session
    units, c = session.rows.tolist(), session.c
    for x, y in zip(*artists.plane.sum.get_data(), strict=True):
        assert y == pytest.approx(sum_by_hand(x, 0.0, "ReLU", units, c))
    joints = [-b / w1 for w1, _, b, _ in units if abs(b) <= 2 * abs(w1)]
    x, y = artists.plane.joints.get_data()
    assert x == pytest.approx(joints)
    assert y == pytest.approx([sum_by_hand(at, 0.0, "ReLU", units, c) for at in joints])
    off = max(abs(sum_by_hand(x, 0.0, "ReLU", units, c) - 1.2 * math.sin(2 * x))
              for x in np.linspace(-2, 2, 81))  # fmt: skip
    assert f"miss the curve by {off:.2f} at most" in explorer.status
    assert not any(image.get_visible() for image in artists.panels.images)


def test_three_hinges_by_hand_are_the_tent(explorer):
    explorer.set(task="curve: a tent", units=3)
    explorer.set(c=0.0)
    for unit, (joint, v) in enumerate([(-1, 1.5), (0, -3.0), (1, 1.5)], start=1):
        explorer.set(unit=unit, w1=1.0, b=-joint, v=v)
    assert "miss the curve by 0.00 at most" in explorer.status


def test_what_a_curve_has_no_use_for_is_off_and_comes_back(explorer):
    explorer.set(task="curve: a step")
    assert all(explorer.controls[name].disabled for name in ("w2", "x1", "x2"))
    explorer.put_point()
    assert explorer.state.task == "curve: a step"
    explorer.set(task="XOR")
    assert not any(explorer.controls[name].disabled for name in ("w2", "x1", "x2"))


def test_a_point_is_put_changed_and_taken_away(explorer):
    for expected in ([*CORNERS, (0.5, 0.0, 1)], [*CORNERS, (0.5, 0.0, 0)], [*CORNERS]):
        explorer.set(x1=0.5, x2=0.0)
        explorer.put_point()
        assert explorer.state.task == MINE
        assert marks_in(explorer.session.task) == [(*map(float, m[:2]), m[2]) for m in expected]
    circles, triangles = (marks.get_xydata() for marks in explorer.picture.artists.plane.points)
    assert (len(circles), len(triangles)) == (2, 2)


def test_the_point_nearest_is_meant():
    assert toggled([(0, 0, 1), (0.15, 0, 0)], 0.14, 0) == [(0, 0, 1)]
    assert toggled([(0, 0, 0)], 0.15, 0.1) == []
    assert toggled([(0, 0, 0)], 0.2, 0.1) == [(0, 0, 0), (0.2, 0.1, 1)]


def test_a_click_puts_a_point_where_it_is(explorer):
    ax = explorer.picture.artists.plane.lines.axes
    across, up = ax.transData.transform((-0.52, 1.31)) / explorer.picture.pixel_ratio
    live = explorer.frame.live
    live._handle_custom_msg({"click": [across, explorer.size[1] - up]}, [])
    assert marks_in(explorer.session.task)[-1] == (-0.5, 1.3, 1)
    assert (explorer.state.x1, explorer.state.x2) == (-0.5, 1.3)
    count = len(explorer.session.task.X)
    live._handle_custom_msg({"click": [700, 100]}, [])  # in the panels
    assert len(explorer.session.task.X) == count


def test_reset_brings_the_reader_s_first_points_back(explorer):
    explorer.set(task=MINE, x1=1.0, x2=-1.0)
    explorer.put_point()
    explorer.reset()
    explorer.set(task=MINE)
    assert marks_in(explorer.session.task) == list(OWN)


def test_without_points_there_is_nothing_to_learn(explorer):
    explorer.set(task=MINE)
    for x1, x2, label in OWN:
        explorer.set(x1=x1, x2=x2)
        for _ in range(label + 1):
            explorer.put_point()
    assert "have 0 of 0 points" in explorer.status
    assert not explorer.advance(explorer.session)
    assert explorer.error == ""
