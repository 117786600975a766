"""One case, or more, for every optimizer of `minidl.optim`, and what they are tried on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from minidl import optim
from minidl.data import make_moons
from minidl.losses import BCELoss, MSELoss
from minidl.nn import Linear, Logistic, Sequential, Tanh
from minidl.optim import (
    ASGD,
    LBFGS,
    SGD,
    Adadelta,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    BatchGD,
    Optimizer,
    RMSprop,
    Rprop,
    SparseAdam,
)
from minidl.optim.adam import AdaptiveMoments
from minidl.sparse import SparseGradient
from tests.contracts.walking import classes_in

Bad = tuple[dict[str, Any], str]

NO_RATE = tuple(
    ({"lr": lr}, "lr: expected a")
    for lr in (-0.1, np.nan, np.inf, "0.1", None, True, [0.1], np.array(0.1))
)
BAD_SGD = (
    *NO_RATE,
    ({"momentum": -0.1}, r"momentum: expected a finite number ≥ 0, received -0\.1"),
    ({"dampening": np.nan}, "dampening: expected a finite number, received nan"),
    ({"weight_decay": -1}, "weight_decay: expected a finite number ≥ 0, received -1"),
    ({"nesterov": 1}, "nesterov: expected True or False, received 1"),
    ({"maximize": "yes"}, "maximize: expected True or False, received 'yes'"),
    ({"momentum": 0, "nesterov": True}, "nesterov: expected momentum > 0 and dampening = 0, rec"),
    ({"momentum": 0.9, "dampening": 0.1, "nesterov": True}, "momentum=0.9 and dampening=0.1; try"),
)
BAD_LBFGS = (
    *NO_RATE,
    ({"max_iter": 0}, "max_iter: expected at least 1, received 0"),
    ({"max_iter": 2.0}, r"max_iter: expected a whole number of at least 1, received 2\.0"),
    ({"max_eval": 0}, "max_eval: expected at least 1, received 0"),
    ({"tolerance_grad": -1e-9}, "tolerance_grad: expected a finite number ≥ 0"),
    ({"tolerance_change": None}, "tolerance_change: expected a number, received None"),
    ({"history_size": 0}, "history_size: expected at least 1, received 0"),
    ({"line_search_fn": "armijo"}, "expected one of None, 'strong_wolfe', received 'armijo'"),
)

NO_DECAY = (({"weight_decay": -1}, "weight_decay: expected a finite number ≥ 0, received -1"),)
NO_SIGN = (({"maximize": "yes"}, "maximize: expected True or False, received 'yes'"),)
NO_EPS = (({"eps": -1e-8}, "eps: expected a finite number ≥ 0"),)
BAD_BETAS = (
    ({"betas": (1, 0.9)}, r"betas\[0\]: expected a finite number ≥ 0 and < 1, received 1"),
    ({"betas": (0.9, -0.1)}, r"betas\[1\]: expected a finite number ≥ 0 and < 1, received -0\.1"),
    ({"betas": 0.9}, r"betas: expected two values, received 0\.9"),
)
COMMON = (*NO_RATE, *NO_DECAY, *NO_SIGN)
BAD_ADAM = (
    *COMMON,
    *NO_EPS,
    *BAD_BETAS,
    ({"amsgrad": None}, "amsgrad: expected True or False, received None"),
    ({"decoupled_weight_decay": 1}, "decoupled_weight_decay: expected True or False, received 1"),
)
BAD_ADAMW = tuple((bad, words) for bad, words in BAD_ADAM if "decoupled_weight_decay" not in bad)
BAD_ADAMAX = (*COMMON, *NO_EPS, *BAD_BETAS)
BAD_SPARSE_ADAM = (
    *NO_RATE,
    *NO_SIGN,
    *BAD_BETAS,
    ({"eps": 0}, "eps: expected a finite number > 0"),
)
BAD_ADAGRAD = (
    *COMMON,
    *NO_EPS,
    ({"lr_decay": -1}, "lr_decay: expected a finite number ≥ 0, received -1"),
    ({"initial_accumulator_value": -1}, "initial_accumulator_value: expected a finite number ≥ 0"),
)
BAD_RMSPROP = (
    *COMMON,
    *NO_EPS,
    ({"alpha": 1.5}, "alpha: expected a finite number ≥ 0 and ≤ 1"),
    ({"momentum": -0.1}, "momentum: expected a finite number ≥ 0"),
    ({"centered": 1}, "centered: expected True or False, received 1"),
)
BAD_ADADELTA = (*COMMON, *NO_EPS, ({"rho": 1.5}, "rho: expected a finite number ≥ 0 and ≤ 1"))
BAD_RPROP = (
    *NO_RATE,
    *NO_SIGN,
    ({"etas": (0, 1.2)}, r"etas\[0\]: expected a finite number > 0 and < 1, received 0"),
    ({"etas": (0.5, 1)}, r"etas\[1\]: expected a finite number > 1, received 1"),
    (
        {"step_sizes": (2, 1)},
        r"step_sizes: expected the smallest step first, .* try \(1\.0, 2\.0\)",
    ),
)
BAD_ASGD = (
    *COMMON,
    *(({name: -1}, f"{name}: expected a finite number ≥ 0") for name in ("lambd", "alpha", "t0")),
)


@dataclass(frozen=True)
class OptimizerCase:
    """An optimizer with legal options, options it refuses, and PyTorch's of the same meaning."""

    kind: type[Optimizer]
    options: dict[str, Any] = field(default_factory=dict)
    pytorch: str = ""
    bad: tuple[Bad, ...] = NO_RATE
    takes_sparse: bool = False
    moves_at_rate_0: bool = False

    def build(self, params: Any, **options: Any) -> Optimizer:
        return self.kind(params, **{**self.options, **options})

    def network(self, seed: int = 0, dtype: type = np.float64) -> Sequential:
        """Return a network with such gradients as the optimizer takes."""
        takes_dense = getattr(self.kind, "takes_dense", True)
        return network(seed, dtype, Sequential if takes_dense else OfSparseGradients)

    def goes_down(self) -> bool:
        return not self.options.get("maximize", False)

    def __str__(self) -> str:
        shown = ", ".join(f"{key}={value}" for key, value in self.options.items())
        return f"{self.kind.__name__}({shown})"


