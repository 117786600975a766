import copy
from typing import ClassVar

import numpy as np
import pytest

from minidl.nn import Linear, Sequential, Tanh
from minidl.optim import BatchGD, Optimizer, UpdateRule
from minidl.optim.options import real


class Momentum(UpdateRule):
    """An optimizer with state: v ← ρ·v + g, θ ← θ − α·v."""

    options: ClassVar = {"lr": real(low=0), "rho": real(low=0, high=1, high_inclusive=False)}

    def __init__(self, params, lr, rho=0.9):
        super().__init__(params, lr=lr, rho=rho)

    def new_state(self, parameter, group):
        return {"v": np.zeros_like(parameter.value)}

    def update(self, parameter, grad, group):
        v = self.state_of(parameter, group)["v"]
        v *= group["rho"]
        v += grad
        parameter.value -= group["lr"] * v


def network(seed=0):
    rng = np.random.default_rng(seed)
    return Sequential(Linear(2, 2, rng=rng, name="fc1"), Linear(2, 1, rng=rng, name="fc2"))


def step(model, optimizer):
    model(np.ones((1, 2)))
    model.backward(np.ones((1, 1)))
    optimizer.step()


def names(optimizer):
    return [[p.name for p in group["params"]] for group in optimizer.param_groups]


ALL = ["fc1.W", "fc1.b", "fc2.W", "fc2.b"]


@pytest.mark.parametrize(
    "params",
    [
        lambda model: model,
        lambda model: model.parameters(),
        lambda model: list(model.parameters()),
        lambda model: [{"params": model}],
        lambda model: [{"params": model.parameters()}],
        lambda model: ({"params": m} for m in [model]),
    ],
)
def test_an_op_parameters_and_groups_are_all_the_same_to_it(params):
    assert names(BatchGD(params(network()), lr=0.1)) == [ALL]


def test_groups_keep_their_order_and_options():
    model = network()
    optimizer = Momentum(
        [
            {"params": list(model.parameters())[:2], "rho": 0.5},
            {"params": list(model.parameters())[2:]},
        ],
        lr=0.1,
    )
    assert names(optimizer) == [ALL[:2], ALL[2:]]
    assert [(g["lr"], g["rho"]) for g in optimizer.param_groups] == [(0.1, 0.5), (0.1, 0.9)]


def test_a_group_added_later_is_trained_too():
    model, late = network(), Sequential(Linear(1, 1, rng=0, name="late"))
    optimizer = BatchGD(model, lr=0.1)
    optimizer.add_param_group({"params": late, "lr": 0.5})
    late(np.ones((1, 1)))
    late.backward(np.ones((1, 1)))
    before = late.layers[0].params["W"].copy()
    step(model, optimizer)
    assert late.layers[0].params["W"] == before - 0.5


def test_a_group_given_is_not_changed():
    group = {"params": network()}
    BatchGD([group], lr=0.1)
    assert list(group) == ["params"]


@pytest.mark.parametrize(
    ("params", "words"),
    [
        (lambda m: "model", "expected an op, parameters or a list of groups, received 'model'"),
        (lambda m: None, "expected an op, parameters or a list of groups, received None"),
        (lambda m: next(m.parameters()), "expected an op, .* received Parameter"),
        (lambda m: m.state_dict(), "expected parameters, received 'fc1.W'"),
        (lambda m: list(m.state_dict().values()), "expected parameters, received an array"),
        (lambda m: [m], "expected parameters, received Sequential"),
        (lambda m: [{"params": m}, next(m.parameters())], "expected a group .* received Param"),
        (lambda m: [next(m.parameters()), {"params": m}], "expected a group .* received Param"),
        (lambda m: [{"lr": 0.1}], r"expected a group with 'params' .* received keys \['lr'\]"),
        (
            lambda m: [{"params": m, "learning_rate": 1}],
            r"expected a group .* among \['lr'\], received keys",
        ),
        (lambda m: [{"params": next(m.parameters())}], "expected an op or parameters, received P"),
        (lambda m: [{"params": "fc1"}], "expected parameters, received 'f'|an op or parameters"),
    ],
)
def test_what_cannot_be_trained_is_refused(params, words):
    with pytest.raises(TypeError, match=f"BatchGD: {words}"):
        BatchGD(params(network()), lr=0.1)


@pytest.mark.parametrize(
    "params", [lambda m: [], lambda m: Tanh(), lambda m: iter(()), lambda m: [{"params": []}]]
)
def test_nothing_to_train_is_refused(params):
    with pytest.raises(
        ValueError, match=r"BatchGD: expected .*parameter.* to train, received none"
    ):
        BatchGD(params(network()), lr=0.1)


