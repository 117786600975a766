"""The one-weight explorer."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.data import make_moons
from minidl.explorers.one_weight.explorer import OneWeightExplorer
from minidl.losses import BCELoss, MSELoss
from minidl.models import logistic_regression, two_layer_net
from minidl.nn import Dropout, Linear, Logistic, Sequential, Tanh
from tests.explorers import backpropagation_ops as ops
from tests.widgets.helpers import opened


def loss_with(name, index, value):
    """Return the loss, and the gradient at one place, of the network with one number changed."""
    X, y = make_moons(200, noise=0.2, rng=0)
    model, loss = two_layer_net(2, 5, 1, rng=0), BCELoss()
    parameter = next(p for p in model.parameters() if p.name == name)
    parameter.value[index] = value
    result = loss(model(X), y.reshape(-1, 1))
    model.backward(loss.backward())
    return result, float(parameter.grad[index])


def test_the_curve_is_the_loss_with_only_that_weight_changed():
    with opened(OneWeightExplorer, weight="fc2.W[3, 0]") as explorer:
        curve = explorer.picture.artists.curve.get_xydata()
        for weight, value in curve[::40]:
            assert value == pytest.approx(loss_with("fc2.W", (3, 0), weight)[0], abs=1e-12)


@pytest.mark.parametrize("shift", [-6.0, -0.4, 0.0, 6.0])
def test_the_tangent_has_the_slope_that_backward_and_differences_give(shift):
    with opened(OneWeightExplorer, weight="fc1.W[1, 2]", shift=shift) as explorer:
        (x0, y0), (x1, y1) = explorer.picture.artists.tangent.get_xydata()
        weight = explorer.view.here[0]
        _, gradient = loss_with("fc1.W", (1, 2), weight)
        above, below = (loss_with("fc1.W", (1, 2), weight + e)[0] for e in (1e-5, -1e-5))
        assert (y1 - y0) / (x1 - x0) == pytest.approx(gradient, abs=1e-10)
        assert gradient == pytest.approx((above - below) / 2e-5, abs=1e-8)


def test_the_step_goes_from_here_by_minus_rate_times_gradient():
    with opened(OneWeightExplorer, weight="fc2.b[0, 0]", shift=2.0, lr=10.0) as explorer:
        weight, _ = explorer.view.here
        _, gradient = loss_with("fc2.b", (0, 0), weight)
        ((target, after),) = explorer.picture.artists.landing.get_xydata()
        assert target == pytest.approx(weight - 10.0 * gradient, abs=1e-12)
        assert after == pytest.approx(loss_with("fc2.b", (0, 0), target)[0], abs=1e-12)


def test_a_step_can_be_too_long():
    with opened(OneWeightExplorer, weight="fc2.b[0, 0]", lr=5) as explorer:
        assert explorer.status.endswith(": lower.")
        explorer.set(lr=50.0)
        assert explorer.status.endswith(": higher.")


def test_a_step_out_of_the_picture_is_marked_at_its_edge():
    with opened(OneWeightExplorer, weight="fc2.b[0, 0]", lr=5) as explorer:
        assert explorer.picture.artists.outside.get_xydata().size == 0
        assert explorer.picture.artists.note.get_text() == ""
        explorer.set(lr=100.0)
        ((x, y),) = explorer.picture.artists.outside.get_xydata()
        axes = explorer.picture.artists.outside.axes
        edges = [abs(x - edge) for edge in axes.get_xlim()] + [abs(y - e) for e in axes.get_ylim()]
        assert min(edges) < 1e-9
        weight = 100 * -loss_with("fc2.b", (0, 0), 0.0)[1]
        loss, _ = loss_with("fc2.b", (0, 0), weight)
        note = explorer.picture.artists.note.get_text()
        assert note == f"off the picture:\nweight {weight:.2f}\nloss {loss:.2f}"


def test_the_state_line_states_weight_loss_gradient_and_step():
    with opened(OneWeightExplorer, weight="fc1.W[0, 2]") as explorer:
        own = two_layer_net(2, 5, 1, rng=0).layers[0].params["W"][0, 2]
        loss, gradient = loss_with("fc1.W", (0, 2), own)
        assert f"loss {loss:.4f}, gradient {gradient:.4f}" in explorer.status
        assert "wrong" not in explorer.status


def test_a_wrong_backward_shows_as_a_tangent_that_is_none():
    def wrong_net(input_size, hidden_size, output_size, *, rng):
        return ops.own_net(input_size, hidden_size, output_size, rng=rng, logistic=ops.NoSlope)

    with opened(OneWeightExplorer, model=wrong_net) as explorer:
        assert explorer.status.endswith("backward is wrong.")
        assert abs(explorer.view.slope - explorer.view.gradient) > 1e-3


LARGE = np.arange(10.0).reshape(-1, 1), 1e8 * np.arange(10.0) + 3e7
HUNDREDFOLD = 100 * make_moons(200, noise=0.2, rng=0)[0], make_moons(200, noise=0.2, rng=0)[1]


def random_net(logistic=Logistic, rng=0, keep_prob=0.5):
    drop = Dropout(keep_prob, rng=0)
    return Sequential(Linear(2, 5, rng=rng), Tanh(), drop, Linear(5, 1, rng=rng + 1), logistic())


def single_net(logistic=Logistic):
    layers = (Linear(m, n, rng=0, dtype="float32") for m, n in ((2, 5), (5, 1)))
    return Sequential(next(layers), Tanh(), next(layers), logistic())


RIGHT = {
    "dropout": (random_net(), BCELoss(), None),
    "float32": (single_net(), BCELoss(), None),
    "large numbers": (Sequential(Linear(1, 1, rng=0)), MSELoss(reduction="sum"), LARGE),
    "probabilities next to 1": (random_net(rng=2, keep_prob=1.0), BCELoss(), HUNDREDFOLD),
    "a loss of 0": (Sequential(Linear(1, 1, rng=0)), MSELoss(), (np.ones((9, 1)), np.zeros(9))),
}


@pytest.mark.parametrize("case", RIGHT)
def test_a_right_backward_is_never_called_wrong(case):
    model, loss, data = RIGHT[case]
    with opened(OneWeightExplorer, model=model, loss=loss, data=data) as explorer:
        for _, weight in explorer.controls["weight"]._options_full:
            for shift in (-6.0, -0.4, 0.0, 3.0, 6.0):
                explorer.set(weight=weight, shift=shift)
                assert explorer.error == ""
                assert "wrong" not in explorer.status


class TwiceTheGradient(Linear):
    def backward(self, grad):
        return super().backward(2 * grad)


WRONG = {
    "dropout": (random_net(ops.NoSlope), BCELoss(), None),
    "float32": (single_net(ops.NoSlope), BCELoss(), None),
    "large numbers": (Sequential(TwiceTheGradient(1, 1, rng=0)), MSELoss(), LARGE),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_backward_shows_there_too(case):
    model, loss, data = WRONG[case]
    with opened(OneWeightExplorer, model=model, loss=loss, data=data) as explorer:
        assert explorer.status.endswith("backward is wrong.")


def test_the_curve_of_a_random_network_is_that_of_one_draw():
    X, y = make_moons(200, noise=0.2, rng=0)
    with opened(OneWeightExplorer, model=random_net()) as explorer:
        for weight, value in explorer.picture.artists.curve.get_xydata()[::40]:
            model = random_net()
            model.layers[0].params["W"][0, 0] = weight
            assert value == pytest.approx(BCELoss()(model(X), y.reshape(-1, 1)), abs=1e-12)


def test_the_learners_network_is_left_as_it_was():
    model = logistic_regression(2, rng=0)
    before = model.state_dict()
    with opened(OneWeightExplorer, model=model, shift=3.0):
        assert all(np.array_equal(before[k], v) for k, v in model.state_dict().items())
        assert model.layers[0].grads == {}


def test_own_data_and_loss_are_used():
    X, y = np.array([[1.0], [2.0]]), np.array([0.0, 1.0])
    with opened(
        OneWeightExplorer, model=logistic_regression(1, rng=0), loss=MSELoss(), data=(X, y)
    ) as explorer:
        w = explorer.view.here[0]
        expected = np.mean((1 / (1 + np.exp(-w * X[:, 0])) - y) ** 2)
        assert explorer.view.here[1] == pytest.approx(expected)
        assert [label for label, _ in explorer.controls["weight"]._options_full] == [
            "fc.W[0, 0]", "fc.b[0, 0]"
        ]  # fmt: skip


def test_all_weights_of_a_small_network_are_in_the_list():
    with opened(OneWeightExplorer) as explorer:
        names = [label for label, _ in explorer.controls["weight"]._options_full]
        parameters = list(two_layer_net(2, 5, 1, rng=0).parameters())
        assert names == [
            f"{p.name}{list(index)}" for p in parameters for index in np.ndindex(p.value.shape)
        ]


def test_the_note_beside_the_picture_stays_inside_it_and_clear_of_the_legend():
    with opened(OneWeightExplorer, weight="fc2.b[0, 0]", lr=100.0) as explorer:
        explorer.picture.png()
        note = explorer.picture.artists.note
        box, figure = note.get_window_extent(), note.figure.bbox
        assert box.x1 < figure.x1
        assert not box.overlaps(note.axes.get_legend().get_window_extent())


def test_every_array_of_a_wide_network_has_its_share_of_the_list():
    with opened(OneWeightExplorer, model=two_layer_net(2, 160, rng=0)) as explorer:
        names = [label for label, _ in explorer.controls["weight"]._options_full]
        assert len(names) <= 32
        assert {name.partition("[")[0] for name in names} == {"fc1.W", "fc1.b", "fc2.W", "fc2.b"}
