"""The patients: one fault each, which really runs, and shows in its own examination."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from minidl.clinic import AT_THE_START, EXAMINATIONS, PATIENTS, Training, course_of, patient
from minidl.clinic.training import DIVERGED, EPOCHS

SEEDS = (0, 11)
ILL = [each for each in PATIENTS if each.part]
each_seed = pytest.mark.parametrize("seed", SEEDS)

TELLING = {  # what an examination finds of the ill, and what of all those it is not for
    "unscaled inputs": ("inputs", lambda x: 7 < x < 9, lambda x: x < 1),
    "saturated units": ("saturated", lambda x: 0.85 < x < 0.99, lambda x: x < 0.7),
    "dead ReLUs": ("dead", lambda x: x == 1, lambda x: x < 0.5),
    "missing 1/N": ("slope", lambda x: abs(x - 50) < 1e-3, lambda x: abs(x - 1) < 1e-3),
    "wrong sign": ("slope", lambda x: abs(x + 1) < 1e-3, lambda x: abs(x - 1) < 1e-3),
    "wrong broadcast": ("slope", lambda x: abs(x) > 20, lambda x: abs(x - 1) < 1e-3),
    "wrong formula": ("slope", lambda x: abs(x - 1) > 0.05, lambda x: abs(x - 1) < 1e-3),
    "rate too high": ("update", lambda x: x > 0.15, lambda x: x < 0.12),
    "no shuffling": ("classes", lambda x: x < 2, lambda x: x > 8),
    "drawn with replacement": ("distinct", lambda x: 0.58 < x < 0.69, lambda x: x == 1),
    "double softmax": ("by heart", lambda x: x > np.log(np.e + 9) - 1, lambda x: x < 0.1),
    "label leak": ("shuffled", lambda x: x > 0.25, lambda x: x < 0.17),
    "dropout in evaluation": ("twice", lambda x: x > 0.5, lambda x: x == 0),
    "stale statistics": ("modes", lambda x: x > 0.3, lambda x: abs(x) < 0.1),
    "best put back": ("idle", lambda x: x > 0, lambda x: x == 0),
}


def test_one_patient_is_healthy_and_every_other_has_a_fault_of_its_own():
    assert len({each.fault for each in PATIENTS}) == len(PATIENTS) == 16
    assert {each.fault for each in ILL} == set(TELLING)


@pytest.mark.parametrize("each", PATIENTS, ids=lambda each: each.fault)
def test_a_patient_differs_from_its_twin_in_the_part_that_is_told(each):
    parts = [field.name for field in fields(Training)]
    other = [name for name in parts if getattr(each.training, name) != getattr(each.healthy, name)]
    assert other == ([each.part] if each.part else [])


@pytest.mark.parametrize("each", ILL, ids=lambda each: each.fault)
def test_its_code_is_that_of_the_faulty_part(each):
    name = getattr(each.training, each.part).__name__
    assert each.code.startswith(f"def {name}(")


@each_seed
@pytest.mark.parametrize("each", ILL, ids=lambda each: each.fault)
def test_a_fault_shows_in_its_examination_and_not_in_its_twin(each, seed):
    name, ill, well = TELLING[each.fault]
    assert ill(EXAMINATIONS[name](each.training, seed))
    assert well(EXAMINATIONS[name](each.healthy, seed))


@each_seed
@pytest.mark.parametrize("name", ["inputs", "saturated", "dead", "classes", "distinct"])
def test_before_training_only_the_patient_with_the_fault_stands_out(name, seed):
    ((fault, (_, ill, well)),) = ((key, row) for key, row in TELLING.items() if row[0] == name)
    for each in PATIENTS:
        value = AT_THE_START[name](each.training, seed)
        if each.fault == fault:
            assert ill(value)
        elif (name, each.fault) != ("saturated", "dead ReLUs"):  # what is dead is saturated
            assert well(value), each.fault


@each_seed
def test_the_healthy_learn_and_hardly_any_of_the_ill_as_well(seed):
    for each in PATIENTS:
        assert course_of(each.healthy, seed).dev_scores[-1] > 0.75, each.fault
    for fault in ("rate too high", "missing 1/N", "dead ReLUs", "wrong sign", "wrong broadcast"):
        (ill,) = (each for each in PATIENTS if each.fault == fault)
        assert course_of(ill.training, seed).dev_scores[-1] < 0.2, fault


@each_seed
def test_a_missing_mean_is_a_rate_that_is_too_high_by_the_batch_size(seed):
    courses = [course_of(patient(number).training, seed) for number in (1, 5)]
    assert courses[0].train_losses == pytest.approx(courses[1].train_losses, rel=1e-6)


@each_seed
def test_unscaled_inputs_are_the_healthy_ones_in_the_units_of_the_file(seed):
    unscaled = patient(15)
    pairs = zip(unscaled.training.sets(seed), unscaled.healthy.sets(seed), strict=True)
    for (X, y), (scaled, labels) in pairs:
        assert np.array_equal(X, 16 * scaled)
        assert np.array_equal(y, labels)


def test_what_diverges_is_given_up():
    course = course_of(patient(11).training)
    assert course.train_losses == [DIVERGED]
    assert course.step < 240


def test_a_course_has_as_many_numbers_as_epochs():
    course = course_of(patient(8).training)
    kept = (course.train_losses, course.dev_losses, course.dev_scores, course.moves)
    assert [len(numbers) for numbers in kept] == [EPOCHS] * 4


@pytest.mark.parametrize("number", [0, 17])
def test_a_number_without_a_patient_is_refused(number):
    with pytest.raises(ValueError, match=f"from 1 to 16, received {number}"):
        patient(number)


def test_examinations_leave_a_course_as_it_was():
    stale = patient(12).training
    before = course_of(stale).model.state_dict()
    found = [EXAMINATIONS[name](stale, 0) for name in ("modes", "twice", "modes")]
    after = course_of(stale).model.state_dict()
    assert found[0] == found[2]
    assert all(np.array_equal(before[key], after[key]) for key in before)
