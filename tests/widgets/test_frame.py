"""The frame of a stage: many boxes to tick share a cell, a few stand as other controls do."""

from __future__ import annotations

import pytest

from minidl.widgets import controls
from minidl.widgets.frame import Frame, widgets_below
from minidl.widgets.live import Live


def grid_of(made):
    frame = Frame(made, [], Live(width=300, height=200, alt="nothing"), width=300)
    grids = [each for part in frame.parts for each in widgets_below(part)]
    return next(each for each in grids if set(made[:1]) & set(getattr(each, "children", ())))


@pytest.mark.parametrize(("boxes", "cells"), [(3, 5), (4, 6), (5, 3), (12, 3)])
def test_more_than_four_boxes_in_a_row_share_a_cell(boxes, cells):
    slider = controls.slider("Rate", 0.5, low=0, high=1, step=0.1, tooltip="Length of a step.")
    ticks = [controls.checkbox(f"{i}", True, tooltip="A box.") for i in range(boxes)]
    grid = grid_of([slider, *ticks])
    assert len(grid.children) == cells  # with the slider and the buttons
    shared = [each for each in grid.children if getattr(each, "children", ()) == tuple(ticks)]
    assert len(shared) == (boxes > 4)
