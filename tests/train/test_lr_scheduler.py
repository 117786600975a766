"""Schedules in a training: the rates of its epochs and steps, groups, momentum, resuming."""

import numpy as np
import pytest

from minidl.losses import BCELoss
from minidl.models import two_layer_net
from minidl.optim import SGD, Adam, BatchGD
from minidl.schedules import (
    ConstantLR,
    CyclicLR,
    LambdaLR,
    OneCycleLR,
    ReduceLROnPlateau,
    StepLR,
)
from minidl.train import Listener, LRScheduler, PlateauScheduler, Runner
from tests.schedules.cases import CASES
from tests.train.helpers import DEV, TRAIN


class Rates(Listener):
    """Notes rate and momentum of each group as they were in each step."""

    def __init__(self):
        self.seen = []

    def on_step_end(self, runner):
        self.seen.append(
            [
                (g["lr"], g["betas"][0] if "betas" in g else g.get("momentum"))
                for g in runner.optimizer.param_groups
            ]
        )


def make(scheduler, *, kind=SGD, seed=0, groups=False, **options):
    model = two_layer_net(2, 3, 1, rng=seed)
    first, *others = model.parameters()
    params = [{"params": [first], "lr": 0.2}, {"params": others}] if groups else model
    optimizer = kind(params, lr=0.5, **options)
    return Runner(model, optimizer, BCELoss(), listeners=[Rates(), scheduler], rng=1)


def rates_of(runner, **options):
    runner.train(TRAIN, **options)
    return next(each for each in runner.listeners if isinstance(each, Rates)).seen


def test_an_epoch_has_the_rate_of_its_number():
    seen = rates_of(make(LRScheduler(StepLR(2, gamma=0.5))), num_epochs=5, batch_size=20)
    assert [group[0][0] for group in seen] == [0.5] * 4 + [0.25] * 4 + [0.125] * 2


def test_a_step_has_the_rate_of_its_number():
    schedule = LambdaLR(lambda step: 1 / (1 + step))
    seen = rates_of(make(LRScheduler(schedule, every="step")), num_epochs=2, batch_size=20)
    assert [group[0][0] for group in seen] == [0.5, 0.25, 0.5 / 3, 0.125]


def test_each_group_has_its_base_rate_and_its_values():
    seen = rates_of(make(LRScheduler(StepLR(1, gamma=0.5)), groups=True), num_epochs=2)
    assert [[rate for rate, _ in groups] for groups in seen] == [[0.2, 0.5], [0.1, 0.25]]
    both = LambdaLR([lambda epoch: 1.0, lambda epoch: 0.0])
    seen = rates_of(make(LRScheduler(both), groups=True), num_epochs=2)
    assert [[rate for rate, _ in groups] for groups in seen] == [[0.2, 0.0]] * 2


@pytest.mark.parametrize(("kind", "options"), [(SGD, {"momentum": 0.5}), (Adam, {})])
def test_the_momentum_moves_with_the_rate(kind, options):
    schedule = OneCycleLR(0.1, total_steps=4)
    runner = make(LRScheduler(schedule, every="step"), kind=kind, **options)
    seen = rates_of(runner, num_epochs=2, batch_size=20)
    expected = [(schedule.lr_at(step, 0.0), schedule.momentum_at(step)) for step in range(4)]
    assert [group[0] for group in seen] == expected
    if kind is Adam:
        assert runner.optimizer.param_groups[0]["betas"][1] == 0.999


@pytest.mark.parametrize("every", ["epoch", "step"])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_training_that_is_resumed_in_the_middle_of_an_epoch_goes_on_alike(case, every, tmp_path):
    def runner():
        return make(LRScheduler(case.build(), every=every), momentum=0.5)

    class StopsAt(Listener):
        def on_step_end(self, runner):
            if runner.step == 3:
                runner.stop("enough")

    whole, first, second = runner(), runner(), runner()
    whole.train(TRAIN, num_epochs=5, batch_size=20)
    first.listeners.append(StopsAt())
    first.train(TRAIN, num_epochs=5, batch_size=20)
    first.listeners.pop()
    assert (first.step, first.epoch) == (3, 1)
    first.save_checkpoint(tmp_path / "run.npz")
    second.resume(tmp_path / "run.npz")
    second.train(TRAIN, num_epochs=4, batch_size=20)
    state, expected = second.model.state_dict(), whole.model.state_dict()
    assert all(np.array_equal(state[name], expected[name]) for name in expected)
    assert second.history.lr == whole.history.lr


