"""What every schedule keeps to; their figures stand in their docstrings."""

from __future__ import annotations

import copy

import numpy as np
import pytest

from minidl import schedules
from minidl.schedules import (
    CosineAnnealingWarmRestarts,
    CyclicLR,
    LambdaLR,
    LinearLR,
    MultiStepLR,
    OneCycleLR,
    ReduceLROnPlateau,
    Schedule,
    SequentialLR,
    StepLR,
)
from tests.schedules.cases import CASES, CYCLE, FOUND

every_schedule = pytest.mark.parametrize("case", CASES, ids=str)


def test_every_schedule_has_a_case_and_is_exported():
    assert {case.name for case in CASES} | {"SequentialLR"} == FOUND
    assert set(schedules.__all__) >= FOUND


@every_schedule
def test_it_is_a_pure_function(case):
    schedule = case.build()
    before = copy.deepcopy(vars(schedule))
    forwards = [schedule.lr_at(epoch, 0.1) for epoch in range(case.last)]
    backwards = [schedule.lr_at(epoch, 0.1) for epoch in reversed(range(case.last))]
    assert forwards == backwards[::-1]
    assert vars(schedule) == before
    assert all(type(rate) is float and rate >= 0 for rate in forwards)


@every_schedule
@pytest.mark.parametrize(
    ("epoch", "base_lr", "words"),
    [
        (-1, 0.1, "epoch: expected "),
        ("1", 0.1, "epoch: expected a"),
        (None, 0.1, "epoch: expected a"),
        (True, 0.1, "epoch: expected a"),
        (1, -0.1, r"base_lr: expected a finite number ≥ 0, received -0\.1"),
        (1, float("nan"), "base_lr: expected a finite number ≥ 0, received nan"),
    ],
)
def test_what_is_no_epoch_or_no_rate_is_refused(case, epoch, base_lr, words):
    with pytest.raises((TypeError, ValueError), match=words):
        case.build().lr_at(epoch, base_lr)


def test_only_warm_restarts_take_fractions():
    assert CosineAnnealingWarmRestarts(4).lr_at(2.0, 1.0) == 0.5
    with pytest.raises(TypeError, match=r"StepLR: epoch: expected a whole number.*received 0\.5"):
        StepLR(3).lr_at(0.5, 1.0)


@pytest.mark.parametrize("T_mult", [1, 2, 3])
def test_warm_restarts_between_whole_epochs_lie_between_their_rates(T_mult):
    waves = CosineAnnealingWarmRestarts(6, T_mult)
    rates = [waves.lr_at(epoch, 1.0) for epoch in np.linspace(0, 5.99, 50)]
    assert rates == sorted(rates, reverse=True)
    assert waves.lr_at(6.0, 1.0) == 1.0


BAD = [
    (lambda: StepLR(0), "step_size: expected at least 1, received 0"),
    (lambda: StepLR(2.5), "step_size: expected a whole number"),
    (lambda: StepLR(2, gamma=-1), "gamma: expected a finite number ≥ 0"),
    (lambda: MultiStepLR(30), "milestones: expected a list of epochs, received 30"),
    (lambda: MultiStepLR("30"), "milestones: expected a list of epochs, received '30'"),
    (lambda: MultiStepLR([-1]), "milestones: expected at least 0, received -1"),
    (lambda: LambdaLR(0.9), r"lr_lambda: expected a function .* received 0\.9; try lambda"),
    (lambda: LambdaLR([]), "lr_lambda: expected a value for each group"),
    (lambda: LambdaLR(lambda e: -1).lr_at(3, 0.1), r"lr_lambda\(3\): expected a finite number ≥ 0"),
    (lambda: LinearLR(start_factor=0), "start_factor: expected a finite number > 0 and ≤ 1"),
    (lambda: LinearLR(end_factor=1.5), "end_factor: expected a finite number ≥ 0 and ≤ 1"),
    (lambda: CyclicLR(0.1, 1, mode="up"), "mode: expected one of 'triangular', "),
    (lambda: CyclicLR(0.1, 1, scale_fn=1), "scale_fn: expected a function, received 1"),
    (lambda: CyclicLR(0.1, 1, base_momentum=1), r"base_momentum: .* ≥ 0 and < 1, received 1"),
    (lambda: CyclicLR([0.1, 0.2], [1, 2, 3]), "received 2 of base_lr, 3 of max_lr"),
    (lambda: OneCycleLR(0.1), "expected total_steps, or epochs and steps_per_epoch, rec"),
    (lambda: OneCycleLR(0.1, epochs=3), "expected total_steps, or epochs and steps_per_epoch"),
    (lambda: OneCycleLR(0.1, 10).lr_at(11, 1.0), "expected a step of at most 10, received 11; try"),
    (lambda: OneCycleLR(0.1, 10, pct_start=2), "pct_start: expected a finite number ≥ 0 and ≤ 1"),
    (lambda: SequentialLR([StepLR(1)], [3]), "expected one milestone fewer than schedules"),
    (lambda: SequentialLR([StepLR(1)] * 3, [5, 5]), r"milestones: expected rising epochs, .*5, 5"),
    (lambda: SequentialLR([StepLR(1), 0.1], [5]), r"expected schedules .* received 0\.1"),
    (lambda: SequentialLR([ReduceLROnPlateau(), StepLR(1)], [5]), "expected schedules"),
    (lambda: ReduceLROnPlateau("lower"), "mode: expected one of 'min', 'max', received 'lower'"),
    (lambda: ReduceLROnPlateau(factor=1), "factor: expected a finite number ≥ 0 and < 1"),
    (lambda: Schedule().lr_at(0, 0.1), r"Schedule needs rate\(self, epoch, base_lr\)"),
]


@pytest.mark.parametrize(("make", "words"), BAD)
def test_bad_options_are_clear_errors(make, words):
    with pytest.raises((TypeError, ValueError, NotImplementedError), match=words):
        make()


def test_lists_for_groups_are_taken_one_by_one():
    cycle = CyclicLR([0.0, 0.1], [1.0, 2.0], step_size_up=2, max_momentum=[0.9, 0.8])
    assert cycle.num_groups() == 2
    assert [cycle.for_group(group).lr_at(2, 9.0) for group in (0, 1)] == [1.0, 2.0]
    assert [cycle.for_group(group).momentum_at(0) for group in (0, 1)] == [0.9, 0.8]
    with pytest.raises(ValueError, match=r"received lists for 2 groups; try schedule\.for_group"):
        cycle.lr_at(2, 9.0)
    assert StepLR(3).for_group(5).lr_at(0, 0.1) == 0.1


def test_a_sequence_hands_the_momentum_on():
    both = SequentialLR([StepLR(1), CyclicLR(**CYCLE)], [3])
    assert [both.momentum_at(epoch) for epoch in (2, 3)] == [None, 0.9]


def test_a_schedule_shows_its_options():
    assert repr(StepLR(3)) == "StepLR(step_size=3, gamma=0.1)"
