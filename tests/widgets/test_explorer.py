"""The base of the explorers."""

from __future__ import annotations

import asyncio
import base64
import gc
import sys
import weakref

import numpy as np
import pytest

from minidl.widgets import cells
from minidl.widgets.cells import CellRun
from tests.widgets.helpers import LineExplorer, living_widgets, opened


def test_a_change_of_a_control_moves_the_artists_and_the_words():
    with opened(LineExplorer) as explorer:
        before = explorer.frame.live.frame
        explorer.controls["slope"].value = -1.5
        np.testing.assert_array_equal(explorer.picture.artists.line.get_ydata(), [0, -1.5])
        assert explorer.status == "The slope is -1.5 & the end is at -1.5."
        assert explorer.frame.live.frame["data"] != before["data"]


def test_the_picture_shown_is_the_picture_of_the_artists():
    with opened(LineExplorer) as explorer, opened(LineExplorer, slope=0.5) as fresh:
        explorer.controls["slope"].value = 0.5
        ours, theirs = (opened.frame.live.frame for opened in (explorer, fresh))
        assert (ours["operations"], ours["data"]) == (theirs["operations"], theirs["data"])
        assert explorer.picture.png() == fresh.picture.png()


def test_the_state_line_is_escaped_and_announced():
    with opened(LineExplorer) as explorer:
        assert "1.0 &amp; the end" in explorer.frame.state.value
        assert 'aria-live="polite"' in explorer.frame.state.value


def test_a_raising_compute_is_shown_and_the_next_change_recovers():
    with opened(LineExplorer) as explorer:
        picture = explorer.frame.live.frame
        explorer.controls["fault"].value = "raise"
        assert "ValueError: planted <fault>" in explorer.error
        assert "planted &lt;fault&gt;" in explorer.frame.error.value
        assert explorer.frame.error.layout.display is None
        assert explorer.frame.state.value == ""
        assert explorer.frame.live.frame is picture
        explorer.controls["fault"].value = "none"
        assert explorer.error == explorer.frame.error.value == ""
        assert explorer.frame.error.layout.display == "none"
        assert explorer.status.startswith("The slope is 1.0")


def test_a_fault_at_the_first_showing_leaves_the_axes_and_the_message():
    with opened(LineExplorer, fault="raise") as explorer:
        assert explorer.status.startswith("Stopped by an error: ValueError: planted")
        assert explorer.frame.live.still["layers"][0]["png"].startswith(b"\x89PNG")


@pytest.mark.parametrize("method", ["update", "sentence"])
def test_a_fault_while_showing_is_told_too(monkeypatch, method):
    def fail(*_):
        raise KeyError("gone")

    with opened(LineExplorer) as explorer:
        monkeypatch.setattr(explorer, method, fail)
        explorer.controls["slope"].value = 2.0
        assert explorer.error.startswith("KeyError: 'gone'")


def test_a_browsers_echo_of_a_value_computes_nothing(monkeypatch):
    with opened(LineExplorer, slope=0.5) as explorer:
        monkeypatch.setattr(explorer, "compute", lambda state: 1 / 0)
        explorer.controls["slope"].value = 0.5000000000000004
        assert explorer.error == ""
        assert explorer.state.slope == 0.5


def test_one_control_can_set_another_and_reset_leaves_that_alone():
    class Doubling(LineExplorer):
        def consequences(self, name, value):
            return {"slope": 2.0} if name == "fault" else {}

    with opened(Doubling, slope=-1.0) as explorer:
        explorer.controls["fault"].value = "raise"
        assert explorer.state.slope == 2.0
        explorer.reset()
        assert vars(explorer.state) == {"slope": -1.0, "fault": "none"}
        explorer.set(fault="raise", slope=0.5)  # what is said explicitly wins
        assert explorer.state.slope == 0.5


def test_reset_puts_every_control_back_and_computes_once(monkeypatch):
    with opened(LineExplorer, slope=0.5) as explorer:
        explorer.set(slope=2.0, fault="raise")
        calls = []
        compute = explorer.compute
        monkeypatch.setattr(explorer, "compute", lambda state: calls.append(1) or compute(state))
        explorer.buttons["reset"].click()
        assert explorer.state.slope == 0.5
        assert explorer.state.fault == "none"
        assert explorer.status.startswith("The slope is 0.5")
        assert calls == [1]


def test_an_unknown_control_is_named_with_the_known_ones():
    expected = "LineExplorer: expected controls among slope, fault, received 'slop'; try 'slope'"
    with pytest.raises(TypeError, match=expected):
        LineExplorer(slop=1)


