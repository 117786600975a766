import math

import numpy as np
import pytest

from minidl.optim.line_search import C1, C2, Line, Trial, cubic_minimum, strong_wolfe

FUNCTIONS = {  # with their slopes, each falling at 0
    "parabola": (lambda t: (t - 3) ** 2, lambda t: 2 * (t - 3)),
    "far": (lambda t: (t - 3000) ** 2, lambda t: 2 * (t - 3000)),
    "near": (lambda t: (t - 1e-4) ** 2, lambda t: 2 * (t - 1e-4)),
    "quartic": (lambda t: t**4 - 3 * t, lambda t: 4 * t**3 - 3),
    "waves": (lambda t: t * t + math.cos(9 * t) - t, lambda t: 2 * t - 9 * math.sin(9 * t) - 1),
    "wall": (lambda t: -t if t < 2 else 1e9 * (t - 2) - 2, lambda t: -1.0 if t < 2 else 1e9),
    "cliff": (lambda t: t * t - 2 * t if t < 4 else math.inf, lambda t: 2 * t - 2),
}  # fmt: skip


def line(name, evals=25):
    f, slope = FUNCTIONS[name]
    seen = []

    def evaluate(t):
        seen.append(t)
        return Trial(t, f(t), np.array([slope(t)]), slope(t))

    return Line(evaluate(0.0), evaluate, evals, 1.0, 1e-9), seen


@pytest.mark.parametrize("first", [1e-3, 0.1, 1.0, 30.0])
@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name != "wall"])
def test_what_is_found_meets_both_conditions(name, first):
    own, _ = line(name)
    found = strong_wolfe(own, first)
    f, slope = FUNCTIONS[name]
    assert found.loss == f(found.t)
    assert found.loss <= f(0) + C1 * found.t * slope(0)
    assert abs(found.slope) <= C2 * abs(slope(0))


def test_a_step_that_is_good_enough_costs_one_evaluation():
    own, seen = line("parabola")
    assert strong_wolfe(own, 2.5).t == 2.5
    assert seen == [0, 2.5]


@pytest.mark.parametrize("evals", [0, 1, 2, 5])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_ends_when_evaluations_run_out_with_the_lowest_point_of_its_bracket(name, evals):
    own, seen = line(name, evals)
    found = strong_wolfe(own, 30.0)
    assert len(seen) <= 2 + evals
    assert found.t in seen
    assert found.loss <= own.start.loss


def test_a_corner_is_closed_in_on_until_it_hardly_matters():
    own, _ = line("wall", evals=200)
    assert strong_wolfe(own, 1.5).t == pytest.approx(2, abs=1e-3)


@pytest.mark.parametrize("a", [0.5, 2.0])
def test_the_lowest_point_of_a_cubic_is_found(a):
    """a·x³ − 3·a·x is lowest at 1, in whatever order the points come."""
    points = [Trial(x, a * x**3 - 3 * a * x, None, 3 * a * x * x - 3 * a) for x in (0.25, 2.0)]
    assert cubic_minimum(*points, 0.0, 5.0) == pytest.approx(1)
    assert cubic_minimum(*reversed(points), 0.0, 5.0) == pytest.approx(1)
    assert cubic_minimum(*points, 1.5, 5.0) == 1.5
    assert cubic_minimum(*points, 0.0, 0.5) == 0.5


@pytest.mark.parametrize(
    ("losses", "slopes"),
    [
        ((0.0, 5.0), (1.0, 3.0)),  # the root of a negative number
        ((0.0, -2.0), (-1.0, -1.0)),  # a straight line
        ((0.0, math.inf), (-1.0, 1.0)),
        ((0.0, math.nan), (-1.0, 1.0)),
        ((0.0, 1e300), (-1e200, 1e200)),
    ],
)
def test_where_a_cubic_has_no_lowest_point_the_middle_is_taken_or_an_end(losses, slopes):
    points = [Trial(t, f, None, g) for t, f, g in zip((0.0, 2.0), losses, slopes, strict=True)]
    assert 0 <= cubic_minimum(*points, 0.0, 2.0) <= 2


def test_a_loss_that_rises_once_while_it_still_slopes_down_does_not_end_the_widening():
    """As in PyTorch, where a rise counts from the third trial on."""
    seen, losses = [], [-1.0, -0.9, -2.0]

    def evaluate(t):
        seen.append(t)
        return Trial(t, losses[len(seen) - 1], np.zeros(1), -0.95 if len(seen) < 3 else 0.0)

    strong_wolfe(Line(Trial(0.0, 0.0, np.zeros(1), -1.0), evaluate, 25, 1.0, 1e-9), 1.0)
    assert seen == sorted(seen)
    assert len(seen) == 3


def test_a_flat_point_that_is_higher_than_the_lowest_one_is_not_taken():
    losses, slopes = iter([-1.0, -0.5, -1.5]), iter([1.0, 0.0, 0.0])

    def evaluate(t):
        return Trial(t, next(losses), np.zeros(1), next(slopes))

    found = strong_wolfe(Line(Trial(0.0, 0.0, np.zeros(1), -1.0), evaluate, 25, 1.0, 1e-9), 1.0)
    assert found.loss == -1.5
