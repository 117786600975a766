"""What every optimizer of `minidl.optim` keeps to."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from minidl import optim
from minidl.losses import MSELoss
from minidl.nn import Linear, Sequential, Tanh
from minidl.optim import Optimizer
from tests.contracts.walking import classes_in


@dataclass(frozen=True)
class OptimizerCase:
    kind: type[Optimizer]
    options: dict[str, Any] = field(default_factory=dict)
    pytorch: str = ""

    def build(self, params: Any) -> Optimizer:
        return self.kind(params, **self.options)

    def __str__(self) -> str:
        shown = ", ".join(f"{key}={value}" for key, value in self.options.items())
        return f"{self.kind.__name__}({shown})"


CASES = [
    OptimizerCase(optim.BatchGD, {"lr": 0.1}, "SGD"),
    OptimizerCase(optim.BatchGD, {"lr": 0.01}, "SGD"),
]
# What has no case because a subclass must finish it.
ABSTRACT = {Optimizer}

every_optimizer = pytest.mark.parametrize("case", CASES, ids=str)
both_dtypes = pytest.mark.parametrize("dtype", [np.float32, np.float64], ids=["f32", "f64"])
FOUND = classes_in(optim, Optimizer)
RNG = np.random.default_rng(0)
X, Y = RNG.standard_normal((8, 3)), RNG.standard_normal((8, 2))


def network(seed=0, dtype=np.float64):
    rng = np.random.default_rng(seed)
    return Sequential(
        Linear(3, 4, rng=rng, dtype=dtype, name="fc1"),
        Tanh(),
        Linear(4, 2, rng=rng, dtype=dtype, name="fc2"),
    )


def run(model, optimizer, steps):
    loss, values = MSELoss(), []
    for _ in range(steps):
        values.append(loss(model(X), Y))
        model.backward(loss.backward())
        optimizer.step()
    return values


def trained(case, steps, **options):
    model = network(**options)
    run(model, case.build(model), steps)
    return model.state_dict()


def same(state, other):
    return list(state) == list(other) and all(np.array_equal(state[k], other[k]) for k in state)


def test_every_optimizer_in_the_package_has_a_case():
    assert set(FOUND.values()) == {case.kind for case in CASES} | ABSTRACT


def test_every_optimizer_is_exported():
    assert set(FOUND) <= set(optim.__all__)


@every_optimizer
def test_the_loss_goes_down(case):
    model = network()
    values = run(model, case.build(model), 100)
    assert values[-1] < values[0] / 1.2


@every_optimizer
def test_parameters_are_updated_in_place(case):
    model = network()
    references = [parameter.value for parameter in model.parameters()]
    before = [array.copy() for array in references]
    run(model, case.build(model), 1)
    for parameter, reference, old in zip(model.parameters(), references, before, strict=True):
        assert parameter.value is reference
        assert not np.array_equal(reference, old)


@every_optimizer
def test_gradients_are_left_alone(case):
    model = network()
    optimizer = case.build(model)
    run(model, optimizer, 1)
    before = [parameter.grad.copy() for parameter in model.parameters()]
    for parameter in model.parameters():
        parameter.grad.setflags(write=False)
    optimizer.step()
    for parameter, grad in zip(model.parameters(), before, strict=True):
        assert np.array_equal(parameter.grad, grad)


@every_optimizer
@both_dtypes
def test_dtype_is_kept(case, dtype):
    assert {array.dtype for array in trained(case, 3, dtype=dtype).values()} == {np.dtype(dtype)}


@every_optimizer
def test_a_run_repeats_itself(case):
    assert same(trained(case, 5), trained(case, 5))


@every_optimizer
def test_state_makes_the_round_trip_in_the_middle_of_training(case):
    model = network()
    optimizer = case.build(model)
    run(model, optimizer, 3)
    other = network(seed=1)
    other.load_state_dict(model.state_dict())
    resumed = case.build(other)
    resumed.load_state_dict(copy.deepcopy(optimizer.state_dict()))
    run(other, resumed, 4)
    assert same(other.state_dict(), trained(case, 7))


@every_optimizer
def test_a_saved_state_is_a_copy(case):
    model = network()
    optimizer = case.build(model)
    run(model, optimizer, 3)
    saved = optimizer.state_dict()
    kept = copy.deepcopy(saved)
    run(model, optimizer, 3)
    optimizer.param_groups[0]["lr"] *= 2
    assert repr(saved) == repr(kept)


@every_optimizer
def test_options_travel_with_the_state(case):
    optimizer, other = case.build(network()), case.build(network())
    optimizer.param_groups[0]["lr"] = 0.0625
    other.load_state_dict(optimizer.state_dict())
    assert other.param_groups[0]["lr"] == 0.0625


@every_optimizer
def test_one_group_an_op_does_as_one_group_in_all(case):
    model = network()
    groups = [{"params": list(model.parameters())[:2]}, {"params": list(model.parameters())[2:]}]
    run(model, case.build(groups), 5)
    assert same(model.state_dict(), trained(case, 5))


@every_optimizer
def test_a_group_has_options_of_its_own(case):
    model = network()
    first, *others = model.parameters()
    before = first.value.copy()
    optimizer = case.build([{"params": [first], "lr": 1e-300}, {"params": others}])
    run(model, optimizer, 1)
    assert np.allclose(first.value, before, rtol=1e-12)
    assert optimizer.param_groups[0]["lr"] == 1e-300
    assert optimizer.param_groups[1]["lr"] == case.options["lr"]


@every_optimizer
def test_a_step_without_gradients_is_a_clear_error(case):
    model = network()
    optimizer = case.build(model)
    with pytest.raises(RuntimeError, match=r"fc1\.W: expected a gradient, received none"):
        optimizer.step()
    run(model, optimizer, 1)
    optimizer.zero_grad()
    with pytest.raises(RuntimeError, match=r"fc1\.W: expected a gradient, received none"):
        optimizer.step()


@every_optimizer
@pytest.mark.parametrize("lr", [0, -0.1, np.nan, np.inf, "0.1", None, True, [0.1]])
def test_a_rate_that_is_no_positive_number_is_a_clear_error(case, lr):
    with pytest.raises((ValueError, TypeError), match="lr: expected a"):
        case.kind(network(), **{**case.options, "lr": lr})


@every_optimizer
def test_an_unknown_option_is_a_clear_error(case):
    with pytest.raises(TypeError, match="momentun"):
        case.kind(network(), **case.options, momentun=0.9)
    with pytest.raises(TypeError, match="expected a group with 'params' and options among"):
        case.build([{"params": network(), "momentun": 0.9}])


@every_optimizer
@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-12), (np.float32, 1e-5)])
def test_twenty_steps_are_pytorchs(case, dtype, tolerance):
    torch = pytest.importorskip("torch")
    model = network(dtype=dtype)
    theirs = [torch.tensor(p.value.copy(), requires_grad=True) for p in model.parameters()]
    W1, b1, W2, b2 = theirs
    optimizer = getattr(torch.optim, case.pytorch)(theirs, **case.options)
    x, y = torch.tensor(X.astype(dtype)), torch.tensor(Y.astype(dtype))
    for _ in range(20):
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(torch.tanh(x @ W1 + b1) @ W2 + b2, y)
        loss.backward()
        optimizer.step()
    run(model, case.build(model), 20)
    for ours, expected in zip(model.parameters(), theirs, strict=True):
        np.testing.assert_allclose(ours.value, expected.detach(), rtol=tolerance, atol=tolerance)
