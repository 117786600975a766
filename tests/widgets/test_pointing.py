"""The pointer over a picture, and clicks on it."""

from __future__ import annotations

import pytest

from tests.widgets.helpers import LineExplorer, opened


class PointedLine(LineExplorer):
    """A slope that follows the pointer: 0 in the middle of the picture."""

    pointer = clicks = True

    def clicked(self, x, y):
        if x > 200:
            raise RuntimeError("planted")
        self.set(slope=-0.5)

    def pointed(self, x, y):
        if x > 200:
            raise RuntimeError("planted")
        return {"slope": round((90 - y) / 45) * 0.5} if x > 50 else {}


@pytest.fixture
def line():
    with opened(PointedLine) as made:
        yield made


def hear(explorer, x, y):
    explorer.frame.live._handle_custom_msg({"pointer": [x, y]}, [])


def click(explorer, x, y):
    explorer.frame.live._handle_custom_msg({"click": [x, y]}, [])


def test_a_page_tells_only_where_it_is_asked_to(line):
    assert line.frame.live.about["pointer"]
    assert line.frame.live.about["clicks"]
    with opened(LineExplorer) as other:
        assert not other.frame.live.about["pointer"]
        assert not other.frame.live.about["clicks"]


def test_a_page_is_asked_to_tell_of_presses_alone(monkeypatch):
    monkeypatch.setattr(PointedLine, "pointer", "click")
    with opened(PointedLine) as made:
        assert made.frame.live.about["pointer"] == "click"


def test_controls_picture_and_words_follow_the_pointer(line):
    hear(line, 100, 45)
    assert line.state.slope == 0.5
    assert line.picture.artists.line.get_ydata().tolist() == [0, 0.5]
    assert line.status == "The slope is 0.5 & the end is at 0.5."


def test_nothing_is_painted_where_nothing_changes(line):
    sent = line.frame.live.sent
    hear(line, 100, 0)  # the slope that it has
    hear(line, 10, 90)  # a place that stands for nothing
    assert line.frame.live.sent == sent


def test_a_value_that_no_control_takes_and_an_error_are_shown_in_place(line):
    hear(line, 100, 900)
    assert "slope: expected a number from -2 to 2" in line.error
    hear(line, 201, 0)
    assert line.error.startswith("RuntimeError: planted")
    hear(line, 100, 45)
    assert line.error == ""


def test_a_click_does_what_its_place_stands_for_and_an_error_is_shown_in_place(line):
    click(line, 100, 45)
    assert line.state.slope == -0.5
    click(line, 201, 0)
    assert line.error.startswith("RuntimeError: planted")


def test_a_closed_stage_hears_nothing():
    with opened(PointedLine) as made:
        live = made.frame.live
    live.on_pointer(100, 45)
    live.on_click(100, 45)


def test_what_a_page_has_drawn_is_not_asked_of_a_pointer(line):
    seen, density = line.frame.live.seen, line.frame.live.density
    hear(line, 10, 90)
    assert (line.frame.live.seen, line.frame.live.density) == (seen, density)
