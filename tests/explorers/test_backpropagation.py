"""The backpropagation stepper."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from minidl.explorers.backpropagation.explorer import BackpropagationExplorer
from minidl.losses import BCELoss, MSELoss
from minidl.models import logistic_regression, two_layer_net
from minidl.nn import Dropout, Linear, Sequential, Tanh
from tests.explorers import backpropagation_ops as ops
from tests.widgets.helpers import opened

LAST = 10


def gradients_of(model, loss, X, y):
    """Return the gradients of an ordinary forward and backward pass, by name."""
    loss(model(X), y)
    model.backward(loss.backward())
    return {parameter.name: parameter.grad.copy() for parameter in model.parameters()}


def assert_same(received, expected):
    assert list(received) == list(reversed_groups(expected))
    for name, grad in expected.items():
        assert np.array_equal(received[name], grad), name
        assert received[name].shape == grad.shape


def reversed_groups(names):
    """Return parameter names in the order in which backward comes to them: last layer first."""
    layers = list(dict.fromkeys(name.split(".")[0] for name in names))
    return [name for layer in reversed(layers) for name in names if name.startswith(layer + ".")]


@pytest.mark.parametrize("factory", [two_layer_net, ops.own_net], ids=["library", "learner"])
@pytest.mark.parametrize("seed", [0, 7])
def test_the_last_state_equals_the_gradients_of_the_model_exactly(factory, seed):
    with opened(BackpropagationExplorer, model=factory, step=LAST, seed=seed) as explorer:
        X, y = explorer.view.samples
        assert_same(explorer.view.grads, gradients_of(factory(2, 3, 1, rng=seed), BCELoss(), X, y))


def test_the_last_state_of_a_given_model_with_own_data_and_loss_equals_its_gradients():
    rng = np.random.default_rng(3)
    model = Sequential(Linear(3, 4, rng=rng), Tanh(), Linear(4, 2, rng=rng))
    data = rng.standard_normal((9, 3)), rng.standard_normal((9, 2))
    with opened(
        BackpropagationExplorer, model=model, loss=MSELoss(), data=data, step=8, samples=5
    ) as explorer:
        X, y = explorer.view.samples
        assert all(any(np.array_equal(x, row) for row in data[0]) for x in X)
        assert explorer.controls["step"].max == 8
        assert_same(explorer.view.grads, gradients_of(model, MSELoss(), X, y))


def random_net(first=Dropout):
    """Return a network whose dropouts draw from one generator."""
    rng = np.random.default_rng(0)
    return Sequential(
        Linear(2, 3, rng=1, name="fc1"), first(0.5, rng=rng, name="drop1"),
        Linear(3, 3, rng=2, name="fc2"), Dropout(0.5, rng=rng, name="drop2"),
    )  # fmt: skip


def test_a_random_network_is_checked_with_the_numbers_that_it_drew():
    rng = np.random.default_rng(3)
    data = rng.standard_normal((4, 2)), rng.standard_normal((4, 3))
    with opened(
        BackpropagationExplorer, model=random_net(), loss=MSELoss(), data=data, step=10
    ) as explorer:
        assert set(explorer.view.checks[1:]) == {"agrees"}
        expected = gradients_of(random_net(), MSELoss(), *explorer.view.samples)
        assert_same(explorer.view.grads, expected)
        explorer.set(step=7)
        shown = dict(pair for column in explorer.view.columns for pair in column)
        assert set(shown["local gradient"].round(6).ravel()) == {0, 2}
        assert explorer.view.signs[1] == "="


def test_a_dropout_that_forgets_its_mask_on_the_way_back_is_seen():
    class Forgetful(Dropout):
        def backward(self, grad):
            return grad

    rng = np.random.default_rng(3)
    data = rng.standard_normal((4, 2)), rng.standard_normal((4, 3))
    with opened(
        BackpropagationExplorer, model=random_net(Forgetful), loss=MSELoss(), data=data, step=10
    ) as explorer:
        assert explorer.view.checks == ["", "agrees", "differs", "agrees", "agrees", "agrees"]


def test_the_rounding_of_large_numbers_is_no_mistake():
    data = np.arange(10.0).reshape(-1, 1), 1e8 * np.arange(10.0).reshape(-1, 1)
    model = Sequential(Linear(1, 1, rng=0))
    with opened(
        BackpropagationExplorer, model=model, loss=MSELoss(reduction="sum"), data=data, step=4
    ) as explorer:
        assert explorer.view.checks == ["", "agrees", "agrees"]


def test_a_step_forward_and_back_for_each_operator_and_the_loss():
    with opened(BackpropagationExplorer) as explorer:
        seen = []
        for step in range(1, LAST + 1):
            explorer.set(step=step)
            seen.append((explorer.view.visit.direction, explorer.view.visit.name))
    names = ["fc1", "act1", "fc2", "act2", "loss"]
    assert seen == [("forward", n) for n in names] + [("backward", n) for n in names[::-1]]


def test_every_step_shows_what_an_independent_pass_finds():
    model, loss = two_layer_net(2, 3, 1, rng=0), BCELoss()
    with opened(BackpropagationExplorer) as explorer:
        X, y = explorer.view.samples
        outputs = [X]
        for layer in model.layers:
            outputs.append(layer(outputs[-1]))
        loss(outputs[-1], y)
        gradients = [loss.backward()]
        for layer in reversed(model.layers):
            gradients.append(layer.backward(gradients[-1]))
        for step in range(1, 5):
            explorer.set(step=step)
            shown = dict(pair for column in explorer.view.columns for pair in column)
            assert np.array_equal(shown["input"], outputs[step - 1])
            assert np.array_equal(shown["output"], outputs[step])
        for step in range(7, LAST + 1):
            explorer.set(step=step)
            shown = dict(pair for column in explorer.view.columns for pair in column)
            assert np.array_equal(shown["received"], gradients[step - 7])
            assert np.array_equal(shown["gradient so far"], gradients[step - 6])


@pytest.mark.parametrize("step", [8, 10])
def test_an_affine_layer_shows_the_product_that_gives_its_gradient(step):
    with opened(BackpropagationExplorer, step=step) as explorer:
        shown = dict(pair for column in explorer.view.lower_columns for pair in column)
        name = explorer.view.visit.name
        assert explorer.view.lower_signs == ["@", "=", ""]
        np.testing.assert_allclose(shown["inputᵀ"] @ shown["received"], shown["∂L/∂W"])
        np.testing.assert_allclose(shown["received"].sum(axis=0, keepdims=True), shown["∂L/∂b"])
        assert np.array_equal(shown["∂L/∂W"], explorer.view.grads[f"{name}.W"])
        explorer.set(step=9)
        assert explorer.view.lower_columns == []


def test_the_local_gradients_are_the_formulas():
    model = two_layer_net(2, 3, 1, rng=0)
    with opened(BackpropagationExplorer) as explorer:
        X, y = explorer.view.samples
        p = model(X)
        a = model.layers[1](model.layers[0](X))
        expected = {
            6: (p - y) / (p * (1 - p)) / len(X),
            7: p * (1 - p),
            8: model.layers[2].params["W"].T,
            9: a * (1 - a),
            10: model.layers[0].params["W"].T,
        }
        for step, slopes in expected.items():
            explorer.set(step=step)
            shown = dict(pair for column in explorer.view.columns for pair in column)
            title = "local gradient, Wᵀ" if step in (8, 10) else "local gradient"
            np.testing.assert_allclose(shown[title], slopes, rtol=1e-6, atol=1e-9)
            assert "=" in explorer.view.signs


KEEPS_ITS_INPUT = "It passes its output on and keeps its input for backward."


def test_the_note_says_what_was_kept_and_what_became_of_it():
    with opened(BackpropagationExplorer, model=ops.own_net, step=1) as explorer:
        assert explorer.view.note == KEEPS_ITS_INPUT
        explorer.set(step=2)
        assert explorer.view.note == KEEPS_ITS_INPUT.replace("input", "output")
        explorer.set(step=8)
        assert explorer.view.note.startswith("With the input it kept: ∂L/∂W = inputᵀ @ rec")
    with opened(BackpropagationExplorer, step=2) as explorer:
        assert explorer.view.note == KEEPS_ITS_INPUT.replace("input", "input and its output")


def test_an_operator_that_keeps_something_else_is_taken_at_its_word():
    class Hoarder(ops.OwnLogistic):
        def forward(self, x):
            y = super().forward(x)
            self.save_for_backward(y * (1 - y))
            return y

    class Forgetful(ops.OwnLogistic):
        def forward(self, x):
            return 1 / (1 + np.exp(-x))

    for logistic in (Hoarder, Forgetful):
        factory = partial(ops.own_net, logistic=logistic)
        with opened(BackpropagationExplorer, model=factory, step=2) as explorer:
            assert explorer.view.note.endswith("keeps what backward will need.")


def test_the_formula_of_the_weights_is_stated_only_where_it_holds():
    factory = partial(ops.own_net, linear=ops.HalfWeightGradient)
    with opened(BackpropagationExplorer, model=factory, step=10) as explorer:
        assert "inputᵀ" not in explorer.view.note
        assert "parameters" in explorer.view.note


def test_the_state_line_says_step_operator_shapes_and_check():
    with opened(BackpropagationExplorer, model=ops.own_net, step=9) as explorer:
        assert explorer.status == (
            "Step 9 of 10, backward through act1 (OwnLogistic): gradient so far (4, 3), "
            "numerical check agrees."
        )
        explorer.set(step=5)
        assert explorer.status.startswith("Step 5 of 10, forward through loss: L = 0.7820.")


WRONG = {
    "a bias gradient without its shape": (
        {"linear": ops.FlatBias}, "fc1", "∂L/∂b: expected the shape (1, 3), backward gives (3,)"
    ),
    "a missing weight gradient": ({"linear": ops.NoWeightGradient}, "fc1", "∂L/∂W: expected it"),
    "half a weight gradient": (
        {"linear": ops.HalfWeightGradient}, "fc1", "∂L/∂W, shape (2, 3), e.g. at"
    ),
    "a slope left out": ({"logistic": ops.NoSlope}, "act1", "∂L/∂x, shape (4, 3), e.g. at"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_backward_is_seen_at_its_operator_and_nowhere_else(case):
    wrong, place, words = WRONG[case]
    factory = partial(ops.own_net, **wrong)
    with opened(BackpropagationExplorer, model=factory, step=LAST) as explorer:
        boxes = ["data", "fc1", "act1", "fc2", "act2", "loss"]
        checks = dict(zip(boxes, explorer.view.checks, strict=True))
        assert [name for name, check in checks.items() if check == "differs"] == [place]
        assert [name for name, check in checks.items() if check == ""] == ["data"]
        explorer.set(step=2 * len(boxes) - 2 - boxes.index(place) + 1)
        assert explorer.view.visit.name == place
        assert f"numerical check differs: {words}" in explorer.status


def test_steps_after_a_wrong_one_say_where_it_went_wrong():
    factory = partial(ops.own_net, logistic=ops.NoSlope)
    with opened(BackpropagationExplorer, model=factory, step=LAST) as explorer:
        assert explorer.status.endswith(
            "numerical check agrees, but what it received is wrong since act1."
        )
        assert explorer.view.note.endswith("It was given what act1 spoilt.")
        explorer.set(step=9)
        assert "spoilt" not in explorer.view.note


def test_only_operators_that_backward_has_come_to_are_checked():
    with opened(BackpropagationExplorer, step=7) as explorer:
        assert explorer.view.checks == ["", "", "", "", "agrees", "agrees"]
        explorer.set(step=5)
        assert explorer.view.checks == [""] * 6


def test_an_operator_that_works_in_place_is_shown_with_what_it_received():
    factory = partial(ops.own_net, logistic=ops.InPlace)
    with opened(BackpropagationExplorer, model=factory, step=9) as explorer:
        before = explorer.view.visit.received
        explorer.set(step=8)
        assert np.array_equal(before, explorer.view.visit.returned)
        explorer.set(step=LAST)
        assert set(explorer.view.checks[1:]) == {"agrees"}


def test_a_loss_whose_gradient_lacks_one_over_n_is_seen_at_the_loss():
    with opened(BackpropagationExplorer, loss=ops.SumLoss(), step=6) as explorer:
        assert "backward through loss" in explorer.status
        assert "numerical check differs: ∂L/∂predicts, shape (4, 1), e.g. at" in explorer.status
        assert "≠" in explorer.view.signs


def test_a_network_that_does_not_hand_the_gradient_on_is_seen():
    model = ops.ForgetfulNetwork(ops.own_layers())
    with opened(BackpropagationExplorer, model=model, step=8) as explorer:
        assert "it was not given the gradient that act2 returned" in explorer.status


def test_a_network_that_leaves_an_operator_out_is_told_which():
    model = ops.SkippingNetwork(ops.own_layers())
    with opened(BackpropagationExplorer, model=model, step=9) as explorer:
        assert explorer.error == ""
        explorer.set(step=10)
        assert "never came to fc1 (backward)" in explorer.error


def test_an_unwritten_backward_leaves_the_steps_before_it():
    factory = partial(ops.own_net, logistic=ops.Unwritten)
    with opened(BackpropagationExplorer, model=factory, step=8) as explorer:
        assert explorer.error == ""
        explorer.set(step=9)
        assert "act1 (Unwritten): expected backward to return an array" in explorer.error
        explorer.set(step=2)
        assert explorer.error == ""


def test_a_factory_that_raises_is_shown_in_the_box():
    def broken(input_size, hidden_size, output_size, *, rng):
        raise ValueError("planted")

    with opened(BackpropagationExplorer, model=broken) as explorer:
        assert "ValueError: planted" in explorer.error


def test_a_network_that_is_no_row_of_operators_is_refused():
    with opened(BackpropagationExplorer, model=ops.ShortcutNetwork(ops.own_layers())) as explorer:
        assert "expected a row of operators" in explorer.error
        assert "at the output" in explorer.error


def test_more_operators_than_fit_are_refused():
    deep = Sequential(*(Tanh() for _ in range(10)))
    with pytest.raises(ValueError, match="at most 9 operators"):
        BackpropagationExplorer(model=deep)


def test_a_loss_without_parentheses_is_refused():
    with pytest.raises(TypeError, match=r"try MSELoss\(\)"):
        BackpropagationExplorer(loss=MSELoss)


def test_the_learners_network_is_left_as_it_was():
    model = logistic_regression(2, rng=0)
    loss = BCELoss()
    gradients_of(model, loss, np.ones((1, 2)), np.ones((1, 1)))
    grads = {p.name: p.grad for p in model.parameters()}
    saved = model.layers[0].saved_for_backward()
    with opened(BackpropagationExplorer, model=model, loss=loss) as explorer:
        explorer.set(step=6)
        assert all(grads[p.name] is p.grad for p in model.parameters())
        assert model.layers[0].saved_for_backward() is saved
        assert not set(vars(model.layers[0])) & {"forward", "backward"}
        assert loss._saved[0].shape == (1, 1)


def test_changes_to_a_given_network_are_seen_at_the_next_move():
    model = logistic_regression(2, rng=0)
    with opened(BackpropagationExplorer, model=model, step=1) as explorer:
        model.layers[0].params["W"][...] = 0
        explorer.set(step=2)
        assert np.array_equal(explorer.view.visit.returned, np.full((4, 1), 0.5))


@pytest.mark.parametrize(("dtype", "check"), [(np.float32, "agrees"), (np.float64, "differs")])
def test_single_precision_is_checked_with_its_own_tolerance(dtype, check):
    class Blurred(Linear):
        def backward(self, grad):
            return super().backward(grad) * self.params["W"].dtype.type(1.00001)

    model = Sequential(Blurred(2, 1, rng=0, dtype=dtype))
    with opened(BackpropagationExplorer, model=model, loss=MSELoss(), step=4) as explorer:
        assert explorer.view.grads["layer0.W"].dtype == dtype
        assert explorer.view.checks == ["", check, "agrees"]


def test_the_hidden_units_of_a_given_network_cannot_be_moved():
    with opened(BackpropagationExplorer, model=logistic_regression(2, rng=0)) as explorer:
        assert explorer.controls["hidden"].disabled
        assert "the widths are those of your network" in explorer.frame.notes.value


@pytest.mark.parametrize("samples", [1, 2, 5])
def test_samples_have_both_classes_as_soon_as_there_are_two(samples):
    with opened(BackpropagationExplorer, samples=samples) as explorer:
        for seed in range(0, 21, 4):
            explorer.set(seed=seed)
            _, labels = explorer.view.samples
            assert labels.shape == (samples, 1)
            assert samples == 1 or set(labels.ravel()) == {0, 1}
