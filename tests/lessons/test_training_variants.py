"""The checks of the lesson "Training": what a wrong answer is told is true of it."""

import pytest

from minidl.exercises import exercise
from minidl.lessons.training.mistakes.best import best_until_worse, best_with
from minidl.lessons.training.mistakes.faulty_runners import EmptiesTheTrainLosses, Forgets, runner
from minidl.lessons.training.mistakes.listener import listener
from minidl.lessons.training.mistakes.train import loop_in_order


def always(number, loop):
    """Return a loop that trains for a number of epochs, whatever it is asked for."""
    return lambda *args: loop(*args[:5], number)


@pytest.mark.parametrize("number", [5, 7, 12])
def test_a_number_of_epochs_that_is_written_out_is_refused(number):
    answer = always(number, loop_in_order("tbsd"))
    assert exercise("training/train")(answer).diagnosis == "epochs"
    assert exercise("training/runner")(runner(answer)).diagnosis == "history"
    outcome = exercise("training/best")(always(number, best_with()))
    assert outcome.diagnosis == "steps"
    assert f"it takes {number} steps" in outcome.text


def test_best_that_breaks_off_is_told_how_many_steps_it_takes():
    outcome = exercise("training/best")(best_until_worse)
    assert outcome.diagnosis == "steps"
    assert "With num_epochs = 3 it takes 2 steps" in outcome.text
    assert "undone" not in outcome.text


@pytest.mark.parametrize("start", [0.0, 1.0, 0.5, -1000.0, -1e5])
def test_best_may_start_from_no_number(start):
    assert exercise("training/best")(best_with(start)).status == "wrong"


def test_a_listener_with_fixed_numbers_is_not_told_to_call_stop():
    fixed = listener(lambda L, w, t: len(L) > 20 and L[-21] - L[-1] < 0.01)
    outcome = exercise("training/listener")(fixed)
    assert outcome.diagnosis == "numbers-by-heart"
    assert "runner.stop" not in outcome.text


def test_a_guard_one_epoch_late_is_not_told_of_abs():
    late = listener(lambda L, w, t: len(L) > w + 1 and L[-1 - w] - L[-1] < t)
    outcome = exercise("training/listener")(late)
    assert outcome.diagnosis in {"guard", "moment"}
    assert "abs" not in outcome.text


@pytest.mark.parametrize("answer", [Forgets, EmptiesTheTrainLosses])
def test_a_runner_that_begins_its_lists_anew_is_refused(answer):
    outcome = exercise("training/runner")(answer)
    assert outcome.diagnosis == "forgets"
    assert "After 4 epochs and 8 more" in outcome.text


def test_a_gap_without_sign_is_told_of_abs():
    right = exercise("training/gap").exercise.solution
    outcome = exercise("training/gap")(lambda *args: abs(right(*args)))
    assert outcome.diagnosis == "sign"
    assert "`abs`" in outcome.text
