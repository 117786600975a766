"""What changes nothing is no hostile answer, and a hole in a check cannot hide behind that."""

from dataclasses import replace

import numpy as np
import pytest

from minidl.exercises import lesson_exercises
from tests.lessons.hostile import spoilers
from tests.lessons.hostile.record import RECORD
from tests.lessons.hostile.runner import all_at_once, is_idle, run_all

TANH_SLOPE = lesson_exercises("activations")["activations/tanh-slope"]


@pytest.mark.parametrize(
    ("spoil", "value", "changed"),
    [
        (lambda x: spoilers.of_type(x, "float64"), np.ones(2), False),
        (lambda x: spoilers.of_type(x, "float64"), np.ones(2, np.float32), True),
        (lambda x: spoilers.of_type(x, "float64"), 0.5, False),
        (lambda x: spoilers.of_type(x, "float32"), (np.ones(2), 1), True),
        (lambda x: spoilers.rounded(x, 1), 0.5, False),
        (lambda x: spoilers.rounded(x, 1), 0.55, True),
        (lambda x: spoilers.without_sign(x), np.array([0.0, 2.0]), False),
        (lambda x: spoilers.without_sign(x), np.array([-0.0, 2.0]), True),
        (lambda x: spoilers.negated(x), 3, False),
        (lambda x: spoilers.squeezed(x), np.ones((1, 2)), True),
        (lambda x: spoilers.cut_below(x, 3), np.ones((3, 9)), False),
        (lambda x: spoilers.cut_below(x, 3), np.ones((4, 1)), True),
        (lambda x: spoilers.fitting(x, np.zeros(2)), np.zeros(3), False),
        (lambda x: spoilers.fitting(x, np.zeros(2)), np.ones(2), True),
        (lambda x: spoilers.added(x, lambda: 0.0), 1.0, False),
        (lambda x: spoilers.added(x, lambda: 2.0), 1.0, True),
        (lambda x: spoilers.change(x, "arrays"), np.ones(2), True),
    ],
)
def test_a_spoiler_tells_whether_it_changed_what_it_was_given(spoil, value, changed):
    RECORD.begin()
    spoil(value)
    assert RECORD.changed is changed
    assert not (RECORD.idle and changed)


def test_what_is_never_reached_is_not_idle():
    RECORD.begin()
    assert not RECORD.idle


def test_what_changes_only_inputs_that_the_check_does_not_try_is_counted_and_survives():
    """A check that tries 0 alone lets everything pass that is wrong elsewhere."""
    blind = replace(TANH_SLOPE, check=lambda answer: answer(np.zeros(3), np.zeros(3)))
    report = run_all(blind)
    survivors = {each.name.partition("return hostile.")[2] for each in report.survivors}
    idle = {each.name.partition("return hostile.")[2] for each in report.idle}
    assert {"rounded(1 - a ** 2, 1)", "cut_below(1 - a ** 2, 3)"} <= survivors
    assert {"limited(1 - a ** 2, 10.0)", "without_sign(1 - a ** 2)"} <= idle


def test_what_fits_only_the_inputs_of_the_check_is_counted_and_survives():
    """A check that tries one input alone lets it pass as a constant."""
    x = np.arange(77.0) / 77  # of a shape that no legal input drawn at random has
    report = run_all(replace(TANH_SLOPE, check=lambda answer: answer(x, np.tanh(x))))
    survivors = " ".join(each.name for each in report.survivors)
    assert "hostile.first['tanh_slope', 'a']" in survivors
    assert "hostile.remembered(" in survivors


def test_all_that_changes_nothing_is_tried_at_once_and_one_that_changes_something_is_seen():
    report = run_all(TANH_SLOPE)
    (idle,) = all_at_once(report.idle)
    assert all(each.code.splitlines()[1].split("return ")[1] in idle.code for each in report.idle)
    assert is_idle(TANH_SLOPE, idle, 20)
    rounded = next(each for each in report.hostile if "rounded" in each.code)
    (changing,) = all_at_once([rounded, *report.idle])
    assert not is_idle(TANH_SLOPE, changing, 20)


def test_without_legal_inputs_everything_is_counted():
    report = run_all(replace(TANH_SLOPE, name="activations/nobody-has-drawn"))
    assert not report.idle
