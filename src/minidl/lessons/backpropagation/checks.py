"""Exercises of the lesson "Backpropagation"."""

from __future__ import annotations

from minidl.checking.exercise import Exercise
from minidl.lessons.backpropagation import solutions as solutions
from minidl.lessons.backpropagation.network import check_descend, check_network
from minidl.lessons.backpropagation.ops import (
    check_bce,
    check_bias,
    check_linear,
    check_logistic,
)

BIAS = Exercise(
    name="backpropagation/bias",
    title="Find the fault: a bias gradient out of shape",
    check=check_bias,
    solution=solutions.MendedBias,
    hints=(
        "b has the shape (1, 3). Which shape does the faulty gradient have?",
        "`sum` drops the axis that it adds up, unless it is told to keep it.",
        "It is told so with `grad.sum(axis=0, keepdims=True)`.",
    ),
    takeaway="A gradient has the shape of what it belongs to, always.",
)
LINEAR = Exercise(
    name="backpropagation/linear",
    title="Back through an affine layer",
    check=check_linear,
    solution=solutions.MyLinear,
    hints=(
        "Three lines: two gradients to store in `self.grads`, one to return.",
        "Write the shapes down: x is (N, D), grad is (N, M), and ∂L/∂W must be (D, M).",
        "What is returned has the shape of x: `grad @ self.params['W'].T`. The bias you have "
        "done already.",
        "For ∂L/∂W, `x.T @ grad`: the sum that a matrix product takes is over the samples.",
    ),
    takeaway="Both products follow from the shapes: there is only one way in which they fit.",
)
LOGISTIC = Exercise(
    name="backpropagation/logistic",
    title="Back through the logistic function",
    check=check_logistic,
    solution=solutions.MyLogistic,
    hints=(
        "Each number passes through the curve alone, so no sum and no matrix product.",
        "The chain rule: what comes in, times the local slope.",
        "The slope at x is a·(1 − a), and a is what forward has saved.",
    ),
    takeaway="One multiplication, since forward had saved the hard part.",
)
LOSS = Exercise(
    name="backpropagation/loss",
    title="Find the fault: every gradient four times too large",
    check=check_bce,
    solution=solutions.MyBCE,
    hints=(
        "The factor is the number of samples. Where, in the loss, are the samples counted?",
        "A mean is a sum divided by N, and so is its gradient.",
        "The whole of it: `(p - y) / (p * (1 - p)) / len(p)`.",
    ),
    takeaway="One factor at the start of the way back is in every gradient at its end.",
)
NETWORK = Exercise(
    name="backpropagation/network",
    title="Forward and back",
    check=check_network,
    solution=solutions.backpropagate,
    hints=(
        "Forward: a loop in which each layer's output becomes the next one's input.",
        "Then `loss_fn(predicts, labels)`, and `loss_fn.backward()` starts the way back.",
        "`for layer in reversed(layers):` and, inside it, `grad = layer.backward(grad)`.",
    ),
    takeaway="The whole algorithm: two loops, in opposite directions.",
)
STEP = Exercise(
    name="backpropagation/step",
    title="Find the fault: a step that goes nowhere",
    check=check_descend,
    solution=solutions.descend,
    hints=(
        "After `value = value - …`, which array does the name stand for? And the model?",
        "`array -= change` changes the array itself, `array = array - change` makes another.",
        "`parameter.value -= lr * parameter.grad`; the promise was right.",
    ),
    takeaway="Only writing into the array moves the model. `parameter.value = …` works because it "
    "copies into the array; a plain name does not.",
)
EXERCISES = (BIAS, LINEAR, LOGISTIC, LOSS, NETWORK, STEP)
