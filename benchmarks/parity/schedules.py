"""Every schedule × 200 steps, against PyTorch's."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch

from benchmarks.parity.table import difference
from minidl.schedules import (
    CosineAnnealingLR,
    LinearLR,
    ReduceLROnPlateau,
    Schedule,
    SequentialLR,
)
from tests.schedules.cases import CASES

TITLE = "Schedules: how far from PyTorch"
ABOUT = (
    "Every schedule with its options over 200 steps, or as many as it has: the largest difference "
    "of the rate, and of the momentum where it moves one, over PyTorch's largest. The plateau "
    "looks at a random walk."
)
STEPS, LR, MOMENTUM = 200, 0.1, 0.9


def rows() -> Iterator[dict[str, Any]]:
    """Yield the differences of each case."""
    for case in CASES:
        sgd = optimizer()
        theirs = way_of(getattr(torch.optim.lr_scheduler, case.name)(sgd, **case.options), sgd)
        yield row(str(case), case.build(), theirs[: case.last])
    yield sequence()
    for options in ({}, {"patience": 2, "factor": 0.5, "cooldown": 3}, {"mode": "max"}):
        yield plateau(options)


def optimizer() -> Any:
    return torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=LR, momentum=MOMENTUM)


def way_of(scheduler: Any, sgd: Any) -> np.ndarray:
    """Return PyTorch's rate and momentum at each step; it may end early."""
    found = []
    try:
        for _ in range(STEPS):
            group = sgd.param_groups[0]
            found.append((group["lr"], group["momentum"]))
            sgd.step()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of what SequentialLR itself calls
                scheduler.step()
    except ValueError:  # OneCycleLR has no more steps
        pass
    return np.array(found)


def row(name: str, schedule: Schedule, theirs: np.ndarray) -> dict[str, Any]:
    rates = [schedule.lr_at(step, LR) for step in range(len(theirs))]
    momenta = [schedule.momentum_at(step) for step in range(len(theirs))]
    kept = [MOMENTUM if momentum is None else momentum for momentum in momenta]
    return {
        "schedule": name,
        "rate": difference(rates, theirs[:, 0]),
        "momentum": difference(kept, theirs[:, 1]),
    }


def sequence() -> dict[str, Any]:
    sgd, kinds = optimizer(), torch.optim.lr_scheduler
    parts = [kinds.LinearLR(sgd, 0.1, total_iters=10), kinds.CosineAnnealingLR(sgd, 190)]
    theirs = way_of(kinds.SequentialLR(sgd, parts, [10]), sgd)
    ours = [LinearLR(0.1, total_iters=10), CosineAnnealingLR(190)]
    return row("SequentialLR(LinearLR, CosineAnnealingLR)", SequentialLR(ours, [10]), theirs)


def plateau(options: dict[str, Any]) -> dict[str, Any]:
    sgd, ours, rate, found = optimizer(), ReduceLROnPlateau(**options), LR, []
    theirs = torch.optim.lr_scheduler.ReduceLROnPlateau(sgd, **options)
    for value in 3 + np.random.default_rng(0).standard_normal(STEPS).cumsum() / 10:
        theirs.step(value)
        rate = ours.reduced(rate) if ours.observe(value) else rate
        found.append((rate, sgd.param_groups[0]["lr"]))
    one, other = np.array(found).T
    shown = ", ".join(f"{key}={value}" for key, value in options.items())
    name = f"ReduceLROnPlateau({shown})"
    return {"schedule": name, "rate": difference(one, other), "momentum": 0.0}
