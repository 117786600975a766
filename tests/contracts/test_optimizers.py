"""What every optimizer of `minidl.optim` keeps to."""

from __future__ import annotations

import numpy as np
import pytest

from minidl import optim
from minidl.losses import MSELoss
from minidl.nn import Linear
from minidl.parameter import Parameter
from minidl.sparse import SparseGradient
from minidl.train import Listener, Runner
from tests.contracts.optimizer_cases import (
    ABSTRACT,
    CASES,
    FOUND,
    X,
    Y,
    moons_losses,
    network,
    run,
    same,
    trained,
)
from tests.test_parameter import UNFIT

every_optimizer = pytest.mark.parametrize("case", CASES, ids=str)
of_dense_gradients = pytest.mark.parametrize(
    "case", [case for case in CASES if getattr(case.kind, "takes_dense", True)], ids=str
)
of_several_groups = pytest.mark.parametrize(
    "case", [case for case in CASES if not case.kind.single_group], ids=str
)
of_one_group = pytest.mark.parametrize(
    "case", [case for case in CASES if case.kind.single_group], ids=str
)
every_bad_option = pytest.mark.parametrize(
    ("case", "bad", "words"),
    [
        pytest.param(case, *bad, id=f"{case.kind.__name__}({bad[0]})")
        for case in {case.kind: case for case in CASES}.values()
        for bad in case.bad
    ],
)
both_dtypes = pytest.mark.parametrize("dtype", [np.float32, np.float64], ids=["f32", "f64"])


def test_every_optimizer_in_the_package_has_a_case():
    assert set(FOUND.values()) == {case.kind for case in CASES} | ABSTRACT


def test_every_optimizer_is_exported():
    assert {kind.__name__ for kind in set(FOUND.values()) - ABSTRACT} <= set(optim.__all__)


@every_optimizer
def test_every_option_is_refused_somewhere(case):
    assert set(case.kind.options) == {name for bad, _ in case.bad for name in bad}


# What a step does


@every_optimizer
def test_the_loss_on_the_moons_goes_down(case):
    values = moons_losses(case, 50)
    assert values[-1] < 0.9 * values[0] if case.goes_down() else values[-1] > 1.1 * values[0]


@every_optimizer
def test_parameters_are_updated_in_place(case):
    model = case.network()
    references = [parameter.value for parameter in model.parameters()]
    before = [array.copy() for array in references]
    run(model, case.build(model), 1)
    for parameter, reference, old in zip(model.parameters(), references, before, strict=True):
        assert parameter.value is reference
        assert not np.array_equal(reference, old)


@of_dense_gradients
def test_gradients_are_left_alone(case):
    model = case.network()
    optimizer = case.build(model)
    run(model, optimizer, 1)
    before = {parameter.name: parameter.grad.copy() for parameter in model.parameters()}
    for parameter in model.parameters():
        parameter.grad.setflags(write=False)
    optimizer.step(lambda: 0.0)
    assert same({p.name: p.grad for p in model.parameters()}, before)


@every_optimizer
@both_dtypes
def test_dtype_is_kept(case, dtype):
    model = case.network(dtype=dtype)
    optimizer = case.build(model)
    run(model, optimizer, 3)
    held = [*model.state_dict().values(), *arrays_in(optimizer.state_dict()["state"])]
    assert {array.dtype for array in held} == {np.dtype(dtype)}


def arrays_in(state):
    """Return the arrays in a tree of dicts and lists."""
    if isinstance(state, np.ndarray):
        return [state]
    parts = state.values() if isinstance(state, dict) else state if isinstance(state, list) else ()
    return [array for part in parts for array in arrays_in(part)]


@every_optimizer
@pytest.mark.parametrize("kind", [np.float64, np.float32])
def test_options_that_are_numpys_do_as_plain_numbers(case, kind):
    """They would widen a float32, and could not be saved."""
    numbers = {k: v for k, v in case.options.items() if type(v) is float}
    model, other = case.network(dtype=np.float32), case.network(dtype=np.float32)
    optimizer = case.build(model, **{k: kind(v) for k, v in numbers.items()})
    run(model, optimizer, 2)
    run(other, case.build(other, **{k: float(kind(v)) for k, v in numbers.items()}), 2)
    assert same(model.state_dict(), other.state_dict())
    options = optimizer.state_dict()["param_groups"][0].values()
    assert not [value for value in options if isinstance(value, np.generic)]


@every_optimizer
def test_a_run_repeats_itself(case):
    assert same(trained(case, 5), trained(case, 5))


@every_optimizer
def test_a_rate_of_0_changes_nothing(case):
    model = case.network()
    run(model, case.build(model, lr=0), 3)
    unchanged = same(model.state_dict(), case.network().state_dict())
    assert unchanged != case.moves_at_rate_0


@every_optimizer
def test_a_step_calls_the_closure_first_and_returns_its_loss(case):
    """The closure computes the gradients anew, so that a step by it equals a plain one."""
    model, other = case.network(), case.network()
    losses = run(model, case.build(model), 2)
    optimizer = case.build(other)
    again = [optimizer.step(closure_of(other)) for _ in range(2)]
    assert again == losses
    assert same(model.state_dict(), other.state_dict())


def closure_of(model):
    """Return a closure that computes what `run` does, by an optimizer that does nothing."""

    class Nothing:
        needs_closure = False

        def step(self):
            return None

    return lambda: run(model, Nothing(), 1)[0]


@every_optimizer
def test_without_gradients_a_step_is_a_clear_error(case):
    model = case.network()
    optimizer = case.build(model)
    with pytest.raises(RuntimeError, match=r"fc1\.W: expected a gradient, received none"):
        optimizer.step(lambda: 0.0)
    run(model, optimizer, 1)
    optimizer.zero_grad()
    with pytest.raises(RuntimeError, match=r"fc1\.W: expected a gradient, received none"):
        optimizer.step(lambda: 0.0)


SMALLER = [np.sum, np.mean, lambda g: g.sum(keepdims=True), lambda g: g.sum(axis=1), lambda g: g.T]


@of_dense_gradients
@pytest.mark.parametrize("shrink", SMALLER)
def test_a_gradient_of_another_shape_is_refused_before_anything_changes(case, shrink):
    model = case.network()
    optimizer = case.build(model)
    run(model, optimizer, 1)
    before = model.state_dict()
    grads = model.layers[2].grads
    grads["W"] = shrink(grads["W"])
    words = r"^fc2\.W: expected a gradient of the parameter's shape \(4, 2\), received .*; .*try "
    with pytest.raises(ValueError, match=words):
        optimizer.step(lambda: 0.0)
    assert same(model.state_dict(), before)


@of_dense_gradients
def test_whole_numbers_as_a_gradient_do_as_numbers_with_fractions(case):
    values = {}
    for dtype in (int, float):
        op = Linear(2, 3, rng=0)
        optimizer = case.build(op)
        for _ in range(2):
            op.grads.update(W=np.ones((2, 3), dtype), b=np.full((1, 3), 2, dtype))
            optimizer.step(lambda: 1.0)
        values[dtype] = op.state_dict()
        optimizer.load_state_dict(optimizer.state_dict())
    assert same(values[int], values[float])


@every_optimizer
@pytest.mark.parametrize(("value", "words"), UNFIT)
def test_a_parameter_that_cannot_be_trained_is_refused(case, value, words):
    """By the optimizer and by the Runner; one that is put in its place later, by the step."""
    model = case.network()
    optimizer = case.build(model)
    run(model, optimizer, 1)
    model.layers[0].params["W"] = value
    for call in (
        lambda: case.build(model),
        lambda: Runner(model, Trains("b"), MSELoss()),
        lambda: optimizer.step(lambda: 0.0),
    ):
        with pytest.raises((TypeError, ValueError), match=r"^fc1\.W: expected a param|grad"):
            call()


class Trains:
    """An optimizer of a user's own, of which nothing is known."""

    def __init__(self, *_):
        self.param_groups = []

    def step(self):
        pass


@every_optimizer
def test_an_array_that_is_put_in_a_parameters_place_is_trained(case):
    model, other = case.network(), case.network()
    optimizer = case.build(model)
    model.layers[0].params["W"] = new = model.layers[0].params["W"].copy()
    run(model, optimizer, 2)
    run(other, case.build(other), 2)
    assert np.array_equal(new, other.layers[0].params["W"])


@every_optimizer
def test_two_parameters_that_share_memory_are_refused(case):
    model, apart = case.network(), case.network()
    model.layers[2].params["b"] = model.layers[0].params["W"][:1, :2]
    with pytest.raises(ValueError, match=r"received fc1\.W and fc2\.b, which share memory"):
        case.build(model)
    both = np.zeros((3, 10))
    apart.layers[0].params["W"], apart.layers[2].params["W"] = both[:, ::2][:, :4], both[:, 1::2]
    case.build(apart)


def test_a_group_that_would_not_be_checked_cannot_be_put_among_the_others():
    optimizer = optim.SGD(network(), lr=0.1)
    for change in (
        lambda: optimizer.param_groups.append({"params": [], "lr": -1}),
        lambda: optimizer.param_groups.__setitem__(0, {"params": [], "lr": -1}),
        lambda: setattr(optimizer, "param_groups", []),
    ):
        with pytest.raises(AttributeError):
            change()


@pytest.mark.parametrize("case", [case for case in CASES if case.kind.needs_closure], ids=str)
@pytest.mark.parametrize("closure", [None, 0.5])
def test_one_that_needs_a_closure_says_so(case, closure):
    with pytest.raises(TypeError, match=f"expected a closure that .*, received {closure}; try opt"):
        case.build(case.network()).step(closure)


# Sparse gradients


def table(dtype=np.float64):
    """Return a table of five rows, as an embedding has, and its gradients."""
    grads = {}
    values = np.random.default_rng(1).standard_normal((5, 2)).astype(dtype)
    return Parameter("emb.W", "W", {"W": values}, grads), grads


def step_on_rows(optimizer, parameter, step, *, sparse):
    """Step with a gradient of three of the rows, one of them twice."""
    drawn = np.random.default_rng(step)
    rows = np.array([4, 1, 4, 2])
    values = drawn.standard_normal((4, 2)).astype(parameter.value.dtype)

    def closure():
        gradient = SparseGradient(rows, values, parameter.value.shape)
        parameter.grad = gradient if sparse else gradient.to_dense()
        return float((parameter.value**2).sum())

    optimizer.step(closure)


@of_dense_gradients
@both_dtypes
def test_a_sparse_gradient_does_as_the_dense_one_or_is_refused(case, dtype):
    (sparse, _), (dense, _) = table(dtype), table(dtype)
    one, other = case.build([sparse]), case.build([dense])
    if not case.takes_sparse:
        words = r"expected an array as the gradient of emb\.W.*, received SparseGradient.*; try "
        with pytest.raises(TypeError, match=words + r".*Embedding\(sparse=False\)"):
            step_on_rows(one, sparse, 0, sparse=True)
        return
    for step in range(5):
        step_on_rows(one, sparse, step, sparse=True)
        step_on_rows(other, dense, step, sparse=False)
    assert sparse.value.tobytes() == dense.value.tobytes()
    untouched = [0, 3]
    assert np.array_equal(sparse.value[untouched], table(dtype)[0].value[untouched])
    assert not np.array_equal(sparse.value, table(dtype)[0].value)


# Options and groups


@every_bad_option
def test_an_option_out_of_range_is_a_clear_error(case, bad, words):
    with pytest.raises((ValueError, TypeError), match=words):
        case.build(case.network(), **bad)


@every_bad_option
def test_an_option_out_of_range_is_refused_in_a_group_and_when_it_is_set(case, bad, words):
    with pytest.raises((ValueError, TypeError), match=words):
        case.build([{"params": case.network(), **bad}])
    optimizer = case.build(case.network())
    before = optimizer.param_groups[0].options
    with pytest.raises((ValueError, TypeError), match=words):
        optimizer.param_groups[0].take_over({**before, **bad})
    assert optimizer.param_groups[0].options == before


@every_optimizer
def test_an_option_set_on_the_optimizer_itself_is_an_error_that_says_where(case):
    optimizer = case.build(case.network())
    for name, value in optimizer.param_groups[0].options.items():
        words = rf"received optimizer\.{name} = .*; try optimizer\.param_groups\[0\]\['{name}'\] = "
        with pytest.raises(AttributeError, match=words):
            setattr(optimizer, name, value)


class Sets(Listener):
    """Moves an option of the optimizer after the second step."""

    def __init__(self, name, value):
        self.name, self.value = name, value

    def on_step_end(self, runner):
        if runner.step == 2:
            runner.optimizer.param_groups[0][self.name] = self.value


# Values on the edges of what the options allow; each optimizer takes those that it knows.
EDGES = {
    "lr": (0, 0.0, 5e-324, np.float32(0.25), np.int64(0)),
    "momentum": (0, 1, np.float64(0.5)),
    "dampening": (0, -1, 1.0),
    "weight_decay": (0, 1e-300, 1),
    "nesterov": (False, True, np.bool_(True)),
    "maximize": (False, True),
    "max_iter": (1, np.int64(2)),
    "max_eval": (None, 1),
    "tolerance_grad": (0, 1e300),
    "tolerance_change": (0, 1e300),
    "history_size": (1, 2),
    "line_search_fn": (None, "strong_wolfe"),
    "betas": ((0, 0), (np.float32(0.5), 0.999)),
    "eps": (0, 1e-300, 1e3),
    "amsgrad": (False, True),
    "decoupled_weight_decay": (False, True),
    "lr_decay": (0, 1e3),
    "initial_accumulator_value": (0, 1),
    "alpha": (0, 1),
    "centered": (False, True),
    "rho": (0, 1),
    "etas": ((0.5, 1.5), (1e-300, 1e3)),
    "step_sizes": ((0, 0), (0, 1e3)),
    "lambd": (0, 1),
    "t0": (0, 1e300),
}


def goes_with_the_rest(case, name, value):
    """Some values are legal alone, or for another optimizer's option of the same name."""
    options = case.build(case.network()).param_groups[0].options
    try:
        case.kind.check_options(options | {name: value})
    except ValueError:
        return False
    return True


every_edge = pytest.mark.parametrize(
    ("case", "name", "value"),
    [
        pytest.param(case, name, value, id=f"{case}-{name}={value!r}")
        for case in CASES
        if case.kind is not optim.LBFGS or "max_iter" in case.options  # 20 take long
        for name in case.kind.options
        for value in EDGES[name]
        if goes_with_the_rest(case, name, value)
    ],
)


@every_edge
def test_what_a_listener_moves_an_option_to_trains_is_saved_and_resumes(
    case, name, value, tmp_path
):
    def runner():
        model = case.network()
        parts = {"metric": None, "listeners": [Sets(name, value)]}
        return Runner(model, case.build(model), MSELoss(), **parts)

    whole, first, second = runner(), runner(), runner()
    whole.train((X, Y), num_epochs=5)
    first.train((X, Y), num_epochs=3)
    first.save_checkpoint(tmp_path / "run.npz")
    second.resume(tmp_path / "run.npz")
    assert second.optimizer.param_groups[0][name] == value
    second.train((X, Y), num_epochs=2)
    assert same(second.model.state_dict(), whole.model.state_dict())
    assert second.history == whole.history


@every_bad_option
def test_a_listener_that_moves_options_out_of_range_is_told_at_once(case, bad, words):
    model, (*others, name) = case.network(), bad
    optimizer = case.build(model, **{other: bad[other] for other in others})
    parts = {"metric": None, "listeners": [Sets(name, bad[name])]}
    runner = Runner(model, optimizer, MSELoss(), **parts)
    with pytest.raises((ValueError, TypeError), match=words):
        runner.train((X, Y), num_epochs=3)
    assert runner.step == 2


@every_optimizer
def test_an_unknown_option_is_a_clear_error(case):
    with pytest.raises(TypeError, match="momentun"):
        case.build(case.network(), momentun=0.9)
    with pytest.raises(TypeError, match="expected a group with 'params' and options among"):
        case.build([{"params": case.network(), "momentun": 0.9}])
    with pytest.raises(TypeError, match=r"expected the options .* received .*'momentun'"):
        case.build(case.network()).param_groups[0]["momentun"] = 0.9


@of_several_groups
def test_one_group_an_op_does_as_one_group_in_all(case):
    model = case.network()
    groups = [{"params": list(model.parameters())[:2]}, {"params": list(model.parameters())[2:]}]
    run(model, case.build(groups), 5)
    assert same(model.state_dict(), trained(case, 5))


@of_several_groups
def test_a_group_has_options_of_its_own(case):
    model = case.network()
    first, *others = model.parameters()
    before = first.value.copy()
    optimizer = case.build([{"params": [first], "lr": 0}, {"params": others}])
    run(model, optimizer, 1)
    assert np.array_equal(first.value, before) != case.moves_at_rate_0
    assert not np.array_equal(others[0].value, case.network().state_dict()[others[0].name])
    assert [group["lr"] for group in optimizer.param_groups] == [0, case.options["lr"]]


@of_one_group
def test_a_second_group_is_refused_where_a_step_is_taken_over_all(case):
    first, *others = case.network().parameters()
    with pytest.raises(ValueError, match=r"expected one group, .* received a second; try passing"):
        case.build([{"params": [first]}, {"params": others}])


@every_optimizer
def test_a_new_rate_takes_effect_at_the_next_step(case):
    model, other = case.network(), case.network()
    optimizer = case.build(model)
    optimizer.param_groups[0]["lr"] = 0.03125
    run(model, optimizer, 1)
    run(other, case.build(other, lr=0.03125), 1)
    assert same(model.state_dict(), other.state_dict())
