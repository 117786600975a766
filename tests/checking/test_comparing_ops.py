import numpy as np
import pytest

from minidl.checking import expect_op
from minidl.checking.verdicts import NotAttempted, WrongAnswer
from minidl.nn import Linear
from minidl.op import Op

x = np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 0.0]])
g = np.array([[1.0], [2.0], [-3.0]])
W, b = np.array([[0.5], [-1.0]]), np.array([[0.25]])


def reference():
    linear = Linear(2, 1)
    linear.params["W"][...], linear.params["b"][...] = W, b
    return linear


class Mine(Op):
    """An affine map with everything that a mistake can change in a method of its own."""

    def __init__(self):
        super().__init__()
        self.params |= {"W": W.copy(), "b": b.copy()}

    def forward(self, x):
        self.save_for_backward(x)
        return x @ self.params["W"] + self.params["b"]

    def backward(self, grad):
        self.grads |= self.parameter_gradients(self.saved_for_backward(), grad)
        return self.input_gradient(grad)

    def parameter_gradients(self, x, grad):
        return {"W": x.T @ grad, "b": grad.sum(axis=0, keepdims=True)}

    def input_gradient(self, grad):
        return grad @ self.params["W"].T


def diagnosis_of(kind):
    with pytest.raises(WrongAnswer) as caught:
        expect_op(kind(), reference(), x, g)
    return caught.value.diagnosis


def changed(**methods):
    return type("Changed", (Mine,), methods)


def flat_bias(self, x, grad):
    return {"W": x.T @ grad, "b": grad.sum(axis=0)}


def test_a_right_op_passes():
    expect_op(Mine(), reference(), x, g)


def test_a_blank_method_is_not_attempted():
    for blank in (changed(forward=lambda self, x: ...), changed(backward=lambda self, g: ...)):
        with pytest.raises(NotAttempted):
            expect_op(blank(), reference(), x, g)


@pytest.mark.parametrize(
    ("diagnosis", "kind"),
    [
        ("not-an-op", lambda: np.abs),
        ("forward", changed(forward=lambda self, x: (self.save_for_backward(x), x @ W - b)[1])),
        ("input-gradient", changed(input_gradient=lambda self, g: -g @ W.T)),
        ("shape", changed(input_gradient=lambda self, g: g)),
        ("W-gradient-missing", changed(parameter_gradients=lambda self, x, g: {})),
        ("shape", changed(parameter_gradients=flat_bias)),
        ("W-gradient", changed(parameter_gradients=lambda self, x, g: {"W": x.T @ g / 3, "b": g})),
    ],
)  # fmt: skip
def test_each_fault_has_its_diagnosis(diagnosis, kind):
    assert diagnosis_of(kind) == diagnosis


def test_an_example_names_what_backward_was_given_too():
    kind = changed(input_gradient=lambda self, grad: 2 * grad @ self.params["W"].T)
    with pytest.raises(WrongAnswer, match=r"x = .* and a gradient g = .*, at \[0, 0\]"):
        expect_op(kind(), reference(), x, g)


def test_gradients_that_add_up_are_found():
    def add(self, x, g):
        return {key: self.grads.get(key, 0) + value for key, value in
                Mine.parameter_gradients(self, x, g).items()}  # fmt: skip

    assert diagnosis_of(changed(parameter_gradients=add)) == "adds-up"
