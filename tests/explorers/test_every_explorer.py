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

EXPLORERS = explorer_classes()
# Explorers first, so that a class has the same place in both lists and is opened only once.
CLASSES = [*EXPLORERS, *(cls for cls in stage_classes() if cls not in EXPLORERS)]


def each(classes):
    return pytest.mark.parametrize(
        "shared", classes, ids=lambda cls: cls.__name__, indirect=True, scope="module"
    )


EVERY, EVERY_EXPLORER = each(CLASSES), each(EXPLORERS)


@pytest.fixture(scope="module")
def shared(request):
    """Open an explorer for all tests of its class: making one takes longer than most tests."""
    with opened(request.param) as made:
        yield made


@pytest.fixture
def explorer(shared):
    """Return an explorer as it is first shown, and put it back there."""
    first = shared.status, vars(shared.state), shown(shared)
    yield shared
    if (shared.status, vars(shared.state), shown(shared)) != first:
        shared.reset()
    assert (shared.status, vars(shared.state), shown(shared)) == first


def shown(explorer: Stage) -> list[str]:
    """Return what the picture shows in a form to compare."""
    return artist_values(explorer.picture.artists)


def test_there_are_explorers():
    assert len(CLASSES) >= 2


@EVERY
def test_every_control_works_at_its_extremes_and_some_change_picture_and_words(explorer):
    first, words, values = shown(explorer), explorer.status, vars(explorer.state)
    changed = set()
    for name, control in explorer.controls.items():
        for value in extremes(control):
            explorer.set(**{name: value})
            assert explorer.error == "", (name, value)
            changed |= {"picture"} if shown(explorer) != first else set()
            changed |= {"words"} if explorer.status != words else set()
        explorer.put(**{name: values[name]})
    assert changed == {"picture", "words"}


@EVERY
def test_reset_brings_back_the_first_picture_and_sentence(explorer):
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
def test_a_raising_compute_is_shown_in_place_and_gone_with_the_next_change(explorer, monkeypatch):
    def fail(state):
        raise RuntimeError("planted")

    found = explorer.view
    with monkeypatch.context() as patch:
        patch.setattr(explorer, "compute", fail)
        explorer.refresh()
        assert explorer.error.startswith("RuntimeError: planted")
        patch.setattr(explorer, "compute", lambda state: found)  # known already
        explorer.refresh()
        assert explorer.error == ""


@EVERY
def test_controls_have_words_and_sensible_labels(explorer):
    assert explorer.alt
    assert not explorer.alt.endswith(".")
    assert explorer.size[0] <= 760
    for name, control in explorer.controls.items():
        assert control.description, name
        assert control.tooltip, name
        assert len(control.description) <= 20, name


@EVERY_EXPLORER
def test_thirty_changes_leave_nothing_behind(explorer, monkeypatch):
    names = [name for name, control in explorer.controls.items() if not control.disabled]
    figure, found = explorer.picture.figure, explorer.view
    with monkeypatch.context() as patch:  # the picture's work, without long computations
        patch.setattr(explorer, "compute", lambda state: found)
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


@EVERY
def test_the_page_can_draw_all_that_moves_without_asking_matplotlib_again(explorer):
    drawn = [op for op in explorer.frame.live.frame["operations"] if op["kind"] != "layer"]
    assert drawn
    assert not explorer.picture.stale


@EVERY_EXPLORER
def test_the_picture_is_the_same_whatever_the_session_s_settings(explorer):
    expected = explorer.picture.png()
    raising = np.errstate(all="raise")
    with matplotlib.rc_context(HOSTILE), raising, opened(type(explorer)) as other:
        before = dict(matplotlib.rcParams)
        assert other.picture.png() == expected
        assert dict(matplotlib.rcParams) == before
