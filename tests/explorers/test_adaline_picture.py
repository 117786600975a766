import numpy as np
import pytest
from matplotlib.figure import Figure

from minidl.explorers.adaline.picture import (
    ERRORS,
    SURFACE,
    AdalineView,
    draw_adaline,
    mean_absolute_error,
    update_adaline,
)

TARGET = (2.0, 1.0)
PATH = np.array([[0.0, 0.0], [0.5, 0.1], [1.5, -0.3]])


@pytest.fixture
def artists():
    made = draw_adaline(Figure(), target=TARGET)
    x, y = np.array([1.0, -2.0]), np.array([3.0, -3.0])
    update_adaline(made, AdalineView(x, y, PATH, errors=np.array([10.0, 7.5, 0.0])))
    return made


@pytest.mark.parametrize(("w", "b"), [(0, 0), (2, 4), (2.1, 3), (2, 1), (-1, -2), (1.9, 0.5)])
def test_the_mean_error_is_that_of_many_points(w, b):
    x = np.linspace(-10, 10, 200_001)
    measured = np.abs(w * x + b - (2 * x + 1)).mean()
    assert mean_absolute_error(w, b, TARGET) == pytest.approx(measured, abs=1e-4)


def test_the_mean_error_takes_arrays():
    w, b = np.meshgrid([0.0, 2.0, 3.0], [1.0, 2.0])
    found = mean_absolute_error(w, b, TARGET)
    single = [[float(mean_absolute_error(u, v, TARGET)) for u in (0, 2, 3)] for v in (1, 2)]
    np.testing.assert_allclose(found, single)


def test_the_line_goes_through_the_picture(artists):
    assert artists.line.get_xydata().tolist() == [[-10, -15.3], [10, 14.7]]


def test_the_points_are_shown(artists):
    assert artists.points.get_xydata().tolist() == [[1, 3], [-2, -3]]


def test_the_path_leads_from_the_first_to_the_last(artists):
    assert artists.path.get_xydata().tolist() == PATH.tolist()
    assert artists.end.get_xydata().tolist() == [[1.5, -0.3]]


def test_the_target_is_in_the_picture(artists):
    ((w, b),) = artists.goal.get_xydata()
    assert (w, b) == TARGET
    assert SURFACE[0] < w < SURFACE[1]
    assert SURFACE[2] < b < SURFACE[3]


def test_an_error_stands_above_the_number_of_points_after_which_it_was_measured(artists):
    assert artists.errors.get_xydata().tolist() == [[0, 10], [1, 7.5], [2, ERRORS[0]]]


def test_errors_have_room_for_all_points(artists):
    ax = artists.errors.axes
    assert ax.get_xlim() == (0, 10)
    update_adaline(artists, AdalineView(range(50), range(50), PATH, np.ones(51)))
    assert ax.get_xlim() == (0, 50)


def test_updating_leaves_the_background_alone(artists):
    figure = artists.line.figure
    count = len(figure.findobj())
    update_adaline(artists, AdalineView([0.0], [1.0], PATH[:2], [1.0, 2.0]))
    assert len(figure.findobj()) == count
