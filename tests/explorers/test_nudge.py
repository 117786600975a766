"""The nudge explorer, its picture compared with the machine run as one formula."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.explorers import NudgeExplorer
from minidl.explorers.nudge.chain import PLACES
from minidl.explorers.nudge.explorer import TURNS
from minidl.explorers.nudge.machine import DIALS, LINKS, Machine
from tests.widgets.helpers import opened

LAST = len(TURNS)
SETTINGS = [
    {"w": 2.0, "x": 3.0, "b": -1.0, "v": -1.5},
    {"w": -0.7, "x": -2.9, "b": 1.3, "v": 2.2},
    {"w": 2.0, "x": -3.0, "b": -1.0, "v": -1.5},
    {"w": 0.4, "x": 0.3, "b": -2.0, "v": 3.0},
]


def needle(w, x, b, v):
    return v * (w * x + b) * (w * x + b > 0)


def by_differences(dials, name, h=1e-6):
    up, down = ({**dials, name: dials[name] + sign * h} for sign in (1, -1))
    return (needle(**up) - needle(**down)) / (2 * h)


@pytest.fixture(scope="module")
def explorer():
    with opened(NudgeExplorer) as made:
        yield made


@pytest.fixture(autouse=True)
def as_at_first(explorer):
    explorer.reset()


@pytest.mark.parametrize("dials", SETTINGS)
def test_the_bars_are_the_slopes_that_tiny_nudges_measure(explorer, dials):
    explorer.set(**dials)
    heights = [bar[1][1] for bar in explorer.picture.artists.bars.get_segments()]
    expected = [by_differences(dials, name) for name in DIALS]
    np.testing.assert_allclose(heights, expected, atol=1e-6)


@pytest.mark.parametrize("dials", SETTINGS)
def test_the_marks_are_what_this_nudge_gives(explorer, dials):
    explorer.set(**dials, by=0.7)
    marks = explorer.picture.artists.measured.get_ydata()
    turned = [needle(**{**dials, name: dials[name] + 0.7}) for name in DIALS]
    np.testing.assert_allclose(marks, (np.array(turned) - needle(**dials)) / 0.7, atol=1e-8)


@pytest.mark.parametrize("dial", DIALS)
def test_the_curve_is_the_needle_along_the_dial(explorer, dial):
    explorer.set(dial=dial, by=0.5)
    artists, dials = explorer.picture.artists, SETTINGS[0]
    for place, y in zip(*artists.curve.get_data(), strict=True):
        assert y == pytest.approx(needle(**{**dials, dial: place}), abs=1e-8)
    assert artists.here.get_xydata().tolist() == [[dials[dial], -7.5]]
    nudged = dials[dial] + 0.5
    assert artists.there.get_xydata().tolist() == [
        [nudged, pytest.approx(needle(**{**dials, dial: nudged}))]
    ]
    assert artists.name.get_text() == dial


@pytest.mark.parametrize("dials", SETTINGS)
def test_the_line_of_the_slope_touches_the_curve(explorer, dials):
    explorer.set(**dials, dial="b")
    x, y = explorer.picture.artists.tangent.get_data()
    assert np.interp(dials["b"], x, y) == pytest.approx(needle(**dials))
    assert (y[1] - y[0]) / (x[1] - x[0]) == pytest.approx(by_differences(dials, "b"), abs=1e-6)


def test_a_slope_is_the_product_of_the_factors_along_its_way():
    machine = Machine(**SETTINGS[1])
    factors, slopes = machine.factors(), machine.slopes()
    assert factors["w", "p"] * factors["p", "z"] * factors["z", "a"] * factors["a", "y"] == (
        pytest.approx(slopes["w"])
    )


@pytest.mark.parametrize("step", range(1, LAST + 1))
def test_only_what_is_reached_is_shown(explorer, step):
    explorer.set(step=step)
    view, artists = explorer.view, explorer.picture.artists
    framed = [frame.get_visible() for frame in artists.chain.frames]
    assert framed == [name in TURNS[step - 1] for name in PLACES]
    assert ("y" in view.after) == (step >= 4)
    assert len(artists.there.get_xdata()) == int(step >= 4)
    assert view.slopes.keys() == {name for names in TURNS[4:step] for name in names}
    assert len(artists.bars.get_segments()) == sum(name in view.slopes for name in DIALS)
    coloured = {
        link for link, edge in zip(LINKS, artists.chain.edges, strict=True) if edge.get_visible()
    }
    forward = {("w", "p"), ("p", "z"), ("z", "a"), ("a", "y")}
    back = {link for link in LINKS if link[0] in view.slopes}
    assert coloured == (back if step > 4 else {link for link in forward if link[1] in view.after})


def test_a_nudge_colours_no_way_that_it_does_not_take(explorer):
    explorer.set(step=4, dial="v")
    edges = zip(LINKS, explorer.picture.artists.chain.edges, strict=True)
    assert [link for link, edge in edges if edge.get_visible()] == [("v", "y")]


def test_every_number_of_the_chain_is_written(explorer):
    written = len(explorer.picture.artists.chain.words.get_paths())
    assert written == len(LINKS) + 2 * len(PLACES)
    explorer.set(step=4)
    assert len(explorer.picture.artists.chain.words.get_paths()) == len(LINKS) + len(PLACES)


@pytest.mark.parametrize("by", [0.1, 1.0])
@pytest.mark.parametrize("w", [-3.0, 3.0])
@pytest.mark.parametrize("dial", DIALS)
def test_every_point_and_bar_lies_inside_its_panel(explorer, w, by, dial):
    explorer.set(w=w, x=3.0, b=3.0 * np.sign(w), v=-3.0, dial=dial, by=by)
    artists = explorer.picture.artists
    panels = {
        artists.curve.axes: (artists.curve, artists.here, artists.there),
        artists.measured.axes: (artists.measured,),
    }
    for axes, lines in panels.items():
        low, high = axes.get_ylim()
        assert all(low < y < high for line in lines for y in line.get_ydata())
    low, high = artists.measured.axes.get_ylim()
    assert all(low < bar[1][1] < high for bar in artists.bars.get_segments())


def test_words_on_the_way_forward(explorer):
    explorer.set(step=4)
    assert explorer.status == (
        "Step 4 of 9, forward: w goes from 2 to 2.1. p moves by 0.3, z by 0.3, a by 0.3, y by "
        "−0.45: −4.5 times as far as w."
    )


def test_words_on_the_way_back(explorer):
    assert explorer.status == (
        "Step 9 of 9, back: slopes y 1, a −1.5, v 5, z −1.5, p −1.5, b −1.5, w −4.5, x −3. Each "
        "dial nudged alone, by 0.1: w −4.5, x −3, b −1.5, v 5."
    )


def test_a_shut_max_and_a_nudge_across_its_bend_are_told(explorer):
    explorer.set(x=-3.0)
    assert explorer.status.endswith("the max lets nothing through.")
    explorer.set(x=0.4, dial="x", by=1.0)
    assert explorer.status.endswith("This nudge of x carries z across 0, where the max bends.")


def test_rounding_does_not_open_the_max():
    assert 0.1 * 3.0 - 0.3 > 0  # though it is 0
    machine = Machine(w=0.1, x=3.0, b=-0.3, v=1.0)
    assert machine.values()["z"] == 0
    assert machine.factors()["z", "a"] == 0
