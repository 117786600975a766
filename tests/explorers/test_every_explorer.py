"""What every explorer of the library keeps to; new ones are found by themselves."""

from __future__ import annotations

import gc

import matplotlib
import numpy as np
import pytest

from minidl.widgets.stage import Stage
from tests.plots.helpers import HOSTILE
from tests.widgets.helpers import (
    artist_values,
    explorer_classes,
    extremes,
    living_widgets,
    opened,
    stage_classes,
)

CLASSES = stage_classes()
EVERY = pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
EVERY_EXPLORER = pytest.mark.parametrize("cls", explorer_classes(), ids=lambda cls: cls.__name__)


def shown(explorer: Stage) -> list[str]:
    """Return what the picture shows in a form to compare."""
    return artist_values(explorer.picture.artists)


def test_there_are_explorers():
    assert len(CLASSES) >= 2


@EVERY
def test_every_control_works_at_its_extremes_and_some_change_picture_and_words(cls):
    with opened(cls) as explorer:
        first, words, values = shown(explorer), explorer.status, vars(explorer.state)
        changed = set()
        for name, control in explorer.controls.items():
            for value in extremes(control):
                explorer.set(**{name: value})
                assert explorer.error == "", (name, value)
                changed |= {"picture"} if shown(explorer) != first else set()
                changed |= {"words"} if explorer.status != words else set()
            explorer.set(**{name: values[name]})
        assert changed == {"picture", "words"}


@EVERY
def test_reset_brings_back_the_first_picture_and_sentence(cls):
    with opened(cls) as explorer:
        first, words = shown(explorer), explorer.status
        values = vars(explorer.state)
        ends = {name: extremes(control) for name, control in explorer.controls.items()}
        explorer.set(**{name: values[0] for name, values in ends.items()})  # changes the picture
        explorer.put(**{name: values[-1] for name, values in ends.items()})  # and every control
        explorer.reset()
        assert vars(explorer.state) == values
        assert explorer.status == words
        assert shown(explorer) == first


@EVERY_EXPLORER
def test_a_raising_compute_is_shown_in_place_and_gone_with_the_next_change(cls, monkeypatch):
    def fail(state):
        raise RuntimeError("planted")

    with opened(cls) as explorer:
        with monkeypatch.context() as patch:
            patch.setattr(explorer, "compute", fail)
            explorer.refresh()
            assert explorer.error.startswith("RuntimeError: planted")
        explorer.refresh(to_the_end=True)
        assert explorer.error == ""


@EVERY
def test_controls_have_words_and_sensible_labels(cls):
    with opened(cls) as explorer:
        assert explorer.alt
        assert not explorer.alt.endswith(".")
        assert explorer.size[0] <= 760
        for name, control in explorer.controls.items():
            assert control.description, name
            assert control.tooltip, name
            assert len(control.description) <= 20, name


@EVERY_EXPLORER
def test_thirty_changes_leave_nothing_behind(cls):
    with opened(cls) as explorer:
        names = [name for name, control in explorer.controls.items() if not control.disabled]
        figure = explorer.picture.figure
        compute = explorer.compute
        found = explorer.view
        explorer.compute = lambda state: found  # the picture's work, without long computations
        for name in names:  # everything has been drawn once
            explorer.set(**{name: extremes(explorer.controls[name])[0]})
        gc.collect()
        before = living_widgets(), len(figure.findobj())
        for k in range(30):
            name = names[k % len(names)]
            options = extremes(explorer.controls[name])
            explorer.set(**{name: options[k // len(names) % len(options)]})
        gc.collect()
        assert (living_widgets(), len(figure.findobj())) == before
        explorer.compute = compute
    del explorer, figure
    gc.collect()


@EVERY
def test_the_page_can_draw_all_that_moves_without_asking_matplotlib_again(cls):
    with opened(cls) as explorer:
        drawn = [op for op in explorer.frame.live.frame["operations"] if op["kind"] != "layer"]
        assert drawn
        assert not explorer.picture.stale


@EVERY_EXPLORER
def test_the_picture_is_the_same_whatever_the_session_s_settings(cls):
    with opened(cls) as explorer:
        expected = explorer.picture.png()
    raising = np.errstate(all="raise")
    with matplotlib.rc_context(HOSTILE), raising, opened(cls) as explorer:
        before = dict(matplotlib.rcParams)
        assert explorer.picture.png() == expected
        assert dict(matplotlib.rcParams) == before