def test_a_second_training_goes_on_where_the_first_ended():
    runner = make(LRScheduler(StepLR(2, gamma=0.5)))
    runner.train(TRAIN, num_epochs=3)
    runner.train(TRAIN, num_epochs=2)
    assert runner.history.lr == [0.5, 0.5, 0.25, 0.25, 0.125]


def test_one_that_joins_later_counts_from_there():
    runner = make(LRScheduler(StepLR(1, gamma=0.5)))
    scheduler = runner.listeners.pop()
    runner.train(TRAIN, num_epochs=2)
    runner.listeners.append(scheduler)
    runner.train(TRAIN, num_epochs=2)
    assert runner.history.lr == [0.5, 0.5, 0.5, 0.25]


def test_a_group_that_joins_later_keeps_its_own_rate_as_its_base():
    model = two_layer_net(2, 3, 1, rng=0)
    first, *others = model.parameters()
    optimizer = SGD([first], lr=0.5)
    runner = Runner(model, optimizer, BCELoss(), listeners=[LRScheduler(StepLR(2, gamma=0.5))])
    runner.train(TRAIN, num_epochs=2)
    optimizer.add_param_group({"params": others, "lr": 0.1})
    runner.train(TRAIN, num_epochs=1)
    assert [group["lr"] for group in optimizer.param_groups] == [0.25, 0.05]


def test_a_rate_falls_on_a_plateau():
    runner = make(PlateauScheduler(ReduceLROnPlateau(patience=1, factor=0.5, threshold=1e9)))
    runner.train(TRAIN, DEV, num_epochs=6)
    assert runner.history.lr == [0.5, 0.5, 0.25, 0.25, 0.125, 0.125]


def test_a_plateau_looks_at_the_score_too():
    plateau = ReduceLROnPlateau("max", patience=0, factor=0.5, threshold=1e9)
    runner = make(PlateauScheduler(plateau, monitor="dev_score"))
    runner.train(TRAIN, DEV, num_epochs=3)
    assert plateau.best == runner.history.dev_score[0]
    assert runner.history.lr == [0.5, 0.5, 0.25]


TWICE = LRScheduler(StepLR(1))
BAD = [
    (lambda: LRScheduler(0.1), r"LRScheduler: expected a schedule, received 0\.1"),
    (lambda: LRScheduler(StepLR), "received .*StepLR.*; try adding parentheses"),
    (lambda: LRScheduler(ReduceLROnPlateau()), "; try PlateauScheduler"),
    (lambda: LRScheduler(StepLR(1), every="batch"), "every: expected one of 'epoch', 'step', rec"),
    (lambda: PlateauScheduler(StepLR(1)), "expected a ReduceLROnPlateau, received .*LRScheduler"),
    (lambda: PlateauScheduler(ReduceLROnPlateau(), monitor="loss"), "monitor: expected one of"),
]


@pytest.mark.parametrize(("make_it", "words"), BAD)
def test_what_is_no_schedule_is_refused(make_it, words):
    with pytest.raises((TypeError, ValueError), match=words):
        make_it()


@pytest.mark.parametrize(
    ("listeners", "words"),
    [
        ([LRScheduler(StepLR(1)), LRScheduler(ConstantLR())], "LRScheduler and LRScheduler; try"),
        ([TWICE, TWICE], "expected one listener that sets the learning rate, received"),
        (
            [LRScheduler(StepLR(1)), PlateauScheduler(ReduceLROnPlateau())],
            "LRScheduler and PlateauScheduler; try",
        ),
        (
            [LRScheduler(CyclicLR(0.1, 1.0))],
            "expected an optimizer with momentum or betas.*try cyc",
        ),
        ([LRScheduler(LambdaLR([abs, abs]))], "expected values for 1 parameter groups.*received 2"),
        ([PlateauScheduler(ReduceLROnPlateau("max"))], "expected mode='min' for dev_loss"),
        (
            [PlateauScheduler(ReduceLROnPlateau(), monitor="dev_score")],
            "expected mode='max' for dev_score, received 'min'",
        ),
    ],
)
def test_what_cannot_work_is_refused_before_the_first_epoch(listeners, words):
    model = two_layer_net(2, 3, 1, rng=0)
    with pytest.raises(ValueError, match=words):
        Runner(model, BatchGD(model, lr=0.1), BCELoss(), listeners=listeners).train(
            TRAIN, DEV, num_epochs=2
        )