def sgd(takes_sparse: bool = False, **options: Any) -> OptimizerCase:
    return OptimizerCase(SGD, {"lr": 0.1, **options}, "SGD", BAD_SGD, takes_sparse)


def lbfgs(**options: Any) -> OptimizerCase:
    return OptimizerCase(LBFGS, {"lr": 0.1, **options}, "LBFGS", BAD_LBFGS, takes_sparse=True)


def case(kind: type[Optimizer], bad: tuple[Bad, ...], **options: Any) -> OptimizerCase:
    return OptimizerCase(kind, options, kind.__name__, bad)


CASES = [
    OptimizerCase(BatchGD, {"lr": 0.1}, "SGD", takes_sparse=True),
    sgd(takes_sparse=True),
    sgd(takes_sparse=True, lr=0.02, maximize=True),
    sgd(weight_decay=0.1),
    sgd(momentum=0.9),
    sgd(momentum=0.8, dampening=0.3),
    sgd(momentum=0.9, nesterov=True, weight_decay=0.01),
    sgd(lr=0.02, momentum=0.5, weight_decay=0.1, maximize=True),
    lbfgs(),
    lbfgs(max_iter=3, history_size=2),
    lbfgs(line_search_fn="strong_wolfe", lr=0.5, max_iter=5),
    lbfgs(line_search_fn="strong_wolfe", lr=1.0, max_iter=8, max_eval=6),
    case(Adam, BAD_ADAM, lr=0.02),
    case(Adam, BAD_ADAM, lr=0.02, betas=(0.8, 0.9), eps=1e-3, weight_decay=0.1, amsgrad=True),
    case(Adam, BAD_ADAM, lr=0.02, decoupled_weight_decay=True, weight_decay=0.1, maximize=True),
    case(AdamW, BAD_ADAMW, lr=0.02),
    case(AdamW, BAD_ADAMW, lr=0.02, weight_decay=0.1, amsgrad=True),
    case(Adamax, BAD_ADAMAX, lr=0.02),
    case(Adamax, BAD_ADAMAX, lr=0.02, betas=(0.5, 0.9), weight_decay=0.1, maximize=True),
    case(Adagrad, BAD_ADAGRAD, lr=0.1, weight_decay=0.01),
    OptimizerCase(
        Adagrad,
        {"lr": 0.1, "lr_decay": 0.01, "initial_accumulator_value": 0.5, "maximize": True},
        "Adagrad",
        BAD_ADAGRAD,
        takes_sparse=True,
    ),
    case(Adadelta, BAD_ADADELTA, lr=3.0, eps=1e-3),
    case(Adadelta, BAD_ADADELTA, lr=1.0, rho=0.5, eps=1e-3, weight_decay=0.1, maximize=True),
    case(RMSprop, BAD_RMSPROP, lr=0.01),
    case(RMSprop, BAD_RMSPROP, lr=0.01, momentum=0.5, weight_decay=0.1, centered=True),
    case(RMSprop, BAD_RMSPROP, lr=0.01, alpha=0.5, eps=1e-3, maximize=True),
    OptimizerCase(Rprop, {"lr": 0.02}, "Rprop", BAD_RPROP, moves_at_rate_0=True),
    OptimizerCase(
        Rprop,
        {"lr": 0.02, "etas": (0.7, 1.1), "step_sizes": (0.01, 0.05), "maximize": True},
        "Rprop",
        BAD_RPROP,
        moves_at_rate_0=True,
    ),
    case(ASGD, BAD_ASGD, lr=0.2),
    case(ASGD, BAD_ASGD, lr=0.02, lambd=0.1, alpha=0.5, t0=3, weight_decay=0.01, maximize=True),
    OptimizerCase(SparseAdam, {"lr": 0.02}, "SparseAdam", BAD_SPARSE_ADAM, takes_sparse=True),
    OptimizerCase(
        SparseAdam,
        {"lr": 0.02, "betas": (0.5, 0.9), "eps": 1e-3, "maximize": True},
        "SparseAdam",
        BAD_SPARSE_ADAM,
        takes_sparse=True,
    ),
]
FOUND = classes_in(optim, Optimizer)
# What has no case because a subclass must finish it.
ABSTRACT = {Optimizer, optim.UpdateRule, AdaptiveMoments}

