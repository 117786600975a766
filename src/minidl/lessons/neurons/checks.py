"""Exercises of the lesson "Neurons"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import Suspect, expect_close
from minidl.checking.comparing_functions import expect_same
from minidl.checking.exercise import Exercise
from minidl.checking.expecting import expect_number, expect_two
from minidl.checking.showing import show
from minidl.checking.verdicts import wrong
from minidl.lessons.neurons import solutions as solutions
from minidl.lessons.neurons.collapse import W_AND_B, check_collapse

X = np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]])  # 3 samples, 2 features
ROW = np.array([[10.0, 20.0]])
ORANGE = np.array([[-3.0, 1.0], [-2.0, 2.5], [0.0, 2.0], [1.0, 3.5], [3.0, 3.0]])
BLUE = np.array([[-2.5, -1.5], [-1.0, -0.5], [1.0, 0.5], [2.0, -2.0], [3.5, 1.5]])


def check_net_activation(net_activation: Any) -> None:
    """Check z = X·W + b for one neuron and for several."""
    one = np.array([[2.0], [1.0]])
    square = np.array([[1.0, 2.0], [3.0, -1.0]])
    suspects = (
        Suspect("elementwise", lambda X, W, b: X * W + b if X.shape == W.shape else b,
                "`*` multiplies number by number; use `@`."),
        Suspect("x-second", lambda X, W, b: W @ X + b if X.shape == W.shape else b,
                "X comes first: its rows meet the columns of W."),
        Suspect("no-bias", lambda X, W, b: X @ W, "The bias is missing."),
        Suspect("minus-bias", lambda X, W, b: X @ W - b, "The bias is added, not subtracted."),
        Suspect("transposed", lambda X, W, b: X @ W.T + b if W.shape[0] == W.shape[1] else b,
                "W is used as it is: one column for each neuron."),
        Suspect("one-number-a-sample", lambda X, W, b: (X @ W + b)[:, 0],
                "The result keeps two axes: a row for each sample, a column for each neuron."),
    )  # fmt: skip
    cases = (
        (X[:2], square, ROW),
        (X[:1], one, np.array([[0.5]])),
        (X, one, np.array([[0.5]])),
        (X, square, ROW),
    )
    expect_same(net_activation, solutions.net_activation, *cases, suspects=suspects, what="z")


def check_from_pytorch(from_pytorch: Any) -> None:
    """Check the change from PyTorch's layout to ours."""
    weight = np.arange(6.0).reshape(3, 2)
    bias = np.array([10.0, 20.0, 30.0])
    W, b = expect_two(ask(from_pytorch, weight, bias), W_AND_B)
    given = f"weight = {show(weight)}"
    suspects = (
        Suspect("as-it-was", weight, "PyTorch has a row for each neuron; here it is a column."),
        Suspect(
            "reshaped",
            weight.reshape(2, 3),
            "The shape is right, but `reshape` deals the numbers out anew: neuron 1 gets weights "
            "that belong to others.",
        ),
    )
    expect_close(W, weight.T, given=given, what="W", diagnosis="W", suspects=suspects)
    suspects = (
        Suspect("flat-bias", bias, "The numbers are right; b should be one row, with two axes."),
        Suspect("column-bias", bias.reshape(-1, 1), "b should be one row, not one column."),
    )
    given = f"bias = {show(bias)}"
    expect_close(b, bias.reshape(1, 3), given=given, what="b", diagnosis="b", suspects=suspects)
    weight, bias = np.array([[1.0, 2.0, 3.0]]), np.array([10.0])  # one neuron
    W, b = expect_two(ask(from_pytorch, weight, bias), W_AND_B)
    given = f"weight = {show(weight)}, bias = {show(bias)}"
    expect_close(W, weight.T, given=given, what="W", diagnosis="W")
    expect_close(b, bias.reshape(1, 1), given=given, what="b", diagnosis="b")


def check_mended_layer(mended_layer: Any) -> None:
    """Check that each neuron gets its own bias, whatever the shape in which it comes."""
    W = np.array([[1.0, 0.0, 1.0], [0.0, 1.0, -1.0]])
    bias = np.array([10.0, 20.0, 30.0])
    column = Suspect(
        "column-bias",
        lambda X, W, b: X @ W + b.reshape(-1, 1) if len(X) == b.size else b,
        "Each sample gets a bias of its own; it should be each neuron.",
    )
    none = Suspect("no-bias", lambda X, W, b: X @ W, "The bias is missing.")
    cases = [(samples, W, b) for b in (bias, bias.reshape(1, 3)) for samples in (X, X[:2])]
    cases += [(X, np.ones((2, size)), np.arange(float(size))) for size in (2, 5)]
    expect_same(mended_layer, solutions.mended_layer, *cases, suspects=(column, none), what="z")


def check_separate(my_neuron: Any) -> None:
    """Check that a neuron's line has all orange points on one side, all blue ones on the other."""
    if not isinstance(my_neuron, (tuple, list, np.ndarray)) or np.shape(my_neuron) != (3,):
        wrong("not-three-numbers", "Expected three numbers, (w1, w2, b).")
    w1, w2, b = (expect_number(number, what="each of the three") for number in my_neuron)
    z_orange, z_blue = (points @ [w1, w2] + b for points in (ORANGE, BLUE))
    if not np.isfinite([*z_orange, *z_blue]).all():
        wrong("not-finite", "Expected three finite numbers.")
    if np.all(z_orange < 0) and np.all(z_blue > 0):
        wrong("sides-swapped", "The line is right, the sides are swapped: z > 0 is for orange.")
    if np.all(z_orange > 0) and np.all(z_blue < 0):
        return
    where = _first_wrong(z_orange, z_blue)
    if w1 == w2 == 0:
        wrong("no-weights", f"Without weights there is no line: z is {b:g} everywhere. {where}")
    if b == 0:
        hint = "Without a bias the line runs through the origin, and it cannot do that here."
        wrong("no-bias", f"{hint} {where}")
    wrong("wrong-side", where)


