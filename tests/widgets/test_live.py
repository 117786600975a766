"""Pictures that the page draws: what is sent, and when."""

from __future__ import annotations

from pathlib import Path

import pytest

import minidl.widgets
from minidl.plots.picture import Picture
from minidl.widgets.live import Live


def draw(figure):
    ax = figure.subplots()
    ax.set(xlim=(0, 1), ylim=(0, 1))
    return ax.plot([0, 1], [0, 1])


@pytest.fixture
def picture():
    return Picture(draw, width=100, height=80)


@pytest.fixture
def live(picture):
    made = Live(width=100, height=80, alt="A line")
    made.paint(picture)
    yield made
    made.close()
    made.layout.close()


def hear(live, **content):
    """Let a page tell something."""
    live._handle_custom_msg(content, [])


def test_the_front_end_comes_with_the_package_and_asks_no_network():
    source = (Path(minidl.widgets.__file__).parent / "live.js").read_text(encoding="utf-8")
    assert str(Live._esm) == source
    assert "export default" in source
    assert "import" not in source
    assert "://" not in source


def test_a_move_is_sent_as_numbers_and_the_layers_are_not_sent_again(live, picture):
    still, first = live.still, live.frame
    picture.artists[0].set_ydata([1, 0])
    live.paint(picture)
    assert live.still is still
    assert live.frame["still"] == still["id"]
    assert live.frame["data"] != first["data"]
    assert (first["id"], live.frame["id"]) == (1, 2)


def test_a_single_frame_is_large_enough_not_to_be_held_back_and_frames_in_a_row_are_small(
    live, picture
):
    assert len(live.frame["data"]) >= 1 << 16
    live.paint(picture, ack=500)
    assert len(live.frame["data"]) < 1000


def test_a_change_of_the_axes_sends_new_layers_together_with_the_frame(live, picture):
    sent = []
    live.send_state = lambda key=None: sent.append(set(key))
    picture.figure.axes[0].set_xlim(0, 2)
    live.paint(picture)
    assert sent == [{"still", "frame"}]
    assert live.frame["still"] == live.still["id"] == 2


def test_a_page_that_is_loaded_again_finds_the_newest_of_everything(live):
    state = live.get_state()
    hears = {"pointer": False, "clicks": False}
    assert state["about"] == {"width": 100, "height": 80, "alt": "A line", **hears}
    assert state["frame"]["operations"]
    assert state["still"]["layers"][0]["png"].startswith(b"\x89PNG")


def test_what_pages_have_drawn_is_known(live, picture):
    calls = []
    live.on_seen = lambda: calls.append(live.seen)
    for _ in range(5):
        live.paint(picture)
    hear(live, seen=3)
    hear(live, seen=2)  # another view, further behind
    hear(live, density=1)  # one that shows the newest
    assert calls == [3, 3, 6]


def test_layers_are_as_fine_as_the_screen(live, picture):
    def width():
        return int.from_bytes(live.still["layers"][0]["png"][16:20], "big")

    assert width() == 200  # nobody knows who will look
    hear(live, density=1)
    live.paint(picture)
    assert width() == 100
    hear(live, density=1.5)  # a second screen
    live.paint(picture)
    assert width() == 200
    still = live.still
    picture.png()
    live.paint(picture)
    assert live.still is still


def test_a_stored_picture_drawn_in_between_hides_no_change(live, picture):
    before = live.still["id"]
    picture.figure.axes[0].set_xlim(0, 2)
    picture.png()
    live.paint(picture)
    assert live.still["id"] == before + 1