RNG = np.random.default_rng(0)
X, Y = RNG.standard_normal((8, 3)), RNG.standard_normal((8, 2))


def network(
    seed: int = 0, dtype: type = np.float64, kind: type[Sequential] = Sequential
) -> Sequential:
    rng = np.random.default_rng(seed)
    return kind(
        Linear(3, 4, rng=rng, dtype=dtype, name="fc1"),
        Tanh(),
        Linear(4, 2, rng=rng, dtype=dtype, name="fc2"),
    )


class OfSparseGradients(Sequential):
    """A network that looks up all rows of all its parameters."""

    def backward(self, grad: Any) -> Any:
        grad = super().backward(grad)
        for parameter in self.parameters():
            parameter.grad = all_rows(parameter.grad)
        return grad


def all_rows(grad: np.ndarray) -> SparseGradient:
    return SparseGradient(np.arange(len(grad)), grad, grad.shape)


def run(model: Any, optimizer: Any, steps: int, loss_fn: Any = None, data: Any = (X, Y)) -> list:
    """Train as the Runner does: by a closure for those that need it, otherwise by plain steps."""
    loss_fn, (x, y) = loss_fn or MSELoss(), data

    def closure() -> float:
        loss = loss_fn(model(x), y)
        model.backward(loss_fn.backward())
        return loss

    def plain_step() -> float:
        loss = closure()
        assert optimizer.step() is None
        return loss

    if optimizer.needs_closure:
        return [optimizer.step(closure) for _ in range(steps)]
    return [plain_step() for _ in range(steps)]


def trained(case: OptimizerCase, steps: int, **options: Any) -> dict[str, np.ndarray]:
    model = case.network(**options)
    run(model, case.build(model), steps)
    return model.state_dict()


def moons_losses(case: OptimizerCase, steps: int) -> list[float]:
    x, labels = make_moons(200, noise=0.1, rng=0)
    rng = np.random.default_rng(0)
    kind = type(case.network())
    model = kind(Linear(2, 5, rng=rng), Tanh(), Linear(5, 1, rng=rng), Logistic())
    return run(model, case.build(model), steps, BCELoss(), (x, labels.reshape(-1, 1)))


def same(state: dict, other: dict) -> bool:
    """Whether two models' states are equal bit for bit."""
    return list(state) == list(other) and all(
        state[key].tobytes() == other[key].tobytes() for key in state
    )
