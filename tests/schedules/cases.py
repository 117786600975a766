"""A case, or more, for every schedule: how it is made, and how PyTorch's is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from minidl import schedules
from minidl.schedules import Schedule
from tests.contracts.walking import classes_in


@dataclass(frozen=True)
class ScheduleCase:
    name: str
    options: dict[str, Any] = field(default_factory=dict)
    last: int = 200

    def build(self) -> Schedule:
        return getattr(schedules, self.name)(**self.options)

    def __str__(self) -> str:
        shown = ", ".join(f"{k}={v}" for k, v in self.options.items() if not callable(v))
        return f"{self.name}({shown})"


def fading(epoch):
    return 0.95**epoch


def case(name: str, last: int = 200, **options: Any) -> ScheduleCase:
    return ScheduleCase(name, options, last)


CYCLE = {"base_lr": 0.01, "max_lr": 0.5, "step_size_up": 7}
CASES = [
    case("StepLR", step_size=10),
    case("StepLR", step_size=1, gamma=0.9),
    case("MultiStepLR", milestones=[80, 3, 30, 30], gamma=0.5),
    case("MultiStepLR", milestones=[]),
    case("ExponentialLR", gamma=0.97),
    case("PolynomialLR"),
    case("PolynomialLR", total_iters=150, power=2.5),
    case("LambdaLR", lr_lambda=fading),
    case("LinearLR"),
    case("LinearLR", start_factor=0.25, end_factor=0.5, total_iters=50),
    case("ConstantLR"),
    case("ConstantLR", factor=0.5, total_iters=40),
    case("CosineAnnealingLR", T_max=50),
    case("CosineAnnealingLR", T_max=200, eta_min=0.01),
    case("CosineAnnealingWarmRestarts", T_0=7),
    case("CosineAnnealingWarmRestarts", T_0=5, T_mult=3, eta_min=0.001),
    case("CyclicLR", **CYCLE),
    case("CyclicLR", **CYCLE, step_size_down=13, mode="triangular2", cycle_momentum=False),
    case("CyclicLR", **CYCLE, mode="exp_range", gamma=0.98, base_momentum=0.5, max_momentum=0.99),
    case("CyclicLR", **CYCLE, scale_fn=fading, scale_mode="iterations"),
    case("OneCycleLR", 40, max_lr=0.5, total_steps=40),
    case("OneCycleLR", 200, max_lr=0.5, epochs=10, steps_per_epoch=20, anneal_strategy="linear"),
    case("OneCycleLR", 50, max_lr=0.5, total_steps=50, three_phase=True, pct_start=0.4),
    case("OneCycleLR", 50, max_lr=0.5, total_steps=50, pct_start=0.1, cycle_momentum=False),
    case("OneCycleLR", 50, max_lr=0.5, total_steps=50, div_factor=5.0, final_div_factor=10.0),
]
FOUND = {kind.__name__ for kind in classes_in(schedules, Schedule).values()} - {"Schedule"}
