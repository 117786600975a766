from __future__ import annotations

import numpy as np
import pytest

from minidl.models import two_layer_net
from minidl.nn import Linear, Sequential
from minidl.op import Op
from minidl.plots.plane import PI_SQUARE, check_classes, extent_of, grid_over, values_at

POINTS = np.array([[0.0, 1.0], [2.0, 3.0], [-1.0, 0.5]])


def test_the_rectangle_holds_all_points_of_all_sets_with_room():
    left, right, bottom, top = extent_of([(POINTS[:2], [0, 1]), (POINTS[2:], [0])])
    assert (left, right) == pytest.approx((-1.24, 2.24))
    assert (bottom, top) == pytest.approx((0.3, 3.2))


def test_a_single_point_still_has_a_rectangle_around_it():
    left, right, bottom, top = extent_of([(POINTS[:1], [0])])
    assert left < 0 < right
    assert bottom < 1 < top


@pytest.mark.parametrize("sets", [[], [(np.empty((0, 2)), [])]])
def test_without_points_the_rectangle_is_the_square_of_pi(sets):
    assert extent_of(sets) == PI_SQUARE


def test_the_grid_runs_along_x1_first():
    x1, x2, points = grid_over((0, 4, 10, 11), columns=5, rows=2)
    assert x1.tolist() == [0, 1, 2, 3, 4]
    assert x2.tolist() == [10, 11]
    assert points[:6].tolist() == [[0, 10], [1, 10], [2, 10], [3, 10], [4, 10], [0, 11]]


@pytest.mark.parametrize("shape", [(3,), (3, 1)])
def test_values_come_as_one_number_a_point(shape):
    values = values_at(lambda X: X[:, 0].reshape(shape), POINTS)
    assert values.tolist() == [0, 2, -1]


def test_a_model_is_asked_in_evaluation_mode_and_left_in_training_mode():
    modes = []

    class Spy(Op):
        def forward(self, x):
            modes.append(self.training)
            return x[:, :1]

    spy = Spy()
    values_at(spy, POINTS)
    assert modes == [False]
    assert spy.training


def test_a_model_in_evaluation_mode_stays_in_it():
    model = two_layer_net(2, 3, rng=0)
    model.eval()
    values_at(model, POINTS)
    assert not model.training


def test_a_model_with_two_outputs_is_refused():
    model = Sequential(Linear(2, 2, rng=0))
    with pytest.raises(
        ValueError, match=r"expected predictions of shape \(3, 1\).*received \(3, 2"
    ):
        values_at(model, POINTS)


def test_what_cannot_be_called_is_refused():
    with pytest.raises(TypeError, match="expected a model or a function"):
        values_at(3.0, POINTS)


@pytest.mark.parametrize("classes", [[0, 1, 2], [0, 1, 0.5]])
def test_other_classes_than_0_and_1_are_refused(classes):
    with pytest.raises(ValueError, match="expected classes 0 and 1, received"):
        check_classes(classes, 3)


def test_a_missing_class_is_refused():
    with pytest.raises(ValueError, match=r"a class for each of 3 points, received \(2,\)"):
        check_classes([0, 1], 3)