@pytest.mark.parametrize(
    "params",
    [
        lambda m: [*m.parameters(), *m.parameters()],
        lambda m: [{"params": m}, {"params": list(m.parameters())[:1]}],
        lambda m: [{"params": m}, {"params": network()}],
    ],
)
def test_two_parameters_of_one_name_are_refused(params):
    with pytest.raises(ValueError, match=r"each parameter once, .* received 'fc1\.W' twice"):
        BatchGD(params(network()), lr=0.1)


def test_a_group_that_is_refused_is_not_added():
    model = network()
    optimizer = BatchGD(model, lr=0.1)
    for group in ({"params": model}, {"params": Linear(1, 1), "lr": -1}, {"params": []}):
        with pytest.raises(ValueError, match="expected"):
            optimizer.add_param_group(group)
    assert names(optimizer) == [ALL]


def test_state_is_kept_by_parameter_name():
    model = network()
    optimizer = Momentum(model, lr=0.1)
    step(model, optimizer)
    assert list(optimizer.state) == ALL
    assert optimizer.state_dict()["param_groups"] == [{"lr": 0.1, "rho": 0.9, "params": ALL}]


def test_momentum_goes_on_from_a_saved_state():
    model, other = network(), network()
    whole, first, second = Momentum(model, lr=0.1), Momentum(other, lr=0.1), Momentum(other, lr=0.1)
    for _ in range(4):
        step(model, whole)
    for _ in range(2):
        step(other, first)
    second.load_state_dict(first.state_dict())
    first.state["fc1.W"]["v"] += 100  # the copy is its own
    for _ in range(2):
        step(other, second)
    for a, b in zip(model.parameters(), other.parameters(), strict=True):
        assert np.array_equal(a.value, b.value)


def test_a_saved_state_is_a_copy_and_loading_takes_a_copy():
    model = network()
    optimizer = Momentum(model, lr=0.1)
    step(model, optimizer)
    saved = optimizer.state_dict()
    kept = copy.deepcopy(saved)
    step(model, optimizer)
    assert repr(saved) == repr(kept)
    optimizer.load_state_dict(saved)
    step(model, optimizer)
    assert repr(saved) == repr(kept)


def damaged(change):
    state = Momentum(network(), lr=0.1).state_dict()
    change(state)
    return state


@pytest.mark.parametrize(
    "state",
    [
        damaged(lambda s: s["param_groups"][0]["params"].pop()),
        damaged(lambda s: s["param_groups"][0].update(params=["fc9.W", *ALL[1:]])),
        damaged(lambda s: s["param_groups"][0].pop("rho")),
        damaged(lambda s: s["param_groups"][0].update(beta=1)),
        damaged(lambda s: s["param_groups"].append(s["param_groups"][0])),
        damaged(lambda s: s["param_groups"].clear()),
        damaged(lambda s: s["param_groups"][0].update(lr=0.7, rho=1.5)),
        damaged(lambda s: (s["param_groups"][0].update(lr=0.7), s.pop("state"))),
        damaged(lambda s: (s["param_groups"][0].update(lr=0.7), s.update(state=3))),
        damaged(lambda s: s.pop("param_groups")),
    ],
)
def test_a_state_that_will_not_do_changes_nothing(state):
    optimizer = Momentum(network(), lr=0.1)
    before = copy.deepcopy(optimizer.state_dict())
    with pytest.raises((ValueError, TypeError, KeyError)):
        optimizer.load_state_dict(state)
    assert optimizer.state_dict() == before


@pytest.mark.parametrize("state", [{}, None, {"param_groups": []}])
def test_what_is_no_state_is_named(state):
    with pytest.raises(
        ValueError, match="BatchGD: expected what state_dict returned, with 'state'"
    ):
        BatchGD(network(), lr=0.1).load_state_dict(state)


def test_a_state_of_another_optimizer_is_named():
    words = r"Momentum: this state is of another optimizer: expected groups .*'rho'.* received"
    with pytest.raises(ValueError, match=words):
        Momentum(network(), lr=0.1).load_state_dict(BatchGD(network(), lr=0.1).state_dict())


def test_an_unwritten_update_says_what_to_write():
    with pytest.raises(NotImplementedError, match=r"Optimizer needs step\(closure\), or an Upda"):
        Optimizer(network()).step()
    model = network()
    model(np.ones((1, 2)))
    model.backward(np.ones((1, 1)))
    with pytest.raises(
        NotImplementedError, match=r"UpdateRule needs update\(parameter, grad, group\)"
    ):
        UpdateRule(model).step()


def test_loading_keeps_the_parameters_it_trains():
    model = network()
    optimizer = BatchGD(model, lr=0.1)
    optimizer.load_state_dict(BatchGD(network(seed=1), lr=0.3).state_dict())
    before = model.layers[0].params["W"].copy()
    step(model, optimizer)
    assert not np.array_equal(model.layers[0].params["W"], before)
    assert optimizer.param_groups[0]["lr"] == 0.3