def _first_wrong(z_orange: Any, z_blue: Any) -> str:
    """Return a sentence about the first point on the wrong side."""
    for name, points, z, sign in (("orange", ORANGE, z_orange, 1), ("blue", BLUE, z_blue, -1)):
        for (x1, x2), value in zip(points, z, strict=True):
            if value * sign <= 0:
                side = "above" if sign > 0 else "below"
                return f"At the {name} point ({x1:g}, {x2:g}) z is {value:.3g}, not {side} 0."
    return ""


def check_linearity_gap(linearity_gap: Any) -> None:
    """Check the gap of linear, affine and bent maps."""
    u, v = np.array([[1.0, 2.0]]), np.array([[3.0, -1.0]])
    suspects = (
        Suspect("sum-only", lambda T, u, v, a, b: T(u + v) - (T(u) + T(v)),
                "The numbers a and b are missing."),
        Suspect("absolute-value", lambda *args: np.abs(solutions.linearity_gap(*args)),
                "Keep the sign: the gap may be negative."),
        Suspect("sign", lambda T, u, v, a, b: -solutions.linearity_gap(T, u, v, a, b),
                "The two sides are swapped: it is T(a u + b v) minus the rest."),
        Suspect("half-bracket", lambda T, u, v, a, b: T(a * u + b * v) - a * T(u) + b * T(v),
                "b T(v) is taken away, too: mind the brackets."),
        Suspect("numbers-inside", lambda T, u, v, a, b: T(a * u + b * v) - (T(a * u) + T(b * v)),
                "On the right, a and b stand before T, not inside it."),
    )  # fmt: skip
    maps = {
        "T(x) = x²": lambda x: x**2,
        "T(x) = x + 1": lambda x: x + 1,
        "T(x) = x − 1": lambda x: x - 1,
        "T(x) = 3x": lambda x: 3 * x,
    }
    for text, T in maps.items():
        args = (T, u, v, 2.0, -3.0)
        expect_close(
            ask(linearity_gap, *args),
            solutions.linearity_gap(*args),
            given=f"{text}, u = (1, 2), v = (3, −1), a = 2, b = −3",
            what="the gap",
            suspects=[suspect.applied_to(args) for suspect in suspects],
        )


NET_ACTIVATION = Exercise(
    name="neurons/net-activation",
    title="The net activation",
    check=check_net_activation,
    solution=solutions.net_activation,
    hints=(
        "The formula is $z = XW + b$, and NumPy writes it almost like that.",
        "`@` multiplies matrices; `+` repeats the row `b` for every sample.",
    ),
    takeaway="One line serves any number of samples, features and neurons.",
)
FROM_PYTORCH = Exercise(
    name="neurons/from-pytorch",
    title="Weights from PyTorch",
    check=check_from_pytorch,
    solution=solutions.from_pytorch,
    hints=(
        "Rows should become columns: which NumPy attribute does that?",
        "`weight.T` turns W; `bias.reshape(1, -1)` makes a row, whatever the length.",
    ),
    takeaway="Transposing moves numbers with their neuron; reshaping deals them out anew.",
)
FIND_THE_FAULT = Exercise(
    name="neurons/find-the-fault",
    title="Find the fault",
    check=check_mended_layer,
    solution=solutions.mended_layer,
    hints=(
        "In the differences above, what do the numbers of one row have in common?",
        "A bias belongs to a neuron, so to a column of z. Which shape runs along the columns?",
        "`b.reshape(1, -1)` is one row, whatever shape b had before.",
    ),
    takeaway="Broadcasting never asks whether you meant it: print shapes when numbers look odd.",
)
SEPARATE = Exercise(
    name="neurons/separate",
    title="Draw the line",
    check=check_separate,
    solution="my_neuron = (-0.5, 1.0, -1.0)",
    answer="my_neuron",
    hints=(
        "The line should rise gently to the right and cross the vertical axis near 1.",
        "Read the slope m and the height c off a ruler laid between the points; then "
        "(w1, w2, b) = (−m, 1, −c).",
    ),
    takeaway="Any multiple of your three numbers draws the same line: only their ratio counts.",
)
LINEARITY_GAP = Exercise(
    name="neurons/linearity-gap",
    title="How far from linear?",
    check=check_linearity_gap,
    solution=solutions.linearity_gap,
    hints=(
        "T is a function: call it on a u + b v, on u, and on v.",
        "It is `T(a * u + b * v)` minus the whole of `a * T(u) + b * T(v)`.",
    ),
    takeaway="A gap of zero for all u, v, a and b is what linear means.",
)
COLLAPSE = Exercise(
    name="neurons/collapse",
    title="Many layers in one",
    check=check_collapse,
    solution=solutions.collapse,
    hints=(
        "Start from the first layer's W and b, and take in one further layer at a time.",
        "Expand (xW + b) V + c: what stands with x, and what stands alone?",
        "`W, b = W @ next_W, b @ next_W + next_b` takes in a layer.",
    ),
    takeaway="However many layers, without a bend between them there is only one.",
)
EXERCISES = (NET_ACTIVATION, FROM_PYTORCH, FIND_THE_FAULT, SEPARATE, LINEARITY_GAP, COLLAPSE)