@pytest.mark.parametrize(
    "values", [{"fault": "raise", "slope": 9}, {"slope": 0.5, "fault": "?"}, {"slope": 1, "b": 2}]
)
def test_where_one_value_is_refused_no_control_moves(values):
    with opened(LineExplorer) as explorer:
        before = explorer.state, explorer.status
        with pytest.raises((ValueError, TypeError), match=r"LineExplorer: .*expected"):
            explorer.set(**values)
        assert (explorer.state, explorer.status) == before
        assert {name: c.value for name, c in explorer.controls.items()} == vars(explorer.state)


def test_first_values_are_checked_before_their_consequences():
    class Indexing(LineExplorer):
        def consequences(self, name, value):
            return {"slope": {"none": 0.0, "raise": 1.0}[value]} if name == "fault" else {}

    with pytest.raises(ValueError, match="Indexing: fault: expected one of 'none', 'raise', rec"):
        Indexing(fault="Raise")


@pytest.mark.parametrize("use", ["reset", "set", "refresh"])
def test_a_closed_explorer_says_that_it_is_closed(use):
    explorer = LineExplorer()
    explorer.close()
    words = "expected an open explorer, received one that is closed; try making a new one"
    with pytest.raises(RuntimeError, match=f"LineExplorer: {words}"):
        getattr(explorer, use)()


def test_a_control_that_cannot_be_served_says_why():
    with opened(LineExplorer) as explorer:
        explorer.disable("slope", "your <line> has none")
        assert explorer.controls["slope"].disabled
        assert "Slope: your &lt;line&gt; has none" in explorer.frame.notes.value
        assert explorer.frame.notes.layout.display is None
        explorer.enable("slope")
        assert not explorer.controls["slope"].disabled
        assert explorer.frame.notes.layout.display == "none"


def test_a_display_carries_a_picture_and_a_sentence_for_pages_without_a_kernel():
    with opened(LineExplorer) as explorer:
        data, metadata = explorer._repr_mimebundle_(include=None, exclude=None)
        assert data["text/plain"] == explorer.status
        assert base64.b64decode(data["image/png"]) == explorer.picture.png()
        assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == explorer.model_id
        assert metadata["image/png"] == {"width": 240, "height": 180, "alt": "A line."}


def test_the_picture_has_a_fixed_size_and_a_text():
    with opened(LineExplorer) as explorer:
        assert explorer.frame.live.about == {
            "width": 240,
            "height": 180,
            "alt": "A line",
            "pointer": False,
            "clicks": False,
        }


def test_two_hundred_changes_leave_no_widget_figure_or_artist_behind():
    with opened(LineExplorer) as explorer:
        figure = explorer.picture.figure
        gc.collect()
        widgets, artists = living_widgets(), len(figure.findobj())
        for k in range(200):
            explorer.controls["slope"].value = -2 + 0.5 * (k % 9)
        gc.collect()
        assert living_widgets() == widgets
        assert len(figure.findobj()) == artists
        assert "matplotlib.pyplot" not in sys.modules or not _pyplot_figures()


def _pyplot_figures() -> list[int]:
    return sys.modules["matplotlib.pyplot"].get_fignums()


def test_a_closed_explorer_is_released_entirely():
    widgets = living_widgets()
    explorer = LineExplorer()
    box, figure = weakref.ref(explorer), weakref.ref(explorer.picture.figure)
    explorer.close()
    explorer.close()  # closing twice does no harm
    assert living_widgets() == widgets
    gc.collect()
    assert figure() is None
    del explorer
    gc.collect()
    assert box() is None


def test_running_a_cell_again_releases_its_earlier_explorer(monkeypatch):
    runs = iter([CellRun("a", "1"), CellRun("a", "1"), CellRun("b", "2"), CellRun("a", "3")])
    monkeypatch.setattr("minidl.widgets.stage.current_cell_run", lambda: next(runs))
    first, second, elsewhere, again = (LineExplorer() for _ in range(4))
    assert first.closed
    assert second.closed
    assert not elsewhere.closed
    assert not again.closed
    elsewhere.close()
    again.close()


def test_outside_a_notebook_there_is_no_cell():
    assert cells.current_cell_run() is None


def test_changes_on_a_running_loop_drop_older_work():
    computed = []

    class Slow(LineExplorer):
        def compute(self, state):
            for step in range(50):
                computed.append((state.slope, step))
                yield None if step < 49 else super().compute(state)
                # a step of about two milliseconds
                _burn(0.002)

    async def change_twice(explorer):
        explorer.controls["slope"].value = 2.0
        assert explorer.busy
        assert explorer.status.startswith("The slope is 1.0")
        explorer.controls["slope"].value = -2.0
        while explorer.busy:
            await asyncio.sleep(0.01)

    with opened(Slow) as explorer:
        computed.clear()
        asyncio.run(change_twice(explorer))
        assert explorer.status == "The slope is -2.0 & the end is at -2.0."
        assert (2.0, 49) not in computed
        assert (-2.0, 49) in computed


def _burn(seconds: float) -> None:
    import time

    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass
