import numpy as np
import pytest

from minidl.optim import LBFGS
from minidl.parameter import Parameter

WAYS = [
    {},
    {"lr": 0.1},
    {"lr": 1e-3, "max_iter": 4},
    {"line_search_fn": "strong_wolfe"},
    {"line_search_fn": "strong_wolfe", "history_size": 3, "max_iter": 7},
    {"line_search_fn": "strong_wolfe", "max_iter": 5, "max_eval": 3},
    {"line_search_fn": "strong_wolfe", "lr": 1e-3, "max_iter": 4},
    {"line_search_fn": "strong_wolfe", "lr": 50.0, "max_iter": 40},
    {"lr": 1e-3, "tolerance_change": 1e-2},
    {"lr": 0.05, "tolerance_change": 5e-3, "max_iter": 100},
    {"lr": 0.05, "tolerance_grad": 1.0, "max_iter": 100},
]


def rosenbrock(a, b):
    return 100 * (b - a * a) ** 2 + (1 - a) ** 2


class Valley:
    """Rosenbrock's valley from its usual start, and a count of evaluations."""

    def __init__(self):
        self.params, self.grads = {"x": np.array([-1.2, 1.0])}, {}
        self.parameter = Parameter("x", "x", self.params, self.grads)
        self.evaluations = 0

    def closure(self):
        self.evaluations += 1
        a, b = self.params["x"]
        slope = [-400 * a * (b - a * a) - 2 * (1 - a), 200 * (b - a * a)]
        self.grads["x"] = np.array(slope)
        return float(rosenbrock(a, b))


@pytest.mark.torch
@pytest.mark.parametrize("options", WAYS, ids=str)
def test_it_goes_pytorchs_way_through_rosenbrocks_valley(options):
    torch = pytest.importorskip("torch")
    valley, theirs = Valley(), torch.tensor([-1.2, 1.0], dtype=torch.float64, requires_grad=True)
    ours, pytorchs = LBFGS([valley.parameter], **options), torch.optim.LBFGS([theirs], **options)
    evaluations = 0

    def closure():
        nonlocal evaluations
        evaluations += 1
        pytorchs.zero_grad()
        loss = rosenbrock(*theirs)
        loss.backward()
        return loss

    for _ in range(6):
        assert ours.step(valley.closure) == pytest.approx(float(pytorchs.step(closure).detach()))
        assert valley.evaluations == evaluations
        # On the longest way, of 600 steps, OpenBLAS's kernels part by 1.5e-8.
        atol = 2e-7 if "tolerance_grad" in options else 1e-8
        np.testing.assert_allclose(valley.params["x"], theirs.detach(), rtol=0, atol=atol)


def test_the_valley_is_walked_to_its_end():
    valley = Valley()
    optimizer = LBFGS([valley.parameter], line_search_fn="strong_wolfe")
    for _ in range(3):
        optimizer.step(valley.closure)
    assert valley.closure() < 1e-9
    np.testing.assert_allclose(valley.params["x"], [1, 1], atol=1e-4)


def test_a_parabola_is_solved_in_as_many_directions_as_it_has_dimensions():
    """With exact steps, L-BFGS is the method of conjugate gradients; nearly so by its search."""
    H, params, grads = np.diag([1.0, 10.0, 100.0]), {"x": np.ones(3)}, {}

    def closure():
        grads["x"] = H @ params["x"]
        return float(0.5 * params["x"] @ grads["x"])

    optimizer = LBFGS([Parameter("x", "x", params, grads)], line_search_fn="strong_wolfe")
    optimizer.step(closure)
    assert optimizer.state["n_iter"] <= 20
    assert closure() < 1e-10


@pytest.mark.parametrize("options", [{}, {"line_search_fn": "strong_wolfe"}])
@pytest.mark.parametrize(("max_eval", "expected"), [(1, 1), (4, 4), (None, 5)])
def test_evaluations_are_bounded(options, max_eval, expected):
    valley = Valley()
    LBFGS([valley.parameter], lr=1e-4, max_iter=4, max_eval=max_eval, **options).step(
        valley.closure
    )
    first_move = 1  # is made in any case, as PyTorch's is
    assert valley.evaluations <= expected + first_move


def test_where_the_gradient_is_0_nothing_moves():
    valley = Valley()
    valley.params["x"][...] = 1
    optimizer = LBFGS([valley.parameter])
    assert optimizer.step(valley.closure) == 0
    assert valley.evaluations == 1
    assert valley.params["x"].tolist() == [1, 1]


def test_an_error_in_the_middle_of_a_search_leaves_the_parameters_where_it_began():
    valley = Valley()
    optimizer = LBFGS([valley.parameter], line_search_fn="strong_wolfe")

    def closure():
        if valley.evaluations == 2:
            raise KeyboardInterrupt
        return valley.closure()

    with pytest.raises(KeyboardInterrupt):
        optimizer.step(closure)
    assert valley.params["x"].tolist() == [-1.2, 1.0]


def test_a_saved_state_of_a_longer_memory_is_cut_to_size():
    valley = Valley()
    optimizer = LBFGS([valley.parameter], line_search_fn="strong_wolfe", max_iter=8)
    optimizer.step(valley.closure)
    assert len(optimizer.state["pairs"]) > 2
    optimizer.param_groups[0]["history_size"] = 2
    optimizer.step(valley.closure)
    assert len(optimizer.state["pairs"]) == 2


def test_it_says_that_it_needs_a_closure():
    assert LBFGS.needs_closure
    with pytest.raises(TypeError, match="LBFGS: expected a closure that computes the loss and its"):
        LBFGS([Valley().parameter]).step()


def test_a_step_ends_when_the_loss_no_longer_changes():
    valley = Valley()
    LBFGS([valley.parameter], lr=0.1).step(lambda: 0 * valley.closure() + 7.0)
    assert valley.evaluations == 2
