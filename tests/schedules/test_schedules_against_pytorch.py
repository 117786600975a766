"""Every schedule gives PyTorch's rates and momenta, epoch by epoch."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from minidl.schedules import (
    ConstantLR,
    CosineAnnealingLR,
    CosineAnnealingWarmRestarts,
    CyclicLR,
    ExponentialLR,
    LinearLR,
    MultiStepLR,
    OneCycleLR,
    PolynomialLR,
    ReduceLROnPlateau,
    SequentialLR,
    StepLR,
)
from tests.schedules.cases import CASES

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.torch
lr_scheduler = torch.optim.lr_scheduler
BASES = (0.1, 0.3)


def optimizer(kind="SGD"):
    options = {"momentum": 0.9} if kind == "SGD" else {}
    groups = [{"params": [torch.zeros(1, requires_grad=True)], "lr": lr} for lr in BASES]
    return getattr(torch.optim, kind)(groups, lr=1.0, **options)


def their_way(scheduler, optimizer, epochs):
    """Return the rate and the momentum of each group at each epoch."""
    rows = []
    for _ in range(epochs):
        rows.append(
            [
                (g["lr"], g["momentum"] if "momentum" in g else g["betas"][0])
                for g in optimizer.param_groups
            ]
        )
        optimizer.step()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of an argument that SequentialLR itself passes
            scheduler.step()
    return np.array(rows)


def our_way(schedule, epochs):
    momenta = [schedule.for_group(0).momentum_at(epoch) for epoch in range(epochs)]
    kept = [0.9 if momentum is None else momentum for momentum in momenta]
    rates = [
        [schedule.for_group(k).lr_at(e, base) for k, base in enumerate(BASES)]
        for e in range(epochs)
    ]
    return np.stack([np.array(rates), np.stack([kept] * len(BASES), axis=1)], axis=2)


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("kind", ["SGD", "Adam"])
def test_the_rates_and_the_momenta_are_pytorchs(case, kind):
    theirs = optimizer(kind)
    scheduler = getattr(lr_scheduler, case.name)(theirs, **case.options)
    expected = their_way(scheduler, theirs, case.last)
    np.testing.assert_allclose(our_way(case.build(), case.last), expected, rtol=1e-10, atol=1e-15)


SEQUENCES = [
    (
        [(LinearLR, {"start_factor": 0.1, "total_iters": 5}), (CosineAnnealingLR, {"T_max": 30})],
        [5],
    ),
    ([(ConstantLR, {"factor": 0.1, "total_iters": 20}), (ExponentialLR, {"gamma": 0.9})], [20]),
    (
        [
            (StepLR, {"step_size": 3}),
            (PolynomialLR, {"total_iters": 8}),
            (MultiStepLR, {"milestones": [4, 9]}),
        ],
        [10, 25],
    ),
]


@pytest.mark.parametrize(("parts", "milestones"), SEQUENCES)
def test_sequences_are_pytorchs(parts, milestones):
    theirs = optimizer()
    schedulers = [
        getattr(lr_scheduler, kind.__name__)(theirs, **options) for kind, options in parts
    ]
    expected = their_way(lr_scheduler.SequentialLR(theirs, schedulers, milestones), theirs, 60)
    ours = SequentialLR([kind(**options) for kind, options in parts], milestones)
    np.testing.assert_allclose(our_way(ours, 60), expected, rtol=1e-10, atol=1e-15)


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        (CyclicLR, {"base_lr": [0.1, 0.2], "max_lr": [1.0, 2.0], "step_size_up": 5}),
        (OneCycleLR, {"max_lr": [1.0, 2.0], "total_steps": 60}),
    ],
)
def test_lists_for_groups_are_pytorchs(kind, options):
    theirs = optimizer()
    scheduler = getattr(lr_scheduler, kind.__name__)(theirs, **options)
    expected = their_way(scheduler, theirs, 60)
    np.testing.assert_allclose(our_way(kind(**options), 60), expected, rtol=1e-10, atol=1e-15)


@pytest.mark.parametrize("epoch", [0.0, 0.5, 3.999, 4.0, 11.5, 12.0, 27.9, 28.0, 100.25])
@pytest.mark.parametrize("T_mult", [1, 2])
def test_warm_restarts_at_fractions_are_pytorchs(epoch, T_mult):
    theirs = optimizer()
    scheduler = lr_scheduler.CosineAnnealingWarmRestarts(theirs, 4, T_mult)
    scheduler.step(epoch)
    ours = CosineAnnealingWarmRestarts(4, T_mult).lr_at(epoch, BASES[0])
    assert ours == pytest.approx(theirs.param_groups[0]["lr"], rel=1e-10)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"patience": 2, "factor": 0.5, "cooldown": 3},
        {"patience": 0, "threshold": 0.05, "threshold_mode": "abs", "min_lr": 1e-3},
        {"mode": "max", "patience": 1, "threshold": 0.1, "min_lr": [0.01, 0.02]},
        {"mode": "max", "patience": 1, "threshold_mode": "abs", "eps": 0.01},
    ],
)
def test_a_plateau_is_pytorchs(options):
    values = np.random.default_rng(0).standard_normal(200).cumsum() / 10 + 3
    theirs, ours = optimizer(), ReduceLROnPlateau(**options)
    scheduler = lr_scheduler.ReduceLROnPlateau(theirs, **options)
    rates = list(BASES)
    for value in values:
        scheduler.step(value)
        if ours.observe(value):
            rates = [ours.reduced(rate, group) for group, rate in enumerate(rates)]
        assert rates == [group["lr"] for group in theirs.param_groups]
    assert rates != list(BASES)
