from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure

from minidl.explorers.learning_rate.picture import (
    RateView,
    draw_learning_rate,
    update_learning_rate,
)

RATES = np.array([0.1, 1.0, 10.0])


@pytest.fixture
def artists():
    return draw_learning_rate(Figure(), rates=RATES, epochs=4)


def put(artists, **changes):
    view = RateView(
        losses=np.array([1.0, 0.8, 0.7, 0.9, 0.6]),
        after=np.array([0.75, 0.7, 5.0]),
        rate=1.0,
        step=2,
    )
    update_learning_rate(artists, replace(view, **changes))


def test_the_left_curve_is_the_loss_after_one_step_at_each_rate(artists):
    put(artists)
    assert artists.after.get_xydata().tolist() == [[0.1, 0.75], [1.0, 0.7], [10.0, 5.0]]


def test_the_dashed_line_is_the_loss_before_the_step(artists):
    put(artists, step=2)
    assert set(artists.before.get_ydata()) == {0.8}
    put(artists, step=1)
    assert set(artists.before.get_ydata()) == {1.0}


def test_both_marks_stand_at_the_loss_after_the_step(artists):
    put(artists, step=3)
    assert artists.here.get_xydata().tolist() == [[1.0, 0.9]]
    assert artists.moment.get_xydata().tolist() == [[3, 0.9]]


def test_the_right_curve_starts_before_the_first_step(artists):
    put(artists)
    assert artists.curve.get_xydata()[0].tolist() == [0, 1.0]
    assert len(artists.curve.get_xydata()) == 5


def test_updating_leaves_the_background_alone(artists):
    figure = artists.after.figure
    put(artists)
    count = len(figure.findobj())
    put(artists, step=1)
    assert len(figure.findobj()) == count
